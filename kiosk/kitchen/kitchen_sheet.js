/** The last tickets bumped, newest first, each with its way back to the board, and to be cooked again. */

import { Drawer } from "kitchen_drawer";

export const RecallSheet = {
  components: { Drawer },
  props: { bumped: Array, stationNames: Object, isLocked: Boolean },
  emits: ["recall", "look", "close"],
  template: `
<drawer title="Recall a ticket" @close="$emit('close')">
  <ul class="kb-sheet__list">
    <li v-for="ticket in bumped" :key="ticket.id">
      <b class="kb-sheet__no" dir="auto">{{ ticket.label }}</b>
      <span class="k-grow"><span class="k-dim">{{ stationNames[ticket.station_id] }}, bumped {{ clock(ticket.bumped_at) }}</span><br><bdi>{{ dishes(ticket) }}</bdi></span>
      <button class="k-btn is-line is-icon" type="button" :aria-label="'Cook again of ' + ticket.label" @click="$emit('look', { ticket })"><i class="k-i" aria-hidden="true">replay</i></button>
      <button class="k-btn" type="button" :disabled="isLocked" :aria-label="'Recall ' + ticket.label" @click="$emit('recall', ticket)"><i class="k-i" aria-hidden="true">undo</i>Recall</button>
    </li>
  </ul>
  <p v-if="!bumped.length" class="k-note k-empty"><i class="k-i s40" aria-hidden="true">undo</i><b>Nothing was bumped yet.</b></p>
</drawer>`,
  methods: {
    clock: (at) => window.kiosk.clock(at),
    dishes(ticket) {
      const made = ticket.lines.filter((line) => !line.voided_at);
      return made.map((line) => [line.quantity, line.name, line.portion].filter(Boolean).join(" ")).join(", ") || "all void";
    },
  },
};
