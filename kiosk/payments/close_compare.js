/** What a count came to against the daybook, in words; a second count or a reason where it does not agree. */

import { face, foreignMoney, sizeOf, verdict } from "close_words";

export const CloseCompare = {
  props: { drawer: Object, name: String, pieces: Array, allowed: Number, isOnline: Boolean, busy: String, go: Object },
  emits: ["recount", "reason", "go"],
  template: `
<div class="cl-count">
  <div class="k-card__h cl-h"><h2><bdi>{{ name }}</bdi>, counted {{ clock(last.at) }} by <bdi>{{ last.by }}</bdi></h2></div>
  <div class="k-denom cl-denom" :style="{ '--rows': Math.max(5, Math.ceil(found.length / 2)) }">
    <label v-for="piece in found" :key="piece" class="k-den"><span>{{ face(piece) }}</span>
      <input readonly tabindex="-1" :value="last.pieces[piece]" :aria-label="'Count of ' + face(piece)"><span class="k-num">{{ money(piece * last.pieces[piece]) }}</span></label>
  </div>
  <div class="cl-result">
    <div class="k-sum"><span class="k-dim">Counted</span><span>{{ money(drawer.counted) }}</span></div>
    <div class="k-sum"><span class="k-dim">Expected from the daybook</span><span>{{ money(drawer.expected) }}</span></div>
    <div v-for="one in last.foreign" :key="one.code" class="k-sum"><span class="k-dim">Of it {{ one.code }} {{ abroad(one, one.expected) }}, counted {{ abroad(one, one.counted) }}</span><span>{{ money(one.expected_worth) }}</span></div>
    <div class="k-due" :class="[said.css, size]" role="status" aria-live="polite"><small>{{ rule }}</small><b><i class="k-i" aria-hidden="true">{{ said.icon }}</i>{{ said.word }}<span>{{ money(said.amount) }}</span></b></div>
    <button v-if="drawer.reason" class="k-chk cl-reason" type="button" :disabled="isClosed" @click="$emit('reason')"><i class="k-i" aria-hidden="true">edit_note</i><b>Reason</b><small dir="auto">{{ drawer.reason }}</small></button>
  </div>
  <span class="k-bar__sp"></span>
  <div v-if="!isClosed" class="k-row cl-keys">
    <button class="k-btn is-line is-l k-grow" type="button" :disabled="isRecounted || !isOnline || !!busy" @click="$emit('recount')"><i class="k-i s20" aria-hidden="true">replay</i>{{ isRecounted ? "Counted twice" : "Recount once" }}</button>
    <button class="k-btn is-line is-l k-grow" type="button" :class="{ 'cl-wanted': go.why === 'reason' }" @click="$emit('reason')"><i class="k-i s20" aria-hidden="true">edit_note</i>{{ drawer.reason ? "Change the reason" : "Add a reason" }}</button>
  </div>
  <button class="k-btn is-primary is-xl is-block cl-go" type="button" :disabled="!!go.why || !!busy || !isOnline" @click="$emit('go')">
    <span v-if="busy" class="k-spin" aria-hidden="true"></span><i v-else class="k-i" aria-hidden="true">{{ go.why || !isOnline ? "lock" : go.icon }}</i>
    <span class="k-btn__2">{{ busy ? go.doing : go.word }}<small>{{ isOnline ? go.small : "no connection, nothing is lost" }}</small></span></button>
</div>`,
  computed: {
    last() {
      return this.drawer.counts.at(-1) ?? {};
    },
    /** The pieces that were there. */
    found() {
      return this.pieces.filter((piece) => this.last.pieces?.[piece]);
    },
    isRecounted() {
      return !this.drawer.can_recount;
    },
    isClosed() {
      return this.drawer.state === "closed";
    },
    said() {
      return verdict(this.drawer.over_short);
    },
    rule() {
      if (!this.drawer.over_short) return "The drawer agrees with the daybook";
      return `Difference, allowed up to ${this.money(this.allowed)} without a reason`;
    },
    size() {
      return sizeOf(this.said.word, this.money(this.said.amount));
    },
  },
  methods: {
    face,
    abroad({ code }, amount) {
      return foreignMoney(amount, this.drawer.foreign.find((one) => one.code === code)?.decimals ?? 2);
    },
    clock: (at) => window.kiosk.clock(at),
    money: (amount) => window.kiosk.money(amount),
  },
};
