// The sheet of one line, or of the parts of its combo: what waits is changed or removed, what was sent is served or put right.
import { isDraft, isLive } from "./sections.js";
import { LineSent } from "./line_sent.js";
import { LineWaiting } from "./line_waiting.js";
import { said, STATES } from "./words.js";

export const LineSheet = {
  components: { LineSent, LineWaiting },
  props: ["pad", "id"],
  emits: ["close"],
  template: `
    <div class="k-op-sheet__b" v-if="line">
      <div v-if="parts.length > 1" class="k-op-parts" role="group" :aria-label="line.combo_name"><button v-for="part in parts" :key="part.id" class="k-chip" type="button" :class="{ 'is-on': part.id === line.id }" :aria-pressed="part.id === line.id" @click="chosen = part.id">
        <i class="k-i s18" aria-hidden="true">{{ look(part).icon }}</i><span class="k-op-cut" dir="auto">{{ part.name }}</span></button></div>
      <p class="k-op-sheet__s"><span class="k-st"><i class="k-i s16" aria-hidden="true">{{ look(line).icon }}</i>{{ look(line).word }}</span><span v-if="parts.length > 1" dir="auto">{{ line.name }}</span><span v-if="line.portion" dir="auto">{{ line.portion }}</span>
        <span v-for="(one, place) in line.modifiers" :key="place" dir="auto">{{ one.price > 0 && !one.prefix ? '+ ' : '' }}{{ said(one) }}</span><b>{{ money(line.comped ? 0 : line.amount) }}</b></p>
      <p v-if="line.comped" class="k-op-sheet__s"><span class="k-st k-op-comped"><i class="k-i s16" aria-hidden="true">redeem</i>Comp</span><span dir="auto">{{ line.comp_reason }}</span></p>
      <component :is="waits ? 'line-waiting' : 'line-sent'" :key="line.id + (waits ? 'w' : 's')" :pad="pad" :line="line" :parts="parts" :begins="begins" @close="$emit('close')"></component>
    </div>
    <div v-else class="k-op-sheet__b"><p class="k-dim">This line is not on the check any more.</p></div>`,
  data() { return { chosen: this.id, begins: this.pad.state.sheet.begins ?? "" }; },
  computed: {
    line() { return this.pad.state.check && (this.pad.line(this.chosen) ?? this.pad.line(this.id)); },
    /** The line, or all parts of the combo it belongs to: what is done to the price of one is done to all. */
    parts() {
      const { combo_id: combo } = this.line;
      return combo ? this.pad.state.check.lines.filter((one) => one.combo_id === combo && isLive(one)) : [this.line];
    },
    /** A part of a combo can only be changed while the kitchen has none of its parts. */
    waits() { return this.parts.every((part) => isDraft(part) || part.state === "held"); },
  },
  methods: {
    said,
    look: (line) => STATES[line.state] ?? STATES.fired,
    money: (amount) => kiosk.money(amount),
  },
};
