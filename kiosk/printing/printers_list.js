/** Every printer as a card: how it is doing, what it prints, how much waits. One is chosen. */

import { rolesOf, standingOf } from "printers_words";

const MOST_ROLES = 3;

export const PrintersList = {
  props: { printers: Array, stations: Array, chosen: Number },
  emits: ["choose"],
  template: `
<nav class="pr-list" aria-label="Printers">
  <button v-for="one in cards" :key="one.id" class="pr-card" :class="['is-' + (one.css || 'none'), { 'is-on': one.id === chosen }]" type="button" :aria-current="one.id === chosen ? 'true' : null" @click="$emit('choose', one.id)">
    <span class="k-mk pr-mk" :class="one.css && 'is-' + one.css"><i class="k-i s20" aria-hidden="true">{{ one.icon }}</i></span>
    <span class="pr-card__txt"><b><bdi>{{ one.name }}</bdi></b><span dir="auto">{{ one.word }}</span><small dir="auto">{{ one.roles }}</small></span>
    <span v-if="one.waiting" class="pr-count" :class="{ 'is-bad': one.troubled }" :aria-label="one.waiting + ' waiting'">{{ one.waiting }}</span>
  </button>
</nav>`,
  computed: {
    cards() {
      return this.printers.map((printer) => ({ ...printer, ...standingOf(printer), roles: this.roles(printer) }));
    },
  },
  methods: {
    roles({ prints }) {
      const words = rolesOf(prints, this.stations);
      if (!words.length) return "Prints nothing yet";
      const more = words.length - MOST_ROLES;
      return words.slice(0, MOST_ROLES).join(", ") + (more > 0 ? ` and ${more} more` : "");
    },
  },
};
