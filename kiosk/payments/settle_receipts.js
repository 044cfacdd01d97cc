/** Receipts found again: the newest first or by number, table and amount; one of them as paper, and what may be done about it. */

import { GuestKeys, standOf } from "settle_guest";
import { CorrectForm, RefundForm } from "settle_refund";
import { titleOf } from "settle_rules";
import { paperOf, TillDialog } from "till_parts";

const TYPING_MS = 250;

export const ReceiptsSheet = {
  components: { CorrectForm, GuestKeys, RefundForm, TillDialog },
  props: ["sheet", "bill", "isLocked"],
  emits: ["close"],
  data: () => ({ words: "", rows: null, next: null, trouble: "", chosen: null, told: null, doing: "", isBusy: false }),
  template: `
<till-dialog :title="sheet.checkId ? 'Receipts of this check' : 'Receipts'" css="sd-sheet is-large" @close="$emit('close')">
  <div class="sd-rc" :class="{ 'has-one': chosen }">
    <div class="sd-rc__l">
      <label v-if="!sheet.checkId" class="k-search"><i class="k-i s20" aria-hidden="true">search</i><input v-model="words" maxlength="40" placeholder="Number, table or amount" aria-label="Find a receipt by number, table or amount" autocomplete="off"></label>
      <p v-if="trouble" class="k-note is-warn"><i class="k-i" aria-hidden="true">warning</i><span class="k-grow">{{ trouble }}</span><button class="k-btn" type="button" @click="load">Load again</button></p>
      <div v-else-if="!rows" class="k-sk" aria-label="Loading"><i></i><i></i><i></i></div>
      <p v-else-if="!rows.length" class="k-note k-empty"><i class="k-i s40" aria-hidden="true">receipt_long</i><b>{{ words ? "No receipt fits." : "No receipt yet." }}</b></p>
      <ul class="sd-rc__list">
        <template v-for="(row, place) in rows ?? []" :key="row.id">
          <li v-if="row.day && row.day !== rows[place - 1]?.day" class="k-label">{{ dayOf(row) }}</li>
          <li><button class="sd-rc__row" type="button" :class="{ 'is-on': chosen === row.id }" :aria-current="chosen === row.id ? 'true' : null" @click="choose(row.id)"><i class="k-i" :class="look(row).css" aria-hidden="true">{{ look(row).icon }}</i><span class="k-grow"><b>{{ row.number }}</b> <bdi>{{ titleOf(row.label ?? "") }}</bdi><small>{{ look(row).word }}{{ clock(row.at) }}, <bdi>{{ row.by }}</bdi><template v-if="row.tenders.length">, <bdi>{{ row.tenders.join(", ") }}</bdi></template></small></span><span class="k-num">{{ money(row.total) }}</span></button></li>
        </template>
        <li v-if="next"><button class="k-btn is-block" type="button" @click="more">Older ones</button></li>
      </ul>
    </div>
    <div class="sd-rc__r">
      <button v-if="chosen" class="k-btn is-quiet sd-rc__back" type="button" @click="leave"><i class="k-i sd-turn" aria-hidden="true">arrow_back</i>{{ doing ? "Receipt " + told?.number : "All receipts" }}</button>
      <p v-if="!chosen" class="k-note k-empty"><i class="k-i s40" aria-hidden="true">receipt_long</i><b>Choose a receipt.</b></p>
      <div v-else-if="!told" class="k-sk" aria-label="Loading"><i></i><i></i><i></i></div>
      <refund-form v-else-if="doing === 'refund'" :told="told" :is-busy="isBusy" @do="run"></refund-form>
      <correct-form v-else-if="doing === 'correct'" :told="told" :ways="ways" :is-busy="isBusy" @do="run"></correct-form>
      <template v-else>
        <p v-for="one in told.later" :key="one.id" class="k-note"><i class="k-i s20" aria-hidden="true">currency_exchange</i><span class="k-grow">{{ one.is_correction ? "Corrected by" : "Given back by" }} {{ one.number }}, {{ money(one.total) }}<template v-if="one.reason">, <bdi>{{ one.reason }}</bdi></template></span><button class="k-btn" type="button" @click="choose(one.id)">Look</button></p>
        <p v-if="told.of_id" class="k-note"><i class="k-i s20" aria-hidden="true">link</i><span class="k-grow">Belongs to receipt {{ told.of_number }}<template v-if="told.reason">, <bdi>{{ told.reason }}</bdi></template></span><button class="k-btn" type="button" @click="choose(told.of_id)">Look</button></p>
        <p v-for="one in told.letters" :key="one.id" class="k-note" :class="standOf(one).css"><i class="k-i s20" aria-hidden="true">mail</i><span class="k-grow"><bdi>{{ one.to }}</bdi>: {{ standOf(one).word }} <span v-if="one.told" dir="auto">{{ one.told }}</span></span></p>
        <div class="sd-rc__acts"><button class="k-btn" type="button" :disabled="isBusy" @click="reprint"><i class="k-i s20" aria-hidden="true">print</i>Print again</button><guest-keys v-if="told.paper.length" :receipt="told" :is-locked="isBusy"></guest-keys><button v-if="told.may_refund" class="k-btn" type="button" @click="doing = 'refund'"><i class="k-i s20" aria-hidden="true">currency_exchange</i>Refund…</button><button v-if="told.may_correct" class="k-btn" type="button" @click="doing = 'correct'"><i class="k-i s20" aria-hidden="true">published_with_changes</i>Wrong tender…</button><button v-if="told.check_id" class="k-btn" type="button" @click="showLife"><i class="k-i s20" aria-hidden="true">history</i>Life of its check</button></div>
        <pre class="k-paper sd-paper" dir="ltr" :style="{ '--columns': told.columns }" :aria-label="'Receipt ' + told.number">{{ paperOf(told.paper) }}</pre>
      </template>
    </div>
  </div>
</till-dialog>`,
  computed: {
    ways() {
      return this.bill?.tenders ?? null;
    },
  },
  watch: {
    words() {
      clearTimeout(this.typing);
      this.typing = setTimeout(this.load, TYPING_MS);
    },
  },
  created() {
    this.load();
  },
  unmounted() {
    clearTimeout(this.typing);
  },
  methods: {
    paperOf,
    standOf,
    titleOf,
    async load() {
      this.trouble = "";
      const asked = (this.asked = this.words.trim());
      try {
        const { receipts, next } = this.sheet.checkId ? await this.ofCheck() : await window.kiosk.view(`receipts?q=${encodeURIComponent(asked)}`);
        if (asked === this.asked) Object.assign(this, { rows: receipts, next });
      } catch (refusal) {
        this.trouble = refusal.sentence;
      }
    },
    async ofCheck() {
      const { paid, check } = await window.kiosk.view(`bill/${this.sheet.checkId}`);
      const row = (one) => ({ ...one, id: one.receipt_id, kind: "sale", label: check.label, day: null, tenders: one.tenders.map(({ name }) => name) });
      return { receipts: paid.map(row).reverse(), next: null };
    },
    async more() {
      const { receipts, next } = await window.kiosk.view(`receipts?q=${encodeURIComponent(this.asked)}&before=${this.next}`).catch(() => ({ receipts: [], next: this.next }));
      Object.assign(this, { rows: [...this.rows, ...receipts], next });
    },
    async choose(id) {
      Object.assign(this, { chosen: id, told: null, doing: "" });
      try {
        const told = await window.kiosk.view(`receipt/${id}`);
        if (this.chosen === id) this.told = told;
      } catch (refusal) {
        this.trouble = refusal.sentence;
      }
    },
    leave() {
      if (this.doing) this.doing = "";
      else this.chosen = null;
    },
    async run({ act, words, done }) {
      this.isBusy = true;
      try {
        const result = await window.kiosk.act(act, { receipt_id: this.told.id, ...words });
        window.kiosk.toast({ kind: "ok", text: done(result) });
        this.load();
        await this.choose(this.chosen);
      } catch {
        // the kiosk has said why; nothing was given back
      } finally {
        this.isBusy = false;
      }
    },
    reprint() {
      this.run({ act: "reprint", words: {}, done: () => `Receipt ${this.told.number} prints again.` });
    },
    showLife() {
      window.kiosk.lifeOf?.(this.told.check_id);
    },
    look({ kind, is_correction: isCorrection, refunded }) {
      if (isCorrection) return { icon: "published_with_changes", word: "Correction, ", css: "k-warn" };
      if (kind === "refund") return { icon: "currency_exchange", word: "Refund, ", css: "k-bad" };
      return { icon: "receipt", word: refunded ? "Given back, " : "", css: "" };
    },
    dayOf: ({ day }) => new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" }).format(Date.parse(day)),
    clock: (at) => window.kiosk.clock(at),
    money: (amount) => window.kiosk.money(amount),
  },
};
