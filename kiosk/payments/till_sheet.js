/** The drawer's own sheet: what each drawer is doing, money in and out of it, who has it, the X. Opened from any screen. */

import { TillDialog } from "till_parts";
import { HandOverForm, MoneyForm, NoSaleForm, OpenForm } from "till_forms";
import { XReport } from "till_x";

const ACTS = {
  pay_in: { word: "Pay in", icon: "add_card", needs: "pay_in", title: "Money in or out of" },
  pay_out: { word: "Pay out", icon: "shopping_bag", needs: "pay_out", title: "Money in or out of" },
  drop: { word: "To the safe", icon: "lock", needs: "drop", title: "Money in or out of" },
  no_sale: { word: "No sale", icon: "lock_open", needs: null, title: "Open without a sale:" },
  hand_over: { word: "Hand over", icon: "swap_horiz", needs: "open_drawer", title: "Hand over" },
};

const SAID = {
  open_drawer: ({ till }) => `Drawer ${till} is open.`,
  no_sale: (_, { till }) => `Drawer ${till} may be opened; the daybook says why.`,
  hand_over_drawer: (_, { till }) => `Drawer ${till} was handed over.`,
};

export const TillSheet = {
  components: { HandOverForm, MoneyForm, NoSaleForm, OpenForm, TillDialog, XReport },
  props: { act: String, drawerId: Number },
  emits: ["close", "count"],
  data: (sheet) => ({ told: null, trouble: "", doing: sheet.act ?? null, chosen: sheet.drawerId ?? null, busy: false }),
  template: `
<teleport to="body">
<till-dialog :title="title" :css="doing === 'x' ? 'is-x' : ''" @close="$emit('close')">
  <p v-if="trouble" class="k-note is-warn"><i class="k-i" aria-hidden="true">warning</i><span class="k-grow">{{ trouble }}</span><button class="k-btn" type="button" @click="load">Load again</button></p>
  <div v-else-if="!told" class="k-sk" aria-label="Loading"><i></i><i></i><i></i></div>
  <template v-else-if="!doing">
    <section v-for="one in live" :key="one.id" class="ti-drawer" :aria-label="'Drawer ' + one.till">
      <div class="ti-drawer__h"><span class="k-p ti-no">{{ one.till }}</span><div class="k-grow"><b dir="auto">{{ one.holder }}</b><small>{{ standing(one) }}</small></div></div>
      <div v-if="one.state === 'open'" class="ti-keys"><button v-for="(act, name) in actsFor" :key="name" class="k-btn" type="button" @click="begin(name, one.id)"><i class="k-i s20" aria-hidden="true">{{ act.icon }}</i>{{ act.word }}</button><button class="k-btn" type="button" @click="count(one.id)"><i class="k-i s20" aria-hidden="true">calculate</i>Count</button></div>
      <button v-else class="k-btn is-block" type="button" :disabled="busy || one.needs_reason" @click="end(one)">{{ one.needs_reason ? "Add a reason on the Close screen first" : "Close it, " + money(one.counted) + " to the safe" }}</button>
    </section>
    <p v-if="!live.length" class="k-note k-empty ti-none"><i class="k-i s40" aria-hidden="true">point_of_sale</i><b>No drawer is open</b><span class="k-dim">Count the float into it and open one.</span></p>
    <div class="k-row ti-foot">
      <button v-if="mayOpen && freeTill" class="k-btn is-l k-grow" :class="live.length ? 'is-line' : 'is-primary'" type="button" @click="begin('open')"><i class="k-i s20" aria-hidden="true">add</i>Open drawer {{ freeTill }}</button>
      <button class="k-btn is-l is-line k-grow" type="button" @click="begin('x')"><i class="k-i s20" aria-hidden="true">receipt_long</i>X report</button>
    </div>
  </template>
  <open-form v-else-if="doing === 'open'" :till="freeTill" :taken="told.tills" :busy="busy" @do="(args) => run('open_drawer', args)"></open-form>
  <x-report v-else-if="doing === 'x'"></x-report>
  <template v-else-if="drawer">
    <nav v-if="open.length > 1" class="k-seg ti-pick" aria-label="Drawer" data-joined><button v-for="one in open" :key="one.id" type="button" :class="{ 'is-on': one.id === drawer.id }" :aria-pressed="String(one.id === drawer.id)" @click="chosen = one.id">Drawer {{ one.till }}</button></nav>
    <no-sale-form v-if="doing === 'no_sale'" :busy="busy" @do="(args) => run('no_sale', args)"></no-sale-form>
    <hand-over-form v-else-if="doing === 'hand_over'" :holder="drawer.holder" :people="told.people ?? []" :busy="busy" @do="(args) => run('hand_over_drawer', args)"></hand-over-form>
    <money-form v-else :act="doing" :busy="busy" @do="run"></money-form>
  </template>
  <p v-else class="k-note k-empty ti-none"><i class="k-i s40" aria-hidden="true">point_of_sale</i><b>No drawer is open</b><span class="k-dim">{{ countedTill ? "Drawer " + countedTill + " is counted and waits to be closed." : "Money goes in and out of an open drawer." }}</span>
    <button v-if="mayOpen && freeTill" class="k-btn is-primary is-l" type="button" @click="begin('open')">Open drawer {{ freeTill }}</button></p>
</till-dialog>
</teleport>`,
  computed: {
    live() {
      return this.told.drawers.filter(({ state }) => state !== "closed").sort((one, other) => one.till - other.till);
    },
    open() {
      return this.live.filter(({ state }) => state === "open");
    },
    drawer() {
      const mine = this.open.find(({ holder_id }) => holder_id === window.kiosk.me.person_id);
      return this.open.find(({ id }) => id === this.chosen) ?? mine ?? this.open[0];
    },
    countedTill() {
      return this.live.find(({ state }) => state === "counted")?.till;
    },
    freeTill() {
      return this.told?.next_till;
    },
    title() {
      if (this.doing === "x") return "X report";
      if (this.doing === "open") return "Open a drawer";
      const act = ACTS[this.doing];
      return act && this.told && this.drawer ? `${act.title} drawer ${this.drawer.till}` : "Drawers";
    },
  },
  created() {
    const { may } = window.kiosk;
    this.mayOpen = may("open_drawer");
    this.actsFor = Object.fromEntries(Object.entries(ACTS).filter(([, { needs }]) => !needs || may(needs)));
    this.load();
  },
  methods: {
    async load() {
      this.trouble = "";
      try {
        this.told = await window.kiosk.view("till");
      } catch (refusal) {
        this.trouble = refusal.sentence;
      }
    },
    begin(doing, drawerId = null) {
      Object.assign(this, { doing, chosen: drawerId });
    },
    /** Do it, say it, and be gone; refused, the sheet stays with what was typed. */
    async run(name, args, said = "") {
      if (this.busy) return;
      this.busy = true;
      try {
        await window.kiosk.act(name, name === "open_drawer" ? args : { drawer_id: this.drawer?.id, ...args });
        window.kiosk.toast({ kind: "ok", text: said || SAID[name](args, this.drawer) });
        this.$emit("close");
      } catch {
        this.busy = false; // the kiosk has shown why
      }
    },
    end({ id, till, counted }) {
      this.run("close_drawer", { drawer_id: id }, `Drawer ${till} is closed, ${this.money(counted)} went to the safe.`);
    },
    /** The count has a screen of its own; from anywhere else it is gone to. */
    count(drawerId) {
      if (location.pathname === "/close") this.$emit("count", drawerId);
      else location.assign("/close");
    },
    money: (amount) => window.kiosk.money(amount),
    standing({ state, opened_at: at, opening_float: float, counts }) {
      if (state === "counted") return `Counted ${window.kiosk.clock(counts.at(-1)?.at)}, to be closed`;
      return `Since ${window.kiosk.clock(at)}, float ${window.kiosk.money(float)}`;
    },
  },
};
