/** Who pays: one bill with the tenders keyed so far and the tip; above it what the cashier must know first. */

import { KINDS, tipChoices } from "settle_rules";

export const SettlePayer = {
  props: { bill: Object, tenders: Array, tip: Number, tipKey: String, typed: Number, changed: Object, refusal: String, decimals: Number, isLocked: Boolean },
  emits: ["remove", "tip", "send", "order", "seen"],
  template: `
<section class="k-col k-settle__pay" aria-label="Payers">
  <div v-if="changed" class="k-note is-warn sd-note" role="alert"><i class="k-i" aria-hidden="true">sync</i><span class="k-grow"><b>The check changed meanwhile.</b> It was {{ money(changed.was) }}, now it is {{ money(changed.is) }}. Nothing was paid.</span><button class="k-btn" type="button" @click="$emit('seen')">Seen</button></div>
  <div v-if="refusal && !drafts && !held" class="k-note is-bad sd-note" role="alert"><i class="k-i" aria-hidden="true">error</i><span class="k-grow"><b>Nothing was paid.</b> {{ refusal }}</span><button class="k-btn" type="button" @click="$emit('seen')">Seen</button></div>
  <div v-if="drafts" class="k-note sd-note" :class="refusal ? 'is-bad' : 'is-warn'" role="alert"><i class="k-i" aria-hidden="true">edit_note</i><span class="k-grow"><b>{{ refusal ? "Nothing was paid, " : "" }}{{ drafts === 1 ? "1 line was" : drafts + " lines were" }} never sent.</b> Send or remove {{ drafts === 1 ? "it" : "them" }} before taking money.</span><span class="k-row"><button class="k-btn" type="button" :disabled="isLocked" @click="$emit('send')">Send {{ drafts }}</button><button class="k-btn is-line" type="button" @click="$emit('order')">Open check</button></span></div>
  <div v-if="held && !drafts" class="k-note sd-note" :class="refusal ? 'is-bad' : 'is-warn'" role="alert"><i class="k-i" aria-hidden="true">pause_circle</i><span class="k-grow"><b>{{ refusal ? "Nothing was paid, " : "" }}{{ held === 1 ? "1 line is" : held + " lines are" }} held.</b> Fire or remove {{ held === 1 ? "it" : "them" }} first.</span><button class="k-btn is-line" type="button" @click="$emit('order')">Open check</button></div>
  <div class="k-row sd-meter"><b>{{ money(paid) }} paid</b><div class="k-meter k-grow" aria-hidden="true"><i :style="{ width: part, background: 'var(--pay-c)' }"></i></div><span class="k-dim">{{ money(bill.due) }} open</span></div>
  <article class="k-payer is-on k-grow sd-payer" aria-current="true">
    <div class="k-payer__h"><span class="k-p is-c is-l" aria-hidden="true"><i class="k-i">receipt_long</i></span><div><b>One bill</b><small>{{ guests }}</small></div><span class="k-payer__amt">{{ money(bill.sums.total) }}</span></div>
    <div class="sd-tenders">
      <div v-for="(tender, place) in tenders" :key="place" class="k-tender"><i class="k-i" aria-hidden="true">{{ kinds[tender.kind].icon }}</i><span>{{ kinds[tender.kind].name }}<small v-if="tender.tip" class="k-dim"> with tip {{ money(tender.tip) }}</small></span><span class="k-num">{{ money(tender.given) }}</span><button class="k-btn is-icon is-quiet" type="button" :disabled="isLocked" :aria-label="'Remove ' + kinds[tender.kind].name + ' ' + money(tender.given)" @click="$emit('remove', place)"><i class="k-i" aria-hidden="true">close</i></button></div>
      <div v-if="bill.due > 0" class="k-tender k-dim2 sd-next"><i class="k-i s20" aria-hidden="true">add</i>{{ tenders.length ? "Next tender" : "First tender" }}<span class="k-num">{{ money(bill.due) }}</span></div>
    </div>
    <span class="k-bar__sp"></span>
    <span class="k-label">Tip, goes on the tender that is keyed next</span>
    <div class="k-keys" role="radiogroup" aria-label="Tip">
      <button v-for="choice in choices" :key="choice.key" class="k-key2" type="button" role="radio" :aria-checked="choice.key === tipKey" :class="{ 'is-on': choice.key === tipKey }" :disabled="isLocked" @click="$emit('tip', choice)"><template v-if="choice.key === 'none'">None</template><template v-else>{{ money(choice.tip) }}<small>{{ choice.word ?? "to " + money(choice.upTo) }}</small></template></button>
      <button class="k-key2" type="button" role="radio" :aria-checked="tipKey === 'other'" :class="{ 'is-on': tipKey === 'other' }" :disabled="isLocked || (!typed && tipKey !== 'other')" @click="typed && $emit('tip', { key: 'other', tip: typed })">{{ tipKey === "other" ? money(tip) : typed ? money(typed) : "Other" }}<small>{{ tipKey === "other" ? "other" : typed ? "as tip" : "type it" }}</small></button>
    </div>
  </article>
</section>`,
  computed: {
    choices() {
      return tipChoices(this.bill.sums.total, this.decimals);
    },
    drafts() {
      return this.bill.check.lines.filter((line) => line.state === "draft").length;
    },
    held() {
      return this.bill.check.lines.filter((line) => line.state === "held").length;
    },
    paid() {
      return this.bill.sums.total - this.bill.due;
    },
    part() {
      const { total } = this.bill.sums;
      return `${total ? Math.min(100, (100 * this.paid) / total) : 0}%`;
    },
    guests() {
      const { covers } = this.bill.check;
      return covers ? `${covers} ${covers === 1 ? "guest" : "guests"}, one receipt` : "one receipt";
    },
  },
  created() {
    this.kinds = KINDS;
  },
  methods: { money: (amount) => window.kiosk.money(amount) },
};
