/** One ticket: header with its clock, allergy bands, dishes by course, what is held, the bump key. */

import { TicketDish } from "kitchen_dish";
import { allergies, byCourse, dishesLeft, lateness, wayOf } from "kitchen_times";

/** What became of a slip, in a cook's words. */
const PAPER = { waiting: "NOT ON PAPER", doubt: "PERHAPS NOT ON PAPER", held: "STUCK IN PRINTER", failed: "NOT PRINTED" };

export const KitchenTicket = {
  components: { TicketDish },
  props: {
    ticket: Object,
    station: Object,
    held: Array,
    paper: Object,
    courseNames: Object,
    now: Number,
    keyName: String,
    namesStation: Boolean,
    isTall: Boolean,
    isNew: Boolean,
    isLocked: Boolean,
  },
  emits: ["bump", "dish", "look"],
  data: () => ({ isCut: false }),
  template: `
<article class="k-ticket" :class="[clock.state, { 'is-tall': isTall }]" :aria-label="spoken">
  <header class="k-ticket__h" :class="{ 'is-named': way.label.length > 4 || ticket.is_take_away }" @click="$emit('look', { ticket })">
    <b class="k-ticket__no" dir="auto">{{ way.label }}</b>
    <span class="kb-cut" dir="auto">{{ people }}</span>
    <span class="kb-cut"><b v-if="namesStation">{{ station.name }}</b>{{ sent }}</span>
    <span class="k-ticket__time">{{ clock.time }}</span>
    <span class="k-ticket__word">{{ clock.word }}</span>
  </header>
  <div class="k-ticket__b" ref="body" @scroll.passive="measure">
    <div v-if="paper || ticket.is_refire || way.was || isNew" class="kb-marks">
      <span v-if="paper" class="k-mark is-paper" :class="{ 'is-elsewhere': paper.state === 'rerouted' }" :title="paper.says"><i class="k-i s18" aria-hidden="true">print_error</i><span>{{ paperWord }}</span></span>
      <span v-if="ticket.is_refire" class="k-mark is-refire"><i class="k-i s18" aria-hidden="true">replay</i>REFIRE</span>
      <span v-if="way.was" class="k-mark is-changed"><i class="k-i s18" aria-hidden="true">arrow_forward</i><span>NOW <bdi>{{ way.label }}</bdi>, was <bdi>{{ way.was }}</bdi></span></span>
      <span v-if="isNew" class="k-mark is-new kb-new"><i class="k-i s18" aria-hidden="true">add</i>NEW</span>
    </div>
    <div v-for="warning in warnings" :key="warning.id" class="k-allergy" role="alert">
      <i class="k-i s28" aria-hidden="true">warning</i>
      <span><bdi>{{ warning.note }}</bdi><small><bdi>{{ warning.dish }}</bdi><template v-if="warning.seat">, seat {{ warning.seat }}</template></small></span>
    </div>
    <template v-for="course in courses" :key="course.no">
      <div class="k-ticket__c"><bdi>{{ course.name }}</bdi></div>
      <ticket-dish v-for="line in course.lines" :key="line.id" v-bind="{ line, way }" :shown-at="ticket.shown_at" @tap="tap" @hold="$emit('look', { ticket, line: $event })" />
    </template>
    <template v-for="course in heldCourses" :key="'held' + course.no">
      <div class="k-ticket__c is-hold"><i class="k-i s20" aria-hidden="true">pause_circle</i><span><bdi>{{ course.name }}</bdi>, on hold</span></div>
      <div v-for="line in course.lines" :key="line.line_id" class="k-dish is-hold"><b>{{ line.quantity }}</b><span class="k-dish__n"><bdi>{{ [line.name, line.portion].filter(Boolean).join(' ') }}</bdi></span>
        <i v-if="line.is_allergy" class="k-i kb-warns" aria-label="allergy">warning</i></div>
    </template>
    <div v-if="isCut" class="kb-more"><i class="k-i s20" aria-hidden="true">keyboard_arrow_down</i>more below</div>
  </div>
  <footer class="k-ticket__f">
    <button class="k-btn" :class="{ 'is-primary': isDue }" type="button" :disabled="isLocked" @click="$emit('bump', ticket)">
      <span v-if="keyName" class="k-key">{{ keyName }}</span>{{ bumpLabel }}
    </button>
    <button class="k-btn is-icon kb-look" type="button" tabindex="-1" :aria-label="'More for ' + way.label" @click="$emit('look', { ticket })"><i class="k-i" aria-hidden="true">more_horiz</i></button>
  </footer>
</article>`,
  computed: {
    clock() {
      return lateness(this.ticket, this.station, this.now);
    },
    way() {
      return wayOf(this.ticket);
    },
    courses() {
      return byCourse(this.ticket.lines, this.courseNames);
    },
    heldCourses() {
      return byCourse(this.held ?? [], this.courseNames);
    },
    warnings() {
      return allergies(this.ticket);
    },
    left() {
      return dishesLeft(this.ticket);
    },
    isDue() {
      return this.clock.state !== "" || this.left === 0;
    },
    bumpLabel() {
      if (this.isLocked) return "No connection";
      if (this.left === 0) return "Bump, all done";
      return this.left === 1 ? "Bump 1 dish" : `Bump ${this.left} dishes`;
    },
    people() {
      const { waiter, covers, is_take_away: isTakeAway } = this.ticket;
      const guests = covers ? `${covers} ${covers === 1 ? "guest" : "guests"}` : "";
      return [waiter, isTakeAway ? "Take-away" : guests].filter(Boolean).join(", ");
    },
    sent() {
      const { pickup_at: pickup, fired_at: fired } = this.ticket;
      const before = this.namesStation ? ", " : "";
      if (pickup) return `${before}pick up ${window.kiosk.clock(pickup)}`;
      return `${before || "sent "}${window.kiosk.clock(fired)}`;
    },
    paperWord() {
      const { state, by, printer } = this.paper;
      return state === "rerouted" ? `PAPER AT ${by}` : `${PAPER[state]}, ${printer}`;
    },
    spoken() {
      return `${this.way.label}, ${this.station.name}, ${this.clock.time}, ${this.clock.word}`;
    },
  },
  mounted() {
    this.measure();
  },
  updated() {
    this.measure();
  },
  methods: {
    tap(line) {
      if (!line.voided_at) this.$emit("dish", { ticket: this.ticket, line });
    },
    measure() {
      const body = this.$refs.body;
      if (body) this.isCut = body.scrollHeight - body.clientHeight - body.scrollTop > 12;
    },
  },
};
