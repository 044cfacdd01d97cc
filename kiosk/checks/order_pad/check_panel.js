// The check beside the menu: not sent on top, then the courses, the total as the server says it, and the keys.
import { minutes } from "./bar.js";
import { destinations, sections } from "./sections.js";
import { plural, STATES } from "./words.js";

export const CheckLine = {
  props: ["line", "book", "tick", "sold", "isIdle"],
  template: `
    <button class="k-line" type="button" :class="css" :data-line="line.id" :aria-disabled="isIdle || null">
      <span class="k-line__q">{{ line.quantity }}</span>
      <span class="k-op-line__b"><span class="k-line__n"><bdi>{{ line.name }}</bdi> <em v-if="line.portion" dir="auto">{{ line.portion }}</em></span>
        <span class="k-line__s"><span class="k-seat"><i class="k-i s16" aria-hidden="true">event_seat</i>{{ line.seat_no || 'All' }}</span>
          <span v-for="(one, place) in modifiers" :key="place" dir="auto">{{ one.price > 0 ? '+ ' : '' }}{{ one.name }}</span></span>
        <span v-if="line.is_allergy" class="k-allergy k-op-line__a"><i class="k-i s18" aria-hidden="true">warning</i><span dir="auto">{{ line.note || 'Allergy' }}</span></span>
        <span v-else-if="line.note" class="k-line__s k-op-line__note" dir="auto">{{ line.note }}</span></span>
      <span class="k-line__r"><span>{{ amount }}</span><span class="k-st"><i class="k-i s16" aria-hidden="true">{{ state.icon }}</i>{{ word }}</span></span>
    </button>`,
  computed: {
    state() { return STATES[this.line.state] ?? STATES.fired; },
    css() { return [this.state.css, { "is-sold": this.sold }]; },
    modifiers() { return this.book?.special(this.line) ?? this.line.modifiers; },
    amount() { return this.line.amount === null ? "" : kiosk.money(this.line.amount); },
    word() {
      if (this.sold) return "Sold out";
      const since = this.tick >= 0 && this.state.since && this.line[this.state.since];
      return since && kiosk.minutes(since) ? `${this.state.word} ${minutes(since)}` : this.state.word;
    },
  },
};

