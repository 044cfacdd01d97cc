// The lines of the check: not sent on top and then by course, or by seat; with what a course or a seat can be told at once.
import { CheckLine } from "./check_line.js";
import { CheckPapers } from "./check_papers.js";
import { byCourse, bySeat, rowsOf } from "./sections.js";
import { plural } from "./words.js";

const MINUTE = 60_000;

/** Serve what is ready, fire what is held; the small words say when the kitchen had best be told. */
const CourseKeys = {
  props: ["pad", "course", "name"],
  template: `
    <button v-if="course.ready" class="k-btn" type="button" :disabled="pad.state.busy === 'serve'" :data-serve="course.no">Serve {{ course.ready }}</button>
    <button v-if="course.held" class="k-btn k-op-fire" :class="{ 'is-due': when === 'now' }" type="button" :disabled="pad.state.busy === 'fire_course'" :data-fire="course.no">
      <i class="k-i s20" aria-hidden="true">local_fire_department</i><span class="k-btn__2"><span dir="auto">{{ word }}</span><small v-if="when">{{ when }}</small></span></button>`,
  computed: {
    word() {
      const { held } = this.course;
      const name = this.name.toLocaleLowerCase();
      return `Fire ${held} ${held === 1 ? name.replace(/s$/, "") : name}`;
    },
    when() {
      const at = this.pad.state.check?.courses?.find((one) => one.no === this.course.no)?.fire_at;
      if (!at || this.pad.state.tick < 0) return "";
      const ms = Date.parse(at) - kiosk.now();
      return ms > 0 ? `in ${Math.ceil(ms / MINUTE)} min` : "now";
    },
  },
};

export const CheckList = {
  components: { CheckLine, CheckPapers, CourseKeys },
  props: ["pad", "isBySeat"],
  template: `
    <div class="k-check__list" @click="tap">
      <check-papers :pad="pad"></check-papers>
      <div v-if="state.failed" class="k-note k-empty is-bad" role="alert"><i class="k-i s40" aria-hidden="true">error</i><b>{{ state.failed }}</b>
        <button class="k-btn" type="button" @click="pad.load()">Load again</button></div>
      <div v-else-if="!check" class="k-note k-sk" aria-busy="true"><i style="width:60%"></i><i></i><i style="width:80%"></i></div>
      <div v-else-if="!state.lines.length && isOpen" class="k-note k-empty k-op-none"><i class="k-i s40" aria-hidden="true">restaurant_menu</i><b>Nothing rung yet</b><span class="k-dim">Tap a dish to put it on the check.</span></div>
      <template v-if="isBySeat && state.lines.length">
        <div v-if="keyed.length" class="k-course k-op-keys"><course-keys v-for="course in keyed" :key="course.no" :pad="pad" :course="course" :name="name(course.no)"></course-keys></div>
        <template v-for="seat in seats" :key="seat.no">
          <div class="k-course k-op-seat"><i class="k-i s18" aria-hidden="true">event_seat</i><span>{{ seat.no ? 'Seat ' + seat.no : 'Share, whole table' }}</span>
            <span class="k-course__r">{{ seat.lines.length ? seatTotal(seat.no) : 'nothing yet' }}</span>
            <button v-if="seat.ready && isOpen" class="k-btn" type="button" :disabled="state.busy === 'serve'" :data-serve-seat="seat.no">Serve {{ seat.ready }}</button></div>
          <check-line v-for="row in rows(seat.lines)" :key="key(row)" :lines="row" :pad="pad" :is-sold="isSold(row)" :is-idle="row[0].state === 'voided'" :is-by-seat="true"></check-line>
        </template>
      </template>
      <template v-else>
        <div v-if="drafts.length" class="k-course" role="status">Not sent<span class="k-course__r">{{ plural(drafts.length, 'line') }}, {{ money(check?.sums.draft) }}</span></div>
        <check-line v-for="row in drafts" :key="key(row)" :lines="row" :pad="pad" :is-sold="isSold(row)"></check-line>
        <template v-for="course in courses" :key="course.no">
          <div v-if="course.coming.length || !course.served.length" class="k-course"><span dir="auto">{{ name(course.no) }}</span>
            <course-keys v-if="isOpen" :pad="pad" :course="course" :name="name(course.no)"></course-keys></div>
          <check-line v-for="line in course.coming" :key="key([line])" :lines="[line]" :pad="pad" :is-sold="isSold([line])"></check-line>
          <button v-if="course.served.length" class="k-op-served" type="button" :data-course="course.no" :aria-expanded="unfolded.has(course.no)">
            <span v-if="!course.coming.length" class="k-course k-grow"><span dir="auto">{{ name(course.no) }}</span></span>
            <i class="k-i s18" aria-hidden="true">done_all</i>{{ course.served.length }} served<i class="k-i s18" aria-hidden="true">{{ unfolded.has(course.no) ? 'expand_less' : 'expand_more' }}</i></button>
          <template v-if="unfolded.has(course.no)"><check-line v-for="line in course.served" :key="key([line])" :lines="[line]" :pad="pad"></check-line></template>
          <check-line v-for="line in course.voided" :key="key([line])" :lines="[line]" :pad="pad" :is-idle="true"></check-line>
        </template>
      </template>
    </div>`,
  data: () => ({ unfolded: new Set() }),
  computed: {
    state() { return this.pad.state; },
    check() { return this.state.check; },
    isOpen() { return this.check?.state === "open"; },
    drafts() { return rowsOf(this.pad.drafts.value).reverse(); },
    courses() { return byCourse(this.state.lines); },
    keyed() { return this.isOpen ? this.courses.filter((course) => course.held).map((course) => ({ ...course, ready: 0 })) : []; },
    seats() { return bySeat(this.state.lines, this.check?.covers ?? 0); },
  },
  watch: { "state.checkId"() { this.unfolded = new Set(); } },
  methods: {
    plural,
    rows: rowsOf,
    money: (amount) => kiosk.money(amount ?? 0),
    name(no) { return this.state.book?.course(no) ?? ""; },
    key(row) { return this.pad.rings.keyOf(row[0]); },
    isSold(row) { return row.some((line) => this.pad.isSoldOut(line)); },
    /** What a seat owes is the server's to say; without its word nothing is shown. */
    seatTotal(no) {
      const found = this.check.seats?.find((seat) => (seat.no ?? 0) === no);
      return found ? kiosk.money(found.total) : "";
    },
    tap(event) {
      const key = event.target.closest("button");
      if (!key || !this.isOpen) return;
      const { line, serve, serveSeat, fire, course } = key.dataset;
      if (serve !== undefined) this.serve(this.courses.find((one) => one.no === Number(serve)).coming);
      else if (serveSeat !== undefined) this.serve(this.seats.find((one) => one.no === Number(serveSeat)).lines);
      else if (fire !== undefined) this.pad.fire(Number(fire));
      else if (course !== undefined) this.unfold(Number(course));
      else if (line && !["voided", undefined].includes(this.pad.line(Number(line))?.state)) this.state.sheet = { kind: "line", id: Number(line) };
    },
    /** What is ready now is served, whatever comes ready between the look and the tap is not. */
    serve(lines) {
      this.pad.serve(lines.filter((line) => line.state === "ready").map((line) => line.id));
    },
    unfold(no) {
      if (!this.unfolded.delete(no)) this.unfolded.add(no);
    },
  },
};
