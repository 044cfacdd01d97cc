// Send: says what it will do; its caret, or a long press, offers to send everything or nothing of the draft to the kitchen.
import { destinations, forecastOf } from "./sections.js";

const LONG_PRESS = 500;

export const SendKey = {
  props: ["pad"],
  template: `
    <div class="k-op-send__row" @keydown.esc.stop="close">
      <button class="k-btn is-primary is-xl k-op-send" type="button" :disabled="!count || state.sending > 0" :aria-busy="state.sending > 0"
        @click="tap" @pointerdown="press" @pointerup="release" @pointercancel="release" @pointerleave="release" @contextmenu.prevent="open">
        <i v-if="!state.sending" class="k-i" aria-hidden="true">{{ fires ? 'send' : 'pause_circle' }}</i><span v-else class="k-spin" aria-hidden="true"></span>
        <span class="k-btn__2">{{ word }}<small v-if="where">{{ where }}</small></span></button>
      <button v-if="count" class="k-btn is-primary is-xl k-op-caret" type="button" aria-label="Other ways to send" :aria-expanded="isOpen" :disabled="state.sending > 0" @click="isOpen ? close() : open()">
        <i class="k-i" aria-hidden="true">{{ isOpen ? 'expand_more' : 'expand_less' }}</i></button>
      <template v-if="isOpen && count"><div class="k-op-away" @click="close"></div>
        <div ref="menu" class="k-op-ways" role="menu" tabindex="-1">
          <button v-for="way in ways" :key="way.word" class="k-btn is-l" type="button" role="menuitem" @click="send(way.courses)">
            <i class="k-i" aria-hidden="true">{{ way.icon }}</i><span class="k-btn__2">{{ way.word }}<small>{{ way.does }}</small></span></button></div></template>
    </div>`,
  data: () => ({ isOpen: false }),
  computed: {
    state() { return this.pad.state; },
    lines() { return this.pad.toSend.value; },
    count() { return this.lines.length; },
    plan() { return this.pad.plan.value; },
    fires() { return this.plan.fired.length > 0 || !this.count; },
    word() {
      if (this.state.sending) return `Sending ${this.state.sending}`;
      if (!this.count) return "Nothing to send";
      return `${this.fires ? "Send" : "Hold"} ${this.count}`;
    },
    where() { return this.state.sending || !this.count ? "" : this.says(this.plan); },
    ways() {
      const all = [...new Set(this.lines.map((line) => line.course))];
      return [
        { word: "Send all now", icon: "send", courses: all, does: this.says(forecastOf(this.lines, all)) },
        { word: "Hold all", icon: "pause_circle", courses: [], does: this.says(forecastOf(this.lines, [])) },
      ];
    },
  },
  watch: { count(now) { if (!now) this.isOpen = false; } },
  unmounted() { this.release(); },
  methods: {
    says(plan) { return destinations(plan, (code) => this.state.book?.station(code) ?? code); },
    open() {
      this.held = Boolean(this.timer);
      this.release();
      if (!this.count || this.state.sending) return;
      this.isOpen = true;
      this.$nextTick(() => this.$refs.menu?.focus({ preventScroll: true }));
    },
    close() { this.isOpen = false; },
    press(event) {
      this.held = false;
      if (!event.button) this.timer = setTimeout(() => this.open(), LONG_PRESS);
    },
    release() {
      clearTimeout(this.timer);
      this.timer = null;
    },
    /** The finger that opened the menu by a long press does not send when it is lifted. */
    tap() {
      if (!this.held) this.send(null);
      this.held = false;
    },
    send(courses) {
      this.close();
      this.pad.send(courses);
    },
  },
};
