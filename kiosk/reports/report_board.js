/** The reports: one range of business days, told by whatever is asked, beside other days; every number opens what is behind it. */

import { download } from "close_paper";
import { percent } from "day_words";
import { keepRange, keptRange, RANGES } from "daybook_words";
import { ReportBehind } from "report_behind";
import { ReportPay } from "report_pay";
import { ReportTable } from "report_table";
import { BESIDE, difference, DIMENSIONS, FILES, GROUPS, nameOf, rangeName, spansOf, written } from "report_words";

const kiosk = window.kiosk;
const REST_MS = 5000;
const MANY_ROWS = 16;
const KPIS = [
  { key: "turnover", word: "Turnover", icon: "point_of_sale", kind: "money" },
  { key: "receipts", word: "Receipts", icon: "receipt_long", kind: "count", beside: "average", per: "each" },
  { key: "covers", word: "Guests", icon: "group", kind: "count", beside: "per_guest", per: "each" },
  { key: "tips", word: "Tips", icon: "volunteer_activism", kind: "money" },
  { key: "discounts", word: "Discounts, comps", title: "Discounts and on the house", icon: "percent", kind: "money", isCost: true },
  { key: "refunds", word: "Refunds", icon: "undo", kind: "money" },
];
/** Only where it is known what goods cost; no receipts are behind it. */
const PROFIT = { key: "profit", word: "Profit", icon: "trending_up", kind: "money", isReckoned: true };

