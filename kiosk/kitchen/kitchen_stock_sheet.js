/** Mark a dish as sold out, count what is left, or put it back on the menu. */

import { Drawer } from "kitchen_drawer";

const SHOWN = 40;
const COUNTS = [1, 2, 3, 5, 8, 10];
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

export const StockSheet = {
  components: { Drawer },
  props: { items: Map, soldOut: Array, busy: Array, isLocked: Boolean },
  emits: ["stock", "close"],
  data: () => ({ sought: "", chosen: null, counts: COUNTS }),
  template: `
<drawer title="Mark sold out" @close="$emit('close')">
  <label class="k-search kb-seek"><i class="k-i" aria-hidden="true">search</i><input v-model="sought" placeholder="Find a dish" aria-label="Find a dish" dir="auto"></label>
  <ul class="kb-sheet__list kb-stock">
    <li v-for="item in found" :key="item.id" :class="{ 'is-chosen': chosen === item.id }">
      <bdi class="k-grow"><b>{{ item.name }}</b><small class="k-dim">{{ stateOf(item) }}</small></bdi>
      <template v-if="chosen === item.id"><div class="kb-chips">
        <button v-for="count in counts" :key="count" class="k-chip" type="button" :disabled="isLocked" @click="mark(item, count)">{{ count }} left</button>
      </div></template>
      <button v-else class="k-btn is-line" type="button" @click="chosen = item.id">Left …</button>
      <button v-if="item.is_out || item.left != null" class="k-btn" type="button" :disabled="isLocked" @click="mark(item, null)">Back on</button>
      <button v-if="!item.is_out" class="k-btn is-bad" type="button" :disabled="isLocked" :aria-label="item.name + ' is sold out'" @click="mark(item, 0)">Sold out</button>
    </li>
  </ul>
</drawer>`,
  computed: {
    /** What is sought; without letters what is out or counted, then what is being cooked. */
    found() {
      const letters = fold(this.sought.trim());
      const all = [...this.items.values()];
      const out = new Set(this.soldOut.map((item) => item.id));
      if (letters) return all.filter((item) => fold(`${item.name} ${item.kitchen_name ?? ""}`).includes(letters)).slice(0, SHOWN);
      const limited = all.filter((item) => out.has(item.id) || item.left != null);
      const cooked = all.filter((item) => !limited.includes(item) && this.busy.includes(item.kitchen_name || item.name));
      return [...limited, ...cooked, ...(cooked.length ? [] : all)].slice(0, SHOWN);
    },
  },
  methods: {
    stateOf(item) {
      if (item.is_out) return "sold out";
      return item.left == null ? "" : `${item.left} left`;
    },
    mark(item, left) {
      this.chosen = null;
      this.$emit("stock", { item, left });
    },
  },
};
