/** Who is to come and who waits: the list by time, and the form of a new one. */

import { BookingForm } from "floor_booking_form";
import { some, until } from "floor_faces";
import { FloorSheet } from "floor_sheets";

/** Emits "do" with a step {name, booking} or {name: "save_booking", act, args}, or "close". `begin` opens the form. */
export const BookingsSheet = {
  components: { BookingForm, FloorSheet },
  props: { bookings: Array, tables: Array, begin: Object, busy: Object, kiosk: Object },
  emits: ["do", "close"],
  template: `
<floor-sheet css="k-bookings" title="Bookings and waiting guests" @close="$emit('close')">
  <template #title>{{ draft ? titleOfForm : "Bookings" }} <small v-if="!draft" class="k-dim">{{ says }}</small></template>
  <booking-form v-if="draft" :draft="draft" :tables="tables" :busy="Boolean(busy[0])" :kiosk="kiosk" @save="save" @back="draft = null"></booking-form>
  <template v-else>
    <div class="k-fs__keys is-2">
      <button class="k-btn is-primary is-l" type="button" @click="draft = { covers: 2, table_id: null }"><i class="k-i" aria-hidden="true">event</i>New booking</button>
      <button class="k-btn is-l" type="button" @click="draft = { covers: 2, kind: 'walk_in' }"><i class="k-i" aria-hidden="true">hourglass_top</i>Guests who wait</button>
    </div>
    <ul class="k-bk">
      <li v-for="row in rows" :key="row.id" class="k-bk__row" :class="{ 'is-late': row.late }">
        <div class="k-bk__time"><b>{{ row.clock }}</b><small :class="{ 'k-bad': row.late }">{{ row.when }}</small></div>
        <div class="k-bk__who"><b><bdi>{{ row.booking.name }}</bdi></b>
          <small><i class="k-i s16" aria-hidden="true">person</i>{{ row.booking.covers }}<template v-if="row.table">, table <bdi>{{ row.table }}</bdi></template><template v-if="row.booking.phone">, <bdi class="k-num">{{ row.booking.phone }}</bdi></template></small>
          <small v-if="row.booking.note" class="k-bk__note" dir="auto">{{ row.booking.note }}</small></div>
        <div class="k-bk__acts">
          <button class="k-btn" type="button" :disabled="busy[row.id]" :aria-label="'Seat ' + row.booking.name" @click="seat(row.booking)">Seat {{ row.booking.covers }}</button>
          <button class="k-btn is-icon is-quiet" type="button" :aria-label="'Change ' + row.booking.name" @click="draft = { ...row.booking }"><i class="k-i" aria-hidden="true">edit</i></button>
          <button v-if="row.late" class="k-btn is-icon is-quiet" type="button" :disabled="busy[row.id]" :aria-label="'No-show: ' + row.booking.name" @click="$emit('do', { name: 'no_show', booking: row.booking })"><i class="k-i" aria-hidden="true">person_off</i></button>
          <button v-else class="k-btn is-icon is-quiet" type="button" :disabled="busy[row.id]" :aria-label="'Cancel ' + row.booking.name" @click="$emit('do', { name: 'cancel_booking', booking: row.booking })"><i class="k-i" aria-hidden="true">event_busy</i></button>
        </div>
      </li>
    </ul>
    <p v-if="!rows.length" class="k-note k-empty"><i class="k-i s40" aria-hidden="true">event_available</i><b>Nobody is expected</b><span class="k-dim">Bookings and guests who wait show up here by time.</span></p>
  </template>
</floor-sheet>`,
  data() {
    return { draft: this.begin ? { ...this.begin } : null };
  },
  computed: {
    titleOfForm() {
      if (this.draft.id) return `Change ${this.draft.name}`;
      return this.draft.kind === "walk_in" ? "Guests who wait" : "New booking";
    },
    says() {
      return `${this.rows.length} to come, ${some(this.rows.reduce((sum, { booking }) => sum + booking.covers, 0), "guest", "guests")}`;
    },
    rows() {
      return this.bookings.map((booking) => this.row(booking));
    },
  },
  methods: {
    row(booking) {
      const in_s = until(booking.due_at, this.kiosk);
      const waits = booking.kind === "walk_in";
      const late = !waits && in_s <= -60;
      const passed = Math.floor(-in_s / 60);
      const when = waits ? `waits ${Math.max(0, passed)} min` : late ? `${passed} min late` : this.day(booking.due_at) || (in_s < 3600 ? `in ${Math.max(0, Math.ceil(in_s / 60))} min` : "");
      const table = this.tables.find(({ id }) => id === booking.table_id)?.label;
      return { id: booking.id, booking, late, when, table, clock: this.kiosk.clock(booking.due_at) };
    },
    day(iso) {
      const far = until(iso, this.kiosk) > 12 * 3600;
      return far ? "tomorrow" : "";
    },
    seat(booking) {
      this.$emit("do", { name: "seat_booking", booking });
    },
    save(act, args) {
      this.$emit("do", { name: "save_booking", act, args });
    },
  },
};
