/** The printers' page: every printer, how it is doing, what waits there; for the owner also its set-up. Live. */

import { PrinterForm } from "printers_form";
import { PrinterJobs } from "printers_jobs";
import { PrintersList } from "printers_list";
import { PrinterQuestions } from "printers_questions";
import { many, standingOf } from "printers_words";

const kiosk = window.kiosk;
const REST_MS = 600;
const AGES_MOVE_EVERY = 20;
const PHONE = 560;

export default {
  components: { PrinterForm, PrinterJobs, PrintersList, PrinterQuestions },
  template: `
<div class="pr" :aria-busy="String(!told)">
  <header class="k-bar">
    <div class="k-th k-grow"><b>Printers</b><small role="status">{{ subtitle }}</small></div>
    <button v-if="maySetUp && told" class="k-btn is-primary" type="button" :disabled="!online" @click="sheet = { name: 'form' }"><i class="k-i s20" aria-hidden="true">add</i>Add a printer</button>
    <span class="k-clockface k-hide-p">{{ clock }}</span>
  </header>
  <div v-if="failure" class="k-note is-bad" role="alert"><i class="k-i" aria-hidden="true">error</i><span class="k-grow"><b>The printers did not load.</b> {{ failure }} What waits there is safe.</span><button class="k-btn" type="button" @click="follow">Load again</button></div>
  <div v-if="!told && !failure" class="pr-main"><section v-for="n in 2" :key="n" class="k-panel is-pad k-sk" aria-label="Loading"><i style="width:40%"></i><i></i><i></i></section></div>
  <section v-else-if="told && !printer" class="k-note k-empty pr-empty"><i class="k-i s40" aria-hidden="true">print</i><b>No printers yet</b><span class="k-dim">Tickets, bills and receipts stay on the screens until there is one.</span>
    <button v-if="maySetUp" class="k-btn is-primary" type="button" :disabled="!online" @click="sheet = { name: 'form' }">Add a printer</button><span v-else class="k-dim">The owner adds one here.</span></section>
  <div v-else-if="told" class="pr-main">
    <printers-list :printers="told.printers" :stations="told.stations" :chosen="printer.id" @choose="choose"></printers-list>
    <printer-jobs :key="printer.id" v-bind="{ printer, jobs, isMore, isReading, isDone, maySetUp, beat }" :printers="told.printers" :stations="told.stations" :is-online="online" :trouble="jobsFailure"
      @which="which" @more="more" @test="test" @change="sheet = { name: 'form', printer }" @again="readJobs"></printer-jobs>
  </div>
  <printer-form v-if="sheet?.name === 'form'" :printer="sheet.printer" :printers="told.printers" :stations="told.stations" :is-online="online" @added="tryOut" @close="sheet = null"></printer-form>
  <printer-questions v-if="sheet?.name === 'questions' && printer" :printer="printer" :is-online="online" @close="sheet = null"></printer-questions>
</div>`,

  data: () => ({ told: null, failure: "", chosen: null, isDone: false, jobs: null, next: null, jobsFailure: "", isReading: false, sheet: null, online: kiosk.online, clock: "", beat: 0, maySetUp: false }),

  computed: {
    /** The chosen printer, else the first that needs a hand, else the first. */
    printer() {
      const all = this.told?.printers ?? [];
      return all.find(({ id }) => id === this.chosen) ?? all.find((one) => standingOf(one).css === "bad") ?? all[0];
    },
    isMore() {
      return this.next !== null;
    },
    subtitle() {
      if (!this.online) return "No connection. What waits is printed all the same.";
      if (!this.told) return "";
      const { printers } = this.told, bad = printers.filter((one) => standingOf(one).css === "bad").length;
      if (!printers.length) return "None yet";
      return bad ? `${bad} of ${printers.length} ${bad === 1 ? "needs" : "need"} a hand` : `${many(printers.length, "printer")}, nothing is wrong`;
    },
  },

  watch: {
    "printer.id": "readJobs",
    isDone: "readJobs",
  },
  created() {
    const asked = new URLSearchParams(location.search);
    Object.assign(this, { chosen: Number(asked.get("printer")) || null, isDone: asked.has("done") });
  },
  mounted() {
    this.stops = [kiosk.on("tick", this.tick), kiosk.on("online", (online) => (this.online = online))];
    kiosk.ready.then(this.begin);
  },
  unmounted() {
    for (const stop of this.stops) stop();
    this.unfollow?.();
    clearTimeout(this.resting);
  },

  methods: {
    begin() {
      this.maySetUp = kiosk.may("manage_devices");
      this.tick();
      this.follow();
    },
    tick() {
      this.clock = kiosk.clock();
      this.ticks = (this.ticks ?? 0) + 1;
      if (this.ticks % AGES_MOVE_EVERY === 0) this.beat += 1;
    },
    follow() {
      this.unfollow?.();
      this.unfollow = kiosk.follow("printers", { load: () => kiosk.view("printers"), snapshot: this.take, change: this.hear, failed: this.fail });
    },
    take(told) {
      Object.assign(this, { told, failure: "" });
      this.chosen ??= this.printer?.id ?? null;
      if (this.jobs || this.jobsFailure) this.readJobs();
    },
    fail(refusal) {
      this.failure = refusal.sentence;
      return refusal.code !== "needs_manager";
    },
    /** Something moved at a printer: read again, but not more often than a screen can be read. */
    hear({ drawers = [] }) {
      for (const { why } of drawers) if (this.maySetUp) kiosk.toast({ kind: "bad", text: `The drawer did not open: ${why}.` });
      this.resting ??= setTimeout(this.readAgain, REST_MS);
    },
    async readAgain() {
      this.resting = null;
      try {
        this.take(await kiosk.view("printers"));
      } catch {
        this.follow();
      }
    },
    // ---- the papers of one printer ----
    path(from) {
      return `printers/${this.printer.id}/jobs?` + new URLSearchParams({ ...(this.isDone && { done: 1 }), ...(from && { from }) });
    },
    /** As many as were shown, from the first on. */
    async readJobs() {
      if (!this.printer) return;
      const reading = (this.reading = Symbol("jobs")), before = this.shownFor === this.path() ? (this.jobs ?? []).length : 0;
      if (this.shownFor !== this.path()) Object.assign(this, { jobs: null, next: null });
      this.shownFor = this.path();
      try {
        const told = await this.readUpTo(before);
        if (reading === this.reading) Object.assign(this, { ...told, jobsFailure: "" });
      } catch (refusal) {
        if (reading === this.reading) this.jobsFailure = refusal.sentence;
      }
    },
    async readUpTo(count) {
      let { jobs, next } = await kiosk.view(this.path());
      while (jobs.length < count && next) {
        const more = await kiosk.view(this.path(next));
        jobs = [...jobs, ...more.jobs];
        next = more.next;
      }
      return { jobs, next };
    },
    async more() {
      if (this.isReading || !this.next) return;
      this.isReading = true;
      const path = this.path(this.next);
      try {
        const told = await kiosk.view(path);
        // What is being read meanwhile knows of the rows before only.
        if (path === this.path(this.next)) Object.assign(this, { jobs: [...this.jobs, ...told.jobs], next: told.next, reading: null });
      } catch (refusal) {
        kiosk.toast({ kind: "warn", text: refusal.sentence });
      }
      this.isReading = false;
    },
    // ---- what is chosen is in the address, so that a reload and Back bring it again ----
    choose(id) {
      this.chosen = id;
      this.remember();
      if (innerWidth <= PHONE) this.$nextTick(() => this.$el.querySelector(".pr-one")?.scrollIntoView());
    },
    which(isDone) {
      this.isDone = isDone;
      this.remember();
    },
    remember() {
      const asked = new URLSearchParams({ ...(this.chosen && { printer: this.chosen }), ...(this.isDone && { done: 1 }) });
      history.replaceState(null, "", `/printers${asked.size ? "?" + asked : ""}`);
    },
    /** A printer that was just added is tried out with its first test page. */
    tryOut(id, isProofSaid) {
      if (!isProofSaid) this.untried = id;
      this.choose(id);
    },
    /** A printer of which nobody knows how it proves a print is asked once; what it says is kept. */
    async learnProof({ id, kind, ack }) {
      if ((ack !== "none" && this.untried !== id) || !["tcp", "usb", "serial"].includes(kind)) return;
      try {
        const found = await kiosk.view(`printers/${id}/proof`);
        this.untried = null;
        if (found.ack !== ack) await kiosk.paper.act("change_printer", { printer_id: id, ack: found.ack });
      } catch (refusal) {
        kiosk.toast({ kind: "warn", text: refusal.sentence });
      }
    },
    async test() {
      const { id, name } = this.printer;
      await this.learnProof(this.printer);
      if (!(await kiosk.paper.act("test_page", { printer_id: id }))) return;
      kiosk.toast({ kind: "info", text: `A test page is on its way to ${name}.` });
      this.sheet = { name: "questions" };
    },
  },
};
