/** What else can be done with a table or a check: opened by a long press or the corner of its tile. */

import { isEmpty, some } from "floor_faces";
import { CoversKeys, FloorSheet } from "floor_sheets";

const HELD_FOR = [["30 min", 30], ["1 h", 60], ["2 h", 120]];
const ICONS = { settle: "payments", serve: "room_service", fire: "local_fire_department", bill: "receipt", clear: "cleaning_services", seat_booking: "event_seat" };
const REASONS = ["For walk-in", "For the house", "Out of order"];

/** Emits "do" with a step {name, …} for the face, or "close". */
export const TableSheet = {
  components: { CoversKeys, FloorSheet },
  props: { face: Object, people: Array, bookings: Array, busy: Boolean, kiosk: Object },
  emits: ["do", "close"],
  template: `
<floor-sheet css="k-table" :title="title" @close="$emit('close')">
  <template #title><template v-if="!face.tile.isCounter">Table </template><bdi>{{ face.label }}</bdi> <small class="k-dim">{{ says }}</small></template>
  <template v-if="page === 'people'">
    <p class="k-fs__say">Who takes over from here?</p>
    <div class="k-fs__keys"><button v-for="person in others" :key="person.id" class="k-btn is-l" type="button" :disabled="busy"
      @click="run('hand_over_check', { to_id: person.id })"><span class="k-avatar s24">{{ person.initials }}</span><bdi>{{ person.name }}</bdi></button></div>
    <p v-if="!others.length" class="k-dim">Nobody else here waits tables.</p>
  </template>
  <form v-else-if="page === 'name'" class="k-row" @submit.prevent="name.trim() && run('to_counter', { label: name.trim() })">
    <label class="k-field k-grow"><span>Name on the check</span><input class="k-input" maxlength="40" dir="auto" autofocus v-model="name"></label>
    <button class="k-btn is-primary is-l k-fs__end" :disabled="!name.trim() || busy">To the counter</button>
  </form>
  <template v-else-if="page === 'hold'">
    <div class="k-fs__keys is-flow"><button v-for="one in reasons" :key="one" class="k-chip" :class="{ 'is-on': one === reason }" type="button" :aria-pressed="one === reason" @click="reason = one">{{ one }}</button></div>
    <p class="k-fs__say">Free again by itself at</p>
    <div class="k-fs__keys is-3"><button v-for="end in ends" :key="end.iso" class="k-key2" type="button" :disabled="busy" @click="run('hold_table', { reason, until_at: end.iso })">{{ end.clock }}<small>{{ end.word }}</small></button></div>
  </template>
  <template v-else>
    <p v-if="face.paper" class="k-note" :class="face.paper.state === 'rerouted' ? '' : 'is-bad'" role="status"><i class="k-i s20" aria-hidden="true">print_error</i><span dir="auto">{{ face.paper.says }}</span></p>
    <div v-if="first.length" class="k-fs__keys"><button v-for="act in first" :key="act.name" class="k-btn is-l is-primary" type="button" :disabled="busy" @click="press(act)"><i class="k-i" aria-hidden="true">{{ act.icon }}</i><span class="k-grow k-fs__word" dir="auto">{{ act.label }}</span></button></div>
    <covers-keys v-if="seats" :usual="face.booking?.kind === 'booked' ? face.booking.covers : face.tile.seats" :busy="busy" focus @pick="(covers) => run('seat', { covers })"></covers-keys>
    <div class="k-fs__keys">
      <button v-for="act in acts" :key="act.key ?? act.name" class="k-btn is-l" type="button" :disabled="busy" @click="press(act)">
        <i class="k-i" aria-hidden="true">{{ act.icon }}</i><span class="k-grow k-fs__word" dir="auto">{{ act.label }}</span></button>
    </div>
  </template>
</floor-sheet>`,
  data: () => ({ page: "", name: "", reason: REASONS[0], reasons: REASONS }),
  computed: {
    title() {
      return this.face.tile.isCounter ? this.face.label : `Table ${this.face.label}`;
    },
    says() {
      const { state, tile, sum } = this.face;
      return [state.word, tile.waiter, sum].filter(Boolean).join(", ");
    },
    seats() {
      return isEmpty(this.face.tile.state) && this.face.name !== "held" && this.kiosk.may("seat");
    },
    others() {
      return this.people.filter(({ id }) => id !== this.face.tile.waiter_id);
    },
    ends() {
      return HELD_FOR.map(([word, minutes]) => {
        const iso = new Date(this.kiosk.now() + minutes * 60e3).toISOString();
        return { word, iso, clock: this.kiosk.clock(iso) };
      });
    },
    /** Guests without a table who are here, or due within the hour. */
    guests() {
      const soon = this.kiosk.now() + 3600e3;
      return this.bookings.filter(({ kind, table_id, due_at }) => kind !== "held" && !table_id && Date.parse(due_at) < soon).slice(0, 4);
    },
    /** The step of the tile, which is what most come for. */
    first() {
      const { step, booking, name } = this.face;
      if (name === "held") return [{ name: "release_table", icon: "lock_open", label: "Release the table" }];
      if (!step) return [];
      const label = name === "reserved" ? `Seat ${booking.name}, ${some(booking.covers, "guest", "guests")}` : step.label;
      return [{ ...step, label, icon: ICONS[step.name] }];
    },
    acts() {
      const { face } = this;
      if (face.name === "paid" || face.name === "held") return [];
      return [...(face.tile.check_id ? this.ofCheck() : this.ofEmpty()), ...this.ofTables()];
    },
  },
  methods: {
    ofCheck() {
      const { tile } = this.face;
      const own = tile.waiter_id === this.kiosk.me?.person_id;
      const acts = [{ name: "open", icon: "receipt_long", label: "Open the order" }];
      if (this.face.name === "billing") acts.push({ name: "unask_bill", icon: "undo", label: "Bill back, they order on" });
      acts.push({ name: "transfer", icon: "move_down", label: tile.isCounter ? "Move to a table" : "Move to another table" });
      if (!tile.isCounter) acts.push({ page: "name", name: "page_name", icon: "takeout_dining", label: "Move to the counter" });
      acts.push({ name: "merge", icon: "merge", label: "Merge into another check" });
      if (!own) acts.push({ name: "take_over", icon: "person_add", label: "Take over" });
      acts.push({ page: "people", name: "page_people", icon: "sync_alt", label: "Hand over" });
      return acts;
    },
    ofEmpty() {
      const { booking, name } = this.face;
      const acts = this.guests.map((one) => ({ name: "seat_booking", key: one.id, booking: one, icon: "event_seat", label: `Seat ${one.name}, ${some(one.covers, "guest", "guests")}` }));
      if (name === "reserved") acts.push({ name: "change_booking", booking, icon: "edit", label: `Change ${booking.name}` }, { name: "no_show", booking, icon: "person_off", label: "No-show" });
      acts.push({ name: "new_booking", icon: "event", label: "Book this table" });
      acts.push({ page: "hold", name: "page_hold", icon: "lock", label: "Hold this table" });
      return acts;
    },
    /** Joining and parting; a table joined to another parts from it, its host from each. */
    ofTables() {
      const { tile } = this.face;
      if (tile.isCounter) return [];
      if (tile.joined_to) return [{ name: "part", table_id: tile.id, icon: "link_off", label: `Part from ${tile.joined_to}` }];
      const parts = (tile.joined ?? []).map((label) => ({ name: "part", key: label, of: label, icon: "link_off", label: `Part ${label} from here` }));
      return [{ name: "join", icon: "link", label: "Join a table to this one" }, ...parts];
    },
    press(act) {
      if (!act.page) return this.$emit("do", act);
      this.name = this.title;
      this.page = act.page;
      this.$nextTick(() => this.$el.querySelector("input")?.select());
    },
    run(name, more) {
      this.$emit("do", { name, ...more });
    },
  },
};

