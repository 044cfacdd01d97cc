/** The parts of the forecast: seven days by hour, one of them as bars with their range, the prep list, the errors. */

import { hourName, marks, share, top } from "day_words";
import { about, errorOf, exactly, fully, KINDS, shortly } from "forecast_words";

const SHOWN = 14;

/** Seven columns of days, a row for each hour, darker where more is expected; the head of a column chooses its day. */
export const WeekGrid = {
  props: { days: Array, hours: Array, kind: String, guestsAre: String, chosen: String },
  emits: ["choose"],
  template: `
<section class="k-card fc-week" aria-label="The next seven days">
  <div class="fc-scroll" tabindex="0" role="region" aria-label="Seven days by hour"><table class="fc-grid" :style="{ minWidth }">
    <thead><tr><th scope="col" class="fc-hour"><span class="k-sr">Hour</span></th><th v-for="day in columns" :key="day.day" scope="col"><button type="button" :class="{ 'is-on': day.day === chosen }" :aria-pressed="String(day.day === chosen)" :aria-label="day.spoken" @click="$emit('choose', day.day)"><b>{{ day.name }}</b><small>{{ day.date }}</small><span v-if="day.holiday" class="fc-holiday"><i class="k-i s18" aria-hidden="true">celebration</i><span>{{ day.holiday }}</span></span></button></th></tr></thead>
    <tbody>
      <tr class="fc-sum"><th scope="row" class="fc-hour"><i class="k-i s18" aria-hidden="true">payments</i><span>Sales</span></th><td v-for="day in columns" :key="day.day" :title="day.exact">{{ day.sales }}</td></tr>
      <tr class="fc-sum"><th scope="row" class="fc-hour"><i class="k-i s18" aria-hidden="true">{{ guestsAre === "covers" ? "group" : "receipt_long" }}</i><span>{{ guests }}</span></th><td v-for="day in columns" :key="day.day">{{ day.guests }}</td></tr>
      <tr v-for="(hour, at) in hours" :key="hour"><th scope="row" class="fc-hour">{{ hourName(hour) }}</th><td v-for="day in columns" :key="day.day" :class="{ 'is-on': day.day === chosen }" :style="{ '--s': day.cells[at].strength }" :title="day.cells[at].spoken">{{ day.cells[at].text }}</td></tr>
    </tbody></table></div>
</section>`,
  computed: {
    guests() {
      return KINDS[this.guestsAre];
    },
    busiest() {
      return Math.max(1, ...this.days.flatMap((day) => day.by_hour[this.kind].map(([, middle]) => middle)));
    },
    /** Seven columns never get so narrow that their sums would touch. */
    minWidth() {
      return `${26 + 7 * (2 + 7 * Math.max(...this.columns.map(({ sales }) => sales.length)))}px`;
    },
    columns() {
      return this.days.map((day) => {
        const head = shortly(day.day), sales = about("sales", day.sales), guests = about("guests", day.guests);
        const spoken = [fully(day.day), day.holiday, `sales ${sales}, ${this.guests.toLowerCase()} ${guests}: show its hours`].filter(Boolean).join(", ");
        return { ...day, ...head, sales, guests, spoken, exact: exactly("sales", day.sales), cells: day.by_hour[this.kind].map((cell, at) => this.cell(cell, this.hours[at])) };
      });
    },
  },
  methods: {
    hourName,
    cell([low, middle, high], hour) {
      const say = (value) => exactly(this.kind, value);
      return { text: middle ? about(this.kind, middle) : "", strength: (middle / this.busiest).toFixed(2), spoken: `${hourName(hour)}:00, ${say(middle)}, from ${say(low)} to ${say(high)}` };
    },
  },
};

