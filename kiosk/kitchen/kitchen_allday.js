/** The rail beside the wall: how many of each dish are still to make, by station. */

import { stillToMake } from "kitchen_times";

export const AllDay = {
  props: { tickets: Array, stations: Array },
  template: `
<aside class="k-allday" aria-label="All day counts">
  <h2>All day, still to make</h2>
  <div class="kb-allday">
    <template v-for="group in groups" :key="group.station.id">
      <div class="k-allday__g"><bdi>{{ group.station.name }}</bdi></div>
      <ul><li v-for="dish in group.dishes" :key="dish.name"><b>{{ dish.count }}</b><bdi>{{ dish.name }}</bdi></li></ul>
    </template>
    <p v-if="!groups.length" class="k-allday__g">Nothing waits.</p>
  </div>
</aside>`,
  computed: {
    groups() {
      return stillToMake(this.tickets, this.stations);
    },
  },
};
