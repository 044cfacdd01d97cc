/** The manager lays out a section: tables are dragged, sized, shaped, added, renamed and removed; saved at once, with undo. */

import { EditPanel } from "floor_edit_panel";
import { freeSpot, nudged, resized, snapped } from "floor_geometry";
import { isPlaced, spot } from "floor_plan";

const kiosk = window.kiosk;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const REST_MS = 500;
const placeOf = ({ id, x, y, width, height, shape }) => ({ id, x, y, width, height, shape: shape ?? "square" });

export const FloorEdit = {
  components: { EditPanel },
  props: { sections: Array, faces: Array, section: Number, plan: Object },
  emits: ["section", "placed", "done"],
  template: `
<div class="k-edit" @keydown="key">
  <div class="k-edit__stage">
    <div class="k-edit__bar"><button class="k-btn is-line" type="button" :disabled="!undos.length" @click="undo"><i class="k-i" aria-hidden="true">undo</i><span dir="auto">{{ undos.length ? "Undo: " + undos[undos.length - 1].say : "Nothing to undo" }}</span></button>
      <span class="k-bar__sp"></span><span class="k-pill"><span v-if="saving" class="k-spin" aria-hidden="true"></span>{{ saving ? "Saving" : "Saved" }}</span>
      <button class="k-btn is-primary" type="button" @click="$emit('done')">Done</button></div>
    <div class="k-plan__scroll"><div ref="canvas" class="k-plan__canvas is-edited" :style="{ aspectRatio: plan.width + '/' + plan.height }" @pointerdown.self="picked = null">
      <div v-for="tile in placed" :key="tile.id" class="k-edit__table" :class="['is-' + tile.shape, { 'is-on': tile.id === picked }]" role="button" tabindex="0" :data-edit="tile.label" :style="spot(tile, plan)"
        :aria-label="'Table ' + tile.label + ', ' + tile.seats + ' chairs: drag, or arrows; with Shift its size'" @focus="picked = tile.id" @pointerdown="grab($event, tile, 'move')" @pointermove="drag" @pointerup="drop" @pointercancel="drop">
        <b><bdi>{{ tile.label }}</bdi></b><small>{{ tile.seats }}</small>
        <span v-if="tile.id === picked" class="k-edit__grip" aria-hidden="true" @pointerdown.stop="grab($event, tile, 'size')" @pointermove.stop="drag" @pointerup.stop="drop" @pointercancel.stop="drop"><i class="k-i">open_in_full</i></span>
      </div>
    </div></div>
    <div v-if="loose.length" class="k-edit__tray"><span class="k-dim">Not on the plan yet, tap to place:</span>
      <button v-for="tile in loose" :key="tile.id" class="k-chip" type="button" @click="putDown(tile)"><bdi>{{ tile.label }}</bdi></button>
      <button v-if="loose.length > 1" class="k-btn" type="button" @click="putDownAll">Place all {{ loose.length }}</button></div>
  </div>
  <edit-panel :table="table" :section="here" :sections="sections" :tables="tables" :busy="saving > 0" @do="perform" @section="(id) => $emit('section', id)" @pick="(id) => (picked = id)"></edit-panel>
</div>`,
  data: () => ({ picked: null, moving: null, undos: [], saving: 0 }),
  computed: {
    here() {
      return this.sections.find(({ id }) => id === this.section) ?? this.sections[0] ?? null;
    },
    tables() {
      return this.faces.map(({ tile }) => tile);
    },
    own() {
      return this.tables.filter(({ section_id }) => section_id === this.here?.id);
    },
    placed() {
      return this.own.filter(isPlaced).map((tile) => (this.moving?.id === tile.id ? { ...tile, ...this.moving } : { ...tile, shape: tile.shape ?? "square" }));
    },
    loose() {
      return this.own.filter((tile) => !isPlaced(tile));
    },
    table() {
      return this.own.find(({ id }) => id === this.picked) ?? null;
    },
  },
  watch: {
    section() {
      this.picked = null;
    },
  },
  unmounted() {
    if (this.resting) this.rest();
  },
  methods: {
    spot,
    others(id) {
      return this.placed.filter((tile) => tile.id !== id);
    },

    // ---- by finger or mouse ----
    grab(event, tile, how) {
      if (event.button !== 0) return;
      this.picked = tile.id;
      event.currentTarget.setPointerCapture(event.pointerId);
      this.hold = { how, from: placeOf(tile), x: event.clientX, y: event.clientY };
    },
    drag({ clientX, clientY }) {
      const { hold } = this;
      if (!hold) return;
      const unit = this.plan.width / this.$refs.canvas.getBoundingClientRect().width;
      const dx = (clientX - hold.x) * unit, dy = (clientY - hold.y) * unit;
      if (!this.moving && Math.hypot(dx, dy) < 8) return;
      const { from } = hold;
      if (hold.how === "size") this.moving = resized({ ...from, width: from.width + dx, height: from.height + dy }, this.plan);
      else this.moving = snapped({ ...from, x: from.x + dx, y: from.y + dy }, this.others(from.id), this.plan);
    },
    drop() {
      const { hold, moving } = this;
      this.hold = this.moving = null;
      if (moving) this.place(moving, hold.from);
    },

    // ---- by keyboard: moves gather while the key repeats ----
    key(event) {
      if ((event.ctrlKey || event.metaKey) && event.key === "z") return void (event.preventDefault(), this.undo());
      const [dx, dy] = ARROWS[event.key] ?? [];
      const tile = dx === undefined || event.target.dataset?.edit === undefined ? null : this.placed.find(({ id }) => id === this.picked);
      if (!tile) return;
      event.preventDefault();
      this.resting ??= { from: placeOf(this.table), timer: 0 };
      this.moving = nudged(placeOf(tile), dx, dy, event.shiftKey, this.plan);
      clearTimeout(this.resting.timer);
      this.resting.timer = setTimeout(this.rest, REST_MS);
    },
    rest() {
      const { resting, moving } = this;
      clearTimeout(resting.timer);
      this.resting = this.moving = null;
      if (moving) this.place(moving, resting.from);
    },

    // ---- saved at once ----
    place(to, from) {
      const changed = ["x", "y", "width", "height", "shape"].some((part) => to[part] !== from[part]);
      if (changed) this.placeAll([to], [from], `table ${this.labelOf(to.id)} moved`);
    },
    async placeAll(places, before, say) {
      const tables = places.map(placeOf);
      this.$emit("placed", tables);
      const saved = await this.save("place_tables", { tables });
      if (!saved) this.$emit("placed", before);
      else if (before.every(isPlaced)) this.remember(say, () => this.back(before));
    },
    async back(before) {
      this.$emit("placed", before);
      await this.save("place_tables", { tables: before });
    },
    labelOf(id) {
      return this.tables.find((tile) => tile.id === id)?.label ?? "";
    },
    putDown(tile) {
      const place = { id: tile.id, ...freeSpot(this.placed, tile.seats > 6 ? "wide" : "square", this.plan) };
      this.picked = tile.id;
      return this.placeAll([place], [placeOf(tile)], `table ${tile.label} placed`);
    },
    putDownAll() {
      const taken = [...this.placed];
      const places = this.loose.map((tile) => {
        const place = { id: tile.id, ...freeSpot(taken, tile.seats > 6 ? "wide" : "square", this.plan) };
        taken.push(place);
        return place;
      });
      return this.placeAll(places, this.loose.map(placeOf), "tables placed");
    },

    /** A change of the panel's: {act, args, say, back: (result) => {act, args}}. */
    async perform({ act, args, say, back, place }) {
      if (place) return this.place({ ...placeOf(this.table), ...place }, placeOf(this.table));
      const result = await this.save(act, args);
      if (act === "add_section" && result) this.$emit("section", result.section_id);
      const undo = result && back?.(result);
      if (undo) this.remember(say, () => this.takeBack(undo));
    },
    /** What was done the other way round; `then` says what else once that is done. */
    async takeBack({ act, args, then }) {
      const result = await this.save(act, args);
      if (result && then) this.takeBack(then(result));
    },
    remember(say, run) {
      this.undos = [...this.undos.slice(-19), { say, run }];
    },
    undo() {
      const last = this.undos[this.undos.length - 1];
      if (!last) return;
      this.undos = this.undos.slice(0, -1);
      last.run();
    },
    async save(act, args) {
      this.saving += 1;
      const result = await kiosk.act(act, args).catch(() => null);
      this.saving -= 1;
      return result;
    },
  },
};
