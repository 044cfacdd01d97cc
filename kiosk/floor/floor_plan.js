/** The plan: each section's canvas with its tables where they stand, and the tables that stand nowhere yet below. */

import { FloorTile } from "floor_tile";

export const PLAN = { width: 1200, height: 800 };

/** Where a tile stands on its canvas, in shares of it, as CSS. */
export function spot({ x, y, width, height }, plan = PLAN) {
  const share = (part, whole) => `${(part / whole) * 100}%`;
  return { left: share(x, plan.width), top: share(y, plan.height), width: share(width, plan.width), height: share(height, plan.height) };
}

/** Whether the manager has put it somewhere. */
export const isPlaced = ({ x, y, width, height }) => [x, y, width, height].every((part) => part !== null && part !== undefined);

export const FloorPlan = {
  components: { FloorTile },
  props: { area: Object, busy: Object, off: Function, target: Function, plan: Object },
  emits: ["section"],
  template: `
<section class="k-plan" :aria-label="area.name">
  <h2><button class="k-plan__h" type="button" :aria-label="'Section ' + area.name" @click="$emit('section', area)"><bdi>{{ area.name }}</bdi> <small>{{ area.taken }}</small><span v-if="area.initials" class="k-avatar s24">{{ area.initials }}</span></button></h2>
  <div v-if="placed.length" class="k-plan__scroll"><div class="k-plan__canvas" :style="{ aspectRatio: plan.width + '/' + plan.height }">
    <div v-for="face in placed" :key="face.id" v-memo="[face.key, off(face), busy[face.id], target(face)]" class="k-plan__spot" :class="'is-' + (face.tile.shape ?? 'square')" :style="spot(face.tile, plan)">
      <floor-tile :face="face" :busy="Boolean(busy[face.id])" :off="off(face)" :target="target(face)" plan></floor-tile></div>
  </div></div>
  <div v-if="loose.length" class="k-area__tiles">
    <floor-tile v-for="face in loose" :key="face.id" v-memo="[face.key, off(face), busy[face.id], target(face)]" :face="face" :busy="Boolean(busy[face.id])" :off="off(face)" :target="target(face)"></floor-tile>
  </div>
</section>`,
  computed: {
    placed() {
      return this.area.faces.filter(({ tile }) => isPlaced(tile));
    },
    loose() {
      return this.area.faces.filter(({ tile }) => !isPlaced(tile));
    },
  },
  methods: { spot },
};
