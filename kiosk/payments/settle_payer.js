/** The payer who is on: what is paid so far as chips that can be taken away, the tip, and whether a receipt is printed. */

import { foreignMoney } from "close_words";
import { decimalsOf } from "settle_foreign";
import { lookOf } from "settle_plan";
import { iconOf } from "settle_rules";

export const SettlePayer = {
  props: { bill: Object, payer: Object, typed: Number, isLocked: Boolean, told: Array, hasUngiven: Boolean, mayDrop: Boolean },
  emits: ["tip", "remove", "prints", "amount", "rest", "drop"],
  template: `
<article class="k-payer is-on k-grow sd-payer" aria-current="true">
  <div class="k-payer__h"><span class="k-p is-l" :class="lookOf(payer.key)">{{ payer.key }}</span><div><b>Paying now</b><small><template v-for="(piece, place) in told" :key="place">{{ place ? (place === told.length - 1 ? " and " : ", ") : "" }}<template v-if="piece.frac"><span class="k-frac">{{ piece.frac }}</span>{{ " " }}</template><bdi>{{ piece.text }}</bdi></template></small></div>
    <button v-if="mayDrop" class="k-btn is-icon is-quiet" type="button" :disabled="isLocked" :aria-label="'Take payer ' + payer.key + ' away'" @click="$emit('drop')"><i class="k-i s20" aria-hidden="true">person_remove</i></button>
    <button class="sd-amount" type="button" :disabled="isLocked || !bill.open.total" :aria-label="'Payer ' + payer.key + ' pays ' + money(total) + ', change the amount'" @click="$emit('amount')"><span class="k-payer__amt">{{ money(total) }}</span><i class="k-i s18" aria-hidden="true">edit</i></button></div>
  <div class="sd-tenders">
    <div v-for="(tender, place) in payer.tenders" :key="place" class="k-tender"><i class="k-i" aria-hidden="true">{{ icon(tender) }}</i><span class="k-grow"><bdi>{{ name(tender) }}</bdi><small v-if="tender.tip" class="k-dim"> with tip {{ money(tender.tip) }}</small><small v-if="tender.currency" class="k-dim"> {{ tender.currency }} {{ foreign(tender) }}</small><small v-if="tender.note" class="k-dim">{{ " " }}<bdi>{{ tender.note }}</bdi></small></span><span class="k-num">{{ money(tender.given) }}</span><button class="k-btn is-icon is-quiet" type="button" :disabled="isLocked" :aria-label="'Remove ' + name(tender) + ' ' + money(tender.given)" @click="$emit('remove', place)"><i class="k-i" aria-hidden="true">close</i></button></div>
    <p v-if="bill.paying?.refusal" class="k-note is-bad" role="alert"><i class="k-i s20" aria-hidden="true">error</i><span>{{ bill.paying.refusal }} Take it away.</span></p>
    <div v-if="bill.paying?.due > 0" class="k-tender k-dim2 sd-next"><i class="k-i s20" aria-hidden="true">add</i>{{ payer.tenders.length ? "Next tender" : "First tender" }}<span class="k-num">{{ money(bill.paying.due) }}</span></div>
    <p v-if="!bill.paying && bill.open.total" class="k-note sd-give"><i class="k-i s20" aria-hidden="true">touch_app</i><span class="k-grow">Tap the dishes that {{ payer.key }} pays.</span></p>
    <button v-if="hasUngiven" class="k-btn is-line sd-rest" type="button" :disabled="isLocked" @click="$emit('rest')"><i class="k-i s20" aria-hidden="true">playlist_add</i>All that nobody has</button>
  </div>
  <span class="k-bar__sp"></span>
  <template v-if="bill.paying && (bill.paying.total || isFree)">
    <span class="k-label">Tip from {{ payer.key }}</span>
    <div class="k-keys sd-tips" role="radiogroup" aria-label="Tip">
      <button class="k-key2" type="button" role="radio" :aria-checked="String(payer.tipKey === 'none')" :class="{ 'is-on': payer.tipKey === 'none' }" :disabled="isLocked" @click="$emit('tip', { key: 'none', tip: 0 })">None</button>
      <button v-for="tip in bill.paying.tips" :key="keyOf(tip)" class="k-key2" type="button" role="radio" :aria-checked="String(payer.tipKey === keyOf(tip))" :class="{ 'is-on': payer.tipKey === keyOf(tip) }" :disabled="isLocked" @click="$emit('tip', { key: keyOf(tip), tip: tip.amount })"><template v-if="tip.round_up">{{ money(bill.paying.total + tip.amount) }}<small>round up to</small></template><template v-else>{{ money(tip.amount) }}<small>{{ tip.percent }} %</small></template></button>
      <button class="k-key2" type="button" role="radio" :aria-checked="String(payer.tipKey === 'other')" :class="{ 'is-on': payer.tipKey === 'other' }" :disabled="isLocked || (!typed && payer.tipKey !== 'other')" @click="typed && $emit('tip', { key: 'other', tip: typed })">{{ payer.tipKey === "other" ? money(payer.tip) : typed ? money(typed) : "Other" }}<small>{{ payer.tipKey === "other" ? "typed" : typed ? "as tip" : "type it" }}</small></button>
    </div>
  </template>
  <template v-if="bill.paying">
    <span class="k-label">Receipt for {{ payer.key }}</span>
    <div class="k-seg k-seg--fill" role="radiogroup" aria-label="Receipt" data-joined><button type="button" role="radio" :aria-checked="String(payer.isPrinted)" :class="{ 'is-on': payer.isPrinted }" :disabled="isLocked" @click="$emit('prints', true)"><i class="k-i s20" aria-hidden="true">print</i>Print</button><button type="button" role="radio" :aria-checked="String(!payer.isPrinted)" :class="{ 'is-on': !payer.isPrinted }" :disabled="isLocked" @click="$emit('prints', false)">None</button></div>
  </template>
</article>`,
  computed: {
    /** All of it is on the house: who owes nothing may still leave a tip. */
    isFree() {
      return !this.bill.open.total && this.bill.check.lines.some(({ state }) => state !== "voided");
    },
    total() {
      return this.bill.paying?.total ?? 0;
    },
  },
  methods: {
    lookOf,
    /** What was handed over in another currency; how many decimals it has is the sheet's to know. */
    foreign: ({ currency, currency_given: given }) => foreignMoney(given, decimalsOf(currency)),
    money: (amount) => window.kiosk.money(amount),
    way({ kind }) {
      return this.bill.tenders.find(({ code }) => code === kind);
    },
    icon(tender) {
      return iconOf(this.way(tender)?.kind);
    },
    name(tender) {
      return this.way(tender)?.name ?? tender.kind;
    },
    keyOf: ({ percent, round_up: isRound }) => (isRound ? "round" : String(percent)),
  },
};
