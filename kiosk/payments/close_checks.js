/** "Before you close": what holds the day up, each with its way out, and what is in order. */

import { lasting, many } from "close_words";

export const CloseChecks = {
  props: { told: Object, drawers: Array, current: Number, isOnline: Boolean, busy: String },
  emits: ["settle", "order", "carry", "count", "kitchen"],
  template: `
<section class="k-panel cl-checks" aria-label="Before you close">
  <div class="k-card__h cl-checks__h"><h2>Before you close</h2><span class="k-bar__sp"></span>
    <span class="k-tag" :class="left.length ? 'is-bad' : 'is-ok'" role="status"><i class="k-i s18" aria-hidden="true">{{ left.length ? "error" : "check" }}</i>{{ left.length ? left.length + " left" : "All clear" }}</span></div>
  <div class="k-panel__s cl-list">
    <div v-for="one in left" :key="one.kind + one.id" class="k-chk is-bad"><i class="k-i" aria-hidden="true">error</i><b><bdi>{{ titleOf(one) }}</bdi></b><small>{{ detailOf(one) }}</small>
      <div class="k-row">
        <button v-if="one.kind === 'unsent'" class="k-btn" type="button" @click="$emit('order', one)">Open order</button>
        <button v-else class="k-btn" type="button" :disabled="!maySettle" @click="$emit('settle', one)">Settle {{ money(one.total) }}</button>
        <button class="k-btn" type="button" :disabled="!isOnline || busy === 'carry' + one.id" @click="$emit('carry', one)">Carry over</button>
      </div></div>
    <div v-for="one in told.carried ?? []" :key="'c' + one.number" class="k-chk is-warn"><i class="k-i cl-turn" aria-hidden="true">forward</i><b><bdi>{{ one.label }}</bdi> carried over</b><small>{{ money(one.total) }}, <bdi>{{ one.by }}</bdi>: <bdi>{{ one.reason }}</bdi></small></div>
    <div v-if="!left.length" class="k-chk"><i class="k-i" aria-hidden="true">check_circle</i><b>Bills</b><small>None open</small></div>
    <div v-for="one in waiting" :key="one.kind" class="k-chk" :class="one.css"><i class="k-i" aria-hidden="true">{{ one.icon }}</i><b>{{ one.title }}</b><small>{{ one.detail }}</small>
      <div v-if="one.kind === 'kitchen' && one.css && mayKitchen" class="k-row"><button class="k-btn" type="button" @click="$emit('kitchen')">Open the kitchen</button></div></div>
    <component :is="isToCount(drawer) ? 'button' : 'div'" v-for="drawer in drawers" :key="drawer.id" class="k-chk cl-drawer" :class="{ 'is-on': drawer.id === current }" :type="isToCount(drawer) ? 'button' : null" @click="isToCount(drawer) && $emit('count', drawer)">
      <i class="k-i" :class="{ 'cl-todo': drawer.state === 'open' }" aria-hidden="true">{{ drawer.state === "open" ? "radio_button_unchecked" : "check_circle" }}</i><b>Drawer {{ drawer.till }}</b><small>{{ standing(drawer) }}</small></component>
  </div>
</section>`,
  computed: {
    left() {
      return this.told.blockers.filter((one) => one.kind !== "drawer");
    },
    /** Kitchen and printers: worth knowing, but nothing that holds up the money. */
    waiting() {
      const { kitchen = 0, print = 0 } = Object.fromEntries((this.told.infos ?? []).map((one) => [one.kind, one.count]));
      return [
        note("kitchen", kitchen, "Kitchen and bar", many(kitchen, "ticket waits", "tickets wait"), "No ticket waiting"),
        note("print", print, "Printers", many(print, "paper is not printed yet", "papers are not printed yet"), "Nothing waits at a printer"),
      ];
    },
  },
  created() {
    this.maySettle = window.kiosk.may("settle");
    this.mayKitchen = window.kiosk.may("see_kitchen");
  },
  methods: {
    isToCount: (drawer) => drawer.state !== "closed",
    titleOf: ({ kind, label }) => `${label} ${kind === "unsent" ? "not sent" : "not paid"}`,
    detailOf(one) {
      const since = one.since ? `, ${lasting(window.kiosk.minutes(one.since))}` : "";
      return `${this.money(one.total)}${one.waiter ? `, ${one.waiter}` : ""}${since}`;
    },
    standing(drawer) {
      if (drawer.state === "open") return `To count, ${drawer.holder} has it`;
      const { by, at } = drawer.counts.at(-1) ?? {};
      return by ? `Counted ${window.kiosk.clock(at)} by ${by}, ${outcome(drawer, this.money)}` : "Closed";
    },
    many,
    money: (amount) => window.kiosk.money(amount),
  },
};

function note(kind, count, title, some, none) {
  return { kind, title, css: count ? "is-warn" : "", icon: count ? "hourglass_top" : "check_circle", detail: count ? some : none };
}

function outcome({ over_short: by }, money) {
  if (!by) return "exact";
  return by < 0 ? `short ${money(-by)}` : `over ${money(by)}`;
}
