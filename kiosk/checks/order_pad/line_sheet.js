// The sheet of one line: a draft is changed or removed, a sent one served or voided with a reason.
import { MOST, NOTE_LENGTH, STATES, VOID_REASONS } from "./words.js";

export const LineSheet = {
  props: ["pad", "id"],
  emits: ["close"],
  template: `
    <div class="k-op-sheet__b" v-if="line" @click="pick">
      <p class="k-op-sheet__s"><span class="k-st"><i class="k-i s16" aria-hidden="true">{{ state.icon }}</i>{{ state.word }}</span><span v-if="line.portion" dir="auto">{{ line.portion }}</span>
        <span v-for="(one, place) in line.modifiers" :key="place" dir="auto">{{ one.price > 0 ? '+ ' : '' }}{{ one.name }}</span><b>{{ money(line.amount) }}</b></p>
      <template v-if="isDraft">
        <fieldset><legend>How many</legend><span class="k-step"><button type="button" aria-label="One less" data-step="-1" :disabled="quantity <= 1"><i class="k-i" aria-hidden="true">remove</i></button>
          <b role="status">{{ quantity }}</b><button type="button" aria-label="One more" data-step="1" :disabled="quantity >= most"><i class="k-i" aria-hidden="true">add</i></button></span></fieldset>
        <fieldset><legend>Seat</legend><div class="k-op-seatrow"><button v-for="no in covers + 1" :key="no" class="k-chip" type="button" :data-seat="no - 1" :class="{ 'is-on': (seat || 0) === no - 1 }"
          :aria-pressed="(seat || 0) === no - 1">{{ no > 1 ? no - 1 : 'All' }}</button></div></fieldset>
        <fieldset><legend>Note for the kitchen</legend><label class="k-input"><i class="k-i s20" aria-hidden="true">edit_note</i><input v-model="note" type="text" :maxlength="noteLength" dir="auto" autocomplete="off" aria-label="Note for the kitchen"
          @change="keepNote" @keydown.enter.prevent="$event.target.blur()"></label></fieldset>
        <div class="k-row k-op-sheet__f"><button class="k-btn is-bad" type="button" data-remove><i class="k-i s20" aria-hidden="true">delete</i>Remove {{ line.quantity }}</button>
          <button class="k-btn is-primary is-l k-grow" type="button" data-done>Done</button></div>
      </template>
      <template v-else-if="!isVoiding">
        <p v-if="line.note" class="k-dim" dir="auto">{{ line.note }}</p>
        <div class="k-row k-op-sheet__f"><button class="k-btn is-line" type="button" data-voiding><i class="k-i s20" aria-hidden="true">block</i>Void…</button>
          <button v-if="maybeServed" class="k-btn is-primary is-l k-grow" type="button" data-serve><i class="k-i s20" aria-hidden="true">room_service</i>Serve {{ line.quantity }}</button></div>
      </template>
      <template v-else>
        <fieldset><legend>Why is it voided?</legend><div class="k-op-reasons"><button v-for="one in reasons" :key="one" class="k-chip" type="button" :data-reason="one" :class="{ 'is-on': reason === one }" :aria-pressed="reason === one">{{ one }}</button></div>
          <label class="k-input"><i class="k-i s20" aria-hidden="true">edit_note</i><input v-model="reason" type="text" :maxlength="noteLength" dir="auto" autocomplete="off" placeholder="Or in your words" aria-label="Reason"></label></fieldset>
        <div class="k-row k-op-sheet__f"><button class="k-btn" type="button" data-keep>Keep it</button>
          <button class="k-btn is-bad is-l k-grow" type="button" data-void :disabled="!reason.trim() || pad.state.busy === 'void_line'"><span class="k-op-wrap">{{ reason.trim() ? 'Void ' + line.quantity + ' ' + line.name : 'Void: choose a reason' }}</span></button></div>
      </template>
    </div>
    <div v-else class="k-op-sheet__b"><p class="k-dim">This line is not on the check any more.</p></div>`,
  data() {
    const line = this.pad.line(this.id);
    return {
      quantity: line?.quantity, seat: line?.seat_no ?? null, note: line?.note ?? "", reason: "", isVoiding: Boolean(this.pad.state.sheet.isVoiding),
      reasons: VOID_REASONS, most: MOST, noteLength: NOTE_LENGTH,
    };
  },
  computed: {
    line() { return this.pad.state.check && this.pad.line(this.id); },
    isDraft() { return this.line.state === "draft"; },
    state() { return STATES[this.line.state] ?? STATES.fired; },
    maybeServed() { return ["fired", "cooking", "ready"].includes(this.line.state); },
    covers() { return this.pad.state.check?.covers ?? 0; },
  },
  beforeUnmount() { this.keepNote(); },
  methods: {
    money: (amount) => kiosk.money(amount),
    pick(event) {
      const key = event.target.closest("button");
      if (!key) return;
      const { step, seat, reason } = key.dataset;
      if (step) this.change({ quantity: (this.quantity = Math.max(1, Math.min(MOST, this.quantity + Number(step)))) });
      if (seat !== undefined) this.takeSeat(Number(seat));
      if (reason) this.reason = reason;
      if ("voiding" in key.dataset) this.beginVoiding();
      if ("keep" in key.dataset) this.isVoiding = false;
      if ("done" in key.dataset) this.$emit("close");
      if ("remove" in key.dataset) this.remove();
      if ("serve" in key.dataset) this.serve();
      if ("void" in key.dataset) this.void();
    },
    /** The key that was tapped is gone; the sheet keeps the focus, so that Escape still closes it. */
    beginVoiding() {
      this.isVoiding = true;
      this.$el.closest("[role=dialog]").focus({ preventScroll: true });
    },
    takeSeat(no) {
      this.seat = no || null;
      this.change({ seat_no: no });
    },
    /** Each tap is kept at once; when it is refused the sheet shows what the check really says. */
    async change(what) {
      try {
        await this.pad.act("change_line", { line_id: this.id, ...what });
      } catch {
        if (this.line) Object.assign(this, { quantity: this.line.quantity, seat: this.line.seat_no ?? null, note: this.line.note ?? "" });
      }
    },
    keepNote() {
      const note = this.note.trim();
      if (this.gone || !this.line || !this.isDraft || note === (this.kept ?? this.line.note ?? "")) return;
      this.kept = note;
      this.change({ note });
    },
    remove() {
      this.gone = true;
      this.pad.attempt("remove_line", { line_id: this.id });
      this.$emit("close");
    },
    serve() {
      this.pad.serve([this.id]);
      this.$emit("close");
    },
    async void() {
      if (await this.pad.attempt("void_line", { line_id: this.id, reason: this.reason.trim() })) this.$emit("close");
    },
  },
};
