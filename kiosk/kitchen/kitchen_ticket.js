/** One ticket: header with its clock, allergy bands, dishes by course, the bump key. */

import { allergies, byCourse, dishesLeft, lateness } from "kitchen_times";

export const KitchenTicket = {
  props: {
    ticket: Object,
    station: Object,
    courseNames: Object,
    now: Number,
    keyName: String,
    namesStation: Boolean,
    isTall: Boolean,
    isNew: Boolean,
    isLocked: Boolean,
  },
  emits: ["bump", "dish"],
  data: () => ({ isCut: false }),
  template: `
<article class="k-ticket" :class="[clock.state, { 'is-tall': isTall }]" :aria-label="spoken">
  <header class="k-ticket__h" :class="{ 'is-named': ticket.label.length > 4 }">
    <b class="k-ticket__no" dir="auto">{{ ticket.label }}</b>
    <span class="kb-cut" dir="auto">{{ people }}</span>
    <span class="kb-cut"><b v-if="namesStation">{{ station.name }}</b>{{ sent }}</span>
    <span class="k-ticket__time">{{ clock.time }}</span>
    <span class="k-ticket__word">{{ clock.word }}</span>
  </header>
  <div class="k-ticket__b" ref="body" @scroll.passive="measure">
    <div v-for="warning in warnings" :key="warning.id" class="k-allergy" role="alert">
      <i class="k-i s28" aria-hidden="true">warning</i>
      <span><bdi>{{ warning.note }}</bdi><small><bdi>{{ warning.dish }}</bdi><template v-if="warning.seat">, seat {{ warning.seat }}</template></small></span>
    </div>
    <template v-for="(course, place) in courses" :key="course.no">
      <div class="k-ticket__c"><bdi>{{ course.name }}</bdi><span v-if="isNew && !place" class="k-mark is-new kb-new"><i class="k-i s18" aria-hidden="true">add</i>NEW</span></div>
      <component v-for="line in course.lines" :key="line.id" :is="line.voided_at ? 'div' : 'button'"
        :type="line.voided_at ? null : 'button'" class="k-dish" :aria-pressed="line.voided_at ? null : !!line.ready_at"
        :class="{ 'is-done': line.ready_at && !line.voided_at, 'is-void': line.voided_at }" @click="tap(line)">
        <b>{{ line.quantity }}</b>
        <span class="k-dish__n"><bdi>{{ line.name }} <b v-if="line.portion" class="kb-portion">{{ line.portion }}</b></bdi></span>
        <span v-if="line.voided_at" class="k-mark is-void"><i class="k-i s18" aria-hidden="true">close</i>VOID</span>
        <i v-else-if="line.ready_at" class="k-i" aria-label="done">check</i>
        <span v-if="line.modifiers.length" class="k-dish__m"><bdi>{{ line.modifiers.join(", ") }}</bdi></span>
        <span v-if="line.is_allergy" class="k-dish__m"><span class="k-tag is-allergy"><i class="k-i s18" aria-hidden="true">warning</i><bdi>{{ line.note || "ALLERGY" }}</bdi></span></span>
        <span v-else-if="line.note" class="k-dish__m is-no"><bdi>{{ line.note }}</bdi></span>
        <span v-if="line.seat_no && !line.is_allergy" class="k-dish__m">seat {{ line.seat_no }}</span>
      </component>
    </template>
    <div v-if="isCut" class="kb-more"><i class="k-i s20" aria-hidden="true">keyboard_arrow_down</i>more below</div>
  </div>
  <footer class="k-ticket__f">
    <button class="k-btn" :class="{ 'is-primary': isDue }" type="button" :disabled="isLocked" @click="$emit('bump', ticket)">
      <span v-if="keyName" class="k-key">{{ keyName }}</span>{{ bumpLabel }}
    </button>
  </footer>
</article>`,
  computed: {
    clock() {
      return lateness(this.ticket, this.station, this.now);
    },
    courses() {
      return byCourse(this.ticket.lines, this.courseNames);
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
      const { waiter, covers } = this.ticket;
      const guests = covers ? `${covers} ${covers === 1 ? "guest" : "guests"}` : "";
      return [waiter, guests].filter(Boolean).join(", ");
    },
    sent() {
      return `${this.namesStation ? ", " : "sent "}${window.kiosk.clock(this.ticket.fired_at)}`;
    },
    spoken() {
      return `${this.ticket.label}, ${this.station.name}, ${this.clock.time}, ${this.clock.word}`;
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
