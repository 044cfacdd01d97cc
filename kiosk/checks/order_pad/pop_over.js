// The box beside a tile: its head with seat, stock and close, a body that scrolls, and a foot with its keys.

const GAP = 8;
const ABOVE = 0.66;

const edges = ({ left, right, top, bottom }, zoom) => ({ left: left / zoom, right: right / zoom, top: top / zoom, bottom: bottom / zoom });

export const PopOver = {
  props: { pad: Object, tile: Object, title: String, hasSeat: Boolean, seat: Number, hasStock: Boolean },
  emits: ["close", "done", "pick", "stock", "seat"],
  template: `
    <div class="k-op-veil" @click.self="$emit('close')" @keydown.esc.stop="$emit('close')">
    <form ref="box" class="k-pop k-op-pop" :class="place.side" :style="place.style" role="dialog" aria-modal="true" :aria-label="title" tabindex="-1" @submit.prevent="$emit('done')" @keydown.enter.self.prevent="$emit('done')" @click="pick">
      <div class="k-pop__h"><b class="k-h2 k-grow" dir="auto">{{ title }}</b>
        <button v-if="hasStock" class="k-btn is-icon" type="button" :aria-label="'Stock of ' + title" data-stock><i class="k-i s20" aria-hidden="true">inventory_2</i></button>
        <button v-if="hasSeat" class="k-btn" type="button" data-seats :aria-expanded="showsSeats"><i class="k-i s20" aria-hidden="true">event_seat</i>{{ seat ? 'Seat ' + seat : 'All' }}</button>
        <button class="k-btn is-icon is-quiet" type="button" aria-label="Close" data-close><i class="k-i" aria-hidden="true">close</i></button></div>
      <div class="k-op-pop__body">
        <fieldset v-if="showsSeats"><legend>Seat</legend><div class="k-op-seatrow">
          <button v-for="no in covers + 1" :key="no" class="k-chip" type="button" :data-seat="no - 1" :class="{ 'is-on': (seat || 0) === no - 1 }" :aria-pressed="(seat || 0) === no - 1">{{ no > 1 ? no - 1 : 'All' }}</button></div></fieldset>
        <slot></slot>
      </div>
      <div class="k-row k-op-pop__f"><slot name="foot"></slot></div>
    </form></div>`,
  data: () => ({ showsSeats: false, place: { side: "", style: {} } }),
  computed: { covers() { return this.pad.state.check?.covers ?? 0; } },
  mounted() {
    this.watcher = new ResizeObserver(() => this.put());
    this.watcher.observe(this.$refs.box);
    this.back = document.activeElement;
    this.$refs.box.focus({ preventScroll: true });
  },
  unmounted() {
    this.watcher.disconnect();
    this.back?.focus?.({ preventScroll: true });
  },
  methods: {
    /** Beside the tile where there is room; on narrow screens the style sheet lays it at the bottom. */
    put() {
      const { box } = this.$refs;
      const stage = this.$el.closest(".k-order__l");
      if (!this.tile?.isConnected) return;
      const zoom = box.currentCSSZoom || 1;
      const [veil, outer, tile] = [this.$el, stage, this.tile].map((one) => edges(one.getBoundingClientRect(), zoom));
      const [width, height] = [box.offsetWidth, box.offsetHeight];
      const fits = { right: tile.right + GAP + width <= outer.right, left: tile.left - GAP - width >= outer.left };
      const left = fits.right ? tile.right + GAP : fits.left ? tile.left - GAP - width : outer.left;
      const middle = (tile.top + tile.bottom) / 2;
      const top = Math.max(outer.top, Math.min(outer.bottom - height, middle - height * ABOVE));
      const arrow = Math.max(16, Math.min(height - 32, middle - top - 8));
      const side = fits.right ? "is-right" : fits.left ? "is-left" : "is-over";
      this.place = { side, style: { left: `${left - veil.left}px`, bottom: `${veil.bottom - top - height}px`, "--arrow": `${arrow}px` } };
    },
    pick(event) {
      const key = event.target.closest("button");
      if (!key) return;
      const { seat } = key.dataset;
      if ("close" in key.dataset) this.$emit("close");
      else if ("stock" in key.dataset) this.$emit("stock");
      else if ("seats" in key.dataset) this.showsSeats = !this.showsSeats;
      else if (seat !== undefined) [this.showsSeats] = [false, this.$emit("seat", Number(seat) || null)];
      else this.$emit("pick", key.dataset);
    },
  },
};
