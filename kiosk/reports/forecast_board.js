/** The forecast: what the next seven days are to bring, what to prepare, and how far off it was in the past. */

import { download } from "close_paper";
import { DayBars, ErrorTable, PrepList, WeekGrid } from "forecast_grid";
import { KINDS } from "forecast_words";
import { shortDay } from "close_words";

const kiosk = window.kiosk;
/** Where the arrow leads: to where the forecast was opened from. */
const BACK = { "": { href: "/reports", word: "Back to the reports" }, "#day": { href: "/day", word: "Back to the day" } };

export default {
  components: { DayBars, ErrorTable, PrepList, WeekGrid },
  template: `
<div class="k-dash fc day" :aria-busy="String(!told)">
  <header class="k-bar is-wrap">
    <a class="k-btn is-icon is-quiet" :href="back.href" :aria-label="back.word"><i class="k-i" aria-hidden="true">arrow_back</i></a>
    <div class="k-th"><b>Forecast</b><small role="status">{{ subtitle }}</small></div><span class="k-bar__sp"></span>
    <div v-if="isReady" class="k-seg" role="group" aria-label="Figures" data-joined><button v-for="one in kinds" :key="one.key" type="button" :class="{ 'is-on': kind === one.key }" :aria-pressed="String(kind === one.key)" @click="kind = one.key">{{ one.word }}</button></div>
  </header>
  <div v-if="trouble" class="k-note is-bad" role="alert"><i class="k-i" aria-hidden="true">error</i><span class="k-grow"><b>The forecast did not load.</b> {{ trouble }}</span><button class="k-btn" type="button" @click="follow">Load again</button></div>
  <div v-else-if="told?.state === 'failed'" class="k-note is-warn" role="alert"><i class="k-i" aria-hidden="true">warning</i><span class="k-grow">{{ told.sentence }}</span></div>
  <div v-else-if="told?.state === 'early'" class="k-card k-note k-empty day-empty"><i class="k-i s40" aria-hidden="true">query_stats</i><b>Too early for a forecast</b><span class="k-dim">It needs sales of {{ told.needed }} days; this kiosk knows {{ told.known }}. A history of another system can be brought in with kiosk sales import.</span></div>
  <div v-else-if="!isReady" class="fc-body" role="status" aria-label="The forecast is being made"><div class="fc-left"><section class="k-card k-sk"><i style="width:40%"></i><i v-for="n in 6" :key="n"></i></section></div><section class="k-card k-sk"><i v-for="n in 6" :key="n"></i></section></div>
  <template v-else>
    <div v-if="told.sentence" class="k-note is-warn"><i class="k-i" aria-hidden="true">warning</i><span class="k-grow">{{ told.sentence }} This is the last one that was made.</span></div>
    <div v-if="!told.is_learned" class="k-note"><i class="k-i" aria-hidden="true">info</i><span class="k-grow">{{ told.how }}</span></div>
    <div class="fc-body">
      <div class="fc-left">
        <week-grid :days="told.days" :hours="told.hours" :kind="kind" :guests-are="told.guests_are" :chosen="day.day" @choose="chosen = $event"></week-grid>
        <day-bars :day="day" :hours="told.hours" :kind="kind" :word="word"></day-bars>
        <error-table :errors="told.errors" :how="told.is_learned ? told.how : ''"></error-table>
      </div>
      <prep-list :prep="told.prep" :is-tomorrow="told.days[0].is_tomorrow" :may-export="mayExport" :is-binding="isBinding" @download="takeAway"></prep-list>
    </div>
  </template>
</div>`,

  data: () => ({ back: BACK[location.hash] ?? BACK[""], told: null, trouble: "", kind: "sales", chosen: "", mayExport: false, isBinding: false }),

  computed: {
    isReady: (it) => it.told?.state === "ready",
    day: (it) => it.told.days.find(({ day }) => day === it.chosen) ?? it.told.days[0],
    word: (it) => (it.kind === "sales" ? "Sales" : KINDS[it.told.guests_are]),
    kinds: (it) => [{ key: "sales", word: "Sales" }, { key: "guests", word: KINDS[it.told.guests_are] }],
    subtitle() {
      if (this.isReady) return `The next seven days, from sales until ${shortDay(this.told.until)}`;
      return this.told?.state === "making" ? "It is being made, a few seconds" : "";
    },
  },

  mounted() {
    kiosk.ready.then(this.begin);
  },
  unmounted() {
    this.unfollow?.();
  },

  methods: {
    begin() {
      this.mayExport = kiosk.may("export");
      this.follow();
    },
    follow() {
      this.trouble = "";
      this.unfollow?.();
      this.unfollow = kiosk.follow("day", { load: () => kiosk.view("forecast"), snapshot: this.take, change: this.hear, failed: this.fail });
    },
    take(told) {
      Object.assign(this, { told, trouble: "" });
    },
    fail(refusal) {
      this.trouble = refusal.sentence;
      return !["refused", "needs_manager", "not_found"].includes(refusal.code);
    },
    /** News of receipts change nothing here; that there is another forecast does. */
    async hear({ forecast }) {
      if (!forecast) return;
      try {
        this.take(await kiosk.view("forecast"));
      } catch {
        this.follow();
      }
    },
    async takeAway() {
      this.isBinding = true;
      await download({ url: "/api/export/prep.csv" });
      this.isBinding = false;
    },
  },
};