export const CheckPanel = {
  components: { CheckLine },
  props: ["pad"],
  template: `
    <aside class="k-check" :class="{ 'is-open': state.isCheckOpen }" :aria-label="'Check ' + number">
      <div class="k-check__h"><b class="k-h2 k-grow">{{ number ? 'Check ' + number : 'Check' }}</b>
        <span v-if="check?.bill_asked_at" class="k-tag is-warn"><i class="k-i s16" aria-hidden="true">receipt</i>Bill out</span>
        <button class="k-btn is-icon is-quiet k-op-fold" type="button" aria-label="Fold the check" @click="state.isCheckOpen = false"><i class="k-i" aria-hidden="true">keyboard_arrow_down</i></button></div>
      <div class="k-check__list" @click="tap">
        <div v-if="state.failed" class="k-note k-empty is-bad" role="alert"><i class="k-i s40" aria-hidden="true">error</i><b>{{ state.failed }}</b>
          <button class="k-btn" type="button" @click="pad.load()">Load again</button></div>
        <div v-else-if="!check" class="k-note k-sk" aria-busy="true"><i style="width:60%"></i><i></i><i style="width:80%"></i></div>
        <div v-else-if="!state.lines.length" class="k-note k-empty k-op-none"><i class="k-i s40" aria-hidden="true">restaurant_menu</i><b>Nothing rung yet</b><span class="k-dim">Tap a dish to put it on the check.</span></div>
        <div v-if="drafts.length" class="k-course" role="status">Not sent<span class="k-course__r">{{ plural(drafts.length, 'line') }}, {{ money(check?.sums.draft) }}</span></div>
        <check-line v-for="line in drafts" :key="key(line)" :line="line" :book="state.book" :tick="state.tick" :sold="isSold(line)"></check-line>
        <template v-for="course in courses" :key="course.no">
          <div v-if="course.coming.length || !course.served.length" class="k-course"><span dir="auto">{{ name(course) }}</span>
            <button v-if="course.ready && check.state === 'open'" class="k-btn" type="button" :disabled="state.busy === 'serve'" :data-serve="course.no">Serve {{ course.ready }}</button></div>
          <check-line v-for="line in course.coming" :key="key(line)" :line="line" :book="state.book" :tick="state.tick"></check-line>
          <button v-if="course.served.length" class="k-op-served" type="button" :data-course="course.no" :aria-expanded="unfolded.has(course.no)">
            <span v-if="!course.coming.length" class="k-course k-grow"><span dir="auto">{{ name(course) }}</span></span>
            <i class="k-i s18" aria-hidden="true">done_all</i>{{ course.served.length }} served<i class="k-i s18" aria-hidden="true">{{ unfolded.has(course.no) ? 'expand_less' : 'expand_more' }}</i></button>
          <template v-if="unfolded.has(course.no)"><check-line v-for="line in course.served" :key="key(line)" :line="line" :book="state.book" :tick="state.tick"></check-line></template>
          <check-line v-for="line in course.voided" :key="key(line)" :line="line" :book="state.book" is-idle></check-line>
        </template>
      </div>
      <div class="k-check__f" :aria-busy="!check">
        <div class="k-total" @click="state.isCheckOpen = true"><small>{{ parts }}</small><b>{{ total }}</b>
          <button class="k-op-unfold" type="button" :aria-label="'Open the check, ' + plural(state.lines.length, 'line')"><i class="k-i" aria-hidden="true">keyboard_arrow_up</i></button></div>
        <div v-if="pad.isClosed.value" class="k-note is-ok" role="status"><i class="k-i s20" aria-hidden="true">task_alt</i><span>This check is closed.</span></div>
        <div v-else-if="!state.failed" class="k-row">
          <button class="k-btn is-line k-grow" type="button" :disabled="!check?.lines.length || state.busy === 'ask_bill'" @click="bill"><i class="k-i s20" aria-hidden="true">receipt</i>{{ check?.bill_asked_at ? 'Print again' : 'Print bill' }}</button>
          <button v-if="maySettle" class="k-btn is-line k-grow" type="button" :disabled="!check?.lines.length" @click="settle"><i class="k-i s20" aria-hidden="true">payments</i>Settle</button></div>
        <button v-if="pad.isClosed.value || state.failed" class="k-btn is-primary is-xl is-block" type="button" @click="leave"><i class="k-i" aria-hidden="true">table_restaurant</i>Back to floor</button>
        <button v-else class="k-btn is-primary is-xl is-block k-op-send" type="button" :disabled="!count || state.sending > 0" :aria-busy="state.sending > 0" @click="pad.send()">
          <i v-if="!state.sending" class="k-i" aria-hidden="true">send</i><span v-else class="k-spin" aria-hidden="true"></span>
          <span class="k-btn__2">{{ sendWord }}<small v-if="where">{{ where }}</small></span></button>
      </div>
    </aside>`,
  data: () => ({ unfolded: new Set() }),
  computed: {
    state() { return this.pad.state; },
    check() { return this.state.check; },
    number() { return this.check?.number ?? ""; },
    drafts() { return [...this.pad.drafts.value].reverse(); },
    courses() { return sections(this.state.lines); },
    count() { return this.drafts.length; },
    total() { return this.check ? kiosk.money(this.check.sums.total) : ""; },
    parts() {
      if (!this.check) return "";
      const { sent, draft } = this.check.sums;
      return draft ? `Sent ${kiosk.money(sent)}, draft ${kiosk.money(draft)}` : this.check.lines.length ? "All sent" : "";
    },
    where() { return this.state.sending || !this.count ? "" : destinations(this.pad.drafts.value, (code) => this.state.book?.station(code) ?? code); },
    sendWord() {
      if (this.state.sending) return `Sending ${this.state.sending}`;
      return this.count ? `Send ${this.count}` : "Nothing to send";
    },
    maySettle() { return this.state.tick >= 0 && this.pad.may("settle"); },
  },
  watch: {
    number() { this.unfolded = new Set(); },
    count: { handler() { this.tellDock(); }, immediate: true },
    "check.label"() { this.tellDock(); },
  },
  methods: {
    plural,
    money: (amount) => kiosk.money(amount ?? 0),
    name(course) { return this.state.book?.course(course.no) ?? ""; },
    key(line) { return this.pad.rings.keyOf(line); },
    isSold(line) { return this.state.stock >= 0 && line.state === "draft" && Boolean(this.state.book?.item(line.item_id)?.is_out); },
    tap(event) {
      const key = event.target.closest("button");
      if (!key || this.pad.isClosed.value) return;
      const { line, serve, course } = key.dataset;
      if (serve !== undefined) this.serve(serve);
      else if (course !== undefined) this.unfold(course);
      else if (line && this.pad.line(Number(line))?.state !== "voided") this.state.sheet = { kind: "line", id: Number(line) };
    },
    /** What is ready of a course is served, whatever came ready between the look and the tap is not. */
    serve(no) {
      const course = this.courses.find((one) => String(one.no) === no);
      this.pad.serve(course.coming.filter((line) => line.state === "ready").map((line) => line.id));
    },
    unfold(no) {
      const course = this.courses.find((one) => String(one.no) === no).no;
      if (!this.unfolded.delete(course)) this.unfolded.add(course);
    },
    tellDock() {
      const { label = "" } = this.check ?? {};
      kiosk.dock("order", { small: label.length > 6 ? String(this.number) : label, count: this.count });
    },
    bill() { this.pad.attempt("ask_bill", { check_id: this.state.checkId }); },
    settle() { kiosk.go("settle", { check_id: this.state.checkId }); },
    leave() { kiosk.go("floor"); },
  },
};
