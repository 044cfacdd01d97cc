/** The cards of the day: the hours as bars, and tables that show their best rows and all of them on demand. */

import { CardTitle } from "day_title";
import { hourName, marks, percent, rate, share, top, weekday } from "day_words";

const kiosk = window.kiosk;
const SHOWN = 6;
const CROWDED = 14;
const COLOURS = [1, 3, 4, 5, 2];
/** Three amounts of so many characters stand beside each other on a card. */
const ROOMY = 10;

/** Turnover by hour as bars, the same weekday a week before as a line over them, what is usual as a band behind them. */
export const HoursCard = {
  components: { CardTitle },
  props: { hours: Array, before: Object, weeks: { type: Number, default: 0 }, forecast: { type: Object, default: null }, day: String, now: { type: Number, default: null } },
  template: `
<section class="k-card c8 o2" aria-label="Turnover by hour">
  <div class="k-card__h"><card-title text="By hour" by="hour"></card-title><span class="k-bar__sp"></span><span class="k-key-l"><i></i>{{ now === null ? weekdayName : "today" }}</span>
    <span v-if="before" class="k-key-l"><i class="is-line"></i>last {{ weekdayName }}</span>
    <span v-if="hasBand" class="k-key-l"><i class="is-band"></i>{{ forecast ? "forecast" : "usual" }}</span></div>
  <p v-if="forecast" class="day-ahead"><a class="day-to" href="/forecast#day" :aria-label="ahead + ': open the forecast'">{{ ahead }}<i class="k-i s20" aria-hidden="true">chevron_right</i></a></p>
  <p v-if="!hours.length" class="day-none">The first receipt begins the curve.</p>
  <div v-else class="k-hours" role="img" :aria-label="spoken">
    <div class="k-hours__y" aria-hidden="true"><span v-for="mark in marks" :key="mark">{{ mark }}</span></div>
    <div class="k-hours__p" :class="{ 'is-crowded': crowded }" :style="{ gridTemplateColumns: 'repeat(' + hours.length + ',minmax(0,1fr))' }">
      <svg v-if="hasBand" class="day-band" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true"><polygon :points="band"></polygon></svg>
      <div v-for="bar in bars" :key="bar.hour" class="k-hour" :class="{ 'is-peak': bar.isPeak, 'is-now': bar.hour === now }" :style="{ '--v': bar.height, '--n': bar.level }" :title="bar.told">
        <span v-if="bar.isPeak">{{ bar.amount }}</span><span v-else></span><i></i><b>{{ bar.name }}</b></div>
      <svg v-if="before" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true"><polyline class="is-halo" :points="line"></polyline><polyline :points="line"></polyline></svg>
    </div>
  </div>
</section>`,
  computed: {
    weekdayName() {
      return weekday(this.day);
    },
    /** One band: what is expected of the day that is going on, what is usual of all others. */
    hasBand() {
      return Boolean(this.forecast) || this.weeks > 1;
    },
    /** The forecast of the whole day and of its hours that are still to come; whether it is but the usual. */
    ahead() {
      const { how, expected } = this.forecast, at = this.hours.findIndex(({ hour }) => hour === this.now);
      const coming = at < 0 ? 0 : this.hours.slice(at + 1).reduce((sum, hour) => sum + hour.usual, 0);
      const whole = `Forecast ${kiosk.money(expected)}${how === "learned" ? "" : `, the median of ${this.weekdayName}s`}`;
      return whole + (coming ? `, still to come ${kiosk.money(coming)}` : "");
    },
    crowded() {
      return this.hours.length > CROWDED;
    },
    height() {
      return top(Math.max(...this.hours.map((hour) => Math.max(hour.turnover, hour.before, hour.high ?? 0))));
    },
    marks() {
      return marks(this.height, kiosk);
    },
    peak() {
      return this.hours.reduce((best, hour) => (hour.turnover > best.turnover ? hour : best), this.hours[0]);
    },
    bars() {
      return this.hours.map((hour) => ({
        hour: hour.hour,
        name: hourName(hour.hour),
        amount: kiosk.money(hour.turnover),
        told: `${hourName(hour.hour)}:00, ${kiosk.money(hour.turnover)}, ${hour.receipts} receipts${this.usual(hour)}`,
        height: share(hour.turnover, this.height),
        level: Math.max(0, hour.turnover) / this.height,
        isPeak: hour === this.peak && hour.turnover > 0,
      }));
    },
    line() {
      return this.hours.map((hour, place) => this.point(place, hour.before)).join(" ");
    },
    /** Along the highest, and back along the lowest. */
    band() {
      const along = (name) => this.hours.map((hour, place) => this.point(place, hour[name] ?? 0));
      return [...along("high"), ...along("low").reverse()].join(" ");
    },
    spoken() {
      return `Turnover by hour, peak ${kiosk.money(this.peak.turnover)} at ${hourName(this.peak.hour)}:00`;
    },
  },
  methods: {
    point(place, amount) {
      const low = 100 - Math.min(100, Math.max(0, (amount * 100) / this.height));
      return `${(((place + 0.5) * 100) / this.hours.length).toFixed(2)},${low.toFixed(2)}`;
    },
    usual(hour) {
      return this.hasBand ? `, ${this.forecast ? "forecast" : "usual"} ${kiosk.money(hour.low)} to ${kiosk.money(hour.high)}` : "";
    },
  },
};

