/** Cook a dish of a ticket again: which one, and why. */

import { Drawer } from "kitchen_drawer";

const REASONS = ["Overdone", "Underdone", "Cold", "Dropped", "Wrong dish", "Sent back"];

export const RefireSheet = {
  components: { Drawer },
  props: { ticket: Object, line: Object, isLocked: Boolean },
  emits: ["refire", "close"],
  data() {
    const live = this.ticket.lines.filter((line) => !line.voided_at);
    return { live, chosen: this.line ?? (live.length === 1 ? live[0] : null), reasons: REASONS, own: "" };
  },
  template: `
<drawer :title="'Cook again, ' + ticket.label" @close="$emit('close')">
  <h3 class="k-label kb-sheet__h">Which dish?</h3>
  <div class="kb-chips">
    <button v-for="one in live" :key="one.id" class="k-chip" :class="{ 'is-on': chosen === one }" type="button" :aria-pressed="chosen === one" @click="chosen = one"><b>{{ one.quantity }}</b><bdi>{{ one.name }} {{ one.portion }}</bdi></button>
  </div>
  <template v-if="chosen">
    <h3 class="k-label kb-sheet__h">Why?</h3>
    <div class="kb-chips">
      <button v-for="reason in reasons" :key="reason" class="k-chip" type="button" :disabled="isLocked" @click="$emit('refire', { line: chosen, reason })">{{ reason }}</button>
    </div>
    <form class="kb-own" @submit.prevent="own.trim() && $emit('refire', { line: chosen, reason: own.trim() })">
      <input class="k-input" v-model="own" maxlength="200" placeholder="Another reason" aria-label="Another reason" dir="auto">
      <button class="k-btn is-primary" type="submit" :disabled="isLocked || !own.trim()">Refire</button>
    </form>
  </template>
</drawer>`,
};
