/** The bill as the guests will see it: lines by seat or by course, and the sums the server made of them. */

import { groupLines, spoken } from "settle_rules";

export const SettleBill = {
  props: { bill: Object, courseNames: Object },
  data: () => ({ chosen: "" }),
  template: `
<section class="k-panel k-settle__lines" aria-label="Bill">
  <div class="sd-bill__h">
    <div class="k-seg k-seg--fill k-grow" role="radiogroup" aria-label="Group lines">
      <button type="button" role="radio" :aria-checked="by === 'seat'" :class="{ 'is-on': by === 'seat' }" @click="chosen = 'seat'">By seat</button>
      <button type="button" role="radio" :aria-checked="by === 'course'" :class="{ 'is-on': by === 'course' }" @click="chosen = 'course'">By course</button>
    </div>
  </div>
  <div class="k-panel__s">
    <template v-for="group in groups" :key="by + group.key">
      <h3 class="k-seath sd-seath"><i class="k-i s20" aria-hidden="true">{{ by === "seat" ? "event_seat" : "restaurant" }}</i><bdi>{{ group.name }}</bdi></h3>
      <div v-for="line in group.lines" :key="line.id" class="k-sline sd-line" :class="{ 'is-void': line.state === 'voided', 'is-draft': line.state === 'draft' }">
        <span class="k-grow">{{ line.quantity === 1 ? "" : line.quantity + " × " }}<bdi>{{ line.name }} <span class="k-dim">{{ line.portion }}</span></bdi>
          <small v-for="(modifier, place) in line.modifiers" :key="place"><bdi>{{ spoken(modifier) }}</bdi><template v-if="modifier.price">{{ ", " + money(modifier.price) }}</template></small>
          <small v-if="line.state === 'draft'" class="k-warn">not sent yet</small>
          <small v-else-if="line.state === 'held'" class="k-warn">held</small>
          <small v-if="line.comped"><bdi>{{ line.comp_reason }}</bdi></small>
        </span>
        <span v-if="line.state === 'voided'" class="k-tag is-bad"><i class="k-i s16" aria-hidden="true">close</i>Void</span>
        <span v-else-if="line.comped" class="k-tag is-ok"><i class="k-i s16" aria-hidden="true">redeem</i>On the house</span>
        <span v-else class="k-num">{{ money(line.amount) }}</span>
      </div>
    </template>
    <p v-if="!groups.length" class="k-note k-empty"><i class="k-i s40" aria-hidden="true">receipt_long</i><b>Nothing is on this check.</b></p>
  </div>
  <dl class="sd-sums">
    <template v-if="bill.sums.less"><dt>On the house</dt><dd>−{{ money(bill.sums.less) }}</dd></template>
    <template v-if="!bill.sums.tax_included"><dt>Net</dt><dd>{{ money(bill.sums.net) }}</dd></template>
    <dt>{{ bill.sums.tax_included ? "Tax, included" : "Tax" }}</dt><dd>{{ money(bill.sums.tax) }}</dd>
    <dt class="is-total">Total</dt><dd class="is-total">{{ money(bill.sums.total) }}</dd>
    <template v-if="bill.cash_due !== bill.due"><dt>Rest in cash</dt><dd>{{ money(bill.cash_due) }}</dd></template>
  </dl>
</section>`,
  computed: {
    by() {
      return this.chosen || (this.bill.check.lines.some((line) => line.seat_no) ? "seat" : "course");
    },
    groups() {
      return groupLines(this.bill.check.lines, this.by, this.courseNames);
    },
  },
  methods: { spoken, money: (amount) => window.kiosk.money(amount) },
};
