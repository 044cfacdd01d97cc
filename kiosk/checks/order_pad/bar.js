// The bar over the menu (back, table, guests, search, more) and the sticky choices of seat and course.
import { title } from "./words.js";

const DEBOUNCE = 25;
const CALM = 100;

export const OrderBar = {
  props: ["pad"],
  template: `
    <header class="k-bar">
      <button class="k-btn is-icon is-quiet" type="button" aria-label="Back to floor" @click="back"><i class="k-i" aria-hidden="true">arrow_back</i></button>
      <div class="k-th k-op-title"><b dir="auto">{{ name }}</b><small>{{ since }}</small></div>
      <button class="k-chip" type="button" :aria-label="covers + ' guests, change'" :disabled="!check" @click="pad.state.sheet = { kind: 'covers' }">
        <i class="k-i s20" aria-hidden="true">group</i>{{ covers }}</button>
      <label class="k-search k-grow"><i class="k-i s20" aria-hidden="true">search</i>
        <input ref="search" type="search" placeholder="Two letters find a dish" aria-label="Search the menu" dir="auto" autocomplete="off" spellcheck="false"
          :value="typed" @input="type($event.target.value)" @keydown.esc="clear" @keydown.enter="$event.target.blur()">
        <button v-if="typed" class="k-op-clear" type="button" aria-label="Clear the search" @click="clear"><i class="k-i s20" aria-hidden="true">close</i></button>
      </label>
      <button class="k-chip k-hide-p" type="button" :disabled="!pad.wasSent.value || pad.state.busy === 'repeat_round'" @click="pad.repeatRound()">
        <i class="k-i s20" aria-hidden="true">replay</i>Repeat round</button>
      <button class="k-chip is-icon" type="button" :aria-label="'More for ' + name" :disabled="!check" @click="pad.state.sheet = { kind: 'more' }">
        <i class="k-i" aria-hidden="true">more_horiz</i></button>
    </header>`,
  data: () => ({ typed: "" }),
  computed: {
    check() { return this.pad.state.check; },
    covers() { return this.check?.covers ?? 0; },
    name() { return this.check ? title(this.check.label) : "Order"; },
    since() {
      if (!this.check) return "";
      return this.pad.state.tick >= 0 && [this.check.waiter, minutes(this.check.opened_at)].filter(Boolean).join(", ");
    },
    query() { return this.pad.state.query; },
  },
  watch: { query(text) { if (text !== this.typed.trim()) this.typed = text; } },
  methods: {
    back() { kiosk.go("floor"); },
    /** A key after a pause is looked up at once, keys in a burst when it ends. */
    type(text) {
      const isCalm = performance.now() - (this.last ?? 0) > CALM;
      this.last = performance.now();
      this.typed = text;
      clearTimeout(this.wait);
      if (isCalm) this.search();
      else this.wait = setTimeout(() => this.search(), DEBOUNCE);
    },
    search() { this.pad.state.query = this.typed.trim(); },
    clear() {
      clearTimeout(this.wait);
      this.typed = this.pad.state.query = "";
      this.$refs.search.focus();
    },
  },
};

/** "9 min" or "1 h 22" since an instant. */
export function minutes(instant) {
  const count = kiosk.minutes(instant);
  return count < 60 ? `${count} min` : `${Math.floor(count / 60)} h ${String(count % 60).padStart(2, "0")}`;
}

export const StickyChoices = {
  props: ["pad"],
  template: `
    <div class="k-bar k-order__ctx">
      <div class="k-seg k-op-scroll k-op-seats" role="radiogroup" aria-label="Seat for the next dish" @click="chooseSeat">
        <button type="button" role="radio" data-seat="" :class="{ 'is-on': seat === null }" :aria-checked="seat === null">
          <i class="k-i s18" aria-hidden="true">event_seat</i>All</button>
        <button v-for="no in covers" :key="no" type="button" role="radio" :data-seat="no" :class="{ 'is-on': seat === no, 'is-alert': allergic.has(no) }"
          :aria-checked="seat === no" :aria-label="'Seat ' + no + (allergic.has(no) ? ', allergy' : '')">
          <i v-if="allergic.has(no)" class="k-i s18" aria-hidden="true">warning</i>{{ no }}</button>
        <button v-if="covers < 99" type="button" data-seat="+" aria-label="Add a guest"><i class="k-i s20" aria-hidden="true">add</i></button>
      </div>
      <div class="k-seg k-grow k-seg--fill k-op-scroll" role="radiogroup" aria-label="Course for the next dish" @click="chooseCourse">
        <button type="button" role="radio" data-course="" :class="{ 'is-on': course === null }" :aria-checked="course === null" aria-label="Course by category">Auto</button>
        <button v-for="one in courses" :key="one.no" type="button" role="radio" :data-course="one.no" :class="{ 'is-on': course === one.no }"
          :aria-checked="course === one.no" dir="auto">{{ one.name }}</button>
      </div>
    </div>`,
  computed: {
    seat() { return this.pad.state.seat; },
    course() { return this.pad.state.course; },
    covers() { return this.pad.state.check?.covers ?? 0; },
    courses() { return this.pad.state.book?.courses ?? []; },
    allergic() { return this.pad.seatsWithAllergy(); },
  },
  methods: {
    chooseSeat(event) {
      const chosen = event.target.closest("[data-seat]")?.dataset.seat;
      if (chosen === "+") this.pad.attempt("set_covers", { check_id: this.pad.state.checkId, covers: this.covers + 1 });
      else if (chosen !== undefined) this.pad.state.seat = chosen ? Number(chosen) : null;
    },
    chooseCourse(event) {
      const chosen = event.target.closest("[data-course]")?.dataset.course;
      if (chosen !== undefined) this.pad.state.course = chosen === "" ? null : Number(chosen);
    },
  },
};
