/** What the cashier must know before money moves: a check that changed, a tap that was refused, lines that are not sent. */

import { many } from "settle_rules";

export const SettleTold = {
  props: { bill: Object, plan: Object, changed: Object, refusal: String, refusalHead: String, isLocked: Boolean },
  emits: ["send", "order", "seen", "use", "return", "look"],
  template: `
<div v-if="changed" class="k-note is-warn sd-note" role="alert"><i class="k-i" aria-hidden="true">sync</i><span class="k-grow"><b>The check changed meanwhile.</b> <bdi v-for="one in changed.elsewhere" :key="one.receipt_id">{{ one.by || "Another till" }} took {{ money(one.total) }}. </bdi>Open was {{ money(changed.was) }}, now it is {{ money(changed.is) }}. Nothing was paid here.</span><button class="k-btn" type="button" @click="$emit('seen')">Seen</button></div>
<div v-if="refusal && !drafts && !held" class="k-note is-bad sd-note" role="alert"><i class="k-i" aria-hidden="true">error</i><span class="k-grow"><b>{{ refusalHead }}.</b> <span dir="auto">{{ refusal }}</span></span><button class="k-btn" type="button" @click="$emit('seen')">Seen</button></div>
<div v-if="drafts" class="k-note sd-note" :class="refusal ? 'is-bad' : 'is-warn'" role="alert"><i class="k-i" aria-hidden="true">edit_note</i><span class="k-grow"><b>{{ refusal ? refusalHead + ", " : "" }}{{ many(drafts, "line was", "lines were") }} never sent.</b> Send or remove {{ drafts === 1 ? "it" : "them" }} before taking money.</span><span class="k-row"><button class="k-btn" type="button" :disabled="isLocked" @click="$emit('send')">Send {{ drafts }}</button><button class="k-btn is-line" type="button" @click="$emit('order')">Open check</button></span></div>
<div v-if="held && !drafts" class="k-note sd-note" :class="refusal ? 'is-bad' : 'is-warn'" role="alert"><i class="k-i" aria-hidden="true">pause_circle</i><span class="k-grow"><b>{{ refusal ? refusalHead + ", " : "" }}{{ many(held, "line is", "lines are") }} held.</b> Fire or remove {{ held === 1 ? "it" : "them" }} first.</span><button class="k-btn is-line" type="button" @click="$emit('order')">Open check</button></div>
<div v-for="one in payments" :key="one.id" class="k-note is-warn sd-note" role="status"><i class="k-i" aria-hidden="true">{{ one.is_paid ? "credit_score" : "hourglass_top" }}</i><span class="k-grow"><b><bdi>{{ nameOf(one) }}</bdi> {{ money(one.amount) }} {{ one.is_paid ? "is paid, not settled yet." : "is still asked for." }}</b> <span dir="auto">{{ one.told }}</span></span><span class="k-row"><template v-if="one.is_paid"><button class="k-btn" type="button" :disabled="isLocked" @click="$emit('use', one)">Use it for {{ plan.paying }}</button><button class="k-btn is-line" type="button" :disabled="isLocked" @click="$emit('return', one)">Give it back</button></template><button v-else class="k-btn" type="button" @click="$emit('look', one)">Look</button></span></div>`,
  computed: {
    drafts() {
      return this.bill.check.lines.filter(({ state }) => state === "draft").length;
    },
    /** Money a provider has, or is asked for, that is on no receipt and was not keyed here. */
    payments() {
      const keyed = this.plan.payers.flatMap(({ tenders }) => tenders.map(({ payment_id }) => payment_id));
      return (this.bill.payments ?? []).filter(({ id }) => !keyed.includes(id));
    },
    held() {
      return this.bill.check.lines.filter(({ state }) => state === "held").length;
    },
  },
  methods: {
    nameOf({ kind }) {
      return this.bill.tenders.find(({ code }) => code === kind)?.name ?? kind;
    },
    many, money: (amount) => window.kiosk.money(amount),
  },
};
