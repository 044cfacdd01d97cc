/** The rail beside the wall: how many of each dish are still to make by station, held apart, sold out at the end. */

import { stillToMake } from "kitchen_counts";
import { about } from "kitchen_times";

export const AllDay = {
  props: { tickets: Array, held: Object, stations: Array, load: Object, soldOut: Array, leftByName: Object, mayStock: Boolean, isOpen: Boolean },
  emits: ["stock", "close"],
  template: `
<aside class="k-allday" :class="{ 'is-open': isOpen }" aria-label="All day counts">
  <h2>All day, still to make<button class="k-btn is-icon is-quiet kb-fold" type="button" aria-label="Close" @click="$emit('close')"><i class="k-i" aria-hidden="true">close</i></button></h2>
  <div class="kb-allday">
    <template v-for="group in groups" :key="group.station.id">
      <div class="k-allday__g"><bdi>{{ group.station.name }}</bdi><span v-if="load[group.station.id]" class="kb-load">about {{ wait(group.station) }}</span></div>
      <ul><li v-for="dish in group.dishes" :key="dish.name" :class="{ 'is-held': !dish.count }"><b>{{ dish.count }}</b><bdi>{{ dish.name }}</bdi><small>{{ said(dish) }}</small></li></ul>
    </template>
    <p v-if="!groups.length" class="k-allday__g">Nothing waits.</p>
  </div>
  <div v-if="soldOut.length" class="kb-out">
    <div class="k-allday__g">Sold out</div>
    <ul><li v-for="item in soldOut" :key="item.id" class="is-out"><b>0</b><bdi>{{ item.name }}</bdi><small></small></li></ul>
  </div>
  <div v-if="mayStock" class="kb-allday__f"><button class="k-btn is-block" type="button" @click="$emit('stock')"><i class="k-i" aria-hidden="true">block</i>Mark sold out</button></div>
</aside>`,
  computed: {
    groups() {
      return stillToMake(this.tickets, this.held, this.stations);
    },
  },
  methods: {
    wait(station) {
      return about(this.load[station.id].wait_s);
    },
    said({ item, held }) {
      const left = this.leftByName[item];
      return [held && `${held} held`, left !== undefined && `${left} left`].filter(Boolean).join(", ");
    },
  },
};
