/** Which check to settle: tables that asked for the bill, longest waiting first, then every other open check. */

import { titleOf } from "settle_rules";

const WORDS = { billing: "Bill out", served: "Served", ordered: "Ordered", seated: "No order" };
const ICONS = { billing: "receipt", served: "restaurant", ordered: "skillet", seated: "edit_note" };

export const SettlePick = {
  emits: ["pick", "leave", "sheet"],
  data: () => ({ tables: null, counter: [], trouble: "", minute: 0 }),
  template: `
<header class="k-bar">
  <button class="k-btn is-icon is-quiet" type="button" aria-label="Back to floor" @click="$emit('leave')"><i class="k-i sd-turn" aria-hidden="true">arrow_back</i></button>
  <div class="k-th"><b>Settle</b><small>{{ summary }}</small></div>
  <span class="k-bar__sp"></span>
  <button class="k-chip" type="button" aria-label="Receipts" @click="$emit('sheet', 'receipts')"><i class="k-i s20" aria-hidden="true">receipt_long</i><span class="sd-word">Receipts</span></button>
  <button v-if="maySeeTill" class="k-chip" type="button" aria-label="Drawers" @click="$emit('sheet', 'drawer')"><i class="k-i s20" aria-hidden="true">point_of_sale</i><span class="sd-word">Drawers</span></button>
</header>
<div class="sd-pick">
  <section v-if="!tables" class="k-note k-empty sd-state" :aria-busy="!trouble">
    <template v-if="trouble"><i class="k-i s40" aria-hidden="true">error</i><b>The tables did not load. Every check is safe.</b><span class="k-dim">{{ trouble }}</span><button class="k-btn" type="button" @click="follow">Load again</button></template>
    <div v-else class="k-sk sd-sk"><i></i><i></i><i></i></div>
  </section>
  <section v-else-if="!open.length" class="k-note k-empty sd-state"><i class="k-i s40" aria-hidden="true">check_circle</i><b>No check is open.</b><span class="k-dim">A table shows up here as soon as it has one.</span></section>
  <template v-else v-for="group in groups" :key="group.name">
    <h2 class="k-label">{{ group.name }}</h2>
    <p v-if="!group.tables.length" class="k-dim2 sd-none">No table asked for the bill.</p>
    <ul class="sd-picks">
      <li v-for="table in group.tables" :key="table.check_id">
        <button class="sd-pick__t" type="button" @click="$emit('pick', table.check_id)">
          <span class="sd-pick__sw k-sw" :class="'is-' + table.state"><i class="k-i" aria-hidden="true">{{ icons[table.state] ?? "receipt" }}</i></span>
          <span class="k-grow"><b dir="auto">{{ titleOf(table.label) }}</b><small>{{ words[table.state] ?? table.state }} {{ ago(table) }}<template v-if="table.waiter">, <bdi>{{ table.waiter }}</bdi></template></small></span>
          <span class="sd-pick__sum">{{ money(table.paid ? table.open : table.total) }}<small v-if="table.paid">open, {{ money(table.paid) }} paid</small></span>
        </button>
      </li>
    </ul>
  </template>
</div>`,
  computed: {
    open() {
      return [...(this.tables ?? []), ...this.counter].filter((table) => table.check_id && !table.joined_to && table.state !== "paid").sort((one, other) => Date.parse(one.since) - Date.parse(other.since));
    },
    groups() {
      const billing = this.open.filter((table) => table.state === "billing");
      const others = this.open.filter((table) => table.state !== "billing");
      return [{ name: "Waiting for the bill", tables: billing }, { name: "Other open checks", tables: others }].filter((group, place) => !place || group.tables.length);
    },
    summary() {
      const waiting = this.open.filter((table) => table.state === "billing").length;
      return this.tables ? `${waiting} waiting for the bill, ${this.open.length} open` : "";
    },
  },
  created() {
    this.maySeeTill = window.kiosk.may("see_till");
    this.words = WORDS;
    this.icons = ICONS;
  },
  mounted() {
    this.offTick = window.kiosk.on("tick", () => (this.minute = Math.floor(window.kiosk.now() / 60_000)));
    this.follow();
  },
  unmounted() {
    this.unfollow();
    this.offTick();
  },
  methods: {
    titleOf,
    follow() {
      this.unfollow?.();
      this.unfollow = window.kiosk.follow("floor", {
        load: () => window.kiosk.view("floor"),
        snapshot: ({ tables, counter = [] }) => Object.assign(this, { tables, counter, trouble: "" }),
        change: this.take,
        failed: (trouble) => void (this.trouble = trouble.sentence),
      });
    },
    take({ tables = [], counter = [], gone_checks: gone = [], reload }) {
      if (reload) return this.follow();
      const changed = new Map(tables.map((table) => [table.id, table]));
      this.tables = this.tables.map((table) => changed.get(table.id) ?? table);
      const fresh = counter.map(({ check_id }) => check_id);
      this.counter = [...this.counter.filter(({ check_id }) => !fresh.includes(check_id) && !gone.includes(check_id)), ...counter];
    },
    ago(table) {
      const minutes = (this.minute, window.kiosk.minutes(table.since));
      return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")}`;
    },
    money: (amount) => window.kiosk.money(amount),
  },
};
