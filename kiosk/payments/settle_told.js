/** What the cashier must know before money moves: a check that changed, a tap that was refused, lines that are not sent. */

import { many } from "settle_rules";

export const SettleTold = {
  props: { bill: Object, changed: Object, refusal: String, isLocked: Boolean },
  emits: ["send", "order", "seen"],
  template: `
<div v-if="changed" class="k-note is-warn sd-note" role="alert"><i class="k-i" aria-hidden="true">sync</i><span class="k-grow"><b>The check changed meanwhile.</b> <bdi v-for="one in changed.elsewhere" :key="one.receipt_id">{{ one.by || "Another till" }} took {{ money(one.total) }}. </bdi>Open was {{ money(changed.was) }}, now it is {{ money(changed.is) }}. Nothing was paid here.</span><button class="k-btn" type="button" @click="$emit('seen')">Seen</button></div>
<div v-if="refusal && !drafts && !held" class="k-note is-bad sd-note" role="alert"><i class="k-i" aria-hidden="true">error</i><span class="k-grow"><b>Nothing was paid.</b> {{ refusal }}</span><button class="k-btn" type="button" @click="$emit('seen')">Seen</button></div>
<div v-if="drafts" class="k-note sd-note" :class="refusal ? 'is-bad' : 'is-warn'" role="alert"><i class="k-i" aria-hidden="true">edit_note</i><span class="k-grow"><b>{{ refusal ? "Nothing was paid, " : "" }}{{ many(drafts, "line was", "lines were") }} never sent.</b> Send or remove {{ drafts === 1 ? "it" : "them" }} before taking money.</span><span class="k-row"><button class="k-btn" type="button" :disabled="isLocked" @click="$emit('send')">Send {{ drafts }}</button><button class="k-btn is-line" type="button" @click="$emit('order')">Open check</button></span></div>
<div v-if="held && !drafts" class="k-note sd-note" :class="refusal ? 'is-bad' : 'is-warn'" role="alert"><i class="k-i" aria-hidden="true">pause_circle</i><span class="k-grow"><b>{{ refusal ? "Nothing was paid, " : "" }}{{ many(held, "line is", "lines are") }} held.</b> Fire or remove {{ held === 1 ? "it" : "them" }} first.</span><button class="k-btn is-line" type="button" @click="$emit('order')">Open check</button></div>`,
  computed: {
    drafts() {
      return this.bill.check.lines.filter(({ state }) => state === "draft").length;
    },
    held() {
      return this.bill.check.lines.filter(({ state }) => state === "held").length;
    },
  },
  methods: { many, money: (amount) => window.kiosk.money(amount) },
};
