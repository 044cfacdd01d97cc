/** One tile, in the grid and on the plan alike. It handles nothing itself: the board listens for all of them. */

import { iconOf } from "floor_faces";

export const FloorTile = {
  props: { face: Object, busy: Boolean, off: Boolean, target: Boolean, plan: Boolean },
  template: `
<article class="k-tile" :class="[face.state.css, { 'is-off': off, 'is-target': target, 'is-counter': face.tile.isCounter }]"
  :data-time="face.clock?.time" :data-table="face.tile.isCounter ? null : face.label" :data-card="face.tile.isCounter ? face.label : null" :data-face="face.id">
  <button class="k-tile__hit" type="button" data-under :aria-label="face.spoken"></button>
  <div class="k-tile__no"><bdi class="k-tile__label">{{ face.label }}</bdi>
    <span v-for="badge in face.badges" :key="badge.icon" class="k-badge" :class="badge.css"><i class="k-i s16" aria-hidden="true">{{ badge.icon }}</i>{{ badge.count }}</span></div>
  <component :is="more ? 'button' : 'div'" v-if="face.clock || more" class="k-ring" :class="{ 'is-more': more, 'is-bare': !face.clock }" :style="{ '--p': face.clock?.share ?? 0 }"
    :type="more ? 'button' : null" :aria-label="more ? 'More for ' + (face.tile.isCounter ? '' : 'table ') + face.label : null" :data-more="more ? '' : null">
    <template v-if="face.clock"><span>{{ face.clock.text }}</span><small>{{ face.clock.time === "late" ? "late" : "min" }}</small></template>
    <i v-else class="k-i" aria-hidden="true">more_horiz</i></component>
  <div class="k-tile__state"><i class="k-i s18" aria-hidden="true">{{ face.state.icon }}</i><span>{{ face.state.word }}</span></div>
  <div class="k-tile__meta"><span v-if="face.guests && !face.tile.isCounter"><i class="k-i s18" aria-hidden="true">person</i>{{ face.guests }}</span>
    <i v-else-if="face.tile.isCounter" class="k-i s18" aria-hidden="true">{{ iconOf(face.tile) }}</i>
    <b v-if="face.tile.initials && face.name !== 'available'">{{ face.tile.initials }}</b><bdi v-if="face.meta" class="k-tile__more">{{ face.meta }}</bdi></div>
  <div class="k-tile__foot"><span class="k-tile__sum">{{ face.sum }}</span>
    <button v-if="face.step" class="k-tile__act" :class="{ 'is-now': face.step.now }" type="button" :disabled="busy" :aria-busy="busy" data-act
      :aria-label="face.step.label + ', ' + (face.tile.isCounter ? '' : 'table ') + face.label">{{ face.step.label }}</button></div>
</article>`,
  methods: { iconOf },
  computed: {
    /** Somebody sits there, so there is more to do with it: the corner with the ring opens it. */
    more() {
      return !this.plan && Boolean(this.face.tile.check_id);
    },
  },
};
