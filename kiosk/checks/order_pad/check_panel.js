// The check beside the menu: its head, its lines, the total as the server says it, and the keys.
import { CheckHead } from "./check_head.js";
import { CheckList } from "./check_list.js";
import { SendKey } from "./send_key.js";
import { plural, title } from "./words.js";

const BY_SEAT = "kiosk_by_seat";

export const CheckPanel = {
  components: { CheckHead, CheckList, SendKey },
  props: ["pad"],
  template: `
    <aside class="k-check" :class="{ 'is-open': state.isCheckOpen }" :aria-label="'Check ' + number">
      <check-head :pad="pad" :is-by-seat="isBySeat" @turn="turn"></check-head>
      <check-list :pad="pad" :is-by-seat="isBySeat"></check-list>
      <div class="k-check__f" :aria-busy="!check">
        <div class="k-total" @click="state.isCheckOpen = true"><small>{{ parts }}</small><b>{{ total }}</b>
          <button class="k-op-unfold" type="button" :aria-label="'Open the check, ' + plural(state.lines.length, 'line')"><i class="k-i" aria-hidden="true">keyboard_arrow_up</i></button></div>
        <div v-if="pad.isClosed.value" class="k-note is-ok" role="status"><i class="k-i s20" aria-hidden="true">{{ check.merged_into_id ? 'merge' : 'task_alt' }}</i><span dir="auto">{{ ending }}</span></div>
        <div v-else-if="!state.failed" class="k-row">
          <button class="k-btn is-line k-grow" type="button" :disabled="!check?.lines.length || state.busy === 'ask_bill'" @click="bill"><i class="k-i s20" aria-hidden="true">receipt</i>{{ check?.bill_asked_at ? 'Print again' : 'Print bill' }}</button>
          <button v-if="maySettle" class="k-btn is-line k-grow" type="button" :disabled="!check?.lines.length" @click="settle"><i class="k-i s20" aria-hidden="true">payments</i>Settle</button></div>
        <template v-if="pad.isClosed.value && check.merged_into_id">
          <button class="k-btn is-line" type="button" :disabled="state.busy === 'unmerge'" @click="pad.unmerge(state.checkId)"><i class="k-i s20" aria-hidden="true">undo</i>Take it back</button>
          <button class="k-btn is-primary is-xl is-block" type="button" @click="follow"><i class="k-i" aria-hidden="true">arrow_forward</i><span class="k-op-wrap" dir="auto">Open {{ into || 'that check' }}</span></button></template>
        <button v-else-if="pad.isClosed.value || state.failed" class="k-btn is-primary is-xl is-block" type="button" @click="leave"><i class="k-i" aria-hidden="true">table_restaurant</i>Back to floor</button>
        <send-key v-else :pad="pad"></send-key>
      </div>
    </aside>`,
  data: () => ({ isBySeat: sessionStorage.getItem(BY_SEAT) === "1", into: "" }),
  computed: {
    state() { return this.pad.state; },
    check() { return this.state.check; },
    number() { return this.check?.number ?? ""; },
    count() { return this.pad.toSend.value.length; },
    total() { return this.check ? kiosk.money(this.check.sums.total) : ""; },
    parts() {
      if (!this.check) return "";
      const { sent, draft, less } = this.check.sums;
      const held = this.check.lines.filter((line) => line.state === "held").length;
      const whole = this.check.lines.length ? `All sent${held ? `, ${held} held` : ""}` : "";
      const sums = draft ? `Sent ${kiosk.money(sent)}, draft ${kiosk.money(draft)}` : whole;
      return less ? `${sums}, comps ${kiosk.money(-less)}` : sums;
    },
    maySettle() { return this.state.tick >= 0 && this.pad.may("settle"); },
    ending() {
      if (this.check.merged_into_id) return `This check is part of ${this.into || "another one"} now.`;
      return this.check.state === "cancelled" ? "This check was cancelled: nothing is on it." : "This check is closed.";
    },
  },
  watch: {
    count: { handler() { this.tellDock(); }, immediate: true },
    "check.label"() { this.tellDock(); },
    "check.merged_into_id": { handler(id) { this.askInto(id); }, immediate: true },
  },
  methods: {
    plural,
    turn() {
      this.isBySeat = !this.isBySeat;
      sessionStorage.setItem(BY_SEAT, this.isBySeat ? "1" : "0");
    },
    tellDock() {
      const { label = "" } = this.check ?? {};
      kiosk.dock("order", { small: label, count: this.count });
    },
    /** The check that has the lines now, as people call it. */
    async askInto(id) {
      this.into = "";
      const other = id && (await kiosk.view(`check/${id}`).catch(() => null));
      if (other && this.check?.merged_into_id === id) this.into = title(other.label);
    },
    bill() { this.pad.attempt("ask_bill", { check_id: this.state.checkId }); },
    settle() { kiosk.go("settle", { check_id: this.state.checkId }); },
    follow() { kiosk.go("order", { check_id: this.check.merged_into_id }); },
    leave() { kiosk.go("floor"); },
  },
};
