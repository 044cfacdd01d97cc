/** The form of a booking: name and phone are typed, everything else is a tap. */

const QUARTER = 15 * 60e3;
const MOST_KEYS = 8;

/** The quarters of an hour from `now` on for `hours`, as {iso, clock, hour}: instants, so every time zone comes out right. */
export function quarters(now, hours, clock) {
  const first = Math.ceil(now / QUARTER) * QUARTER;
  return Array.from({ length: hours * 4 }, (_, step) => {
    const iso = new Date(first + step * QUARTER).toISOString();
    return { iso, clock: clock(iso), hour: clock(iso).slice(0, 2) };
  });
}

/** Emits "save" with the act and its words, or "back". A draft with an id is changed, one of kind walk_in waits now. */
export const BookingForm = {
  props: { draft: Object, tables: Array, busy: Boolean, kiosk: Object },
  emits: ["save", "back"],
  template: `
<form class="k-bform" @submit.prevent="save">
  <div class="k-bform__two">
    <label class="k-field"><span>Name</span><input class="k-input" maxlength="80" dir="auto" autofocus v-model="name"></label>
    <label class="k-field"><span>Phone</span><input class="k-input" type="tel" inputmode="tel" maxlength="40" v-model="phone"></label>
  </div>
  <div class="k-field"><span>Guests</span>
    <div class="k-bform__keys"><button v-for="n in most" :key="n" class="k-key2" :class="{ 'is-on': n === covers }" type="button" :aria-pressed="n === covers" :aria-label="n + (n === 1 ? ' guest' : ' guests')" @click="covers = n">{{ n }}</button></div>
    <div class="k-row"><button class="k-btn is-icon" type="button" aria-label="One guest fewer" :disabled="covers < 2" @click="covers -= 1"><i class="k-i" aria-hidden="true">remove</i></button>
      <b class="k-bform__n" role="status">{{ covers }}</b><button class="k-btn is-icon" type="button" aria-label="One guest more" :disabled="covers > 98" @click="covers += 1"><i class="k-i" aria-hidden="true">add</i></button></div></div>
  <div v-if="!waits" class="k-field"><span>Time: {{ said }}</span>
    <div class="k-seg" data-joined><button v-for="(word, n) in ['Today', 'Tomorrow']" :key="n" type="button" :class="{ 'is-on': day === n }" :aria-pressed="day === n" @click="turn(n)">{{ word }}</button></div>
    <div class="k-bform__keys"><button v-for="one in hours" :key="one.iso" class="k-key2" :class="{ 'is-on': one.hour === hour }" type="button" :aria-pressed="one.hour === hour" :aria-label="one.hour + ' o\\'clock'" @click="due = one.iso">{{ one.hour }}</button></div>
    <div class="k-bform__keys is-4"><button v-for="one in minutes" :key="one.iso" class="k-key2" :class="{ 'is-on': one.iso === due }" type="button" :aria-pressed="one.iso === due" @click="due = one.iso">{{ one.clock }}</button></div></div>
  <label v-if="!waits" class="k-field"><span>Table</span><select class="k-input" v-model="table_id"><option :value="null">Any table</option><option v-for="table in tables" :key="table.id" :value="table.id">{{ table.label }} ({{ table.seats }})</option></select></label>
  <label class="k-field"><span>Note</span><input class="k-input" maxlength="200" dir="auto" v-model="note"></label>
  <div class="k-row"><button class="k-btn is-line is-l" type="button" @click="$emit('back')">Back</button>
    <button class="k-btn is-primary is-l k-grow" :disabled="!name.trim() || busy">{{ word }}</button></div>
</form>`,
  data() {
    const { name = "", phone = "", note = "", covers = 2, table_id = null, due_at = null } = this.draft;
    const slots = quarters(this.kiosk.now(), 40, this.kiosk.clock);
    const far = due_at && !slots.slice(0, 48).some(({ iso }) => Date.parse(iso) >= Date.parse(due_at));
    return { name, phone, note, covers, table_id, due: due_at ?? this.usual(slots), slots, day: far ? 1 : 0, most: MOST_KEYS };
  },
  computed: {
    waits() {
      return this.draft.kind === "walk_in";
    },
    /** Today is until five in the morning; then comes the next day. */
    today() {
      const end = this.slots.findIndex(({ clock }) => clock === "05:00");
      return end > 0 ? end : this.slots.length;
    },
    ofDay() {
      return this.day ? this.slots.slice(this.today, this.today + 96) : this.slots.slice(0, this.today);
    },
    hours() {
      const seen = new Set();
      return this.ofDay.filter(({ hour }) => !seen.has(hour) && seen.add(hour) && (this.day === 0 || hour >= "09")).slice(0, 16);
    },
    hour() {
      return this.kiosk.clock(this.due).slice(0, 2);
    },
    minutes() {
      return this.ofDay.filter(({ hour }) => hour === this.hour).slice(0, 4);
    },
    said() {
      return `${this.day ? "tomorrow " : ""}${this.kiosk.clock(this.due)}`;
    },
    word() {
      const who = this.name.trim() || "guests";
      if (this.waits) return this.draft.id ? `Change ${who}` : `${who}, ${this.covers}, wait`;
      return `${this.draft.id ? "Change" : "Book"} ${this.covers} at ${this.said}`;
    },
  },
  mounted() {
    this.$el.querySelector("[autofocus]").focus();
  },
  methods: {
    /** An hour from now, on the half. */
    usual(slots) {
      return (slots.slice(3).find(({ clock }) => clock.endsWith("00") || clock.endsWith("30")) ?? slots[0]).iso;
    },
    turn(day) {
      this.day = day;
      const hour = this.hour;
      const same = this.ofDay.find((slot) => slot.hour === hour) ?? this.hours[0] ?? this.ofDay[0];
      if (same) this.due = same.iso;
    },
    save() {
      const { covers, phone, note, table_id, draft } = this;
      const who = { name: this.name.trim(), covers, phone: phone.trim(), note: note.trim() };
      if (!who.name) return;
      if (draft.id) this.$emit("save", "change_booking", { id: draft.id, ...who, due_at: this.due, table_id });
      else if (this.waits) this.$emit("save", "wait", who);
      else this.$emit("save", "book", { ...who, due_at: this.due, table_id });
    },
  },
};
