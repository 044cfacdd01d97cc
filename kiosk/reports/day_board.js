/** The day: what was sold, when, how it was paid and who served; live while the day is going on. */

import { HoursCard, PaymentsCard, SoldCard, StaffCard, TaxCard } from "day_cards";
import { ExpensesCard, KitchenCard, LostCard, OpenCard, ProfitCard } from "day_now_cards";
import { dayName, duration, many, percent, signed, weekday } from "day_words";

const kiosk = window.kiosk;
/** How long the figures rest between two looks, however many receipts come; and what goes on beside them. */
const REST_MS = 1200;
const REST_NOW_MS = 3000;
const DAY_MS = 86_400_000;
/** What tells of the things between receipts. */
const STIRS = { floor: "see_floor", kitchen: "see_kitchen", till: "settle" };

export default {
  components: { ExpensesCard, HoursCard, KitchenCard, LostCard, OpenCard, PaymentsCard, ProfitCard, SoldCard, StaffCard, TaxCard },
  template: `
<div class="k-dash day" :aria-busy="!told">
  <header class="k-bar is-wrap">
    <div class="k-th"><b>{{ title }}</b><small role="status">{{ subtitle }}</small></div>
    <span class="k-bar__sp"></span>
    <nav class="k-seg k-seg--p" aria-label="Business day" data-joined>
      <a :href="href(told?.previous)" aria-label="The day before" @click.prevent="step(-1)"><i class="k-i" aria-hidden="true">chevron_left</i></a>
      <label class="day-pick"><i class="k-i s20" aria-hidden="true">calendar_month</i><input type="date" aria-label="Choose a day" :value="told?.day" :max="told?.today" @click="$event.target.showPicker?.()" @change="pick"></label>
      <a v-if="told?.next" :href="href(told.next)" aria-label="The day after" @click.prevent="step(1)"><i class="k-i" aria-hidden="true">chevron_right</i></a>
      <span v-else class="is-off" aria-disabled="true" aria-label="The day after: not yet"><i class="k-i" aria-hidden="true">chevron_right</i></span>
      <a :href="href()" :class="{ 'is-on': isToday }" :aria-current="isToday ? 'date' : null" @click.prevent="show()">Today</a>
    </nav>
    <a v-if="mayExport" class="k-btn k-hide-p k-tile-btn" :href="file" :aria-disabled="isBinding" download @click.prevent="download"><span v-if="isBinding" class="k-spin" aria-hidden="true"></span><i v-else class="k-i s20" aria-hidden="true">download</i>{{ isBinding ? "Making it" : "Workbook" }}</a>
  </header>

  <div v-if="trouble" class="k-note is-bad" role="alert"><i class="k-i" aria-hidden="true">error</i><span class="k-grow"><template v-if="isRefused">{{ trouble }}</template><template v-else><b>The figures did not load.</b> {{ trouble }} Sales are safe.</template></span>
    <button v-if="isRefused" class="k-btn" type="button" @click="show()">Show today</button><button v-else class="k-btn" type="button" @click="follow">Load again</button></div>
  <div v-if="!told && !trouble" class="k-bento" aria-label="Loading"><section v-for="n in 12" :key="n" class="k-card k-sk" :class="[n === 2 ? 'c8' : 'c4', 'o' + n]"><i style="width:40%"></i><i></i><i></i></section></div>

  <div v-if="told && !hasAny" class="k-card k-note k-empty day-empty"><i class="k-i s40" aria-hidden="true">bar_chart</i><b>Nothing was sold on this day</b><span class="k-dim">Choose another day above.</span></div>

  <div v-if="told && hasAny" class="k-bento">
    <section class="k-card c4 o1" aria-label="Turnover">
      <div class="k-card__h"><h2>{{ isToday ? "Turnover today" : "Turnover" }}</h2></div>
      <div class="k-hero" :class="{ 'is-long': turnover.length > 10 }">{{ turnover }}</div>
      <p v-if="!hasSales" class="day-told">{{ isToday ? "Nothing sold yet today. The figures show up here with the first receipt." : "Nothing was sold on this day." }}</p>
      <div v-for="one in changes" :key="one.on" class="day-change"><span class="k-delta" :class="one.css"><i class="k-i s20" aria-hidden="true">{{ one.icon }}</i>{{ one.amount }}</span> <span class="k-dim">{{ one.on }}</span></div>
      <p v-if="hasSales" class="day-told day-checks">{{ checks }}</p>
      <div v-if="stats.length" class="k-stats day-stats"><div v-for="one in stats" :key="one.label"><small>{{ one.label }}</small><b>{{ one.value }}</b> <span v-if="one.more" :class="one.css">{{ one.more }}</span></div></div>
    </section>
    <hours-card :hours="told.hours" :before="told.before" :weeks="told.usual?.weeks" :forecast="told.forecast" :day="told.day" :now="hourNow"></hours-card>
    <payments-card :payments="told.payments" :total="told.summary.turnover"></payments-card>
    <sold-card title="Sold most" by="item" :rows="items" place="o4" word="items"></sold-card>
    <staff-card :staff="told.staff" :summary="told.summary"></staff-card>
    <profit-card v-if="told.now.profit" :profit="told.now.profit" :is-today="isToday"></profit-card>
    <lost-card :lost="told.now.lost" :summary="told.summary"></lost-card>
    <expenses-card :expenses="told.now.expenses"></expenses-card>
    <open-card v-if="told.now.open" :open="told.now.open" :clock="clock"></open-card>
    <kitchen-card :kitchen="told.now.kitchen"></kitchen-card>
    <sold-card title="Sold least" by="item" :rows="least" place="o11" word="items" plain></sold-card>
    <sold-card title="Categories" by="category" :rows="categories" place="o12" word="categories"></sold-card>
    <sold-card title="Portions" by="portion" :rows="portions" place="o13" word="portions"></sold-card>
    <tax-card :taxes="told.taxes" :summary="told.summary"></tax-card>
  </div>
  <a v-if="mayExport && told" class="k-btn is-l is-block k-tile-btn k-phone" :href="file" :aria-disabled="isBinding" download @click.prevent="download"><i class="k-i s20" aria-hidden="true">download</i>{{ isBinding ? "Making the workbook" : "Download the day as workbook" }}</a>
</div>`,

  provide() {
    return { reportOf: (by) => this.reportOf(by) };
  },
  data: () => ({ asked: "today", told: null, trouble: "", isRefused: false, isBinding: false, mayExport: false, clock: "", online: kiosk.online }),

  computed: {
    isToday() {
      return this.told?.day === this.told?.today;
    },
    hasSales() {
      return this.told.hours.some((hour) => hour.receipts);
    },
    hasAny() {
      const { lost, expenses, kitchen } = this.told.now;
      return this.isToday || this.hasSales || lost.kinds.length + expenses.length + kitchen.length > 0;
    },
    title() {
      return this.told ? dayName(this.told.day, this.told.today) : "The day";
    },
    subtitle() {
      if (!this.told) return "";
      if (!this.isToday) return this.told.day > this.told.today ? "This day has not begun" : "Business day that is over";
      const open = this.told.now.open?.checks;
      return this.online ? `Live, ${this.clock}, ${open ? many(open, "check") + " still open" : "no check open"}` : "No connection, figures may be old";
    },
    turnover() {
      return kiosk.money(this.told.summary.turnover);
    },
    checks() {
      const { checks, average, net } = this.told.summary;
      return `${many(checks, "check")}, average ${kiosk.money(average)}, without tax ${kiosk.money(net)}`;
    },
    stats() {
      const { covers, per_guest } = this.told.summary, { median_s } = this.told.now.table_turn, before = this.told.before;
      const each = before?.covers ? Math.round(before.turnover / before.covers) : null;
      const guests = { label: "Guests", value: covers, ...this.beside(covers, before?.covers, String) };
      const spend = { label: "Per guest", value: kiosk.money(per_guest), ...this.beside(per_guest, each, kiosk.money) };
      return [...(covers ? [guests, spend] : []), ...(median_s === null ? [] : [{ label: "Table turn", value: duration(median_s) }])];
    },
    /** Beside last week and beside the average of the weeks before; while the day goes on, both up to this minute. */
    changes() {
      const { before, usual, day } = this.told, name = weekday(day), by = this.isToday ? " by now" : "";
      return [
        before && this.change(before.turnover, `on last ${name}${by}`),
        usual?.weeks > 1 && this.average(usual, `${usual.weeks}-${name} average ${kiosk.money(usual.turnover)}`),
      ].filter(Boolean);
    },
    hourNow() {
      return this.isToday && this.clock ? Number(this.clock.slice(0, 2)) : null;
    },
    items() {
      return this.told.items.map((row) => ({ ...row, name: row.portion ? `${row.item}, ${row.portion}` : row.item }));
    },
    categories() {
      return this.told.categories.map((row) => ({ ...row, name: row.category }));
    },
    portions() {
      return this.told.portions.map((row) => ({ ...row, name: row.portion }));
    },
    least() {
      return this.told.least.map((row) => ({ ...row, name: row.portion ? `${row.item}, ${row.portion}` : row.item }));
    },
    file() {
      return `/api/export/day/${this.told?.day ?? "today"}.xlsx`;
    },
  },

  created() {
    if (window.kioskDay?.day) this.take(window.kioskDay.day);
  },
  mounted() {
    document.getElementById("day-first")?.remove();
    this.stops = [kiosk.on("tick", this.tick), kiosk.on("online", (online) => (this.online = online))];
    addEventListener("popstate", this.arrive);
    kiosk.ready.then(this.begin);
  },
  unmounted() {
    removeEventListener("popstate", this.arrive);
    for (const stop of this.stops) stop();
    this.unfollow?.();
    clearTimeout(this.waiting);
    clearTimeout(this.stirred);
  },

  methods: {
    begin() {
      this.mayExport = kiosk.may("export");
      this.tick();
      this.arrive();
      for (const [topic, needs] of Object.entries(STIRS)) if (kiosk.may(needs)) this.stops.push(kiosk.watch(topic, this.stir));
    },
    tick() {
      this.clock = kiosk.clock();
    },
    arrive() {
      this.asked = new URLSearchParams(location.search).get("day") ?? "today";
      this.trouble = "";
      this.follow();
    },
    reportOf(by) {
      const { day } = this.told, days = this.isToday ? { range: "today" } : { from: day, to: day };
      return "/reports?" + new URLSearchParams({ ...days, by });
    },
    href: (day) => (day ? `/day?day=${day}` : "/day"),
    show(day) {
      if ((day ?? "today") === this.asked && !this.trouble) return;
      history.pushState(null, "", this.href(day));
      this.arrive();
    },
    /** A day further from the one that is asked for, whether its figures have come or not: taps may be quick. */
    step(days) {
      if (!this.told) return;
      const from = Date.parse(this.asked === "today" ? this.told.today : this.asked);
      const day = new Date((from || Date.parse(this.told.day)) + days * DAY_MS).toISOString().slice(0, 10);
      if (day <= this.told.today) this.show(day === this.told.today ? undefined : day);
    },
    pick(event) {
      if (event.target.value) this.show(event.target.value);
    },
    /** Show the asked day and keep it fresh; also the way back after trouble. */
    follow() {
      this.unfollow?.();
      this.unfollow = kiosk.follow("day", {
        load: this.load,
        snapshot: this.take,
        change: this.hear,
        failed: this.fail,
      });
    },
    /** The first look was begun by the page itself, before this script had come. */
    load() {
      const first = window.kioskDay;
      window.kioskDay = null;
      return first?.asked === this.asked ? first.told.catch(() => this.look()) : this.look();
    },
    look() {
      return kiosk.view("day/" + encodeURIComponent(this.asked));
    },
    take(told) {
      this.told = told;
      this.trouble = "";
      this.read = performance.now();
    },
    fail(refusal) {
      this.trouble = refusal.sentence;
      this.isRefused = refusal.code === "refused";
      return !this.isRefused; // what is no day will not become one by asking again
    },
    /** New receipts: read the day again, a burst of them once. */
    hear({ days }) {
      if (this.waiting || !days.includes(this.told?.day)) return;
      this.waiting = setTimeout(this.refresh, Math.max(0, REST_MS - (performance.now() - this.read)));
    },
    async refresh() {
      this.waiting = null;
      this.read = performance.now();
      const asked = this.asked;
      try {
        const told = await this.look();
        if (asked === this.asked) this.take(told);
      } catch {
        this.follow();
      }
    },
    /** Something but a receipt: only what goes on beside them is read, and a burst of it once. */
    stir() {
      if (!this.isToday || this.stirred || this.waiting) return;
      this.stirred = setTimeout(this.lookAround, REST_NOW_MS);
    },
    async lookAround() {
      const { day, ...now } = await kiosk.view("day_now/" + encodeURIComponent(this.told.day)).catch(() => ({}));
      this.stirred = null;
      if (day && day === this.told.day) this.told.now = now;
    },
    change(before, on) {
      const more = this.told.summary.turnover - before, part = this.part(before);
      return { ...this.way(more), amount: signed(more, kiosk) + (part && `, ${part}`), on };
    },
    average({ turnover }, on) {
      return { ...this.way(this.told.summary.turnover - turnover), amount: this.part(turnover), on };
    },
    way: (more) => (more < 0 ? { css: "is-down", icon: "trending_down" } : { css: "is-up", icon: "trending_up" }),
    part(before) {
      const more = this.told.summary.turnover - before;
      return (more > 0 && before ? "+" : "") + percent(more, before);
    },
    beside(now, before, say) {
      if (before == null || now === before) return {};
      const more = now - before;
      return { more: `${more > 0 ? "+" : "\u2212"}${say(Math.abs(more))}`, css: more < 0 ? "day-bad" : "day-ok" };
    },
    async download() {
      if (this.isBinding) return;
      this.isBinding = true;
      try {
        await this.save();
      } catch {
        kiosk.toast({ kind: "bad", text: "The workbook did not arrive.", small: "Try again when the kiosk is connected." });
      }
      this.isBinding = false;
    },
    async save() {
      const answer = await fetch(this.file, { cache: "no-store" });
      if (answer.status === 401) return kiosk.signedOut();
      if (!answer.ok) return kiosk.toast({ kind: "bad", text: (await answer.json()).sentence });
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await answer.blob());
      link.download = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition"))?.[1] ?? "kiosk.xlsx";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    },
  },
};
