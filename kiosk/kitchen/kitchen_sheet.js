/** The last tickets bumped, newest first, each with its way back to the board. */

export const RecallSheet = {
  props: { bumped: Array, stationNames: Object, isLocked: Boolean },
  emits: ["recall", "close"],
  template: `
<div class="kb-shade" @click.self="$emit('close')">
  <section class="kb-sheet" role="dialog" aria-modal="true" aria-label="Recall a ticket" @keydown.esc="$emit('close')">
    <header class="k-bar"><h2 class="k-h1">Recall a ticket</h2><span class="k-bar__sp"></span>
      <button ref="close" class="k-btn is-icon is-quiet" type="button" aria-label="Close" @click="$emit('close')"><i class="k-i" aria-hidden="true">close</i></button></header>
    <ul class="kb-sheet__list">
      <li v-for="ticket in bumped" :key="ticket.id">
        <b class="kb-sheet__no" dir="auto">{{ ticket.label }}</b>
        <span class="k-grow"><span class="k-dim">{{ stationNames[ticket.station_id] }}, bumped {{ clock(ticket.bumped_at) }}</span><br><bdi>{{ dishes(ticket) }}</bdi></span>
        <button class="k-btn" type="button" :disabled="isLocked" :aria-label="'Recall ' + ticket.label" @click="$emit('recall', ticket)"><i class="k-i" aria-hidden="true">undo</i>Recall</button>
      </li>
    </ul>
    <p v-if="!bumped.length" class="k-note k-empty"><i class="k-i s40" aria-hidden="true">undo</i><b>Nothing was bumped yet.</b></p>
  </section>
</div>`,
  mounted() {
    this.$refs.close.focus();
  },
  methods: {
    clock: (at) => window.kiosk.clock(at),
    dishes(ticket) {
      const made = ticket.lines.filter((line) => !line.voided_at);
      return made.map((line) => [line.quantity, line.name, line.portion].filter(Boolean).join(" ")).join(", ") || "all void";
    },
  },
};
