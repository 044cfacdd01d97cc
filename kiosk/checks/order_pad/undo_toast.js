// The seconds in which the latest send or fire can still be taken back, from what the check says of it.
import { leaving } from "./sections.js";
import { plural } from "./words.js";

const LOOK = 200;

export const UndoToast = {
  props: ["pad"],
  template: `
    <div v-if="left > 0" class="k-toast k-float k-op-undo">
      <span class="k-count" :style="{ '--p': part }" aria-hidden="true">{{ left }}</span>
      <span class="k-toast__txt"><span role="status" dir="auto">{{ words }}</span><small aria-hidden="true">{{ small }}</small></span>
      <button class="k-btn" type="button" :disabled="pad.state.busy === 'take_back'" @click="takeBack">Undo</button></div>`,
  data: () => ({ now: 0 }),
  computed: {
    undo() { return this.pad.isClosed.value ? null : this.pad.state.check?.undo; },
    ms() { return this.undo && this.now ? Date.parse(this.undo.until) - this.now : 0; },
    left() { return Math.ceil(this.ms / 1000); },
    lines() { return this.pad.state.check.lines; },
    fired() { return this.lines.filter((line) => line.fire_no === this.undo.fire_no); },
    held() { return this.lines.filter((line) => line.send_no === this.undo.fire_no && line.state === "held"); },
    /** All of the time there was: what left says when. */
    part() {
      const first = [...this.fired, ...this.held].map((line) => Date.parse(line.fired_at ?? line.sent_at)).find(Boolean);
      return first ? Math.min(1, (this.left * 1000) / (Date.parse(this.undo.until) - first)) : 1;
    },
    words() {
      return this.fired.length ? leaving(this.fired, (code) => this.pad.state.book?.station(code) ?? code) : `${plural(this.held.length, "line")} held`;
    },
    small() { return `in ${plural(this.left, "second")}${this.fired.length && this.held.length ? `, ${this.held.length} held` : ""}`; },
  },
  watch: { undo: { handler() { this.look(); }, immediate: true } },
  unmounted() { clearTimeout(this.timer); },
  methods: {
    look() {
      clearTimeout(this.timer);
      this.now = this.undo ? kiosk.now() : 0;
      if (this.ms > 0) this.timer = setTimeout(() => this.look(), LOOK);
    },
    takeBack() { this.pad.takeBack(this.undo.fire_no); },
  },
};
