// The rail of categories and the grid of items. One listener for all tiles: tap rings, corner or long press opens the chooser.
import { mustAsk } from "./choosing.js";

const AT_ONCE = 120;
const LONG_PRESS = 500;
const SLACK = 10;

export const CategoryRail = {
  props: ["pad"],
  template: `
    <nav class="k-order__rail" aria-label="Categories" @click="choose">
      <button v-for="one in rail" :key="one.id" class="k-cat" type="button" :data-category="one.id" v-memo="[one, isOn(one)]"
        :class="{ 'is-on': isOn(one) }" :aria-current="isOn(one) ? 'true' : null"><i class="k-i s20" aria-hidden="true">{{ one.icon }}</i><span dir="auto">{{ one.name }}</span></button>
    </nav>`,
  computed: { rail() { return this.pad.state.offer?.rail ?? []; } },
  methods: {
    isOn(one) { return !this.pad.state.query && one.id === this.pad.state.category; },
    choose(event) {
      const key = event.target.closest("[data-category]");
      if (!key) return;
      this.pad.state.query = "";
      this.pad.state.category = Number(key.dataset.category);
      key.scrollIntoView({ block: "nearest", inline: "nearest" });
    },
  },
};

export const MenuGrid = {
  props: ["pad"],
  template: `
    <div class="k-menu" ref="menu" aria-label="Menu" @click="tap" @contextmenu.prevent="open($event)" @pointerdown="press" @pointermove="move" @pointerup="release" @pointercancel="release">
      <template v-for="row in shown" :key="row.key">
        <h3 v-if="row.heading" class="k-menu__h" dir="auto">{{ row.heading }}</h3>
        <div v-else class="k-item" :data-item="row.item.id" :class="css(row.item)" v-memo="[row.item, row.item.is_out, row.item.left, counts.get(row.item.id), opened === row.item.id]">
          <button class="k-item__hit" type="button" :aria-label="spoken(row.item)" :aria-disabled="row.item.is_out"></button>
          <div class="k-item__n" dir="auto">{{ row.item.name }}</div>
          <div class="k-item__p"><span>{{ price(row.item) }}</span><small v-if="portionName(row.item)" dir="auto">{{ portionName(row.item) }}</small>
            <span v-if="row.item.is_out" class="k-tag is-bad"><i class="k-i s16" aria-hidden="true">block</i>Sold out</span>
            <span v-else-if="row.item.left != null" class="k-tag is-warn"><i class="k-i s16" aria-hidden="true">inventory_2</i>{{ row.item.left }} left</span></div>
          <button v-if="hasMore(row.item) && !row.item.is_out" class="k-item__more" type="button" :aria-label="row.item.name + ': choose'"><i class="k-i s20" aria-hidden="true">unfold_more</i></button>
          <span v-if="counts.get(row.item.id)" class="k-item__qty" :aria-label="counts.get(row.item.id) + ' in draft'">{{ counts.get(row.item.id) }}</span>
        </div>
      </template>
      <div v-if="shown.length < rows.length" ref="end" class="k-op-end" aria-hidden="true"></div>
      <div v-if="!rows.length && pad.state.offer" class="k-note k-empty k-op-empty"><i class="k-i s40" aria-hidden="true">search_off</i>
        <b v-if="pad.state.query" dir="auto">Nothing on the menu now has “{{ pad.state.query }}” in it</b><b v-else>Nothing is on the menu at this hour</b>
        <button v-if="pad.state.query" class="k-btn" type="button" data-clear>Clear the search</button></div>
      <div v-else-if="pad.state.menuFailed && !pad.state.offer" class="k-note k-empty k-op-empty" role="alert"><i class="k-i s40" aria-hidden="true">error</i>
        <b>Menu did not load</b><span class="k-dim">Orders are safe.</span><button class="k-btn" type="button" data-again>Load again</button></div>
      <div v-else-if="!pad.state.offer" class="k-note k-sk k-op-empty" aria-busy="true"><i style="width:60%"></i><i></i><i style="width:80%"></i><i style="width:40%"></i></div>
    </div>`,
  data: () => ({ limit: AT_ONCE }),
  computed: {
    rows() { return this.pad.rows.value; },
    counts() { return this.pad.counts.value; },
    opened() { return this.pad.state.chooser?.item.id; },
    shown() { return this.pad.state.stock >= 0 && this.rows.slice(0, this.limit); },
  },
  watch: {
    rows() {
      this.limit = AT_ONCE;
      if (this.$refs.menu) this.$refs.menu.scrollTop = 0;
    },
  },
  mounted() {
    this.watcher = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && (this.limit += AT_ONCE), { root: this.$refs.menu, rootMargin: "600px" });
    this.watchEnd();
  },
  updated() { this.watchEnd(); },
  unmounted() { this.watcher.disconnect(); clearTimeout(this.timer); },
  methods: {
    watchEnd() {
      this.watcher.disconnect();
      if (this.$refs.end) this.watcher.observe(this.$refs.end);
    },
    css(item) {
      return { "has-more": this.hasMore(item), "is-86": item.is_out, "is-in": this.counts.get(item.id), "is-open": this.opened === item.id };
    },
    hasMore(item) { return item.portions.length > 1 || item.modifier_groups?.length > 0; },
    price(item) { return kiosk.money(this.pad.state.book.defaultPortion(item).price); },
    portionName(item) { return item.portions.length > 1 ? this.pad.state.book.defaultPortion(item).name : ""; },
    spoken(item) {
      if (item.is_out) return `${item.name} is sold out`;
      return ["Add", item.name, this.portionName(item), this.price(item)].filter(Boolean).join(" ");
    },
    itemAt(event) {
      const tile = event.target.closest("[data-item]");
      return tile && { tile, item: this.pad.state.book.item(Number(tile.dataset.item)) };
    },
    tap(event) {
      if (event.target.closest("[data-clear]")) return void (this.pad.state.query = "");
      if (event.target.closest("[data-again]")) return void this.pad.menu.load();
      if (this.pressed) return void (this.pressed = false);
      const hit = this.itemAt(event);
      if (!hit || this.refused(hit.item)) return undefined;
      if (event.target.closest(".k-item__more")) return this.choose(hit, false);
      const groups = this.pad.state.book.groupsOf(hit.item);
      if (mustAsk(groups)) return this.choose(hit, true);
      const modifiers = groups.flatMap((group) => group.modifiers).filter((modifier) => modifier.is_default);
      return this.pad.ring(hit.item, this.pad.state.book.defaultPortion(hit.item), { modifiers });
    },
    refused(item) {
      if (this.pad.state.failed || this.pad.isClosed.value) return true;
      if (item.is_out) kiosk.toast({ kind: "warn", text: `${item.name} is sold out.` });
      return item.is_out;
    },
    choose({ item, tile }, closesItself) {
      this.pad.state.chooser = { item, tile, closesItself };
    },
    open(event) {
      this.pressed = Boolean(this.timer);
      this.release();
      const hit = this.itemAt(event);
      if (hit && !this.pad.state.chooser && !this.refused(hit.item)) this.choose(hit, false);
    },
    press(event) {
      this.pressed = false;
      if (event.button || !event.target.closest("[data-item]")) return;
      this.from = event;
      this.timer = setTimeout(() => this.open(event), LONG_PRESS);
    },
    move(event) {
      if (this.timer && Math.hypot(event.clientX - this.from.clientX, event.clientY - this.from.clientY) > SLACK) this.release();
    },
    release() {
      clearTimeout(this.timer);
      this.timer = null;
    },
  },
};
