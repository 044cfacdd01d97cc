/** The day: what was sold, when, how it was paid and who served; live while the day is going on. */

import { HoursCard, PaymentsCard, SoldCard, StaffCard, TaxCard } from "day_cards";
import { dayName, many, percent, signed, weekday } from "day_words";

const kiosk = window.kiosk;
const REST_MS = 2000;

export default {
  components: { HoursCard, PaymentsCard, SoldCard, StaffCard, TaxCard },
  template: `
<div class="k-dash day" :aria-busy="!told">
  <header class="k-bar is-wrap">
    <div class="k-th"><b>{{ title }}</b><small role="status">{{ subtitle }}</small></div>
    <span class="k-bar__sp"></span>
    <nav class="k-seg k-seg--p" aria-label="Business day" data-joined>
      <a :href="href(told?.previous)" aria-label="The day before" @click.prevent="show(told?.previous)"><i class="k-i" aria-hidden="true">chevron_left</i></a>
      <label class="day-pick"><i class="k-i s20" aria-hidden="true">calendar_month</i><input type="date" aria-label="Choose a day" :value="told?.day" :max="told?.today" @click="$event.target.showPicker?.()" @change="pick"></label>
      <a v-if="told?.next" :href="href(told.next)" aria-label="The day after" @click.prevent="show(told.next)"><i class="k-i" aria-hidden="true">chevron_right</i></a>
      <span v-else class="is-off" aria-disabled="true" aria-label="The day after: not yet"><i class="k-i" aria-hidden="true">chevron_right</i></span>
      <a :href="href()" :class="{ 'is-on': isToday }" :aria-current="isToday ? 'date' : null" @click.prevent="show()">Today</a>
    </nav>
    <a v-if="mayExport" class="k-btn k-hide-p k-tile-btn" :href="file" :aria-disabled="isBinding" download @click.prevent="download"><span v-if="isBinding" class="k-spin" aria-hidden="true"></span><i v-else class="k-i s20" aria-hidden="true">download</i>{{ isBinding ? "Making it" : "Workbook" }}</a>
  </header>

  <div v-if="trouble" class="k-note is-bad" role="alert"><i class="k-i" aria-hidden="true">error</i><span class="k-grow"><template v-if="isRefused">{{ trouble }}</template><template v-else><b>The figures did not load.</b> {{ trouble }} Sales are safe.</template></span>
    <button v-if="isRefused" class="k-btn" type="button" @click="show()">Show today</button><button v-else class="k-btn" type="button" @click="follow">Load again</button></div>
  <div v-if="!told && !trouble" class="k-bento" aria-label="Loading"><section v-for="n in 5" :key="n" class="k-card k-sk" :class="n === 2 ? 'c8' : 'c4'"><i style="width:40%"></i><i></i><i></i></section></div>

  <div v-if="told && !hasSales" class="k-card k-note k-empty day-empty"><i class="k-i s40" aria-hidden="true">bar_chart</i><b>{{ isToday ? "Nothing sold yet today" : "Nothing was sold on this day" }}</b>
    <span class="k-dim">{{ isToday ? "The figures show up here with the first receipt." : "Choose another day above." }}</span></div>

  <div v-if="told && hasSales" class="k-bento">
    <section class="k-card c4 o1" aria-label="Turnover">
      <div class="k-card__h"><h2>Turnover</h2></div>
      <div class="k-hero" :class="{ 'is-long': turnover.length > 10 }">{{ turnover }}</div>
      <div v-if="change" class="day-change"><span class="k-delta" :class="change.css"><i class="k-i s20" aria-hidden="true">{{ change.icon }}</i>{{ change.amount }}, {{ change.part }}</span> <span class="k-dim">{{ change.on }}</span></div>
      <div class="k-stats day-stats"><div v-for="one in stats" :key="one.label"><small>{{ one.label }}</small><b>{{ one.value }}</b></div></div>
    </section>
    <hours-card :hours="told.hours" :before="told.before" :day="told.day" :now="hourNow"></hours-card>
    <payments-card :payments="told.payments" :total="told.summary.turnover"></payments-card>
    <sold-card title="Sold most" :rows="items" place="o4" word="items"></sold-card>
    <sold-card title="Categories" :rows="categories" place="o5" word="categories"></sold-card>
    <sold-card title="Portions" :rows="portions" place="o6" word="portions"></sold-card>
    <staff-card :staff="told.staff" :summary="told.summary"></staff-card>
    <tax-card :taxes="told.taxes" :summary="told.summary"></tax-card>
  </div>
  <a v-if="mayExport && told" class="k-btn is-l is-block k-tile-btn k-phone" :href="file" :aria-disabled="isBinding" download @click.prevent="download"><i class="k-i s20" aria-hidden="true">download</i>{{ isBinding ? "Making the workbook" : "Download the day as workbook" }}</a>
</div>`,

  data: () => ({ asked: "today", told: null, trouble: "", isRefused: false, isBinding: false, mayExport: false, clock: "", online: kiosk.online }),

  computed: {
    isToday() {
      return this.told?.day === this.told?.today;
    },
    hasSales() {
      return this.told.hours.some((hour) => hour.receipts);
    },
    title() {
      return this.told ? dayName(this.told.day, this.told.today) : "The day";
    },
    subtitle() {
      if (!this.told) return "";
      if (!this.isToday) return this.told.day > this.told.today ? "This day has not begun" : "Business day that is over";
      const open = this.told.open_checks ? `, ${many(this.told.open_checks, "check")} still open` : ", no check open";
      return this.online ? `Live, ${this.clock}${open}` : "No connection, figures may be old";
    },
    turnover() {
      return kiosk.money(this.told.summary.turnover);
    },
    stats() {
      const { checks, average, covers, per_guest } = this.told.summary;
      const guests = covers ? [{ label: "Guests", value: covers }, { label: "Per guest", value: kiosk.money(per_guest) }] : [];
      return [{ label: "Checks", value: checks }, { label: "Average", value: kiosk.money(average) }, ...guests];
    },
    change() {
      const before = this.told.before;
      if (!before?.turnover) return null;
      const more = this.told.summary.turnover - before.turnover;
      const look = more < 0 ? { css: "is-down", icon: "trending_down" } : { css: "is-up", icon: "trending_up" };
      const on = `on last ${weekday(before.day)}${before.until === null ? "" : " by this hour"}`;
      return { ...look, amount: signed(more, kiosk), part: (more > 0 ? "+" : "") + percent(more, before.turnover), on };
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
    file() {
      return `/api/export/day/${this.told?.day ?? "today"}.xlsx`;
    },
  },

  mounted() {
    this.stops = [kiosk.on("tick", this.tick), kiosk.on("online", (online) => (this.online = online))];
    addEventListener("popstate", this.arrive);
    kiosk.ready.then(this.begin);
  },
  unmounted() {
    removeEventListener("popstate", this.arrive);
    for (const stop of this.stops) stop();
    this.unfollow?.();
    clearTimeout(this.waiting);
  },

  methods: {
    begin() {
      this.mayExport = kiosk.may("export");
      this.tick();
      this.arrive();
    },
    tick() {
      this.clock = kiosk.clock();
    },
    arrive() {
      this.asked = new URLSearchParams(location.search).get("day") ?? "today";
      this.trouble = "";
      this.follow();
    },
    href: (day) => (day ? `/day?day=${day}` : "/day"),
    show(day) {
      history.pushState(null, "", this.href(day));
      this.arrive();
    },
    pick(event) {
      if (event.target.value) this.show(event.target.value);
    },
    /** Show the asked day and keep it fresh; also the way back after trouble. */
    follow() {
      this.unfollow?.();
      this.unfollow = kiosk.follow("day", {
        load: () => kiosk.view("day/" + encodeURIComponent(this.asked)),
        snapshot: this.take,
        change: this.hear,
        failed: this.fail,
      });
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
    /** New receipts: read the day again, but not more often than every two seconds. */
    hear({ days }) {
      if (this.waiting || !days.includes(this.told?.day)) return;
      this.waiting = setTimeout(this.refresh, Math.max(0, REST_MS - (performance.now() - this.read)));
    },
    async refresh() {
      this.waiting = null;
      const asked = this.asked;
      try {
        const told = await kiosk.view("day/" + encodeURIComponent(asked));
        if (asked === this.asked) this.take(told);
      } catch {
        this.follow();
      }
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
