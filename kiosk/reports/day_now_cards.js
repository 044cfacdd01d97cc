/** The cards beside the receipts: profit in green, what was lost in red, spent in yellow, open checks, the kitchen. */

import { CardTitle } from "day_title";
import { duration, gone, many, percent, rate, signed } from "day_words";

const kiosk = window.kiosk;
const SHOWN = 4;
const KINDS = { refund: "refund", void: "void", comp: "comp", discount: "discount" };

/** What is left of the sales without tax when goods, wages and expenses are paid, and of how much the cost is known. */
export const ProfitCard = {
  components: { CardTitle },
  props: { profit: Object, isToday: Boolean },
  template: `
<section class="k-card c4 o5" aria-label="Profit">
  <div class="k-card__h"><span class="k-mk" :class="isLoss ? 'is-bad' : 'is-ok'"><i class="k-i s20" aria-hidden="true">{{ isLoss ? "trending_down" : "trending_up" }}</i></span><card-title :text="title" by="category"></card-title><span class="k-bar__sp"></span><b v-if="profit.is_known && part" :class="css">{{ part }}</b></div>
  <p v-if="!profit.is_known" class="day-none">Nothing whose cost is known was sold yet.</p>
  <div v-else class="k-big" :class="css">{{ amount }}</div>
  <table v-if="profit.is_known" class="k-tbl day-rows"><tbody>
    <tr v-for="row in rows" :key="row.word"><td :class="row.css">{{ row.word }}</td><td class="k-dim">{{ row.part }}</td><td :class="row.css">{{ row.amount }}</td></tr>
  </tbody></table>
  <p v-if="unknown" class="day-told">{{ unknown }}</p>
</section>`,
  computed: {
    isLoss() {
      return this.profit.is_known && this.profit.profit < 0;
    },
    title() {
      return (this.isLoss ? "Loss" : "Profit") + (this.isToday ? " today" : "");
    },
    css() {
      return this.isLoss ? "day-bad" : "day-ok";
    },
    part() {
      return percent(this.profit.profit, this.profit.net);
    },
    amount() {
      return signed(this.profit.profit, kiosk);
    },
    rows() {
      const { net, goods, wages, expenses } = this.profit;
      const out = (word, amount, css = "") => ({ word, css, part: percent(amount, net), amount: gone(amount, kiosk) });
      const told = [{ word: "Sales without tax", part: "", amount: kiosk.money(net), css: "" }, out("Goods", goods)];
      if (wages !== null) told.push(out("Wages", wages));
      return expenses ? [...told, out("Expenses", expenses, "day-warn")] : told;
    },
    unknown() {
      const { known_ppm } = this.profit;
      return this.profit.is_known && known_ppm < 1_000_000 ? `The cost is known of ${rate(known_ppm)} of the sales; the rest counts as if it cost nothing.` : "";
    },
  },
};

/** Refunds, voids, comps and discounts: what they came to, how many of each, the dearest with reason and person. */
export const LostCard = {
  components: { CardTitle },
  props: { lost: Object, summary: Object },
  template: `
<section class="k-card c4 o8" aria-label="Refunds, voids, discounts">
  <div class="k-card__h"><span class="k-mk is-bad"><i class="k-i s20" aria-hidden="true">undo</i></span><card-title text="Refunds, voids, discounts" by="deed"></card-title></div>
  <p v-if="!lost.kinds.length" class="day-none">{{ none }}</p>
  <template v-else>
    <div class="k-big day-bad">{{ amount }}</div>
    <p class="day-told">{{ kinds }}</p>
    <table class="k-tbl"><tbody>
      <tr v-for="row in rows" :key="row.key"><td class="day-name"><div class="day-two"><bdi>{{ row.reason }}</bdi> <small class="k-dim">{{ row.how }}</small></div></td><td class="k-dim">{{ row.times }}</td><td class="day-bad">{{ row.amount }}</td></tr>
      <tr v-if="more"><td class="k-dim" colspan="3">{{ more }}</td></tr>
    </tbody></table>
  </template>
</section>`,
  computed: {
    /** A history that was brought in has receipts, but no journal that tells of them. */
    none() {
      const { discounts, refunds } = this.summary;
      if (!discounts && !refunds) return "Nothing was given back or taken off.";
      return `The receipts bear ${gone(discounts + Math.abs(refunds), kiosk)} of discounts and refunds; their reasons are not known here.`;
    },
    amount() {
      return gone(this.lost.amount, kiosk);
    },
    kinds() {
      return this.lost.kinds.map((one) => `${many(one.times, KINDS[one.kind])} ${gone(one.amount, kiosk)}`).join(", ");
    },
    rows() {
      return this.lost.dearest.map((one, key) => ({
        key,
        reason: one.reason || "No reason given",
        how: [KINDS[one.kind], one.person].filter(Boolean).join(", "),
        times: one.times,
        amount: gone(one.amount, kiosk),
      }));
    },
    more() {
      const rest = this.lost.reasons - this.lost.dearest.length;
      return rest > 0 ? `and ${many(rest, "smaller one")}` : "";
    },
  },
};

