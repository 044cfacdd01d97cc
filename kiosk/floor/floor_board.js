/** The floor: every table and counter check with its state, its clock and its next step; live, one component. */

import { floorActs } from "floor_acts";
import { BookingsSheet } from "floor_bookings";
import { areas, asTile, counts, faceKeeper, faceOf, STATES } from "floor_faces";
import { FloorEdit } from "floor_edit";
import { needs } from "floor_needs";
import { floorNews } from "floor_news";
import { FloorPlan } from "floor_plan";
import { JumpSheet } from "floor_sheets";
import { SectionSheet, TableSheet, TakeAwaySheet } from "floor_table_sheet";
import { FloorTile } from "floor_tile";
import { floorTouch } from "floor_touch";

const kiosk = window.kiosk;
const CARDS = 4;
const RINGS_MOVE_EVERY = 10;
const COUNTER = -1;
const LOOK = "kiosk_floor_plan";

export default {
  components: { BookingsSheet, FloorEdit, FloorPlan, FloorTile, JumpSheet, SectionSheet, TableSheet, TakeAwaySheet },
  template: `
<main v-if="allowed" class="k-app is-fixed k-floor" :class="{ 'is-choosing': choosing }" :aria-busy="!loaded" @keydown.esc="choosing = null">
  <header class="k-bar">
    <div class="k-seg" role="tablist" aria-label="Section" data-joined>
      <button v-for="tab in tabs" :key="tab.id" :class="{ 'is-on': tab.id === section }" role="tab" type="button"
        :aria-selected="tab.id === section" @click="section = tab.id"><bdi>{{ tab.name }}</bdi> <b>{{ tab.count }}</b></button>
    </div>
    <div class="k-floor__keys">
      <button class="k-chip" :class="{ 'is-on': onlyMine }" type="button" :aria-pressed="onlyMine" @click="onlyMine = !onlyMine">
        <i class="k-i s20" aria-hidden="true">person</i><span class="k-floor__only">Only </span>mine <b>{{ mine }}</b></button>
      <button class="k-chip" type="button" aria-label="Table no." @click="sheet = { name: 'jump' }"><i class="k-i s20" aria-hidden="true">dialpad</i><span v-if="!(asPlan && mayEdit)" class="k-floor__no">Table no.</span></button>
      <button v-if="maySeat" class="k-chip" :class="{ 'is-alert': lateGuests }" type="button" @click="sheet = { name: 'bookings' }"><i class="k-i s20" aria-hidden="true">event</i>Bookings <b>{{ guestsToCome.length }}</b></button>
      <button v-if="maySeat" class="k-chip" type="button" aria-label="New take-away" @click="sheet = { name: 'takeaway' }"><i class="k-i s20" aria-hidden="true">takeout_dining</i>Take-away</button>
      <button class="k-chip" :class="{ 'is-on': asPlan }" type="button" :aria-pressed="asPlan" @click="turn"><i class="k-i s20" aria-hidden="true">map</i>Plan</button>
      <button v-if="asPlan && mayEdit && !editing" class="k-chip" type="button" @click="edit"><i class="k-i s20" aria-hidden="true">design_services</i>Edit</button>
    </div>
    <span class="k-bar__sp"></span>
    <span class="k-pill is-state" :class="pill.css" role="status" :aria-label="pill.text"><i class="k-i s18" aria-hidden="true">{{ pill.icon }}</i><span>{{ pill.text }}</span></span>
    <span class="k-pill k-floor__in"><i class="k-i s18" aria-hidden="true">groups</i>{{ guests }} {{ guests === 1 ? "guest" : "guests" }} in</span>
    <span class="k-clockface">{{ clock }}</span>
  </header>

  <section v-if="choosing" class="k-now k-choose" role="status"><i class="k-i" aria-hidden="true">touch_app</i><b class="k-grow" dir="auto">{{ choosing.title }}</b>
    <button class="k-btn is-line" type="button" @click="choosing = null">Cancel</button></section>
  <section v-else-if="!editing" class="k-now" :class="{ 'is-all': all && hidden }" aria-label="Needs you now">
    <div v-if="!hidden" class="k-now__h"><b>Needs you</b><span>{{ own }} of your {{ mine }}</span></div>
    <button v-else class="k-now__h" type="button" :aria-expanded="all" @click="all = !all"><b>Needs you</b><span>{{ own }} of your {{ mine }}</span><b class="k-now__all">{{ all ? "Fewer" : "+" + hidden + " more" }}</b></button>
    <div class="k-now__list">
      <article v-for="card in all ? cards : cards.slice(0, most)" :key="card.key" class="k-now__card" :class="card.kind">
        <span class="k-now__no k-sw" :class="[card.face.state.css, { 'is-long': card.face.label.length > 3 }]"><i v-if="card.icon" class="k-i" aria-hidden="true">{{ card.icon }}</i><bdi v-else>{{ card.face.label }}</bdi></span>
        <div class="k-now__txt"><b dir="auto">{{ card.title }}</b><small>{{ card.minutes }}<template v-if="card.over">{{ card.minutes ? ", " : "" }}<b class="k-bad">{{ card.over }}</b></template></small></div>
        <button class="k-btn" type="button" :disabled="busy[card.face.id]" :aria-label="card.step.label + ', ' + (card.face.tile?.isCounter ? '' : 'table ') + card.face.label"
          @click="perform({ ...card.step, booking: card.booking }, card.face.tile ? card.face : null)"><span v-if="busy[card.face.id]" class="k-spin" aria-hidden="true"></span>{{ card.step.label }}</button>
      </article>
      <p v-if="loaded && !cards.length" class="k-now__none"><i class="k-i s20" aria-hidden="true">check_circle</i>Nothing waits for you. Late tables show up here.</p>
    </div>
  </section>

  <floor-edit v-if="editing && loaded" :sections="sections" :faces="faces" :section="section" :plan="plan" @section="(id) => (section = id)" @placed="placed" @done="editing = false"></floor-edit>
  <div v-else class="k-floor__grid" :class="{ 'is-plan': asPlan, 'is-single': section }" @pointerdown="pressed" @pointermove="slipped" @pointerup="lifted" @pointercancel="lifted" @contextmenu="menu" @click="tapped">
    <template v-for="area in shownAreas" :key="area.id">
    <floor-plan v-if="asPlan" :area="area" :busy="busy" :off="isOff" :target="isTarget" :plan="plan" @section="askSection"></floor-plan>
    <section v-else class="k-area" :style="{ '--rows': area.rows }" :aria-label="area.name">
      <h2 class="k-area__h"><button class="k-area__spine" type="button" :aria-label="'Section ' + area.name" @click="askSection(area)"><span dir="auto">{{ area.name }}</span><small>{{ area.taken }}<template v-if="area.initials">, {{ area.initials }}</template></small></button></h2>
      <div class="k-area__tiles">
        <floor-tile v-for="face in area.faces" :key="face.id" v-memo="[face.key, isOff(face), busy[face.id], isTarget(face)]" :face="face" :busy="Boolean(busy[face.id])" :off="isOff(face)" :target="isTarget(face)"></floor-tile>
      </div>
    </section>
    </template>
    <section v-if="showsCounter" class="k-area is-counter" style="--rows:1" aria-label="Counter">
      <h2 class="k-area__h"><span class="k-area__spine"><span>Counter</span><small>{{ cardFaces.length }}</small></span></h2>
      <div class="k-area__tiles">
        <floor-tile v-for="face in cardFaces" :key="face.id" v-memo="[face.key, isOff(face), busy[face.id], isTarget(face)]" :face="face" :busy="Boolean(busy[face.id])" :off="isOff(face)" :target="isTarget(face)"></floor-tile>
        <button v-if="maySeat && !choosing" class="k-tile is-free is-new" type="button" @click="sheet = { name: 'takeaway' }"><i class="k-i s28" aria-hidden="true">add</i><b>New take-away</b></button>
      </div>
    </section>
    <section v-if="waiting && !loaded && !failure" class="k-area" style="--rows:4" aria-label="Loading">
      <div class="k-area__spine"></div><div class="k-area__tiles"><div v-for="n in 24" :key="n" class="k-tile is-free k-sk"><i style="width:40%"></i><i></i></div></div>
    </section>
    <div v-if="failure" class="k-note is-bad" role="alert"><i class="k-i" aria-hidden="true">error</i><span class="k-grow"><b>The floor did not load.</b> {{ failure }} Orders are safe; it is tried again by itself.</span></div>
    <div v-if="loaded && !faces.length" class="k-note k-empty k-floor__empty"><i class="k-i s40" aria-hidden="true">table_restaurant</i><b>No tables yet</b><span class="k-dim">Tables show up here as soon as the manager lays them out.</span>
      <button v-if="mayEdit" class="k-btn" type="button" @click="edit">Lay out tables</button></div>
  </div>

  <footer v-if="!editing" class="k-legend" aria-label="Legend, tap a state to filter">
    <button v-for="entry in legend" :key="entry.name" class="k-chip" :class="{ 'is-on': state === entry.name }" type="button" :aria-pressed="state === entry.name"
      @click="state = state === entry.name ? null : entry.name"><span class="k-sw" :class="entry.css"><i class="k-i s16" aria-hidden="true">{{ entry.icon }}</i></span>{{ entry.word }} <b>{{ entry.count }}</b></button>
    <span class="k-legend__key"><span class="k-ring is-mini" style="--p:.75" aria-hidden="true"></span><span>Ring: minutes in this state<br><b class="k-warn">amber</b> due soon, <b class="k-bad">red +4</b> late</span></span>
  </footer>

  <table-sheet v-if="sheetFace" :key="sheetFace.id" :face="sheetFace" :people="people" :bookings="guestsToCome" :busy="Boolean(busy[sheetFace.id])" :kiosk="kiosk" @do="(step) => perform(step, sheetFace)" @close="sheet = null"></table-sheet>
  <section-sheet v-else-if="sheet?.name === 'section'" :section="sheet.section" :people="people" :mine="ownChecks" :me="kiosk.me.person_id" :busy="Boolean(busy[0])" @do="(step) => perform(step)" @close="sheet = null"></section-sheet>
  <take-away-sheet v-else-if="sheet?.name === 'takeaway'" :kiosk="kiosk" :busy="Boolean(busy[0])" @do="(step) => perform(step)" @close="sheet = null"></take-away-sheet>
  <bookings-sheet v-else-if="sheet?.name === 'bookings'" :key="sheet.saved ?? 0" :bookings="guestsToCome" :tables="tables" :begin="sheet.draft" :busy="busy" :kiosk="kiosk" @do="(step) => perform(step)" @close="sheet = null"></bookings-sheet>
  <jump-sheet v-else-if="sheet?.name === 'jump'" :tables="tables" @pick="jump" @close="sheet = null"></jump-sheet>
</main>`,

  data: () => ({
    allowed: false, loaded: false, waiting: false, failure: "",
    sections: [], limits: {}, tables: [], counter: [], bookings: [], people: [], before: 1800, plan: { width: 1200, height: 800 },
    section: 0, onlyMine: false, state: null, asPlan: localStorage.getItem(LOOK) === "1", editing: false,
    sheet: null, choosing: null, busy: {},
    most: CARDS, all: false, beat: 0, clock: "", online: kiosk.online, taps: 0,
  }),

  computed: {
    kiosk: () => kiosk,
    /** What a tile's face depends on beside the tile; made anew when rings move. */
    house() {
      void this.beat;
      const booked = new Map();
      for (const booking of this.bookings) {
        if (booking.table_id) booked.set(booking.table_id, [...(booked.get(booking.table_id) ?? []), booking]);
      }
      return { kiosk, limits: this.limits, before: this.before, booked, hands: new Map(this.sections.map(({ id, waiter_id }) => [id, waiter_id])) };
    },
    faces() {
      return this.tables.map((tile) => this.keptFace(tile, this.house));
    },
    cardFaces() {
      return this.counter.map((card) => faceOf(asTile(card), this.house));
    },
    byId() {
      return new Map([...this.faces, ...this.cardFaces].map((face) => [String(face.id), face]));
    },
    areas() {
      return areas(this.sections, this.faces);
    },
    shownAreas() {
      return this.section ? this.areas.filter(({ id }) => id === this.section) : this.areas;
    },
    showsCounter() {
      return this.loaded && (this.section === COUNTER || (this.section === 0 && this.counter.length > 0));
    },
    tabs() {
      if (this.editing) return this.sections.map(({ id, name }) => ({ id, name, count: this.tables.filter(({ section_id }) => section_id === id).length }));
      const all = { id: 0, name: "All", count: this.tables.length };
      const own = this.areas.length < 2 ? [] : this.areas.map(({ id, name, faces }) => ({ id, name, count: faces.length }));
      const counter = this.counter.length ? [{ id: COUNTER, name: "Counter", count: this.counter.length }] : [];
      return [all, ...own, ...counter];
    },
    cards() {
      return needs(this.parties, this.bookings, kiosk);
    },
    own() {
      return this.cards.filter(({ booking }) => !booking).length;
    },
    /** Cards that the strip has no room for. */
    hidden() {
      return Math.max(0, this.cards.length - this.most);
    },
    /** Every table and card once: a table joined to another is that one's. */
    parties() {
      return [...this.faces.filter(({ tile }) => !tile.joined_to), ...this.cardFaces];
    },
    mine() {
      return this.parties.filter(({ isMine }) => isMine).length;
    },
    ownChecks() {
      const me = kiosk.me?.person_id;
      return this.parties.filter(({ tile, name }) => tile.waiter_id === me && name !== "paid").length;
    },
    guests() {
      return this.tables.reduce((sum, { state, covers, joined_to }) => sum + (state === "paid" || joined_to ? 0 : covers ?? 0), 0);
    },
    guestsToCome() {
      return this.bookings.filter(({ kind }) => kind !== "held").sort((a, b) => a.due_at.localeCompare(b.due_at));
    },
    lateGuests() {
      void this.beat;
      return this.guestsToCome.some(({ kind, due_at }) => kind === "booked" && kiosk.seconds(due_at) >= 60);
    },
    legend() {
      const found = counts(this.faces);
      return Object.entries(STATES).map(([name, look]) => ({ name, ...look, count: found[name] }));
    },
    sheetFace() {
      return this.sheet?.name === "table" ? this.byId.get(String(this.sheet.id)) ?? null : null;
    },
    maySeat() {
      return this.allowed && kiosk.may("seat");
    },
    mayEdit() {
      return this.allowed && kiosk.may("manage_floor");
    },
    pill() {
      if (!this.online) return { css: "is-warn", icon: "cloud_off", text: "No connection" };
      if (this.taps) return { css: "is-warn", icon: "sync", text: `${this.taps} waiting` };
      return { css: "is-ok", icon: "cloud_done", text: "All saved" };
    },
  },

  watch: {
    tables: "showInDock",
    editing(editing) {
      if (!editing && !this.shownAreas.length) this.section = 0;
    },
    counter() {
      if (this.section === COUNTER && !this.counter.length) this.section = 0;
    },
  },

  created() {
    this.keptFace = faceKeeper();
  },
  mounted() {
    this.stops = [
      kiosk.on("tick", this.tick),
      kiosk.on("online", (online) => (this.online = online)),
      kiosk.on("waiting", (taps) => (this.taps = taps)),
      kiosk.on("route", this.arrive),
    ];
    kiosk.ready.then(this.begin);
  },
  unmounted() {
    for (const stop of this.stops) stop();
    this.stopNews?.();
  },

  methods: {
    ...floorActs,
    ...floorNews,
    ...floorTouch,
    begin() {
      this.allowed = kiosk.may("floor");
      if (!this.allowed) return;
      this.clock = kiosk.clock();
      setTimeout(() => (this.waiting = true), 300);
      this.follow();
    },
    tick() {
      this.seconds = (this.seconds ?? 0) + 1;
      if (this.clock) this.clock = kiosk.clock();
      if (this.seconds % RINGS_MOVE_EVERY === 0) this.beat += 1;
    },
    arrive(route) {
      if (route.view === "floor") this.beat += 1;
      else this.closeSheets();
      this.showInDock();
    },
    isOff(face) {
      if (this.choosing) return !this.choosing.fits(face);
      return (this.onlyMine && !face.isMine) || Boolean(this.state && face.name !== this.state);
    },
    isTarget(face) {
      return Boolean(this.choosing?.fits(face));
    },
    jump(tile) {
      this.sheet = null;
      const face = this.byId.get(String(tile.id));
      if (face && this.choosing) this.chosen(face);
      else if (face) this.open(face);
    },
    askSection(area) {
      if (!this.choosing && this.maySeat) this.sheet = { name: "section", section: area };
    },
    turn() {
      this.asPlan = !this.asPlan;
      this.editing = false;
      localStorage.setItem(LOOK, this.asPlan ? "1" : "0");
    },
    edit() {
      if (!this.editing && this.section <= 0) this.section = this.sections[0]?.id ?? 0;
      Object.assign(this, { editing: !this.editing, asPlan: true, choosing: null });
    },
  },
};
