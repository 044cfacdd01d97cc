// What can be changed of a line the kitchen does not have yet; every tap is kept at once.
import { MOST, NOTE_LENGTH } from "./words.js";

export const LineWaiting = {
  props: ["pad", "line", "parts"],
  emits: ["close"],
  template: `
    <div @click="pick">
      <fieldset><legend>How many</legend><span class="k-step"><button type="button" aria-label="One less" data-step="-1" :disabled="quantity <= 1"><i class="k-i" aria-hidden="true">remove</i></button>
        <b role="status">{{ quantity }}</b><button type="button" aria-label="One more" data-step="1" :disabled="quantity >= most"><i class="k-i" aria-hidden="true">add</i></button></span></fieldset>
      <fieldset><legend>Seat</legend><div class="k-op-seatrow"><button v-for="no in covers + 1" :key="no" class="k-chip" type="button" :data-seat="no - 1" :class="{ 'is-on': (seat || 0) === no - 1 }"
        :aria-pressed="(seat || 0) === no - 1">{{ no > 1 ? no - 1 : 'Share' }}</button></div></fieldset>
      <fieldset v-if="courses.length"><legend>Course</legend><div class="k-op-seatrow"><button v-for="one in courses" :key="one.no" class="k-chip" type="button" :data-course="one.no" :class="{ 'is-on': course === one.no }"
        :aria-pressed="course === one.no" dir="auto">{{ one.name }}</button></div></fieldset>
      <fieldset><legend>Note for the kitchen</legend><div class="k-row"><label class="k-input"><i class="k-i s20" aria-hidden="true">edit_note</i><input ref="note" v-model="note" type="text" :maxlength="noteLength" dir="auto" autocomplete="off"
        :placeholder="isAllergy ? 'Allergy: to what?' : ''" aria-label="Note for the kitchen" @change="keepNote" @keydown.enter.prevent="$event.target.blur()"></label>
        <button class="k-chip k-op-allergy" type="button" role="switch" data-allergy :aria-checked="isAllergy" :class="{ 'is-alert': isAllergy }"><i class="k-i s20" aria-hidden="true">warning</i>Allergy</button></div></fieldset>
      <div class="k-row k-op-sheet__f"><button class="k-btn is-bad" type="button" data-remove><i class="k-i s20" aria-hidden="true">delete</i>Remove {{ isCombo ? 'all' : line.quantity }}</button>
        <button class="k-btn is-line" type="button" data-move><i class="k-i s20" aria-hidden="true">drive_file_move</i>Move…</button>
        <button class="k-btn is-primary is-l k-grow" type="button" data-done>Done</button></div>
    </div>`,
  data() { return { ...this.asItIs(), most: MOST, noteLength: NOTE_LENGTH }; },
  computed: {
    isCombo() { return this.parts.length > 1; },
    covers() { return this.pad.state.check?.covers ?? 0; },
    courses() { return this.pad.state.book?.courses ?? []; },
  },
  beforeUnmount() { this.keepNote(); },
  methods: {
    asItIs() {
      const { quantity, seat_no, course, note, is_allergy } = this.line;
      return { quantity, seat: seat_no ?? null, course, note: note ?? "", isAllergy: is_allergy };
    },
    pick(event) {
      const key = event.target.closest("button");
      if (!key) return;
      const { step, seat, course } = key.dataset;
      if (step) this.change({ quantity: (this.quantity = Math.max(1, Math.min(MOST, this.quantity + Number(step)))) });
      if (seat !== undefined) this.takeSeat(Number(seat));
      if (course !== undefined) this.change({ course: (this.course = Number(course)) });
      if ("allergy" in key.dataset) this.turnAllergy();
      if ("done" in key.dataset) this.$emit("close");
      if ("remove" in key.dataset) this.remove();
      if ("move" in key.dataset) this.pad.state.sheet = { kind: "move", ids: this.parts.map((line) => line.id) };
    },
    takeSeat(no) {
      this.seat = no || null;
      this.change({ seat_no: no });
    },
    turnAllergy() {
      this.isAllergy = !this.isAllergy;
      this.change({ is_allergy: this.isAllergy });
      if (this.isAllergy && !this.note) this.$refs.note.focus();
    },
    /** When a change is refused the sheet shows what the check really says. */
    async change(what) {
      try {
        await this.pad.act("change_line", { line_id: this.line.id, ...what });
      } catch {
        if (this.line) Object.assign(this, this.asItIs());
      }
    },
    keepNote() {
      const note = this.note.trim();
      const { line } = this;
      const waits = ["draft", "held"].includes(this.pad.line(line.id)?.state);
      if (this.gone || !waits || note === (this.kept ?? line.note ?? "")) return;
      this.kept = note;
      this.change({ note });
    },
    remove() {
      this.gone = true;
      this.pad.attempt("remove_line", { line_id: this.line.id });
      this.$emit("close");
    },
  },
};
