/** The daybook: every movement of money in order, with a running balance; live while its days are open. */

import { download } from "close_paper";
import { DaybookFilters } from "daybook_filters";
import { DaybookLedger } from "daybook_ledger";
import { ReceiptSheet } from "daybook_receipt";
import { keepRange, keptRange, RANGES, spanName, spanOf } from "daybook_words";
import { TillSheet } from "till_sheet";

const kiosk = window.kiosk;
const REST_MS = 700;
const MANY = 100;
const NONE = { account: "", kind: "", person: "", q: "" };
const SUMS = [
  { key: "opening", word: "Opening", icon: "flag", css: "" },
  { key: "sales", word: "Sales", icon: "point_of_sale", css: "k-ok" },
  { key: "returns", word: "Refunds, corrected", icon: "undo", css: "k-bad" },
  { key: "expenses", word: "Expenses", icon: "shopping_bag", css: "k-warn" },
  { key: "safe", word: "Safe and tips", icon: "lock", css: "" },
  { key: "balance", word: "Balance", icon: "account_balance_wallet", css: "" },
];

export default {
  components: { DaybookFilters, DaybookLedger, ReceiptSheet, TillSheet },
  template: `
<div class="k-daybook db" :aria-busy="!told">
  <header class="k-bar is-wrap">
    <div class="k-th"><b>Daybook</b><small role="status">{{ subtitle }}</small></div>
    <span class="k-bar__sp"></span>
    <div class="k-seg k-seg--p" role="group" aria-label="Range" data-joined><button v-for="one in ranges" :key="one.key" type="button" :class="{ 'is-on': range === one.key }" :aria-pressed="String(range === one.key)" @click="choose(one.key)">{{ one.word }}</button></div>
    <button class="k-btn k-tile-btn" :class="{ 'is-on': range === 'own' }" type="button" :aria-expanded="String(isDating)" @click="isDating = !isDating"><i class="k-i s20" aria-hidden="true">date_range</i>{{ dates }}</button>
    <button v-if="file" class="k-btn k-tile-btn k-hide-p" type="button" :disabled="isBinding || !online" @click="takeAway"><span v-if="isBinding" class="k-spin" aria-hidden="true"></span><i v-else class="k-i s20" aria-hidden="true">download</i>Workbook</button>
  </header>
  <form v-if="isDating" class="k-bar is-wrap db-dates" @submit.prevent="chooseOwn"><label class="k-input"><span class="k-dim">From</span><input ref="from" type="date" required :value="span[0]" :max="today"></label><label class="k-input"><span class="k-dim">To</span><input ref="to" type="date" required :value="span[1]" :max="today"></label><button class="k-btn is-primary" type="submit">Show these days</button></form>
  <div v-if="trouble" class="k-note is-bad" role="alert"><i class="k-i" aria-hidden="true">error</i><span class="k-grow"><b>The daybook did not load.</b> {{ trouble }}</span><button class="k-btn" type="button" @click="follow">Load again</button></div>
  <div class="k-kpis" role="group" aria-label="Sums"><div v-for="one in kpis" :key="one.key" class="k-kpi" :class="{ 'is-end': one.key === 'balance' }"><small><i class="k-i s18" aria-hidden="true">{{ one.icon }}</i>{{ one.word }}</small><b :class="one.css">{{ one.text }}<span v-if="one.count" class="db-n">{{ one.count }} {{ one.count === 1 ? "movement" : "movements" }}</span></b></div></div>
  <daybook-filters :filters="filters" :accounts="told?.accounts ?? []" :people="told?.people ?? []" :may-move="mayMove" :is-online="online" @change="filter" @money="till = { act: 'pay_out' }"></daybook-filters>
  <daybook-ledger v-if="told" ref="ledger" :rows="rows" :brought="brought" :is-more="isMore" :is-reading="isReading" :is-one-day="span[0] === span[1]" :is-filtered="isFiltered" :is-choice="isChoice || !!filters.q" @more="more" @open="opened = $event"></daybook-ledger>
  <div v-else-if="!trouble" class="k-ledger k-sk" aria-label="Loading"><i v-for="n in 6" :key="n"></i></div>
  <receipt-sheet v-if="opened" :row="opened" @close="opened = null"></receipt-sheet>
  <till-sheet v-if="till" :act="till.act" @close="till = null"></till-sheet>
</div>`,

  data: () => ({ told: null, today: "", rows: [], brought: { count: 0, balance: 0 }, trouble: "", range: "today", own: [], filters: { ...NONE }, online: kiosk.online, clock: "", isReading: false, isBinding: false, isDating: false, opened: null, till: null, mayMove: false, mayExport: false }),

  computed: {
    span() {
      if (this.range === "own") return this.own;
      return this.today ? spanOf(this.range, this.today) : ["", ""];
    },
    dates() {
      return this.span[0] ? spanName(...this.span) : "Days";
    },
    isLive() {
      return !this.span[1] || this.span[1] >= this.today;
    },
    isMore() {
      return this.told.next !== null && this.told.next !== undefined;
    },
    /** Kinds and people are a choice out of the book: a running balance would tell nothing about them. */
    isChoice() {
      return Boolean(this.filters.kind || this.filters.person);
    },
    isFiltered() {
      return Object.values(this.filters).some(Boolean);
    },
    subtitle() {
      if (!this.online) return "No connection, movements may be missing";
      return "Every movement of money, nothing can be deleted";
    },
    ending() {
      if (this.isChoice) return "Together";
      return this.isLive ? `Balance ${this.clock}` : "Balance";
    },
    kpis() {
      const { sums, counts } = this.told ?? {};
      return SUMS.map((one) => ({ ...one, word: one.key === "balance" ? this.ending : one.word, count: counts?.[one.key], text: sums ? this.signed(one, sums[one.key]) : "–" }));
    },
    file() {
      const [from, to] = this.span;
      return this.mayExport && from && from === to ? `/api/export/day/${from}.xlsx` : "";
    },
  },

  created() {
    this.ranges = RANGES;
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
  },

  methods: {
    begin() {
      Object.assign(this, { mayMove: ["pay_in", "pay_out", "drop"].some(kiosk.may), mayExport: kiosk.may("export") });
      this.tick();
      this.follow();
    },
    tick() {
      this.clock = kiosk.clock();
    },
    signed({ key }, amount) {
      return (amount > 0 && key === "sales" ? "+" : "") + kiosk.money(amount);
    },
    // ---- where we are is in the address, so that a reload and Back bring it again ----
    remembered() {
      const { range, from, to, ...filters } = { ...(location.search ? {} : keptRange()), ...Object.fromEntries(new URLSearchParams(location.search)) };
      if (from && to) Object.assign(this, { range: "own", own: [from, to] });
      else if (RANGES.some(({ key }) => key === range)) this.range = range;
      for (const name of Object.keys(NONE)) if (filters[name]) this.filters[name] = filters[name];
    },
    remember() {
      const days = this.range === "own" ? { from: this.own[0], to: this.own[1] } : { range: this.range };
      keepRange(days);
      history.replaceState(null, "", "/daybook?" + new URLSearchParams({ ...days, ...this.asked() }));
    },
    asked() {
      return Object.fromEntries(Object.entries(this.filters).filter(([, value]) => value));
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
    filter(what) {
      this.filters = { ...this.filters, ...what };
      this.follow();
    },
    // ---- reading ----
    path(more = {}) {
      const [from, to] = this.span;
      return "daybook?" + new URLSearchParams({ ...(from && { from, to }), ...this.asked(), ...more });
    },
    follow() {
      this.remember();
      this.unfollow?.();
      this.unfollow = kiosk.follow("till", { load: () => kiosk.view(this.path()), snapshot: this.take, change: this.hear, failed: this.fail });
    },
    /** The first page: the newest rows; a named range needs the kiosk's own today, which comes with the first answer. */
    take(told) {
      const isUnnamed = !this.today && this.range !== "today" && this.range !== "own";
      this.today = told.today;
      if (isUnnamed) return this.follow();
      Object.assign(this, { told, rows: told.rows, brought: told.brought, trouble: "" });
      this.$nextTick(() => this.$refs.ledger?.toEnd());
    },
    fail(refusal) {
      this.trouble = refusal.sentence;
      return !["refused", "needs_manager", "not_found"].includes(refusal.code);
    },
    async more() {
      if (this.isReading) return;
      this.isReading = true;
      const path = this.path({ before: this.told.next });
      try {
        const told = await kiosk.view(path);
        if (path === this.path({ before: this.told.next })) this.$refs.ledger.keepPlace(() => this.prepend(told));
      } catch (refusal) {
        kiosk.toast({ kind: "warn", text: refusal.sentence });
      }
      this.isReading = false;
    },
    prepend(told) {
      this.rows = [...told.rows, ...this.rows];
      this.brought = told.brought;
      this.told.next = told.next;
    },
    /** Money has moved: read what is new, but not more often than a screen can be read. */
    hear() {
      if (!this.isLive || this.resting) return;
      this.resting = setTimeout(this.readOn, REST_MS);
    },
    async readOn() {
      this.resting = null;
      const path = this.path();
      try {
        const told = await kiosk.view(this.path({ after: this.rows.at(-1)?.seq ?? 0 }));
        if (path === this.path()) this.append(told);
      } catch {
        this.follow();
      }
    },
    append(told) {
      if (told.today !== this.today) return this.turnOver(told.today);
      const known = this.rows.at(-1)?.seq ?? 0;
      const wasAtEnd = this.$refs.ledger?.isAtEnd();
      this.rows = [...this.rows, ...told.rows.filter(({ seq }) => seq > known)];
      this.told = { ...this.told, sums: told.sums, counts: told.counts, accounts: told.accounts ?? this.told.accounts };
      if (wasAtEnd) this.$nextTick(() => this.$refs.ledger?.toEnd());
      if (told.rows.length >= MANY) this.hear();
    },
    /** The business day ended while the book was open: "Today" is another one. */
    turnOver(today) {
      this.today = today;
      this.follow();
    },
    async takeAway() {
      this.isBinding = true;
      await download({ url: this.file });
      this.isBinding = false;
    },
  },
};