export default {
  components: { ReportBehind, ReportPay, ReportTable },
  template: `
<div class="k-daybook rp" :aria-busy="String(isReading)">
  <header class="k-bar is-wrap">
    <div class="k-th"><b>Reports</b><small role="status">{{ subtitle }}</small></div>
    <div class="k-seg k-seg--p" role="group" aria-label="Range" data-joined><button v-for="one in ranges" :key="one.key" type="button" :class="{ 'is-on': range === one.key }" :aria-pressed="String(range === one.key)" @click="choose(one.key)">{{ one.word }}</button></div>
    <button class="k-btn k-tile-btn" :class="{ 'is-on': range === 'own' }" type="button" :aria-expanded="String(isDating)" @click="isDating = !isDating"><i class="k-i s20" aria-hidden="true">date_range</i>{{ dates }}</button>
    <label class="k-chip rp-pick rp-beside" :class="{ 'is-on': beside !== 'nothing' }"><i class="k-i s20" aria-hidden="true">compare_arrows</i><select aria-label="Compare with" :value="beside" @change="ask({ beside: $event.target.value })"><option v-for="one in besides" :key="one.key" :value="one.key">{{ one.word }}</option></select></label>
  </header>
  <form v-if="isDating" class="k-bar is-wrap db-dates" @submit.prevent="chooseOwn"><label class="k-input"><span class="k-dim">From</span><input ref="from" type="date" required :value="told?.from" :max="told?.today"></label><label class="k-input"><span class="k-dim">To</span><input ref="to" type="date" required :value="told?.to" :max="told?.today"></label><button class="k-btn is-primary" type="submit">Show these days</button></form>
  <div v-if="trouble" class="k-note is-bad" role="alert"><i class="k-i" aria-hidden="true">error</i><span class="k-grow"><template v-if="isRefused">{{ trouble }}</template><template v-else><b>The report did not load.</b> {{ trouble }} Sales are safe.</template></span>
    <button v-if="isRefused" class="k-btn" type="button" @click="choose('today')">Show today</button><button v-else class="k-btn" type="button" @click="follow">Load again</button></div>
  <div class="k-kpis" role="group" aria-label="Sums"><button v-for="one in kpis" :key="one.key" class="k-kpi" type="button" :disabled="!one.isOpen" :aria-label="one.word + ' ' + one.text + ': what is behind it'" @click="open({ figure: one.key, title: one.title ?? one.word })"><small><i class="k-i s18" aria-hidden="true">{{ one.icon }}</i>{{ one.word }}</small><b :class="{ 'is-long': one.text.length > 10 }">{{ one.text }}</b><span v-if="one.note" class="rp-note" :class="one.css">{{ one.note }}</span></button></div>
  <div class="rp-body">
    <nav class="rp-dims" aria-label="Told by"><template v-for="group in groups" :key="group.word"><h2 class="k-label">{{ group.word }}</h2><button v-for="[key, word] in group.of" :key="key" type="button" :class="{ 'is-on': by === key }" :aria-current="by === key ? 'true' : null" @click="ask({ by: key })">{{ word }}</button></template></nav>
    <section class="rp-main" :aria-label="heading">
      <div class="k-bar rp-bar2"><label class="k-chip rp-pick rp-by"><i class="k-i s20" aria-hidden="true">filter_list</i><select aria-label="Told by" :value="by" @change="ask({ by: $event.target.value })"><optgroup v-for="group in groups" :key="group.word" :label="group.word"><option v-for="[key, word] in group.of" :key="key" :value="key">{{ word }}</option></optgroup></select></label>
        <h2 class="k-h2 k-grow rp-h">{{ heading }} <small class="k-dim">{{ howMany }}</small></h2>
        <label v-if="isLong" class="k-search rp-find"><i class="k-i s20" aria-hidden="true">search</i><input v-model="find" type="search" placeholder="Find a row" aria-label="Find a row" autocomplete="off"></label>
        <label v-if="mayExport && told" class="k-chip rp-pick rp-away"><span v-if="isBinding" class="k-spin" aria-hidden="true"></span><i v-else class="k-i s20" aria-hidden="true">download</i><select aria-label="Take these days away" :disabled="isBinding || !online" value="" @change="takeAway"><option value="" disabled>{{ isBinding ? "Making it" : "Take away" }}</option><option v-for="one in files" :key="one.key" :value="one.key">{{ one.word }}</option></select></label>
        <button v-if="mayPay && told?.by === 'staff'" class="k-btn k-tile-btn rp-earn" type="button" aria-label="What people earn" @click="isPaying = true"><i class="k-i s20" aria-hidden="true">payments</i><span class="k-hide-p">Wages</span></button>
        <a class="k-btn k-tile-btn" href="/forecast" aria-label="Forecast of the next seven days"><i class="k-i s20" aria-hidden="true">online_prediction</i><span class="k-hide-p">Forecast</span></a><a v-if="isOneDay" class="k-btn k-tile-btn" :href="'/day?day=' + told.from" aria-label="This day's page"><i class="k-i s20" aria-hidden="true">bar_chart</i><span class="k-hide-p">Day</span></a><a v-if="told && mayBook" class="k-btn k-tile-btn" :href="daybook" aria-label="Daybook of these days"><i class="k-i s20" aria-hidden="true">menu_book</i><span class="k-hide-p">Daybook</span></a></div>
      <report-table v-if="told" :class="{ 'is-old': isOld }" :told="told" :find="find" @open="openRow"></report-table>
      <div v-else-if="!trouble" class="k-ledger k-sk" aria-label="Loading"><i v-for="n in 8" :key="n"></i></div>
    </section>
  </div>
  <report-pay v-if="isPaying" @close="isPaying = false" @changed="readAgain"></report-pay>
  <report-behind v-if="asked" :asked="asked" :today="told.today" @close="asked = null"></report-behind>
</div>`,

  data: () => ({ told: null, trouble: "", isRefused: false, range: "today", own: [], by: "day", beside: "nothing", find: "", isDating: false, isReading: true, isOld: false, online: kiosk.online, clock: "", asked: null, mayBook: false, mayExport: false, mayPay: false, isPaying: false, isBinding: false }),

  computed: {
    isLive() {
      return Boolean(this.told) && this.told.to >= this.told.today;
    },
    isOneDay() {
      return Boolean(this.told) && this.told.from === this.told.to;
    },
    dates() {
      return this.told ? rangeName([this.told.from, this.told.to], this.told.today) : "Days";
    },
    subtitle() {
      if (!this.online) return "No connection, figures may be old";
      if (this.told?.beside) return `Beside ${rangeName(this.told.beside, this.told.today)}${this.told.beside_until ? ` until ${kiosk.clock(this.told.beside_until)}` : ""}`;
      if (this.told?.from > this.told?.today) return "These days have not begun";
      return this.isLive ? `Live, ${this.clock}` : "Business days that are over";
    },
    heading() {
      return DIMENSIONS[this.told?.by ?? this.by];
    },
    howMany() {
      const count = this.told?.rows.length ?? 0;
      return count ? `${count} ${count === 1 ? "row" : "rows"}` : "";
    },
    isLong() {
      return (this.told?.rows.length ?? 0) > MANY_ROWS;
    },
    kpis() {
      const { summary, summary_before: before } = this.told ?? {};
      const told = summary && "profit" in summary ? [...KPIS, PROFIT] : KPIS;
      return told.map((one) => ({ ...one, text: summary ? written(one.kind, summary[one.key]) : "\u2013", isOpen: !one.isReckoned && Boolean(summary?.[one.key]), ...this.noteOf(one, summary, before) }));
    },
    daybook() {
      return `/daybook?from=${this.told.from}&to=${this.told.to}`;
    },
  },

  created() {
    Object.assign(this, { ranges: RANGES, besides: BESIDE, files: FILES, groups: GROUPS });
    this.remembered();
  },
  mounted() {
    this.stops = [kiosk.on("tick", this.tick), kiosk.on("online", (online) => (this.online = online))];
    kiosk.ready.then(this.begin);
  },
  unmounted() {
    for (const stop of this.stops) stop();
    this.unfollow?.();
    clearTimeout(this.resting);
    clearTimeout(this.dimming);
  },

  methods: {
    begin() {
      Object.assign(this, { mayBook: kiosk.may("see_daybook"), mayExport: kiosk.may("export"), mayPay: kiosk.may("set_pay") });
      this.tick();
      this.follow();
    },
    tick() {
      this.clock = kiosk.clock();
    },
    noteOf(one, summary, before) {
      if (before && one.key in before) {
        const { text, part, css } = difference(summary[one.key], before[one.key], (value) => written(one.kind, value), one.isCost);
        return { note: part ? `${text}, ${part}` : text, css };
      }
      if (one.isReckoned && summary.known_ppm < 1_000_000) return { note: `cost known of ${written("rate", summary.known_ppm)}`, css: "k-dim" };
      if (one.isReckoned && summary.net) return { note: `${percent(summary[one.key], summary.net)} of net`, css: summary[one.key] < 0 ? "k-bad" : "k-ok" };
      return one.beside && summary?.[one.key] ? { note: `${kiosk.money(summary[one.beside])} ${one.per}`, css: "k-dim" } : {};
    },
    // ---- where we are is in the address; the range goes along to other screens ----
    remembered() {
      const asked = Object.fromEntries(new URLSearchParams(location.search));
      const { range, from, to } = asked.range || asked.from ? asked : keptRange();
      if (from && to) Object.assign(this, { range: "own", own: [from, to] });
      else if (RANGES.some(({ key }) => key === range)) this.range = range;
      if (asked.by in DIMENSIONS) this.by = asked.by;
      if (BESIDE.some(({ key }) => key === asked.beside)) this.beside = asked.beside;
    },
    days() {
      return this.range === "own" ? { from: this.own[0], to: this.own[1] } : { range: this.range };
    },
    remember() {
      keepRange(this.days());
      history.replaceState(null, "", "/reports?" + new URLSearchParams({ ...this.days(), by: this.by, beside: this.beside }));
    },
    choose(range) {
      Object.assign(this, { range, isDating: false });
      this.follow();
    },
    chooseOwn() {
      const days = [this.$refs.from.value, this.$refs.to.value].sort();
      Object.assign(this, { range: "own", own: days, isDating: false });
      this.follow();
    },
    ask(what) {
      Object.assign(this, what, { find: "" });
      this.follow();
    },
    async takeAway({ target }) {
      const { from, to } = this.told;
      const url = `/api/export/range/${from}/${to}.${target.value}`;
      target.value = "";
      this.isBinding = true;
      await download({ url });
      this.isBinding = false;
    },
    // ---- reading ----
    path() {
      const days = this.range === "own" ? { from: this.own[0], to: this.own[1] } : { from: this.range };
      return "report?" + new URLSearchParams({ ...days, by: this.by, beside: this.beside });
    },
    follow() {
      this.remember();
      this.unfollow?.();
      this.isReading = true;
      clearTimeout(this.dimming);
      this.dimming = setTimeout(() => (this.isOld = this.isReading), 300);
      this.unfollow = kiosk.follow("day", { load: () => kiosk.view(this.path()), snapshot: this.take, change: this.hear, failed: this.fail });
    },
    take(told) {
      clearTimeout(this.dimming);
      this.read = performance.now();
      Object.assign(this, { told, trouble: "", isReading: false, isOld: false });
    },
    fail(refusal) {
      Object.assign(this, { trouble: refusal.sentence, isRefused: refusal.code === "refused", isReading: false });
      if (this.isRefused) keepRange({ range: "today" }); // what is no range is not taken along
      return !["refused", "needs_manager", "not_found"].includes(refusal.code);
    },
    /** Something was sold: read again, but not more often than a screen can be read. */
    hear({ days }) {
      const isOurs = days.some((day) => day >= this.told.from && day <= this.told.to);
      if (isOurs && !this.resting) this.resting = setTimeout(this.readAgain, Math.max(0, REST_MS - (performance.now() - this.read)));
    },
    async readAgain() {
      this.resting = null;
      const path = this.path();
      try {
        const told = await kiosk.view(path);
        if (path === this.path()) this.take(told);
      } catch {
        this.follow();
      }
    },
    // ---- what is behind a number ----
    openRow({ row, figure = "" }) {
      const { by } = this.told;
      const named = row ? nameOf(by, row.key) : { name: this.heading, small: "" };
      this.open({ figure, title: named.name, small: named.small, key: row?.key ?? {}, by, isGone: row?.isGone, ...(row && spansOf(by, row.key, this.told)) });
    },
    open(what) {
      const { from, to, beside, beside_until: until } = this.told;
      this.asked = { by: "day", key: {}, days: [from, to], before: beside, until, small: "", ...what };
    },
  },
};
