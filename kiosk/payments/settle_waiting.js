/** Money asked of a payment provider: how it stands, its link as a code to scan, and the ways out. */

import { TillDialog } from "till_parts";

export const WaitingSheet = {
  components: { TillDialog },
  props: ["waiting", "isLocked"],
  emits: ["close", "stop", "again", "confirm"],
  template: `
<till-dialog :title="waiting.way.name + ' ' + money(waiting.given)" css="sd-sheet sd-wait-sheet" @close="$emit('close')">
  <div v-if="code" class="sd-code"><svg :viewBox="'0 0 ' + code.side + ' ' + code.side" role="img" aria-label="Code for the guest's phone"><path :d="code.path" fill="currentColor"></path></svg></div>
  <p class="k-note sd-stand" :class="look" role="status"><span v-if="isWaiting" class="k-spin" aria-hidden="true"></span><i v-else class="k-i" aria-hidden="true">{{ look === "is-ok" ? "check_circle" : "error" }}</i><span class="k-grow"><b>{{ word }}</b> <span dir="auto">{{ payment?.told }}</span></span></p>
  <div class="k-row">
    <button v-if="isWaiting && payment" class="k-btn is-l is-line k-grow" type="button" :disabled="isLocked || payment.is_cancelling" @click="$emit('stop')">{{ payment.is_cancelling ? "Being called off" : "Call it off" }}</button>
    <button v-if="payment?.needs_confirming" class="k-btn is-l is-primary k-grow" type="button" :disabled="isLocked" @click="$emit('confirm')">The terminal says yes</button>
    <button v-if="!isWaiting" class="k-btn is-l is-line k-grow" type="button" @click="$emit('close')">Another tender</button>
    <button v-if="!isWaiting && !payment?.is_paid" class="k-btn is-l is-primary k-grow" type="button" :disabled="isLocked" @click="$emit('again')">Ask again</button>
  </div>
</till-dialog>`,
  computed: {
    payment() {
      return this.waiting.payment;
    },
    code() {
      return this.isWaiting ? this.payment?.code : null;
    },
    isWaiting() {
      return !this.payment ? !this.waiting.refusal : this.payment.is_waiting;
    },
    look() {
      if (this.isWaiting) return "";
      return this.payment?.is_paid ? "is-ok" : "is-bad";
    },
    word() {
      if (this.waiting.refusal) return this.waiting.refusal;
      if (!this.payment) return "Being asked";
      if (this.payment.is_paid) return "Paid.";
      if (this.payment.state === "unknown") return "Nobody knows yet whether it was paid. It is asked again by itself.";
      return this.isWaiting ? (this.payment.code ? "The guest scans the code and pays." : "Waiting for the terminal.") : "Not paid.";
    },
  },
  methods: { money: (amount) => window.kiosk.money(amount) },
};
