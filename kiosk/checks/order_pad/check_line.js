// One row of the check: a line, or a combo that was not sent yet with its parts.
import { minutes } from "./bar.js";
import { said, STATES } from "./words.js";

export const CheckLine = {
  props: ["lines", "pad", "isSold", "isIdle", "isBySeat"],
  template: `
    <button class="k-line" type="button" :class="css" :data-line="line.id" :aria-disabled="isIdle || null">
      <span class="k-line__q">{{ line.quantity }}</span>
      <span class="k-op-line__b"><span class="k-line__n"><bdi>{{ isCombo ? line.combo_name : line.name }}</bdi> <em v-if="line.portion && !isCombo" dir="auto">{{ line.portion }}</em></span>
        <span class="k-line__s"><span v-if="!isBySeat" class="k-seat"><i class="k-i s16" aria-hidden="true">event_seat</i>{{ line.seat_no || 'Share' }}</span>
          <span v-if="isBySeat && !isCombo" class="k-op-line__c" dir="auto">{{ course }}</span>
          <span v-if="line.combo_name && !isCombo" class="k-op-line__c" dir="auto">{{ line.combo_name }}</span>
          <template v-if="!isCombo"><span v-for="(one, place) in special(line)" :key="place" dir="auto">{{ one }}</span></template>
          <span v-if="by" class="k-op-line__by" :title="'Rung by ' + by">{{ by }}</span></span>
        <template v-if="isCombo"><span v-for="part in lines" :key="part.id" class="k-line__s k-op-line__p"><bdi>{{ part.name }}</bdi>
          <span v-for="(one, place) in special(part)" :key="place" dir="auto">{{ one }}</span><span v-if="part.note && !part.is_allergy" class="k-op-line__note" dir="auto">{{ part.note }}</span></span></template>
        <span v-for="part in allergic" :key="part.id" class="k-allergy k-op-line__a"><i class="k-i s18" aria-hidden="true">warning</i><span dir="auto">{{ part.note || 'Allergy' }}</span></span>
        <span v-if="line.note && !line.is_allergy && !isCombo" class="k-line__s k-op-line__note" dir="auto">{{ line.note }}</span>
        <span v-if="reason" class="k-line__s k-op-line__note" dir="auto">{{ reason }}</span></span>
      <span class="k-line__r"><span>{{ amount }}</span><span class="k-st"><i class="k-i s16" aria-hidden="true">{{ state.icon }}</i>{{ word }}</span>
        <span v-if="line.comped" class="k-st k-op-comped"><i class="k-i s16" aria-hidden="true">redeem</i>Comp</span></span>
    </button>`,
  computed: {
    line() { return this.lines[0]; },
    isCombo() { return this.lines.length > 1; },
    state() { return STATES[this.line.state] ?? STATES.fired; },
    css() { return [this.state.css, { "is-sold": this.isSold, "is-comped": this.line.comped, "is-part": this.isBySeat && this.line.combo_id && !this.isCombo }]; },
    allergic() { return this.lines.filter((line) => line.is_allergy); },
    by() { return this.line.by && this.line.by !== kiosk.me?.initials ? this.line.by : ""; },
    course() { return this.pad.state.book?.course(this.line.course) ?? ""; },
    reason() { return (this.line.state === "voided" && this.line.void_reason) || (this.line.comped && this.line.comp_reason) || ""; },
    /** A combo that was not sent shows one price, its parts' as the server shared it out; a comped line costs nothing. */
    amount() {
      if (this.line.amount === null) return "";
      return kiosk.money(this.line.comped ? 0 : this.isCombo ? this.lines.reduce((all, part) => all + part.amount, 0) : this.line.amount);
    },
    word() {
      if (this.isSold) return "Sold out";
      const since = this.pad.state.tick >= 0 && this.state.since && this.line[this.state.since];
      const again = this.line.kitchen?.refired && this.line.state === "cooking" ? "Again" : this.state.word;
      return since && kiosk.minutes(since) ? `${again} ${minutes(since)}` : again;
    },
  },
  methods: {
    /** The choices worth saying, as the kitchen reads them: "+ Burrata", "No chilli", "Burrata on the side". */
    special(line) {
      const choices = this.pad.state.book?.special(line) ?? line.modifiers;
      return choices.map((one) => (one.price > 0 && !one.prefix ? "+ " : "") + said(one));
    },
  },
};
