/** One dish on a ticket: how many of what, how it is wanted, what is marked on it. */

import { markOf } from "kitchen_times";

const WARNING_FITS = 24;

export const TicketDish = {
  props: { line: Object, way: Object, shownAt: String },
  emits: ["tap", "hold"],
  template: `
<component :is="line.voided_at ? 'div' : 'button'" :type="line.voided_at ? null : 'button'" class="k-dish" :aria-pressed="line.voided_at ? null : !!line.ready_at"
  :class="{ 'is-done': line.ready_at && !line.voided_at, 'is-void': line.voided_at }" @click="$emit('tap', line)" @contextmenu.prevent="$emit('hold', line)">
  <b>{{ line.quantity }}</b>
  <span class="k-dish__n"><bdi>{{ line.name }} <b v-if="line.portion" class="kb-portion">{{ line.portion }}</b></bdi></span>
  <i v-if="line.ready_at && !line.voided_at" class="k-i" aria-label="done">check</i>
  <span v-if="mark" class="k-mark" :class="mark.kind"><i class="k-i s18" aria-hidden="true">{{ mark.icon }}</i><bdi>{{ mark.word }}</bdi></span>
  <span v-if="plain.length" class="k-dish__m"><bdi>{{ plain.join(", ") }}</bdi></span>
  <span v-if="said.length" class="k-dish__m is-no"><bdi>{{ said.join(", ") }}</bdi></span>
  <span v-if="line.is_allergy && !line.voided_at" class="k-dish__m"><span class="k-tag is-allergy"><i class="k-i s18" aria-hidden="true">warning</i><bdi>{{ warning }}</bdi></span></span>
  <span v-else-if="line.note" class="k-dish__m is-no"><bdi>{{ line.note }}</bdi></span>
  <span v-if="mark?.said" class="k-dish__m kb-was"><bdi>{{ mark.said }}</bdi></span>
  <span v-if="line.meant_for" class="k-dish__m kb-meant">for station <bdi>{{ line.meant_for }}</bdi>, which is not here</span>
  <span v-if="line.seat_no && !line.is_allergy" class="k-dish__m">seat {{ line.seat_no }}</span>
</component>`,
  computed: {
    mark() {
      return markOf(this.line, this.way, this.shownAt);
    },
    /** A long warning is read once, in the band above; here it would push dishes out of sight. */
    warning() {
      return this.line.note.length > WARNING_FITS ? "ALLERGY, read above" : this.line.note || "ALLERGY";
    },
    /** What is to be left off, or served apart, is as loud as a note. */
    said() {
      return this.line.modifiers.filter((words) => /^no /i.test(words) || / on the side$/i.test(words));
    },
    plain() {
      return this.line.modifiers.filter((words) => !this.said.includes(words));
    },
  },
};
