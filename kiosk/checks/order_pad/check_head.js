// Over the check: its number, what must not be missed about the party, who else is ringing, and the switch to seats.
import { company, isLive } from "./sections.js";

const LATELY = 3 * 60_000;

export const CheckHead = {
  props: ["pad", "isBySeat"],
  emits: ["turn"],
  template: `
    <div class="k-check__h"><b class="k-h2">{{ number ? 'Check ' + number : 'Check' }}</b>
      <div class="k-op-tags k-grow">
        <span v-if="allergies.length" class="k-tag is-allergy" :aria-label="allergies.join('; ')"><i class="k-i s16" aria-hidden="true">warning</i><span class="k-op-cut" dir="auto">{{ allergies[0] }}</span>{{ allergies.length > 1 ? '+' + (allergies.length - 1) : '' }}</span>
        <span v-if="check?.bill_asked_at" class="k-tag is-warn"><i class="k-i s16" aria-hidden="true">receipt</i>Bill out</span>
        <span v-if="check?.dining === 'take_away'" class="k-tag"><i class="k-i s16" aria-hidden="true">takeout_dining</i>{{ pickup ? 'Pick-up ' + pickup : 'Take-away' }}</span>
        <span v-else-if="pickup" class="k-tag"><i class="k-i s16" aria-hidden="true">schedule</i>{{ pickup }}</span>
        <span v-if="others" class="k-tag k-op-here" role="status"><i class="k-i s16" aria-hidden="true">group</i><span class="k-op-cut" dir="auto">{{ others }}</span></span></div>
      <button class="k-btn is-icon is-quiet" type="button" aria-label="Show by seat" :aria-pressed="isBySeat" :class="{ 'is-on': isBySeat }" @click="$emit('turn')"><i class="k-i" aria-hidden="true">event_seat</i></button>
      <button class="k-btn is-icon is-quiet k-op-fold" type="button" aria-label="Fold the check" @click="pad.state.isCheckOpen = false"><i class="k-i" aria-hidden="true">keyboard_arrow_down</i></button></div>`,
  computed: {
    check() { return this.pad.state.check; },
    number() { return this.check?.number ?? ""; },
    pickup() { return this.check?.pickup_at ? kiosk.clock(this.check.pickup_at) : ""; },
    allergies() {
      const lines = (this.check?.lines ?? []).filter((line) => isLive(line) && line.is_allergy);
      return [...new Set(lines.map(({ seat_no: no, note }) => `${no ? `Seat ${no}` : "Table"}: ${note || "allergy"}`))];
    },
    others() {
      if (!this.check || this.pad.state.tick < 0) return "";
      const [first, ...more] = company(this.check.lines, kiosk.me?.initials, kiosk.now() - LATELY);
      if (!first) return "";
      return more.length ? `${first.name} and ${more.length} more are here too` : `${first.name} is here too`;
    },
  },
};
