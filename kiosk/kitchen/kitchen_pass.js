/** The pass: one card a party, what is ready to go and what still cooks where; a tap says it was served. */

import { standing, together } from "kitchen_plates";

export const ThePass = {
  props: { cards: Array, now: Number, serving: Object, isLocked: Boolean },
  emits: ["serve"],
  template: `
<section class="k-board kb-pass" aria-label="The pass, first fired first">
  <article v-for="(card, place) in cards" :key="card.check_id" :data-check="card.check_id" class="k-ticket" :class="stateOf(card).state" :aria-label="card.label + ', ' + stateOf(card).word">
    <header class="k-ticket__h" :class="{ 'is-named': card.label.length > 4 || card.isTakeAway }">
      <b class="k-ticket__no" dir="auto">{{ card.label }}</b>
      <span class="kb-cut" dir="auto">{{ card.waiter }}</span>
      <span class="kb-cut">{{ goes(card) }}</span>
      <span class="k-ticket__time">{{ card.ready.length }}/{{ card.ready.length + card.cooking.length }}</span>
      <span class="k-ticket__word">{{ stateOf(card).word }}</span>
    </header>
    <div class="k-ticket__b">
      <button v-for="plate in card.ready" :key="plate.line.line_id" type="button" class="k-dish" :disabled="isLocked || serving[plate.line.line_id]" :aria-label="'Serve ' + plate.line.name" @click="$emit('serve', { card, plates: [plate] })">
        <b>{{ plate.line.quantity }}</b><span class="k-dish__n"><bdi>{{ plate.line.name }} {{ plate.line.portion }}</bdi></span><i class="k-i kb-ready" aria-label="ready">room_service</i>
        <span v-if="plate.line.is_allergy" class="k-dish__m"><span class="k-tag is-allergy"><i class="k-i s18" aria-hidden="true">warning</i><bdi>{{ plate.line.note || "ALLERGY" }}</bdi></span></span>
        <span v-if="plate.line.seat_no" class="k-dish__m">seat {{ plate.line.seat_no }}</span>
      </button>
      <div v-for="one in together(card.cooking)" :key="one.key" class="k-dish kb-cooking"><b>{{ one.quantity }}</b><span class="k-dish__n"><bdi>{{ one.name }}</bdi></span><span class="kb-at"><i class="k-i s18" aria-hidden="true">skillet</i><bdi>{{ one.at }}</bdi></span></div>
    </div>
    <footer class="k-ticket__f">
      <button class="k-btn" :class="{ 'is-primary': card.ready.length && !card.cooking.length }" type="button" :disabled="isLocked || !card.ready.length" @click="$emit('serve', { card, plates: card.ready })"><span v-if="place < 10" class="k-key">{{ (place + 1) % 10 }}</span>{{ servedWords(card) }}</button>
    </footer>
  </article>
</section>`,
  methods: {
    together,
    stateOf(card) {
      return standing(card, this.now);
    },
    goes(card) {
      if (card.pickup_at) return `pick up ${window.kiosk.clock(card.pickup_at)}`;
      return card.isTakeAway ? "Take-away" : `sent ${window.kiosk.clock(new Date(card.fired).toISOString())}`;
    },
    servedWords(card) {
      if (this.isLocked) return "No connection";
      if (!card.ready.length) return "Nothing ready";
      return `Served ${card.ready.length}`;
    },
  },
};
