/** The kitchen's screen: tickets of all stations or of one, each in a place that does not move, and the pass. */

import { acts } from "kitchen_acts";
import { AllDay } from "kitchen_allday";
import { KitchenBar } from "kitchen_bar";
import { Bell } from "kitchen_bell";
import { book } from "kitchen_book";
import { heldUnder } from "kitchen_counts";
import { hanging } from "kitchen_hanging";
import { keys } from "kitchen_keys";
import { ThePass } from "kitchen_pass";
import { cardsOf } from "kitchen_plates";
import { RefireSheet } from "kitchen_refire";
import { RecallSheet } from "kitchen_sheet";
import { stock } from "kitchen_stock";
import { StockSheet } from "kitchen_stock_sheet";
import { KitchenTicket } from "kitchen_ticket";
import { about } from "kitchen_times";

const ALL = "all";
const PASS = "pass";
const NEW_FOR_MS = 20_000;
const NO_STATION = { id: 0, code: "", name: "", soon_s: 660, late_s: 900 };

export default {
  components: { AllDay, KitchenBar, KitchenTicket, RecallSheet, RefireSheet, StockSheet, ThePass },
  mixins: [book, stock, hanging, acts, keys],
  template: `
<main v-if="isShown" class="k-wall kb" :class="{ 'is-wall': isWall }" @pointerdown.passive="wakeBell">
  <kitchen-bar v-bind="{ tabs, tab, lastBumped, isOnline, averageS, bellOn, bellWaits }" :has-bumped="bumped.length > 0" :waiting-count="isPass ? 0 : waiting.length" :time="wallClock"
    @choose="tab = $event" @recall="recall" @sheet="sheet = { kind: 'recall' }" @bell="toggleBell" @rail="isRailOpen = !isRailOpen" />
  <p v-if="unknownCodes.length" class="k-note is-warn kb-unknown" role="alert"><i class="k-i" aria-hidden="true">warning</i><span>The menu names <b>{{ unknownCodes.join(", ") }}</b>, which is no station here. Such dishes come to <bdi>{{ stations[0]?.name ?? "nobody" }}</bdi>{{ stations.length ? ", marked" : "" }}.</span></p>
  <div class="k-wall__main">
    <section v-if="!isLoaded" class="k-note k-empty kb-state" :aria-busy="!trouble">
      <template v-if="trouble"><i class="k-i s40" aria-hidden="true">error</i><b>The board did not load. Tickets are safe.</b><span class="k-dim">{{ trouble }}</span><button class="k-btn" type="button" @click="follow">Load again</button></template>
      <div v-else class="k-sk kb-sk"><i></i><i></i><i></i></div>
    </section>
    <section v-else-if="isEmpty" class="k-note k-empty kb-state" role="status">
      <i class="k-i s40" aria-hidden="true">{{ isPass ? "room_service" : "skillet" }}</i><b>{{ emptyWords }}</b><span class="k-dim">{{ isPass ? "Dishes come here when they are fired." : "New tickets come here by themselves" + (bellOn ? ", with a sound." : ".") }}</span>
    </section>
    <div v-else-if="isPass" ref="board" class="kb-stretch"><the-pass v-bind="{ cards, now, serving }" :is-locked="!isOnline" @serve="serve" /></div>
    <section v-else class="k-board" ref="board" aria-label="Tickets, places do not move">
      <template v-for="cell in drawnCells" :key="cell.id ?? 'free' + cell.place">
        <div v-if="cell.id === null" class="k-ticket is-empty" :style="cellStyle(cell)" aria-hidden="true"><span class="k-dim2">{{ keyName(cell.place) }}</span></div>
        <kitchen-ticket v-else :style="cellStyle(cell)" :data-ticket="cell.id" v-bind="cardOf(cell.id)" :is-tall="cell.isTall" :key-name="keyName(cell.place)" @bump="bump" @dish="markDish" @look="look" />
      </template>
      <h2 v-if="waiting.length" class="kb-waiting">{{ waiting.length }} more, each takes the first free place</h2>
      <kitchen-ticket v-for="id in waiting" :key="id" :data-ticket="id" v-bind="cardOf(id)" key-name="" @bump="bump" @dish="markDish" @look="look" />
    </section>
    <all-day v-bind="{ held, stations: tabStations, load, soldOut, leftByName, mayStock }" :tickets="shownTickets" :is-open="isRailOpen" @stock="sheet = { kind: 'stock' }" @close="isRailOpen = false" />
  </div>
  <recall-sheet v-if="sheet?.kind === 'recall'" v-bind="{ bumped, stationNames }" :is-locked="!isOnline" @recall="recallFromSheet" @look="look" @close="sheet = null" />
  <refire-sheet v-if="sheet?.kind === 'refire'" v-bind="sheet" :is-locked="!isOnline" @refire="refire" @close="sheet = null" />
  <stock-sheet v-if="sheet?.kind === 'stock'" v-bind="{ items, soldOut }" :busy="cookedNames" :is-locked="!isOnline" @stock="eightySix" @close="sheet = null" />
</main>`,
  data: () => ({
    isShown: false,
    isOnline: true,
    isRailOpen: false,
    sheet: null,
    tab: ALL,
    bellOn: true,
    bellWaits: false,
    now: window.kiosk.now(),
  }),
  computed: {
    isPass() {
      return this.tab === PASS;
    },
    isEmpty() {
      return this.isPass ? !this.cards.length : !this.shownTickets.length;
    },
    emptyWords() {
      if (this.isPass) return "Nothing waits at the pass.";
      return `Nothing to cook${this.tab === ALL ? "" : " at " + this.stationOf(this.tab).name}.`;
    },
    /** Everything that has a place: a ticket whose bump is not confirmed keeps its place, so that it can come back to it. */
    hungTickets() {
      const inTab = this.openTickets.filter((ticket) => this.isInTab(ticket));
      return inTab.sort((one, other) => Date.parse(one.fired_at) - Date.parse(other.fired_at) || one.id - other.id);
    },
    shownTickets() {
      return this.hungTickets.filter((ticket) => !this.leaving[ticket.id]);
    },
    heldUnder() {
      return heldUnder(this.hungTickets, this.held, this.checkOf, this.stations, this.tab === ALL ? null : this.tab);
    },
    cards() {
      return cardsOf([...Object.values(this.passed), ...this.openTickets], this.unserved, this.stationNames);
    },
    tabs() {
      const open = this.openTickets.filter((ticket) => !this.leaving[ticket.id]);
      const count = (station) => open.filter((ticket) => ticket.station_id === station.id).length;
      const wait = (station) => (this.load[station.id] ? about(this.load[station.id].wait_s) : "");
      const each = this.stations.map((station) => ({ key: station.id, name: station.name, count: count(station), wait: wait(station) }));
      const ready = this.cards.filter((card) => card.ready.length).length;
      return [{ key: ALL, name: "All", count: open.length }, ...each, { key: PASS, name: "Pass", count: ready }];
    },
    tabStations() {
      return this.stations.filter((station) => this.tab === ALL || this.isPass || station.id === this.tab);
    },
    /** The codes of the stations shown, for the banner of paper that does not come; null is all. */
    paperCodes() {
      return this.tab === ALL || this.isPass ? null : this.tabStations.map(({ code }) => code);
    },
    cookedNames() {
      return this.openTickets.flatMap((ticket) => ticket.lines.map((line) => line.name));
    },
    lastBumped() {
      return this.bumped.find((ticket) => this.isInTab(ticket)) ?? null;
    },
    mayStock: () => window.kiosk.may("eighty_six"),
    wallClock() {
      return window.kiosk.clock(new Date(this.now).toISOString());
    },
  },
  watch: {
    isShown(isShown) {
      if (isShown) this.open();
      else this.close();
    },
    stations: "recount",
    paperCodes(codes) {
      window.kiosk.paper?.at(codes);
    },
  },
  created() {
    this.bell = new Bell();
    this.bellOn = this.bell.isOn;
  },
  mounted() {
    const { kiosk } = window;
    this.isOnline = kiosk.online;
    this.offs = [
      kiosk.on("route", this.takeRoute),
      kiosk.on("online", (isOnline) => (this.isOnline = isOnline)),
      kiosk.on("tick", () => this.isShown && this.tick()),
      kiosk.on("paper", () => this.isShown && this.bell.alarm()),
    ];
    kiosk.ready.then(() => this.takeRoute(kiosk.route));
  },
  unmounted() {
    this.offs.forEach((off) => off());
    this.close();
  },
  methods: {
    takeRoute(route) {
      this.isShown = route?.view === "kitchen";
      const asked = route?.params?.station;
      if (this.isShown && asked) this.tab = asked === PASS ? PASS : Number(asked) || ALL;
    },
    open() {
      this.tick();
      this.follow();
      this.followMenu();
      if (this.bellOn) this.bell.wake(); // a kiosk browser may allow sound before the first touch
    },
    close() {
      clearTimeout(this.revealing);
      this.unfollow?.();
      this.unfollowMenu?.();
      this.unfollow = this.unfollowMenu = null;
      this.sheet = null;
    },
    tick() {
      this.now = window.kiosk.now();
      this.bellWaits = this.bell.isWaiting;
    },
    cardOf(id) {
      const ticket = this.tickets[id];
      return {
        ticket,
        station: this.stationOf(ticket.station_id),
        held: this.heldUnder[id],
        paper: this.paperOf[id],
        courseNames: this.courseNames,
        now: this.now,
        namesStation: this.tab === ALL,
        isNew: this.now - (this.arrived[id] ?? -Infinity) < NEW_FOR_MS,
        isLocked: !this.isOnline,
      };
    },
    stationOf(id) {
      return this.stations.find((station) => station.id === id) ?? NO_STATION;
    },
    isInTab(ticket) {
      return this.tab === ALL || this.isPass || ticket.station_id === this.tab;
    },
    /** Open what may be done with a ticket, or with one dish of it. */
    look({ ticket, line = null }) {
      this.sheet = { kind: "refire", ticket, line };
    },
    recallFromSheet(ticket) {
      this.sheet = null;
      this.recall(ticket);
    },
    wakeBell() {
      this.bell.wake();
    },
    toggleBell() {
      this.bell.toggle();
      this.bellOn = this.bell.isOn;
      this.tick();
    },
  },
};
