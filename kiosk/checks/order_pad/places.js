// Where a party or a line can go: the tables and the checks of the floor, as they are when the sheet opens.
import { plural, title } from "./words.js";

const FREE = ["available", "reserved", "held"];
const GONE = "paid";

/** What can be chosen, by kind: tables without a party, or checks that are open, never the one it comes from. */
export function choices({ tables = [], counter = [] }, checkId, kinds) {
  const own = tables.filter((tile) => !tile.joined_to);
  const free = own.filter((tile) => FREE.includes(tile.state)).map((tile) => ({ key: `t${tile.id}`, name: title(tile.label), small: plural(tile.seats, "seat"), to: { table_id: tile.id } }));
  const parties = [...own.filter((tile) => tile.check_id && tile.state !== GONE), ...counter];
  const taken = parties.filter((party) => party.check_id !== checkId).map((party) => ({
    key: `c${party.check_id}`, name: title(party.label), small: [party.initials, kiosk.money(party.total)].filter(Boolean).join(", "), to: { check_id: party.check_id }, isTaken: true,
  }));
  return [...(kinds.includes("taken") ? taken : []), ...(kinds.includes("free") ? free : [])];
}

export const Places = {
  props: ["pad", "kinds", "busy"],
  emits: ["pick"],
  template: `
    <div>
      <p v-if="failed" class="k-note is-bad" role="alert"><i class="k-i s20" aria-hidden="true">error</i><span>{{ failed }}</span><button class="k-btn" type="button" @click="load">Load again</button></p>
      <div v-else-if="!all" class="k-note k-sk" aria-busy="true"><i style="width:60%"></i><i></i></div>
      <template v-else>
        <label v-if="all.length > 12" class="k-search"><i class="k-i s20" aria-hidden="true">search</i><input v-model="typed" type="search" dir="auto" autocomplete="off" placeholder="Table or name" aria-label="Table or name"></label>
        <div class="k-op-places" @click="pick"><button v-for="one in shown" :key="one.key" class="k-opt" :class="{ 'is-free': !one.isTaken }" type="button" :data-place="one.key" :disabled="busy">
          <span class="k-op-cut" dir="auto">{{ one.name }}</span><small dir="auto">{{ one.small }}</small></button></div>
        <p v-if="!shown.length" class="k-dim">{{ all.length ? 'Nothing is called that.' : 'There is nowhere to go: every table is taken.' }}</p>
      </template>
    </div>`,
  data: () => ({ all: null, failed: "", typed: "" }),
  computed: {
    shown() {
      const text = this.typed.trim().toLocaleLowerCase();
      return text ? this.all.filter((one) => one.name.toLocaleLowerCase().includes(text)) : this.all;
    },
  },
  mounted() { this.load(); },
  methods: {
    async load() {
      this.failed = "";
      try {
        this.all = choices(await kiosk.view("floor"), this.pad.state.checkId, this.kinds);
      } catch (refusal) {
        this.failed = refusal.sentence || "The floor did not load.";
      }
    },
    pick(event) {
      const key = event.target.closest("[data-place]");
      if (key) this.$emit("pick", this.all.find((one) => one.key === key.dataset.place));
    },
  },
};