/** The hours of one day as bars, each with the range in which eight of ten such hours lay. */
export const DayBars = {
  props: { day: Object, hours: Array, kind: String, word: String },
  template: `
<section class="k-card fc-day" :aria-label="title">
  <div class="k-card__h"><h2>{{ title }}</h2><span v-if="day.holiday" class="fc-holiday">{{ day.holiday }}</span><span class="k-bar__sp"></span><span class="k-key-l"><i></i>{{ word }}</span><span class="k-key-l"><i class="is-band"></i>8 of 10 hours</span></div>
  <div v-if="isOpen" class="k-hours" role="img" :aria-label="spoken">
    <div class="k-hours__y" aria-hidden="true"><span v-for="mark in marks" :key="mark">{{ mark }}</span></div>
    <div class="k-hours__p fc-bars" :style="{ gridTemplateColumns: 'repeat(' + hours.length + ',minmax(0,1fr))' }"><div v-for="bar in bars" :key="bar.hour" class="k-hour" :style="{ '--v': bar.height }" :title="bar.told"><i></i><em :style="{ '--low': bar.low, '--range': bar.range }"></em><b>{{ bar.name }}</b></div></div>
  </div>
  <p v-else class="day-none">Shut on this weekday, as far as the past tells.</p>
</section>`,
  computed: {
    title: (it) => `${it.day.is_tomorrow ? "Tomorrow, " : ""}${fully(it.day.day)}`,
    rows: (it) => it.day.by_hour[it.kind],
    isOpen: (it) => it.rows.some(([, middle]) => middle),
    height: (it) => top(Math.max(3, ...it.rows.map(([, , high]) => high))),
    marks() {
      return this.kind === "sales" ? marks(this.height, window.kiosk) : [3, 2, 1, 0].map((part) => String(Math.round((this.height * part) / 3)));
    },
    bars() {
      return this.rows.map(([low, middle, high], at) => ({
        hour: this.hours[at],
        name: hourName(this.hours[at]),
        height: share(middle, this.height),
        low: (low / this.height).toFixed(3),
        range: ((high - low) / this.height).toFixed(3),
        told: `${hourName(this.hours[at])}:00, ${exactly(this.kind, middle)}, from ${exactly(this.kind, low)} to ${exactly(this.kind, high)}`,
      }));
    },
    spoken() {
      return this.bars.map((bar) => bar.told).join("; ");
    },
  },
};

/** What to prepare: the pieces of each item, and how many are rarely outsold. */
export const PrepList = {
  props: { prep: Object, isTomorrow: Boolean, mayExport: Boolean, isBinding: Boolean },
  emits: ["download"],
  data: () => ({ isOpen: false, most: SHOWN }),
  template: `
<section class="k-card fc-prep" :class="{ 'is-whole': isOpen }" :aria-label="title">
  <div class="k-card__h"><h2>{{ title }}</h2></div>
  <p v-if="!prep.rows.length" class="day-none">Nothing is expected to be sold on this day.</p>
  <table v-else class="k-tbl"><thead><tr><th scope="col">Item</th><th scope="col">pieces</th><th scope="col">rarely over</th></tr></thead>
    <tbody><tr v-for="(row, at) in prep.rows" :key="at" :class="{ 'fc-more': at >= most }"><td class="day-name"><bdi>{{ row.item }}</bdi></td><td>{{ row.pieces }}</td><td class="k-dim">{{ row.most }}</td></tr></tbody></table>
  <div class="k-row fc-keys"><button v-if="prep.rows.length > most" class="k-btn is-quiet fc-paperless" type="button" :aria-expanded="String(isOpen)" @click="isOpen = !isOpen">{{ isOpen ? "Fewer" : "All " + prep.rows.length + " items" }}<i class="k-i s20" aria-hidden="true">{{ isOpen ? "expand_less" : "expand_more" }}</i></button>
    <button v-if="prep.rows.length" class="k-btn is-line fc-paperless" type="button" @click="print"><i class="k-i s20" aria-hidden="true">print</i>Print</button>
    <button v-if="prep.rows.length && mayExport" class="k-btn is-line fc-paperless" type="button" :disabled="isBinding" @click="$emit('download')"><i class="k-i s20" aria-hidden="true">download</i>CSV</button></div>
</section>`,
  computed: {
    title: (it) => `To prepare for ${it.isTomorrow ? "tomorrow, " : ""}${fully(it.prep.day)}`,
  },
  methods: { print: () => window.print() },
};

/** How far off it was in the past, beside what a week before would have said. */
export const ErrorTable = {
  props: { errors: Array, how: String },
  template: `
<section class="k-card fc-errors" aria-label="How far off it was">
  <div class="k-card__h"><h2>How far off it was</h2></div>
  <p v-if="how" class="fc-how">{{ how }}</p>
  <table v-if="isTried" class="k-tbl"><thead><tr><th scope="col">off by, on average</th><th scope="col">forecast</th><th scope="col">a week before</th><th scope="col">nearer by</th></tr></thead>
    <tbody><tr v-for="row in rows" :key="row.what"><td>{{ row.word }}<small>{{ row.tried }} tried</small></td><td>{{ row.own.mae }}<small>RMSLE {{ row.own.rmsle }}</small></td><td class="k-dim">{{ row.naive.mae }}<small>RMSLE {{ row.naive.rmsle }}</small></td><td :class="row.isBetter ? 'k-ok' : 'k-bad'">{{ row.better }}</td></tr></tbody></table>
  <p v-else class="day-none">The past is too short to try it on.</p>
</section>`,
  computed: {
    rows: (it) => it.errors.map(errorOf).filter((row) => row.own && row.naive),
    isTried: (it) => it.rows.length > 0,
  },
};