/** Who looks after a section from now on. Emits "do", or "close". */
export const SectionSheet = {
  components: { FloorSheet },
  props: { section: Object, people: Array, busy: Boolean, mine: Number, me: Number },
  emits: ["do", "close"],
  template: `
<floor-sheet css="k-table" :title="section.name" @close="$emit('close')">
  <p class="k-fs__say"><bdi>{{ section.waiter ? "In the hands of " + section.waiter + "." : "In nobody's hands." }}</bdi> The section and its open checks go to</p>
  <div class="k-fs__keys is-2"><button v-for="person in people" :key="person.id" class="k-btn is-l" :class="{ 'is-primary': person.id === me && section.waiter_id !== me }" type="button"
    :disabled="busy || person.id === section.waiter_id" @click="$emit('do', { name: 'hand_over', section_id: section.id, from_id: null, to_id: person.id })">
    <span class="k-avatar s24">{{ person.initials }}</span><bdi class="k-grow k-fs__word">{{ person.name }}</bdi></button></div>
  <template v-if="mine">
    <p class="k-fs__say">Or only my own checks, all {{ mine }}, to</p>
    <div class="k-fs__keys is-2"><button v-for="person in people.filter(({ id }) => id !== me)" :key="person.id" class="k-btn" type="button" :disabled="busy"
      @click="$emit('do', { name: 'hand_over', section_id: null, from_id: me, to_id: person.id })"><span class="k-avatar s24">{{ person.initials }}</span><bdi class="k-grow k-fs__word">{{ person.name }}</bdi></button></div>
  </template>
</floor-sheet>`,
};

