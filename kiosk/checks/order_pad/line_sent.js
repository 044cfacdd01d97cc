// What can be done to a line the kitchen has: serve it, take that back, tell the kitchen more, or void, comp, refire with a reason.
import { REASONS } from "./reasons.js";
import { NOTE_LENGTH } from "./words.js";

export const LineSent = {
  props: ["pad", "line", "parts", "begins"],
  emits: ["close"],
  template: `
    <div v-if="!doing" @click="pick">
      <div v-if="line.note" :class="line.is_allergy ? 'k-allergy k-op-line__a' : 'k-dim'"><i v-if="line.is_allergy" class="k-i s18" aria-hidden="true">warning</i><span dir="auto">{{ line.note }}</span></div>
      <div class="k-op-deeds">
        <button class="k-btn is-line" type="button" data-do="void"><i class="k-i s20" aria-hidden="true">block</i>Void…</button>
        <button v-if="line.comped" class="k-btn is-line" type="button" data-uncomp><i class="k-i s20" aria-hidden="true">undo</i>Charge it again</button>
        <button v-else class="k-btn is-line" type="button" data-do="comp"><i class="k-i s20" aria-hidden="true">redeem</i>Comp…</button>
        <button v-if="!isHeld" class="k-btn is-line" type="button" data-do="refire"><i class="k-i s20" aria-hidden="true">replay</i>Refire…</button>
        <button v-if="cooks" class="k-btn is-line" type="button" data-do="amend"><i class="k-i s20" aria-hidden="true">edit_note</i>Tell the kitchen…</button>
        <button class="k-btn is-line" type="button" data-move><i class="k-i s20" aria-hidden="true">drive_file_move</i>Move…</button>
      </div>
      <div v-if="!isHeld" class="k-row k-op-sheet__f">
        <button v-if="line.state === 'served'" class="k-btn is-l k-grow" type="button" data-unserve><i class="k-i s20" aria-hidden="true">undo</i>Not served yet</button>
        <button v-else class="k-btn is-primary is-l k-grow" type="button" data-serve><i class="k-i s20" aria-hidden="true">room_service</i>Serve {{ line.quantity }}</button></div>
    </div>
    <div v-else-if="doing === 'amend'" @click="pick">
      <fieldset><legend>What must the kitchen know?</legend><div class="k-row"><label class="k-input"><i class="k-i s20" aria-hidden="true">edit_note</i><input ref="text" v-model="note" type="text" :maxlength="noteLength" dir="auto" autocomplete="off"
        :placeholder="isAllergy ? 'Allergy: to what?' : ''" aria-label="Note for the kitchen"></label>
        <button class="k-chip k-op-allergy" type="button" role="switch" data-allergy :aria-checked="isAllergy" :class="{ 'is-alert': isAllergy }"><i class="k-i s20" aria-hidden="true">warning</i>Allergy</button></div></fieldset>
      <div class="k-row k-op-sheet__f"><button class="k-btn" type="button" data-back>Back</button>
        <button class="k-btn is-primary is-l k-grow" type="button" data-amend :disabled="!isNews || pad.state.busy === 'amend'">Tell the kitchen</button></div>
    </div>
    <div v-else @click="pick">
      <fieldset><legend>{{ about.title }}</legend><div class="k-op-reasons"><button v-for="one in about.chips" :key="one" class="k-chip" type="button" :data-reason="one" :class="{ 'is-on': reason === one }" :aria-pressed="reason === one">{{ one }}</button></div>
        <label class="k-input"><i class="k-i s20" aria-hidden="true">edit_note</i><input v-model="reason" type="text" :maxlength="noteLength" dir="auto" autocomplete="off" placeholder="Or in your words" aria-label="Reason"></label></fieldset>
      <p v-if="isWhole" class="k-dim">All {{ parts.length }} parts of <bdi>{{ line.combo_name }}</bdi>.</p>
      <div class="k-row k-op-sheet__f"><button class="k-btn" type="button" data-back>Keep it</button>
        <button class="k-btn is-l k-grow" :class="about.css" type="button" data-go :data-void="doing === 'void' || null" :disabled="!reason.trim() || pad.state.busy === about.act"><span class="k-op-wrap">{{ reason.trim() ? about.key + ' ' + target : about.key + ': choose a reason' }}</span></button></div>
    </div>`,
  data() {
    return { doing: this.begins, reason: "", note: this.line.note ?? "", isAllergy: this.line.is_allergy, noteLength: NOTE_LENGTH };
  },
  computed: {
    about() { return REASONS[this.doing]; },
    /** Part of a combo of which the kitchen has another part already. */
    isHeld() { return this.line.state === "held"; },
    cooks() { return ["fired", "cooking"].includes(this.line.state); },
    isWhole() { return this.parts.length > 1 && this.doing !== "refire"; },
    target() { return `${this.line.quantity} ${this.isWhole ? this.line.combo_name : this.line.name}`; },
    isNews() { return this.note.trim() !== (this.line.note ?? "") || this.isAllergy !== this.line.is_allergy; },
  },
  methods: {
    pick(event) {
      const key = event.target.closest("button");
      if (!key) return;
      const { dataset } = key;
      if (dataset.do) this.begin(dataset.do);
      if (dataset.reason) this.reason = dataset.reason;
      if ("back" in dataset) this.begin("");
      if ("allergy" in dataset) this.isAllergy = !this.isAllergy;
      if ("move" in dataset) this.pad.state.sheet = { kind: "move", ids: this.parts.map((line) => line.id) };
      if ("serve" in dataset) this.end(this.pad.serve([this.line.id]));
      if ("unserve" in dataset) this.end(this.pad.unserve([this.line.id]));
      if ("uncomp" in dataset) this.end(this.pad.uncomp(this.line.id));
      if ("amend" in dataset) this.end(this.pad.attempt("amend", { line_id: this.line.id, note: this.note.trim(), is_allergy: this.isAllergy }));
      if ("go" in dataset) this.end(this.go());
    },
    /** The key that was tapped is gone; the sheet keeps the focus, so that Escape still closes it. */
    begin(what) {
      this.$el.closest?.("[role=dialog]")?.focus({ preventScroll: true });
      this.doing = what;
      this.reason = "";
    },
    go() {
      const reason = this.reason.trim();
      return this.doing === "comp" ? this.pad.comp(this.line, reason) : this.pad.attempt(this.about.act, { line_id: this.line.id, reason });
    },
    /** What was done closes the sheet; what was refused leaves it as it is. */
    async end(act) {
      if (await act) this.$emit("close");
    },
  },
};