/** How guests paid: a bar of shares and a row for each tender. */
export const PaymentsCard = {
  components: { CardTitle },
  props: { payments: Array, total: Number },
  template: `
<section class="k-card c4 o3" aria-label="Payments">
  <div class="k-card__h"><card-title text="How guests paid" by="tender"></card-title></div>
  <p v-if="!rows.length" class="day-none">Nobody has paid.</p>
  <div v-if="rows.length" class="k-stack" aria-hidden="true"><i v-for="row in rows" :key="row.tender" :style="{ width: row.width, background: row.colour }"></i></div>
  <table v-if="rows.length" class="k-tbl">
    <tbody><tr v-for="row in rows" :key="row.tender"><td><i class="k-dot" :style="{ background: row.colour }"></i><bdi>{{ row.tender }}</bdi></td><td class="k-dim">{{ row.part }}</td><td>{{ row.amount }}</td></tr>
    <tr class="is-t"><td>Together</td><td></td><td>{{ together }}</td></tr></tbody>
  </table>
</section>`,
  computed: {
    rows() {
      return this.payments.map((row, place) => ({
        tender: row.tender,
        part: percent(row.amount, this.total),
        width: share(row.amount, this.total),
        amount: kiosk.money(row.amount),
        colour: `var(--chart-${COLOURS[place % COLOURS.length]})`,
      }));
    },
    together() {
      return kiosk.money(this.total);
    },
  },
};

/** Names with pieces and turnover, each with a bar; the best first, the rest one tap away. */
export const SoldCard = {
  components: { CardTitle },
  props: { title: String, rows: Array, place: String, word: String, by: String, plain: Boolean },
  template: `
<section class="k-card c4" :class="place" :aria-label="title">
  <div class="k-card__h"><card-title :text="title" :by="by"></card-title><span class="k-bar__sp"></span><span class="k-dim2 day-unit">pieces, turnover</span></div>
  <p v-if="!rows.length" class="day-none">Nothing sold.</p>
  <table v-else class="k-tbl"><tbody>
    <tr v-for="row in shown" :key="row.key"><td class="day-name"><div class="k-bar-row" :style="{ '--w': row.width }"><bdi>{{ row.name }}</bdi></div></td><td class="k-dim">{{ row.pieces }}</td><td>{{ row.turnover }}</td></tr>
  </tbody></table>
  <button v-if="rows.length > most" class="k-btn is-quiet day-more" type="button" :aria-expanded="isOpen" @click="isOpen = !isOpen">
    {{ isOpen ? "Only the best " + most : "All " + rows.length + " " + word }}<i class="k-i s20" aria-hidden="true">{{ isOpen ? "expand_less" : "expand_more" }}</i></button>
</section>`,
  data: () => ({ isOpen: false, most: SHOWN }),
  computed: {
    shown() {
      const best = Math.max(...this.rows.map((row) => row.turnover), 1);
      return (this.isOpen ? this.rows : this.rows.slice(0, SHOWN)).map((row, place) => ({
        key: place,
        name: row.name,
        pieces: row.pieces,
        turnover: kiosk.money(row.turnover),
        width: this.plain ? "0%" : share(row.turnover, best),
      }));
    },
  },
};

