// The grid of items. One listener for all tiles: a tap rings, corner or long press opens what there is to choose.
import { blocksOf } from "./blocks.js";
import { mustAsk } from "./choosing.js";
import { LongPress } from "./long_press.js";
import { MenuBlock } from "./menu_block.js";

export { CategoryRail } from "./rail.js";

const NEAR = "900px 0px";
const GUESS = 27; // pixels a tile takes of the height in four columns, until one block was measured

export const MenuGrid = {
  components: { MenuBlock },
  props: ["pad"],
  template: `
    <div class="k-menu" ref="menu" aria-label="Menu" @click="tap" @contextmenu.prevent="hold.menu($event)" @pointerdown="hold.down($event)" @pointermove="hold.move($event)" @pointerup="hold.up()" @pointercancel="hold.up()">
      <template v-for="(block, no) in blocks" :key="turn + ':' + no">
        <menu-block v-if="near.has(no)" :pad="pad" :rows="block.rows" :data-block="no"></menu-block>
        <div v-else class="k-op-block" :data-block="no" :style="{ height: heightOf(block, no) + 'px' }"></div>
      </template>
      <p v-if="state.query" class="k-sr" role="status">{{ pad.menu.found() }}</p>
      <div v-if="!rows.length && state.offer" class="k-note k-empty k-op-empty"><i class="k-i s40" aria-hidden="true">search_off</i>
        <b v-if="state.query" dir="auto">Nothing on the menu now has “{{ state.query }}” in it</b><b v-else>Nothing is on the menu at this hour</b>
        <button v-if="state.query" class="k-btn" type="button" data-clear>Clear the search</button></div>
      <div v-else-if="state.menuFailed && !state.offer" class="k-note k-empty k-op-empty" role="alert"><i class="k-i s40" aria-hidden="true">error</i>
        <b>Menu did not load</b><span class="k-dim">Orders are safe.</span><button class="k-btn" type="button" data-again>Load again</button></div>
      <div v-else-if="!state.offer" class="k-note k-sk k-op-empty" aria-busy="true"><i style="width:60%"></i><i></i><i style="width:80%"></i><i style="width:40%"></i></div>
    </div>`,
  data: () => ({ turn: 0 }),
  computed: {
    state() { return this.pad.state; },
    rows() { return this.pad.rows.value; },
    blocks() { return blocksOf(this.rows); },
    place() { return `${this.state.checkId} ${this.state.category} ${this.state.query}`; },
  },
  watch: { place() { this.startOver(); } },
  created() {
    this.near = Vue.shallowReactive(new Set([0]));
    this.heights = new Map();
    this.hold = new LongPress((event) => this.hasHeld(event));
  },
  mounted() {
    this.watcher = new IntersectionObserver((seen) => this.look(seen), { root: this.$refs.menu, rootMargin: NEAR });
    this.watchBlocks();
  },
  updated() { this.watchBlocks(); },
  unmounted() {
    this.watcher.disconnect();
    this.hold.up();
  },
  methods: {
    startOver() {
      this.turn += 1;
      this.near.clear();
      this.near.add(0);
      this.heights.clear();
      if (this.$refs.menu) this.$refs.menu.scrollTop = 0;
    },
    watchBlocks() {
      for (const block of this.$refs.menu.querySelectorAll(".k-op-block")) this.watcher.observe(block);
    },
    /** Draws what comes near and keeps only the height of what went far; behind another screen nothing changes. */
    look(seen) {
      if (!this.$refs.menu?.offsetHeight) return;
      for (const { target, isIntersecting } of seen) {
        const no = Number(target.dataset.block);
        if (!target.isConnected) continue;
        if (isIntersecting) this.near.add(no);
        else if (this.near.has(no)) this.forget(no, target);
      }
    },
    forget(no, target) {
      this.heights.set(no, target.offsetHeight);
      this.average ??= target.offsetHeight / this.blocks[no].rows.length;
      this.near.delete(no);
    },
    heightOf(block, no) { return this.heights.get(no) ?? Math.round(block.rows.length * (this.average ?? GUESS)); },
    itemAt(event) {
      const tile = event.target.closest("[data-item]");
      return tile && { tile, item: this.state.book.item(Number(tile.dataset.item)) };
    },
    tap(event) {
      if (event.target.closest("[data-clear]")) return void (this.state.query = "");
      if (event.target.closest("[data-again]")) return void this.pad.menu.load();
      if (this.hold.swallows()) return undefined;
      const hit = this.itemAt(event);
      if (!hit || this.refused(hit.item)) return undefined;
      if (event.target.closest(".k-item__more")) return this.choose(hit);
      return this.asksFirst(hit.item) ? this.choose(hit, true) : this.ring(hit.item);
    },
    asksFirst(item) { return item.combo || item.open_price || mustAsk(this.state.book.groupsOf(item)); },
    ring(item) {
      const { book } = this.state;
      const modifiers = book.groupsOf(item).flatMap((group) => group.modifiers).filter((modifier) => modifier.is_default);
      this.pad.ring(item, book.defaultPortion(item), { modifiers });
    },
    refused(item) {
      if (this.state.failed || this.pad.isClosed.value) return true;
      if (item.is_out) kiosk.toast({ kind: "warn", text: `${item.name} is sold out.`, small: "Hold the tile to bring it back." });
      return item.is_out;
    },
    choose({ item, tile }, closesItself = false) {
      this.state.chooser = { kind: item.combo ? "combo-chooser" : "item-chooser", item, tile, closesItself };
    },
    /** A long press: what there is to choose, stock among it; of what is sold out there is only the stock. */
    hasHeld(event) {
      const hit = this.itemAt(event);
      if (!hit || this.state.chooser) return;
      if (hit.item.is_out) this.state.chooser = { kind: "stock-sheet", ...hit };
      else if (!this.refused(hit.item)) this.choose(hit);
    },
  },
};
