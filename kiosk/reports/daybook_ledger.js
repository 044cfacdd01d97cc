/** The ledger: every movement with its running balance, what came before brought forward; a row opens what is behind it. */

import { shortDay } from "close_words";
import { toldOf } from "daybook_words";

const NEAR_PX = 160;
const PHONE = "(max-width: 560px)";

export const DaybookLedger = {
  props: { rows: Array, brought: Object, isMore: Boolean, isReading: Boolean, isOneDay: Boolean, isFiltered: Boolean, isChoice: Boolean },
  emits: ["more", "open"],
  data: () => ({ isPhone: matchMedia(PHONE).matches }),
  template: `
<div ref="ledger" class="k-ledger db-ledger" tabindex="0" role="region" aria-label="Ledger" @scroll.passive="scrolled">
  <table>
    <thead><tr><th>Time</th><th class="k-col-no">No.</th><th>What</th><th class="k-what">For</th><th class="k-col-who">By</th><th class="db-acct">Account</th><th class="r">In</th><th class="r">Out</th><th v-if="!isChoice" class="r">Balance</th></tr></thead>
    <tbody>
      <tr v-if="!isPhone && hasBefore" class="is-bf"><td></td><td class="k-col-no"></td><td class="c-kind">Brought forward</td><td class="k-what c-what"><button v-if="isMore" class="db-more" type="button" :disabled="isReading" @click="$emit('more')">{{ earlier }}</button><template v-else>{{ earlier }}</template></td><td class="k-col-who"></td><td class="db-acct"></td><td class="r r-in"></td><td class="r r-out"></td><td v-if="!isChoice" class="r c-bal">{{ money(brought.balance) }}</td></tr>
      <tr v-for="row in shown" :key="row.seq" :class="[row.css, { 'db-row': row.receipt_id }]" @click="row.receipt_id && $emit('open', row)">
        <td :title="day(row)">{{ when(row) }}</td><td class="k-dim k-col-no">{{ row.number }}</td>
        <td class="c-kind"><span class="k-kind"><i class="k-i s20" aria-hidden="true">{{ row.icon }}</i>{{ row.word }}</span></td>
        <td class="k-what c-what"><span class="k-only-p db-when">{{ when(row) }}</span><button v-if="row.receipt_id" class="db-open" type="button" :aria-label="row.word + ' ' + row.number + ', ' + row.about + ': open the receipt'" @click.stop="$emit('open', row)"><bdi>{{ row.about || row.number }}</bdi><span class="db-by">, <bdi>{{ row.who }}</bdi></span></button><template v-else><bdi>{{ row.about }}</bdi><span class="db-by">{{ row.about ? ", " : "" }}<bdi>{{ row.who }}</bdi></span></template></td>
        <td class="k-col-who" dir="auto">{{ row.person }}<small v-if="row.approver" class="db-appr">with {{ row.approver }}</small></td><td class="k-dim db-acct" dir="auto">{{ row.account_name }}</td>
        <td class="r r-in">{{ row.amount > 0 ? "+" + money(row.amount) : "" }}</td><td class="r r-out">{{ row.amount < 0 ? money(row.amount) : "" }}</td><td v-if="!isChoice" class="r c-bal">{{ money(row.balance) }}</td></tr>
      <tr v-if="isPhone && hasBefore" class="is-bf"><td class="c-kind">Brought forward</td><td class="k-what c-what"><button v-if="isMore" class="db-more" type="button" :disabled="isReading" @click="$emit('more')">{{ earlier }}</button><template v-else>{{ earlier }}</template></td><td v-if="!isChoice" class="r c-bal">{{ money(brought.balance) }}</td></tr>
    </tbody>
  </table>
  <div v-if="!rows.length" class="k-flex k-empty db-none"><i class="k-i s40" aria-hidden="true">menu_book</i><b>{{ isFiltered ? "No movement fits" : "No money has moved yet" }}</b><span class="k-dim">{{ isFiltered ? "Take a filter away, or choose other days." : "Sales, floats and expenses show up here as they happen." }}</span></div>
</div>`,
  computed: {
    shown() {
      const told = this.rows.map(toldOf);
      return this.isPhone ? told.reverse() : told;
    },
    /** What is chosen out of the book is brought forward only where there is more of it. */
    hasBefore() {
      return this.isMore || !this.isChoice;
    },
    earlier() {
      if (this.isReading) return "Reading earlier movements";
      const { count } = this.brought;
      if (count === null) return this.isMore ? "Earlier movements" : "";
      return count ? `${count} earlier ${count === 1 ? "movement" : "movements"}` : "";
    },
  },
  mounted() {
    this.phone = matchMedia(PHONE);
    this.turn = () => (this.isPhone = this.phone.matches);
    this.phone.addEventListener("change", this.turn);
    addEventListener("scroll", this.scrolledPage, { passive: true });
  },
  unmounted() {
    this.phone.removeEventListener("change", this.turn);
    removeEventListener("scroll", this.scrolledPage);
  },
  methods: {
    /** The newest rows are at the end, as in a book; earlier ones come when the top is near. */
    scrolled() {
      if (!this.isPhone && this.$refs.ledger.scrollTop < NEAR_PX) this.wantMore();
    },
    /** On a phone the newest are on top, and the page itself scrolls. */
    scrolledPage() {
      const { scrollHeight, scrollTop, clientHeight } = document.documentElement;
      if (this.isPhone && scrollHeight - scrollTop - clientHeight < NEAR_PX) this.wantMore();
    },
    wantMore() {
      if (this.isMore && !this.isReading) this.$emit("more");
    },
    /** Whether the end of the book is in sight, so that new rows are followed. */
    isAtEnd() {
      const { scrollTop, clientHeight, scrollHeight } = this.$refs.ledger;
      return scrollHeight - scrollTop - clientHeight < NEAR_PX;
    },
    toEnd() {
      const { ledger } = this.$refs;
      ledger.scrollTop = ledger.scrollHeight;
    },
    /** Rows were put before the others: what was in sight stays where it is. */
    async keepPlace(change) {
      const { ledger } = this.$refs;
      const fromEnd = ledger.scrollHeight - ledger.scrollTop;
      change();
      await this.$nextTick();
      if (!this.isPhone) ledger.scrollTop = ledger.scrollHeight - fromEnd;
    },
    when(row) {
      const time = window.kiosk.clock(row.at);
      return this.isOneDay ? time : `${shortDay(row.day)} ${time}`;
    },
    day: (row) => `Business day ${shortDay(row.day)}`,
    money: (amount) => window.kiosk.money(amount),
  },
};