/** Who served how many guests, what each guest spent, tips and turnover. */
export const StaffCard = {
  components: { CardTitle },
  props: { staff: Array, summary: Object },
  template: `
<section class="k-card c4 o6" aria-label="Staff">
  <div class="k-card__h"><card-title text="Staff" by="staff"></card-title></div>
  <p v-if="!staff.length" class="day-none">Nobody has sold.</p>
  <table v-else class="k-tbl">
    <thead><tr><th scope="col"><span class="k-sr">Name</span></th><th scope="col">checks</th><th scope="col">guests</th><th scope="col">tips</th><th scope="col">turnover</th></tr></thead>
    <tbody><tr v-for="row in shown" :key="row.staff"><td class="day-name"><bdi>{{ row.staff }}</bdi></td><td class="k-dim">{{ row.receipts }}</td><td class="k-dim">{{ row.covers }}</td><td class="k-dim">{{ money(row.tips) }}</td><td>{{ money(row.turnover) }}</td></tr>
    <tr class="is-t"><td>All</td><td>{{ receipts }}</td><td>{{ summary.covers }}</td><td>{{ money(summary.tips) }}</td><td>{{ money(summary.turnover) }}</td></tr></tbody>
  </table>
  <button v-if="staff.length > most" class="k-btn is-quiet day-more" type="button" :aria-expanded="isOpen" @click="isOpen = !isOpen">
    {{ isOpen ? "Only the best " + most : "All " + staff.length + " people" }}<i class="k-i s20" aria-hidden="true">{{ isOpen ? "expand_less" : "expand_more" }}</i></button>
</section>`,
  data: () => ({ isOpen: false, most: SHOWN - 1 }),
  computed: {
    shown() {
      return this.isOpen ? this.staff : this.staff.slice(0, this.most);
    },
    receipts() {
      return this.staff.reduce((sum, row) => sum + row.receipts, 0);
    },
  },
  methods: { money: (amount) => kiosk.money(amount) },
};

/** Net, tax and gross at each rate, and what stands beside the turnover. */
export const TaxCard = {
  components: { CardTitle },
  props: { taxes: Array, summary: Object },
  template: `
<section class="k-card c4 o14" aria-label="Taxes">
  <div class="k-card__h"><card-title text="Taxes" by="tax"></card-title></div>
  <p v-if="!taxes.length" class="day-none">No tax.</p>
  <table v-else class="k-tbl" :class="{ 'is-tight': isTight }">
    <thead><tr><th scope="col">rate</th><th scope="col">net</th><th scope="col">tax</th><th scope="col">gross</th></tr></thead>
    <tbody><tr v-for="row in taxes" :key="row.rate_ppm"><td>{{ rate(row.rate_ppm) }}</td><td class="k-dim">{{ money(row.net) }}</td><td class="k-dim">{{ money(row.tax) }}</td><td>{{ money(row.gross) }}</td></tr>
    <tr class="is-t"><td>Together</td><td>{{ money(summary.net) }}</td><td>{{ money(summary.tax) }}</td><td>{{ money(summary.turnover) }}</td></tr></tbody>
  </table>
  <table v-if="beside.length" class="k-tbl day-beside"><tbody><tr v-for="row in beside" :key="row.label"><td>{{ row.label }}</td><td>{{ row.amount }}</td></tr></tbody></table>
</section>`,
  computed: {
    isTight() {
      return kiosk.money(this.summary.turnover).length > ROOMY;
    },
    beside() {
      const { tips, discounts, refunds, cash_rounding } = this.summary;
      const told = { "Tips, apart": tips, "Discounts and comps": discounts, "Refunds, in the turnover": refunds, "Cash rounding, apart": cash_rounding };
      return Object.entries(told).filter(([, amount]) => amount).map(([label, amount]) => ({ label, amount: kiosk.money(amount) }));
    },
  },
  methods: { rate, money: (amount) => kiosk.money(amount) },
};
