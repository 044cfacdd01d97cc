/** The kitchen's screen: tickets of all stations or of one, each in a place that does not move. */

import { AllDay } from "kitchen_allday";
import { KitchenBar } from "kitchen_bar";
import { Bell } from "kitchen_bell";
import { at, cells, hang, isJustHung, newPlaces, wallStyle } from "kitchen_places";
import { RecallSheet } from "kitchen_sheet";
import { KitchenTicket } from "kitchen_ticket";

const ALL = "all";
const RECALLABLE = 20;
const NEW_FOR_MS = 20_000;
const NO_STATION = { id: 0, code: "", name: "", soon_s: 660, late_s: 900 };
const WALL = "(min-width: 1600px)";
const HOLES_KEEP_HEIGHT = "(min-width: 561px)";

export default {
  components: { AllDay, KitchenBar, KitchenTicket, RecallSheet },
  template: `
<main v-if="isShown" class="k-wall kb" :class="{ 'is-wall': isWall }" @pointerdown.passive="wakeBell">
  <kitchen-bar v-bind="{ tabs, tab, lastBumped, isOnline, bellOn, bellWaits }" :has-bumped="bumped.length > 0" :waiting-count="waiting.length" :time="wallClock" @choose="tab = $event" @recall="recall" @sheet="isRecalling = true" @bell="toggleBell" />
  <div class="k-wall__main">
    <section v-if="!isLoaded" class="k-note k-empty kb-state" :aria-busy="!trouble">
      <template v-if="trouble"><i class="k-i s40" aria-hidden="true">error</i><b>The board did not load. Tickets are safe.</b><span class="k-dim">{{ trouble }}</span><button class="k-btn" type="button" @click="follow">Load again</button></template>
      <div v-else class="k-sk kb-sk"><i></i><i></i><i></i></div>
    </section>
    <section v-else-if="!shownTickets.length" class="k-note k-empty kb-state" role="status">
      <i class="k-i s40" aria-hidden="true">skillet</i><b>Nothing to cook{{ tab === "all" ? "" : " at " + stationOf(tab).name }}.</b><span class="k-dim">New tickets come here by themselves{{ bellOn ? ", with a sound" : "" }}.</span>
    </section>
    <section v-else class="k-board" ref="board" aria-label="Tickets, places do not move">
      <template v-for="cell in drawnCells" :key="cell.id ?? 'free' + cell.place">
        <div v-if="cell.id === null" class="k-ticket is-empty" :style="cellStyle(cell)" aria-hidden="true"><span class="k-dim2">{{ keyName(cell.place) }}</span></div>
        <kitchen-ticket v-else :style="cellStyle(cell)" :data-ticket="cell.id" v-bind="cardOf(cell.id)" :is-tall="cell.isTall" :key-name="keyName(cell.place)" @bump="bump" @dish="markDish" />
      </template>
      <h2 v-if="waiting.length" class="kb-waiting">{{ waiting.length }} more, each takes the first free place</h2>
      <kitchen-ticket v-for="id in waiting" :key="id" :data-ticket="id" v-bind="cardOf(id)" key-name="" @bump="bump" @dish="markDish" />
    </section>
    <all-day :tickets="shownTickets" :stations="stations" />
  </div>
  <recall-sheet v-if="isRecalling" :bumped="bumped" :station-names="stationNames" :is-locked="!isOnline" @recall="recallFromSheet" @close="isRecalling = false" />
</main>`,
  data: () => ({
    isShown: false,
    isLoaded: false,
    isOnline: true,
    isWall: false,
    isRecalling: false,
    trouble: "",
    tab: ALL,
    stations: [],
    courseNames: {},
    tickets: {},
    bumped: [],
    leaving: {},
    arrived: {},
    boardCells: [],
    inLine: [],
    bellOn: true,
    bellWaits: false,
    now: window.kiosk.now(),
  }),
  computed: {
    /** Everything that has a place: a ticket whose bump is not confirmed keeps its place, so that it can come back to it. */
    hungTickets() {
      const inTab = Object.values(this.tickets).filter((ticket) => this.isInTab(ticket));
      return inTab.sort((one, other) => Date.parse(one.fired_at) - Date.parse(other.fired_at) || one.id - other.id);
    },
    shownTickets() {
      return this.hungTickets.filter((ticket) => !this.leaving[ticket.id]);
    },
    drawnCells() {
      return this.boardCells.map((cell) => (this.leaving[cell.id] ? { ...cell, id: null } : cell));
    },
    waiting() {
      return this.inLine.filter((id) => !this.leaving[id]);
    },
    tabs() {
      const open = Object.values(this.tickets).filter((ticket) => !this.leaving[ticket.id]);
      const count = (station) => open.filter((ticket) => ticket.station_id === station.id).length;
      const each = this.stations.map((station) => ({ key: station.id, name: station.name, count: count(station) }));
      return [{ key: ALL, name: "All", count: open.length }, ...each];
    },
    lastBumped() {
      return this.bumped.find((ticket) => this.isInTab(ticket)) ?? null;
    },
    stationNames() {
      return Object.fromEntries(this.stations.map((station) => [station.id, station.name]));
    },
    wallClock() {
      return window.kiosk.clock(new Date(this.now).toISOString());
    },
  },
  watch: {
    hungTickets: "rehang",
    isShown(isShown) {
      if (isShown) this.open();
      else this.close();
    },
  },
  created() {
    this.bell = new Bell();
    this.places = {};
    this.screen = window.matchMedia(WALL);
    this.isWall = this.screen.matches;
    this.bellOn = this.bell.isOn;
  },
  mounted() {
    const { kiosk } = window;
    this.isOnline = kiosk.online;
    this.offs = [
      kiosk.on("route", this.takeRoute),
      kiosk.on("online", (isOnline) => (this.isOnline = isOnline)),
      kiosk.on("tick", () => this.isShown && this.tick()),
    ];
    this.screen.addEventListener("change", this.changeScreen);
    window.addEventListener("keydown", this.press);
    kiosk.ready.then(() => this.takeRoute(kiosk.route));
  },
  unmounted() {
    this.offs.forEach((off) => off());
    this.screen.removeEventListener("change", this.changeScreen);
    window.removeEventListener("keydown", this.press);
    this.close();
  },
  methods: {
    takeRoute(route) {
      this.isShown = route?.view === "kitchen";
      const asked = Number(route?.params?.station);
      if (this.isShown && asked) this.tab = asked;
    },
    open() {
      this.tick();
      this.follow();
      this.readCourses();
      if (this.bellOn) this.bell.wake(); // a kiosk browser may allow sound before the first touch
    },
    close() {
      this.unfollow?.();
      this.unfollow = null;
      this.isRecalling = false;
    },
    /** Follow the kitchen's news from a fresh snapshot; also the way back when the board may be wrong. */
    follow() {
      this.unfollow?.();
      this.unfollow = window.kiosk.follow("kitchen", {
        load: () => window.kiosk.view("kitchen"),
        snapshot: this.takeBoard,
        change: ({ tickets }) => this.takeTickets(tickets),
        failed: (trouble) => void (this.trouble = trouble.sentence),
      });
    },
    tick() {
      this.now = window.kiosk.now();
      this.bellWaits = this.bell.isWaiting;
    },
    async readCourses() {
      try {
        const menu = await window.kiosk.view("menu");
        this.courseNames = Object.fromEntries(menu.courses.map((course) => [course.no, course.name]));
      } catch {
        this.courseNames = {}; // tickets then say "Course 1"; the board itself does not need the menu
      }
    },
    takeBoard(board) {
      const isFirst = !this.isLoaded;
      const news = board.tickets.filter((ticket) => !this.tickets[ticket.id]);
      this.stations = board.stations;
      this.tickets = Object.fromEntries(board.tickets.map((ticket) => [ticket.id, ticket]));
      this.bumped = board.bumped;
      this.leaving = {};
      this.isLoaded = true;
      this.trouble = "";
      if (this.tab !== ALL && !this.stationNames[this.tab]) this.tab = ALL;
      if (!isFirst) this.greet(news);
    },
    takeTickets(changed) {
      const news = changed.filter((ticket) => !ticket.bumped_at && !this.tickets[ticket.id]);
      changed.forEach(this.takeTicket);
      this.greet(news);
    },
    takeTicket(ticket) {
      this.bumped = this.bumped.filter((one) => one.id !== ticket.id);
      if (!ticket.bumped_at) {
        this.tickets[ticket.id] = ticket;
        return;
      }
      delete this.tickets[ticket.id];
      delete this.leaving[ticket.id];
      this.bumped = [ticket, ...this.bumped].slice(0, RECALLABLE);
    },
    greet(news) {
      news.forEach((ticket) => (this.arrived[ticket.id] = this.now));
      if (news.some((ticket) => this.isInTab(ticket))) this.bell.ring();
    },
    rehang() {
      const places = (this.places[this.tab] ??= newPlaces(this.isWall));
      this.keepHeights(places);
      hang(places, this.hungTickets, performance.now());
      this.boardCells = cells(places);
      this.inLine = places.waiting;
      if (this.sought && this.tickets[this.sought]) this.$nextTick(this.showSought);
    },
    showSought() {
      this.$refs.board?.querySelector(`[data-ticket="${this.sought}"]`)?.scrollIntoView({ block: "nearest" });
      this.sought = null;
    },
    keepHeights(places) {
      if (this.isWall || !this.$refs.board || !window.matchMedia(HOLES_KEEP_HEIGHT).matches) return;
      for (const card of this.$refs.board.querySelectorAll("[data-ticket]")) {
        const place = places.held.indexOf(Number(card.dataset.ticket));
        if (place >= 0) places.heights[place] = card.offsetHeight;
      }
    },
    cellStyle(cell) {
      if (this.isWall) return wallStyle(cell);
      return cell.id === null ? { minHeight: `${this.places[this.tab].heights[cell.place] ?? 72}px` } : null;
    },
    cardOf(id) {
      const ticket = this.tickets[id];
      return {
        ticket,
        station: this.stationOf(ticket.station_id),
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
      return this.tab === ALL || ticket.station_id === this.tab;
    },
    keyName(place) {
      return place < 10 ? String((place + 1) % 10) : "";
    },
    press(event) {
      if (!this.isShown || this.isRecalling || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
      if (!/^[0-9]$/.test(event.key) || event.target.closest?.("input, textarea, [role=dialog]")) return;
      const id = at(this.places[this.tab] ?? newPlaces(this.isWall), (Number(event.key) + 9) % 10);
      if (id !== null && this.tickets[id]) this.bump(this.tickets[id]);
    },
    async bump(ticket) {
      if (this.leaving[ticket.id] || isJustHung(this.places[this.tab], ticket.id, performance.now())) return;
      this.leaving[ticket.id] = true;
      try {
        await window.kiosk.act("bump", { ticket_id: ticket.id });
        this.settleIn(ticket.id);
      } catch (refusal) {
        this.takeBack(ticket.id, refusal);
      }
    },
    settleIn(id) {
      // the server's own message takes the ticket away; should that be lost, the board is read again
      setTimeout(() => this.leaving[id] && this.follow(), 3000);
    },
    takeBack(id, refusal) {
      if (["conflict", "not_found"].includes(refusal?.code)) this.follow();
      else delete this.leaving[id];
    },
    async markDish({ ticket, line }) {
      const before = line.ready_at;
      line.ready_at = before ? null : new Date(this.now).toISOString();
      try {
        await window.kiosk.act("dish_done", { ticket_line_id: line.id, done: !before });
      } catch {
        line.ready_at = before;
        this.follow();
      }
    },
    async recall(ticket) {
      if (!ticket || this.recalling === ticket.id) return;
      this.recalling = this.sought = ticket.id;
      try {
        await window.kiosk.act("recall", { ticket_id: ticket.id });
      } catch {
        this.follow();
      } finally {
        this.recalling = null;
      }
    },
    recallFromSheet(ticket) {
      this.isRecalling = false;
      this.recall(ticket);
    },
    changeScreen() {
      this.isWall = this.screen.matches;
      this.places = {};
      this.rehang();
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