/** What was paid out of the drawers, the latest first. */
export const ExpensesCard = {
  props: { expenses: Array },
  template: `
<section class="k-card c4 o9" aria-label="Expenses">
  <div class="k-card__h"><span class="k-mk is-warn"><i class="k-i s20" aria-hidden="true">shopping_bag</i></span><h2>Expenses from the drawer</h2><span class="k-bar__sp"></span><span v-if="expenses.length" class="k-dim">{{ expenses.length }} paid</span></div>
  <p v-if="!expenses.length" class="day-none">Nothing was paid out.</p>
  <template v-else>
    <div class="k-big day-warn">{{ amount }}</div>
    <table class="k-tbl day-rows"><tbody>
      <tr v-for="row in rows" :key="row.key"><td class="day-name"><bdi>{{ row.reason }}</bdi></td><td class="k-dim">{{ row.at }}</td><td class="day-warn">{{ row.amount }}</td></tr>
      <tr v-if="more"><td class="k-dim" colspan="3">{{ more }}</td></tr>
    </tbody></table>
  </template>
</section>`,
  computed: {
    amount() {
      return gone(this.expenses.reduce((sum, one) => sum + one.amount, 0), kiosk);
    },
    rows() {
      const latest = this.expenses.slice(-SHOWN).reverse();
      return latest.map((one, key) => ({ key, reason: one.reason, at: kiosk.clock(one.at), amount: gone(one.amount, kiosk) }));
    },
    more() {
      const rest = this.expenses.length - SHOWN;
      return rest > 0 ? `and ${rest} earlier` : "";
    },
  },
};

/** The checks that are still to be settled, the longest open first; each leads to its table. */
export const OpenCard = {
  props: { open: Object, clock: String },
  template: `
<section class="k-card c4 o7" aria-label="Open checks">
  <div class="k-card__h"><h2>Open checks now</h2><span class="k-bar__sp"></span><span v-if="open.checks" class="k-dim">{{ told }}</span></div>
  <p v-if="!open.checks" class="day-none">No check is open.</p>
  <template v-else>
    <div class="k-big">{{ due }}</div>
    <table class="k-tbl day-rows"><tbody>
      <tr v-for="row in rows" :key="row.key"><td class="day-name"><div class="day-two is-place"><bdi>{{ row.name }}</bdi> <small class="k-dim" dir="auto">{{ row.waiter }}</small></div></td><td class="k-dim">{{ row.since }}</td><td>{{ row.due }}</td></tr>
      <tr v-if="more"><td class="k-dim" colspan="3">{{ more }}</td></tr>
    </tbody></table>
  </template>
</section>`,
  computed: {
    due() {
      return kiosk.money(this.open.due);
    },
    told() {
      return `${many(this.open.checks, "check")}, ${many(this.open.covers, "guest")}`;
    },
    rows() {
      return this.open.longest.map((one) => ({
        key: one.check_id,
        name: one.name,
        waiter: one.waiter,
        since: this.clock && duration(Math.max(60, kiosk.seconds(one.since))),
        due: kiosk.money(one.due),
      }));
    },
    more() {
      const rest = this.open.checks - this.open.longest.length;
      return rest > 0 ? `and ${rest} more` : "";
    },
  },
};

/** From fire to done at each station: tickets, the middle of them, and the time nine of ten were done in. */
export const KitchenCard = {
  props: { kitchen: Array },
  template: `
<section class="k-card c4 o10" aria-label="Kitchen times">
  <div class="k-card__h"><h2>Kitchen, fire to done</h2></div>
  <p v-if="!kitchen.length" class="day-none">No ticket is done.</p>
  <table v-else class="k-tbl">
    <thead><tr><th scope="col"><span class="k-sr">Station</span></th><th scope="col">tickets</th><th scope="col">median</th><th scope="col">9 of 10 in</th></tr></thead>
    <tbody><tr v-for="row in rows" :key="row.station"><td class="day-name"><bdi>{{ row.station }}</bdi></td><td class="k-dim">{{ row.tickets }}</td><td>{{ row.median }}</td><td>{{ row.p90 }}</td></tr></tbody>
  </table>
</section>`,
  computed: {
    rows() {
      return this.kitchen.map((one) => ({ ...one, median: duration(one.median_s), p90: duration(one.p90_s) }));
    },
  },
};