const READY_IN = [15, 20, 30, 45, 60];

/** A check without a table: its name and when it is fetched. One tap opens it. Emits "do", or "close". */
export const TakeAwaySheet = {
  components: { FloorSheet },
  props: { busy: Boolean, kiosk: Object },
  emits: ["do", "close"],
  template: `
<floor-sheet css="k-table" title="New take-away" @close="$emit('close')">
  <form @submit.prevent="start(null)">
    <label class="k-field"><span>Name</span><input class="k-input" maxlength="40" dir="auto" autofocus enterkeyhint="go" v-model="name" placeholder="Who fetches it"></label>
    <div class="k-seg is-wide" data-joined><button type="button" :class="{ 'is-on': away }" :aria-pressed="away" @click="away = true">Take-away</button><button type="button" :class="{ 'is-on': !away }" :aria-pressed="!away" @click="away = false">At the counter</button></div>
    <div class="k-fs__keys is-3">
      <button class="k-key2 is-go" :disabled="busy">{{ away ? "As soon as" : "Open" }}<small>{{ away ? "it is ready" : "no time" }}</small></button>
      <button v-for="time in times" :key="time.iso" class="k-key2" type="button" :disabled="busy" @click="start(time.iso)">{{ time.clock }}<small>in {{ time.minutes }} min</small></button>
    </div>
  </form>
</floor-sheet>`,
  data: () => ({ name: "", away: true }),
  computed: {
    times() {
      return this.away ? READY_IN.map((minutes) => this.inMinutes(minutes)) : [];
    },
  },
  methods: {
    /** On five whole minutes, as people say it. */
    inMinutes(minutes) {
      const iso = new Date(Math.ceil((this.kiosk.now() + minutes * 60e3) / 300e3) * 300e3).toISOString();
      return { minutes, iso, clock: this.kiosk.clock(iso) };
    },
    start(pickup_at) {
      const label = this.name.trim() || (this.away ? "Take-away" : "Counter");
      this.$emit("do", { name: "open_check", label, take_away: this.away, pickup_at });
    },
  },
};
