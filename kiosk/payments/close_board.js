/** The close of the day: what holds it up, the blind count, what it came to, the Z; one tap closes. */

import { CloseChecks } from "close_checks";
import { CloseCompare } from "close_compare";
import { CloseCount } from "close_count";
import { CloseDone } from "close_done";
import { recallClosed, recallRecount, rememberClosed, rememberRecount } from "close_kept";
import { CloseWorkbook, ZPaper } from "close_paper";
import { dayName, many } from "close_words";
import { WhySheet } from "till_parts";
import { TillSheet } from "till_sheet";

const kiosk = window.kiosk;
const STEPS = ["Clear", "Count", "Compare", "Close"];
const CARRIED = ["Guests are still here", "Pays tomorrow", "Was not to be found"];
const DIFFERS = ["Wrong change given", "Paid out without a slip", "Miscounted at opening", "Cannot be explained"];

export default {
  components: { CloseChecks, CloseCompare, CloseCount, CloseDone, CloseWorkbook, TillSheet, WhySheet, ZPaper },
  template: `
<div class="k-close cl" :aria-busy="!told">
  <header class="k-bar">
    <div class="k-th cl-th"><b>{{ title }}</b><small role="status">{{ subtitle }}</small></div>
    <span class="k-bar__sp"></span>
    <button v-if="told" class="k-btn k-tile-btn" type="button" aria-label="Drawers" @click="till = {}"><i class="k-i s20" aria-hidden="true">point_of_sale</i><span class="k-hide-p">Drawers</span></button>
    <ol v-if="told" class="k-steps" aria-label="Steps"><li v-for="(word, place) in steps" :key="word" :class="{ 'is-done': done[place], 'is-on': place + 1 === step }" :aria-current="place + 1 === step ? 'step' : null"><b><i v-if="done[place]" class="k-i s18" aria-hidden="true">check</i><template v-else>{{ place + 1 }}</template></b><span>{{ word }}</span></li></ol>
    <span class="k-clockface k-hide-s">{{ clock }}</span>
  </header>

  <div v-if="trouble" class="k-note is-bad cl-wide" role="alert"><i class="k-i" aria-hidden="true">error</i><span class="k-grow"><b>The close did not load.</b> {{ trouble }} What was counted is safe.</span><button class="k-btn" type="button" @click="follow">Load again</button></div>
  <section v-if="!told && !trouble" v-for="n in 3" :key="n" class="k-panel is-pad k-sk" aria-label="Loading"><i style="width:40%"></i><i></i><i></i></section>

  <close-done v-if="told && closed" :closed="closed" :may-export="mayExport" :is-online="online" @next="goOn"></close-done>
  <template v-else-if="told">
    <close-checks :told="told" :drawers="drawers" :current="drawer?.id" :is-online="online" :busy="busy" @settle="settle" @order="order" @carry="carrying = $event" @count="here = $event.id" @kitchen="kitchen"></close-checks>
    <section class="k-panel is-pad k-close__count cl-mid" aria-label="Cash count">
      <nav v-if="toCount.length > 1" class="k-seg cl-drawers" aria-label="Drawers" data-joined><button v-for="one in toCount" :key="one.id" type="button" :class="{ 'is-on': one.id === drawer.id }" :aria-pressed="String(one.id === drawer.id)" @click="here = one.id"><i class="k-i s20" aria-hidden="true">{{ one.state === "open" ? "radio_button_unchecked" : "check_circle" }}</i>Drawer {{ one.till }}</button></nav>
      <p v-if="isLate" class="k-note is-warn cl-late"><i class="k-i" aria-hidden="true">event_busy</i><span><b>{{ dayName(told.day) }} was not closed.</b> Close it now; today's business is booked on its own day.</span></p>
      <close-count v-if="mode === 'count'" :key="'n' + drawer.id" :drawer="drawer" :name="'drawer ' + drawer.till" :pieces="told.denominations" :is-online="online" :busy="busy" @confirm="confirm" @keep="recount(null)"></close-count>
      <close-compare v-else-if="mode === 'compare'" :key="'c' + drawer.id" :drawer="drawer" :name="'Drawer ' + drawer.till" :pieces="told.denominations" :allowed="told.allowed" :is-online="online" :busy="busy" :go="next" @recount="recount(drawer.id)" @reason="explaining = drawer" @go="goNext"></close-compare>
      <div v-else class="k-flex k-empty cl-none"><i class="k-i s40" aria-hidden="true">{{ isNothing ? "nights_stay" : "task_alt" }}</i><b>{{ isNothing ? "Nothing to close" : "No drawer to count" }}</b>
        <span class="k-dim">{{ nothing }}</span>
        <button v-if="isNothing && told.last" class="k-btn is-line" type="button" @click="seeClosed(told.last)"><i class="k-i s20" aria-hidden="true">receipt_long</i>Show Z {{ told.last.number }}, {{ dayName(told.last.day) }}</button>
        <button v-if="isNothing && mayOpen" class="k-btn is-line" type="button" @click="till = { act: 'open' }"><i class="k-i s20" aria-hidden="true">point_of_sale</i>Open a drawer</button>
        <button v-if="!isNothing" class="k-btn is-primary is-xl is-block cl-go" type="button" :disabled="!!next.why || !!busy || !online" @click="goNext"><span v-if="busy" class="k-spin" aria-hidden="true"></span><i v-else class="k-i" aria-hidden="true">{{ next.why ? "lock" : next.icon }}</i><span class="k-btn__2">{{ next.word }}<small>{{ next.small }}</small></span></button></div>
    </section>
    <section class="k-col k-close__z" aria-label="Z report">
      <z-paper v-if="told.z" :sheet="told.z"></z-paper>
      <div v-else class="k-card k-grow k-flex k-empty"><i class="k-i s40" aria-hidden="true">receipt_long</i><b>Z {{ told.number }} appears after the count</b><span class="k-dim">So that nobody counts towards a number.</span></div>
      <close-workbook :workbook="told.workbook" :is-closed="false" :may-export="mayExport"></close-workbook>
    </section>
  </template>
  <why-sheet v-if="carrying" :title="'Carry over ' + carrying.label" :small="'It stays open and goes on with the next day; this Z names it with ' + money(carrying.total) + '.'" :usual="carried" word="Carry over" :busy="busy === 'carry' + carrying.id" @say="carry" @close="carrying = null"></why-sheet>
  <why-sheet v-if="explaining" :title="'Drawer ' + explaining.till + ': why does it differ?'" :usual="differs" :was="explaining.reason" word="Keep this reason" :busy="busy === 'explain'" @say="explain" @close="explaining = null"></why-sheet>
  <till-sheet v-if="till" :act="till.act" :drawer-id="till.drawer_id" @count="count" @close="till = null"></till-sheet>
</div>`,

  data: () => ({ told: null, trouble: "", clock: "", online: kiosk.online, busy: "", here: null, recounting: recallRecount(), closed: null, carrying: null, explaining: null, till: null, mayExport: false, mayOpen: false, mayCloseDay: false }),

  computed: {
    title() {
      if (!this.told) return "Close the day";
      return this.closed ? `${dayName(this.closed.day)} is closed` : `Close ${dayName(this.told.day)}`;
    },
    subtitle() {
      if (!this.told) return "";
      if (!this.online) return "No connection. What was confirmed is safe, what is typed is kept here.";
      if (this.closed) return `Business day ${this.closed.number}`;
      const opened = this.told.opened_at ? `, opened ${kiosk.clock(this.told.opened_at)}${this.told.opened_by ? " by " + this.told.opened_by : ""}` : "";
      return `Business day ${this.told.number}${opened}`;
    },
    drawers() {
      return [...this.told.drawers].sort((one, other) => one.till - other.till);
    },
    toCount() {
      return this.drawers.filter((drawer) => drawer.state !== "closed");
    },
    /** The drawer that is on: the chosen one, else the first that waits for its count, else the last. */
    drawer() {
      const all = this.toCount;
      return all.find(({ id }) => id === this.here) ?? all.find(({ state }) => state === "open") ?? all.at(-1);
    },
    mode() {
      if (!this.drawer) return "none";
      return this.drawer.state === "open" || this.recounting === this.drawer.id ? "count" : "compare";
    },
    holding() {
      return this.told.blockers.filter(({ kind }) => kind !== "drawer");
    },
    waiting() {
      return this.toCount.filter(({ state }) => state === "open");
    },
    unexplained() {
      return this.toCount.find(({ needs_reason: isNeeded }) => isNeeded);
    },
    isNothing() {
      return !this.told.is_begun;
    },
    nothing() {
      if (this.isNothing) return `No money has moved on ${dayName(this.told.day)} yet.`;
      return this.told.waiting.length ? "The drawers go on into the day after and are counted with it." : "All cash is counted and in the safe.";
    },
    isLate() {
      return Boolean(this.told.is_begun && this.told.day < this.told.today);
    },
    step() {
      if (this.closed || this.isNothing) return 0;
      if (this.mode === "count") return 2;
      if (this.holding.length) return 1;
      return this.drawer ? 3 : 4;
    },
    /** Which of the four steps are behind us. */
    done() {
      if (this.closed) return [true, true, true, true];
      if (this.isNothing) return [false, false, false, false];
      const isCounted = !this.waiting.length && this.mode !== "count";
      return [!this.holding.length, isCounted, isCounted && !this.drawer, false];
    },
    /** The one key that leads on from a count: to the next drawer, or to the end of the day. */
    next() {
      return this.toNextDrawer ?? this.toSafe ?? this.toEnd;
    },
    toNextDrawer() {
      const other = this.waiting.find(({ id }) => id !== this.drawer?.id);
      if (other) return { to: other, icon: "arrow_forward", word: `Count drawer ${other.till}`, small: `${many(this.waiting.length, "drawer")} left to count`, why: "" };
      return null;
    },
    /** Whoever does not close the day ends the drawer, and a manager closes the day later. */
    toSafe() {
      if (this.mayCloseDay || !this.drawer) return null;
      const { till, counted, needs_reason: isNeeded } = this.drawer;
      const small = isNeeded ? `it differs by more than ${kiosk.money(this.told.allowed)}: add a reason` : `${kiosk.money(counted)} to the safe; a manager closes the day`;
      return { ends: this.drawer, icon: "task_alt", word: `Close drawer ${till}`, doing: `Closing drawer ${till}`, small, why: isNeeded ? "reason" : "" };
    },
    toEnd() {
      const word = `Close day ${this.told.number}`;
      const key = { icon: "task_alt", word, doing: `Closing day ${this.told.number}`, small: `prints Z ${this.told.number}, writes the workbook`, why: "" };
      if (this.holding.length) return { ...key, why: "blocked", small: `${this.holding.length} left under “Before you close”` };
      if (this.unexplained) return { ...key, why: "reason", small: `drawer ${this.unexplained.till} differs by more than ${kiosk.money(this.told.allowed)}: add a reason` };
      return key;
    },
  },

  created() {
    Object.assign(this, { steps: STEPS, carried: CARRIED, differs: DIFFERS });
  },
  mounted() {
    this.stops = [kiosk.on("tick", this.tick), kiosk.on("online", (online) => (this.online = online))];
    kiosk.ready.then(this.begin);
  },
  unmounted() {
    for (const stop of this.stops) stop();
    this.unfollow?.();
  },

  methods: {
    begin() {
      Object.assign(this, { mayExport: kiosk.may("export"), mayOpen: kiosk.may("open_drawer"), mayCloseDay: kiosk.may("close_day"), closed: recallClosed() });
      this.tick();
      this.follow();
    },
    tick() {
      this.clock = kiosk.clock();
    },
    follow() {
      this.unfollow?.();
      this.unfollow = kiosk.follow("till", { load: () => kiosk.view("close"), snapshot: this.take, change: this.read, failed: this.fail });
    },
    async read() {
      const reading = (this.reading = Symbol("close"));
      try {
        const told = await kiosk.view("close");
        if (reading === this.reading) this.take(told);
      } catch {
        if (reading === this.reading) this.follow();
      }
    },
    take(told) {
      const before = this.told;
      this.told = told;
      this.trouble = "";
      if (this.recounting && !told.drawers.some(({ id, can_recount: may }) => id === this.recounting && may)) this.recount(null);
      if (before && told.number > before.number && !this.busy) this.seeClosed(told.last);
      if (!before && this.closed && (told.is_begun || told.last?.number !== this.closed.number)) this.seeClosed(null);
    },
    fail(refusal) {
      this.trouble = refusal.sentence;
      return refusal.code !== "needs_manager";
    },
    /** Carry out a tap of this screen; the news that follow bring the screen up to date, and so does a refusal. */
    async run(name, args, busy) {
      if (this.busy) return false;
      this.busy = busy;
      const isDone = await kiosk.act(name, args).then(() => true, () => false);
      await this.read();
      this.busy = "";
      return isDone;
    },
    async confirm(pieces) {
      const { id } = this.drawer;
      this.here = id;
      await this.run(this.recounting === id ? "recount_drawer" : "count_drawer", { drawer_id: id, pieces }, "count");
    },
    recount(drawerId) {
      this.recounting = drawerId;
      rememberRecount(drawerId);
    },
    async explain(reason) {
      if (await this.run("explain_drawer", { drawer_id: this.explaining.id, reason }, "explain")) this.explaining = null;
    },
    async carry(reason) {
      const { check_id: checkId, id } = this.carrying;
      if (await this.run("carry_over", { check_id: checkId, reason }, `carry${id}`)) this.carrying = null;
    },
    count(drawerId) {
      Object.assign(this, { here: drawerId, closed: null, till: null });
    },
    goNext() {
      if (this.next.to) this.here = this.next.to.id;
      else if (this.next.ends) this.run("close_drawer", { drawer_id: this.next.ends.id }, "close");
      else this.closeDay();
    },
    async closeDay() {
      const { day, number } = this.told;
      if (await this.run("close_day", { day, number }, "close")) this.seeClosed({ day, number });
    },
    seeClosed(closed) {
      this.closed = closed;
      rememberClosed(closed);
    },
    goOn() {
      this.seeClosed(null);
      this.here = null;
    },
    settle: ({ check_id, table_id }) => kiosk.go("settle", { check_id, table_id }),
    order: ({ check_id, table_id }) => kiosk.go("order", { check_id, table_id }),
    kitchen: () => kiosk.go("kitchen"),
    dayName,
    money: (amount) => kiosk.money(amount),
  },
};
