/** The floor: every table with its state, its clock and its next step; live, one component. */

import { areas, counts, faceOf, isMine, needs, STATES } from "floor_faces";
import { CoversSheet, JumpSheet } from "floor_sheets";

const kiosk = window.kiosk;
const CARDS = 4;
const RINGS_MOVE_EVERY = 10;

export default {
  components: { CoversSheet, JumpSheet },
  template: `
<main v-if="allowed" class="k-app is-fixed k-floor" :aria-busy="!loaded">
  <header class="k-bar">
    <div class="k-seg" role="tablist" aria-label="Section" data-joined>
      <button v-for="tab in tabs" :key="tab.id" :class="{ 'is-on': tab.id === section }" role="tab" type="button"
        :aria-selected="tab.id === section" @click="section = tab.id"><bdi>{{ tab.name }}</bdi> <b>{{ tab.count }}</b></button>
    </div>
    <button class="k-chip" :class="{ 'is-on': onlyMine }" type="button" :aria-pressed="onlyMine" @click="onlyMine = !onlyMine">
      <i class="k-i s20" aria-hidden="true">person</i>Only mine <b>{{ mine }}</b></button>
    <button class="k-chip" type="button" @click="jumping = true"><i class="k-i s20" aria-hidden="true">dialpad</i>Table no.</button>
    <span class="k-bar__sp"></span>
    <span class="k-pill" :class="pill.css" role="status"><i class="k-i s18" aria-hidden="true">{{ pill.icon }}</i>{{ pill.text }}</span>
    <span class="k-pill k-hide-s"><i class="k-i s18" aria-hidden="true">groups</i>{{ guests }} {{ guests === 1 ? "guest" : "guests" }} in</span>
    <span class="k-clockface">{{ clock }}</span>
  </header>

  <section class="k-now" aria-label="Needs you now">
    <div class="k-now__h"><b>Needs you</b><span>{{ cards.length }} of your {{ mine }}</span></div>
    <div class="k-now__list">
      <article v-for="card in cards.slice(0, most)" :key="card.face.id" class="k-now__card" :class="card.kind">
        <span class="k-now__no k-sw" :class="card.face.state.css"><bdi>{{ card.face.label }}</bdi></span>
        <div class="k-now__txt"><b>{{ card.title }}</b><small>{{ card.minutes }}<template v-if="card.over">, <b class="k-bad">{{ card.over }}</b></template></small></div>
        <button class="k-btn" type="button" :disabled="busy[card.face.id]" :aria-label="card.step.label + ', table ' + card.face.label"
          @click="run(card.face, card.step)"><span v-if="busy[card.face.id]" class="k-spin" aria-hidden="true"></span>{{ card.step.label }}</button>
      </article>
      <p v-if="loaded && !cards.length" class="k-now__none"><i class="k-i s20" aria-hidden="true">check_circle</i>Nothing waits for you. Late tables show up here.</p>
    </div>
  </section>

  <div class="k-floor__grid">
    <section v-for="area in shownAreas" :key="area.id" class="k-area" :style="{ '--rows': area.rows }" :aria-label="area.name">
      <h2 class="k-area__spine"><span dir="auto">{{ area.name }}</span><small>{{ area.taken }}</small></h2>
      <div class="k-area__tiles">
        <article v-for="face in area.faces" :key="face.id" v-memo="[face.key, isOff(face), busy[face.id]]" class="k-tile"
          :class="[face.state.css, { 'is-off': isOff(face) }]" :data-time="face.clock?.time" :data-table="face.label">
          <button class="k-tile__hit" type="button" data-under :aria-label="face.spoken" @click="open(face.tile)"></button>
          <div class="k-tile__no"><bdi class="k-tile__label">{{ face.label }}</bdi>
            <span v-if="face.tile.ready" class="k-badge is-ready"><i class="k-i s18" aria-hidden="true">room_service</i>{{ face.tile.ready }}</span>
            <span v-else-if="face.tile.draft" class="k-badge"><i class="k-i s16" aria-hidden="true">edit</i>{{ face.tile.draft }}</span></div>
          <div v-if="face.clock" class="k-ring" :style="{ '--p': face.clock.share }"><span>{{ face.clock.text }}</span><small>{{ face.clock.time === "late" ? "late" : "min" }}</small></div>
          <div class="k-tile__state"><i class="k-i s18" aria-hidden="true">{{ face.state.icon }}</i>{{ face.state.word }}</div>
          <div class="k-tile__meta"><span v-if="face.guests"><i class="k-i s18" aria-hidden="true">person</i>{{ face.guests }}</span><b v-if="face.tile.initials">{{ face.tile.initials }}</b><span v-if="face.seatedFor">{{ face.seatedFor }}</span></div>
          <div class="k-tile__foot"><span class="k-tile__sum">{{ face.sum }}</span>
            <button v-if="face.step" class="k-tile__act" :class="{ 'is-now': face.step.now }" type="button" :disabled="busy[face.id]" :aria-busy="busy[face.id]"
              :aria-label="face.step.label + ', table ' + face.label" @click="run(face, face.step)">{{ face.step.label }}</button></div>
        </article>
      </div>
    </section>
    <section v-if="waiting && !loaded && !failure" class="k-area" style="--rows:4" aria-label="Loading">
      <div class="k-area__spine"></div><div class="k-area__tiles"><div v-for="n in 24" :key="n" class="k-tile is-free k-sk"><i style="width:40%"></i><i></i></div></div>
    </section>
    <div v-if="failure" class="k-note is-bad" role="alert"><i class="k-i" aria-hidden="true">error</i><span class="k-grow"><b>The floor did not load.</b> {{ failure }} Orders are safe; it is tried again by itself.</span></div>
    <div v-if="loaded && !faces.length" class="k-note k-empty k-floor__empty"><i class="k-i s40" aria-hidden="true">table_restaurant</i><b>No tables yet</b><span class="k-dim">Tables show up here as soon as the manager lays them out.</span></div>
  </div>

  <footer class="k-legend" aria-label="Legend, tap a state to filter">
    <button v-for="entry in legend" :key="entry.name" class="k-chip" :class="{ 'is-on': state === entry.name }" type="button" :aria-pressed="state === entry.name"
      @click="state = state === entry.name ? null : entry.name"><span class="k-sw" :class="entry.css"><i class="k-i s16" aria-hidden="true">{{ entry.icon }}</i></span>{{ entry.word }} <b>{{ entry.count }}</b></button>
    <span class="k-legend__key"><span class="k-ring is-mini" style="--p:.75" aria-hidden="true"></span><span>Ring: minutes in this state<br><b class="k-warn">amber</b> due soon, <b class="k-bad">red +4</b> late</span></span>
  </footer>

  <covers-sheet v-if="seating" :key="seating.id" :table="seating" :busy="Boolean(busy[seating.id])" @seat="seat" @close="seating = null"></covers-sheet>
  <jump-sheet v-if="jumping" :tables="tables" @pick="jump" @close="jumping = false"></jump-sheet>
</main>`,

  data: () => ({
    allowed: false, loaded: false, waiting: false, failure: "",
    sections: [], limits: {}, tables: [],
    section: 0, onlyMine: false, state: null,
    seating: null, jumping: false, busy: {},
    most: CARDS, beat: 0, clock: "", online: kiosk.online, taps: 0,
  }),

  computed: {
    faces() {
      void this.beat; // rings move in steps
      return this.tables.map((tile) => faceOf(tile, this.limits, kiosk));
    },
    areas() {
      return areas(this.sections, this.faces);
    },
    shownAreas() {
      return this.section ? this.areas.filter(({ id }) => id === this.section) : this.areas;
    },
    tabs() {
      const all = { id: 0, name: "All", count: this.tables.length };
      return this.areas.length < 2 ? [all] : [all, ...this.areas.map(({ id, name, faces }) => ({ id, name, count: faces.length }))];
    },
    cards() {
      return needs(this.faces, kiosk);
    },
    mine() {
      return this.tables.filter((tile) => isMine(tile, kiosk)).length;
    },
    guests() {
      return this.tables.reduce((sum, { state, covers }) => sum + (state === "paid" ? 0 : covers ?? 0), 0);
    },
    legend() {
      const found = counts(this.faces);
      const shown = Object.entries(STATES).filter(([name]) => name !== "reserved" || found.reserved);
      return shown.map(([name, look]) => ({ name, ...look, count: found[name] }));
    },
    pill() {
      if (!this.online) return { css: "is-warn", icon: "cloud_off", text: "No connection" };
      if (this.taps) return { css: "is-warn", icon: "sync", text: `${this.taps} waiting` };
      return { css: "is-ok", icon: "cloud_done", text: "All saved" };
    },
  },

  watch: {
    tables: "showInDock",
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
  },

  methods: {
    begin() {
      this.allowed = kiosk.may("floor");
      if (!this.allowed) return;
      this.clock = kiosk.clock();
      setTimeout(() => (this.waiting = true), 300);
      this.stops.push(kiosk.follow("floor", {
        load: () => kiosk.view("floor"),
        snapshot: this.show,
        change: this.change,
        failed: (refusal) => void (this.failure = this.loaded ? "" : refusal.sentence),
      }));
    },
    show({ sections, limits, tables }) {
      Object.assign(this, { sections, limits, tables: tables.map(Object.freeze), loaded: true, failure: "" });
    },
    change({ tables }) {
      const changed = new Map(tables.map((tile) => [tile.id, Object.freeze(tile)]));
      const known = this.tables.map((tile) => changed.get(tile.id) ?? tile);
      const ids = new Set(this.tables.map(({ id }) => id));
      this.tables = [...known, ...tables.filter(({ id }) => !ids.has(id))];
    },
    tick() {
      this.seconds = (this.seconds ?? 0) + 1;
      if (this.clock) this.clock = kiosk.clock();
      if (this.seconds % RINGS_MOVE_EVERY === 0) this.beat += 1;
    },
    arrive(route) {
      if (route.view === "floor") this.beat += 1;
      else Object.assign(this, { seating: null, jumping: false });
      this.showInDock();
    },
    isOff({ tile }) {
      return (this.onlyMine && !isMine(tile, kiosk)) || Boolean(this.state && tile.state !== this.state);
    },

    open(tile) {
      if (tile.check_id && tile.state !== "paid") kiosk.go("order", { check_id: tile.check_id, table_id: tile.id });
      else if (kiosk.may("seat")) this.seating = tile;
    },
    jump(tile) {
      this.jumping = false;
      this.open(this.tables.find(({ id }) => id === tile.id) ?? tile);
    },
    seat(covers) {
      const table = this.seating;
      this.once(table.id, async () => {
        const { check_id } = await kiosk.act("seat", { table_id: table.id, covers });
        this.seating = null;
        kiosk.go("order", { check_id, table_id: table.id });
      });
    },
    run({ tile }, step) {
      const { check_id, id: table_id } = tile;
      if (step.name === "open") this.open(tile);
      else if (step.name === "settle") kiosk.go("settle", { check_id });
      else if (step.name === "serve") this.once(table_id, () => kiosk.act("serve", { check_id, line_ids: null }));
      else if (step.name === "clear") this.once(table_id, () => kiosk.act("clear_table", { table_id }));
      else if (step.name === "bill") this.once(table_id, () => this.askBill(tile));
    },
    async askBill({ check_id, label }) {
      await kiosk.act("ask_bill", { check_id });
      const undo = () => kiosk.act("unask_bill", { check_id }).catch(() => null);
      kiosk.toast({ kind: "ok", text: `Bill for table ${label} is out`, action: { label: "Undo", run: undo } });
    },
    /** One tap at a time for a table; a refusal has already been told. */
    async once(table_id, tap) {
      if (this.busy[table_id]) return;
      this.busy[table_id] = true;
      try {
        await tap();
      } catch (refusal) {
        if (!refusal.code) throw refusal;
      } finally {
        delete this.busy[table_id];
      }
    },

    /** What the dock says under its keys: the table at hand, its unsent lines, the dishes at the pass. */
    showInDock() {
      const ready = this.tables.reduce((sum, tile) => sum + (tile.ready ?? 0), 0);
      kiosk.dock("kitchen", { small: ready ? `${ready} ready` : "" });
      const check_id = kiosk.atHand?.check_id;
      const tile = this.tables.find((one) => check_id && one.check_id === check_id);
      if (tile && tile.state !== "paid") this.name(tile);
      else if (this.named === check_id) this.name(null);
      else if (check_id) kiosk.dock("settle");
    },
    /** A check that no table holds is named by its own screen; one that left its table is not at hand any more. */
    name(tile) {
      this.named = tile?.check_id ?? null;
      if (!tile) kiosk.atHand = null;
      const small = tile?.label ?? "";
      kiosk.dock("order", { small, count: tile?.draft ?? 0 });
      kiosk.dock("settle", { small });
    },
  },
};
