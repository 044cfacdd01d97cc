/** One printer: how it stands, what can be done with it, what waits there and what it printed of late. */

import { ago, KINDS, many, rolesOf, standingOf } from "printers_words";

const { paper } = window.kiosk;

export const PrinterJobs = {
  props: { printer: Object, printers: Array, stations: Array, jobs: Array, isMore: Boolean, isReading: Boolean, isDone: Boolean, isOnline: Boolean, maySetUp: Boolean, trouble: String, beat: Number },
  emits: ["which", "more", "test", "change", "questions", "again"],
  data: () => ({ busy: "" }),
  template: `
<section class="k-panel pr-one" :aria-label="printer.name">
  <header class="pr-one__h">
    <div class="k-grow"><h2 class="k-h2"><bdi>{{ printer.name }}</bdi></h2><small dir="auto">{{ facts }}</small></div>
    <div v-if="maySetUp && printer.active" class="pr-keys"><button class="k-btn" type="button" :disabled="!isOnline || busy === 'test'" @click="$emit('test')"><i class="k-i s20" aria-hidden="true">description</i>Test page</button><button class="k-btn" type="button" :disabled="!isOnline" @click="$emit('change')"><i class="k-i s20" aria-hidden="true">tune</i>Set up</button></div>
  </header>
  <div class="k-note pr-state" :class="standing.css && 'is-' + standing.css" role="status"><i class="k-i" aria-hidden="true">{{ standing.icon }}</i><span class="k-grow"><b dir="auto">{{ standing.word }}</b><small v-if="since" dir="auto">{{ since }}</small></span></div>
  <div v-if="printer.troubled" class="pr-keys pr-troubled">
    <button class="k-btn is-primary" type="button" :disabled="!isOnline || !!busy" @click="retry"><span v-if="busy === 'retry'" class="k-spin" aria-hidden="true"></span>Retry {{ printer.troubled }}</button>
    <button class="k-btn" type="button" :disabled="!isOnline || !!busy" @click="empty">Other printer</button>
    <button class="k-btn is-line" type="button" :disabled="!isOnline || !!busy || isDone || !jobs?.length" @click="giveUp">Cancel</button>
  </div>
  <div class="k-seg pr-which" role="group" aria-label="Papers" data-joined>
    <button type="button" :class="{ 'is-on': !isDone }" :aria-pressed="String(!isDone)" @click="$emit('which', false)">Waiting <b>{{ printer.waiting }}</b></button>
    <button type="button" :class="{ 'is-on': isDone }" :aria-pressed="String(isDone)" @click="$emit('which', true)">Lately</button>
  </div>
  <div v-if="trouble" class="k-note is-bad" role="alert"><i class="k-i" aria-hidden="true">error</i><span class="k-grow">The papers did not load. {{ trouble }}</span><button class="k-btn" type="button" @click="$emit('again')">Load again</button></div>
  <div v-else-if="!jobs" class="k-sk pr-jobs" aria-label="Loading"><i></i><i></i><i></i></div>
  <p v-else-if="!jobs.length" class="k-flex k-empty pr-none"><i class="k-i s40" aria-hidden="true">{{ isDone ? "receipt_long" : "done_all" }}</i><b>{{ isDone ? "Nothing printed yet" : "Nothing waits here" }}</b><span class="k-dim">{{ isDone ? "What it prints is listed here and can be printed again." : standing.css === "bad" ? "What is sent to it waits until it prints again." : "What is sent to it comes out at once." }}</span></p>
  <ol v-else class="pr-jobs">
    <li v-for="job in rows" :key="job.id" class="pr-job" :class="{ 'is-bad': job.isBad }">
      <button class="pr-job__open" type="button" @click="open(job)"><i class="k-i" aria-hidden="true">{{ job.icon }}</i><span class="pr-job__txt"><b dir="auto">{{ job.title }}</b><span dir="auto">{{ job.word }}</span><small v-if="job.trouble" dir="auto">{{ job.trouble }}</small></span><span class="pr-job__when">{{ job.when }}<small v-if="job.tries > 1">{{ job.tries }} tries</small></span></button>
      <button v-if="job.isBad" class="k-btn is-icon" type="button" :aria-label="'Retry ' + job.title" :disabled="!isOnline" @click="retryOne(job)"><i class="k-i" aria-hidden="true">refresh</i></button>
    </li>
    <li v-if="isMore"><button class="k-btn is-block" type="button" :disabled="isReading" @click="$emit('more')">{{ isReading ? "Loading" : more }}</button></li>
  </ol>
</section>`,
  computed: {
    standing() {
      return standingOf(this.printer);
    },
    facts() {
      const { kind, address, columns, prints } = this.printer;
      const way = KINDS.find(({ key }) => key === kind)?.word ?? kind;
      return [[way, address].filter(Boolean).join(" "), `${columns} letters`, rolesOf(prints, this.stations).join(", "), this.standIn].filter(Boolean).join(" · ");
    },
    standIn() {
      const { backup_id: id, backup_after_s: after } = this.printer;
      const backup = this.printers.find((one) => one.id === id);
      return backup ? `${backup.name} stands in after ${after} s` : "";
    },
    since() {
      const { state } = this.printer;
      const words = [];
      if (state?.since && state.is_online === false) words.push(`since ${window.kiosk.clock(state.since)}`);
      if (state?.last_ok) words.push(`answered last at ${window.kiosk.clock(state.last_ok)}`);
      if (state?.is_drawer_open) words.push("its drawer is open");
      const told = words.join(", ");
      return told && told[0].toUpperCase() + told.slice(1);
    },
    more() {
      return this.isDone ? "Show older ones" : `Show more of ${this.printer.waiting}`;
    },
    rows() {
      void this.beat;
      return this.jobs.map((job) => {
        const [word, icon] = paper.stateOf(job);
        const isBad = Boolean(job.troubled_at) && !this.isDone;
        return { ...job, icon, isBad, title: paper.titleOf(job), word: this.wordOf(job, word), trouble: paper.whyOf(job.trouble, this.printer.name), when: ago(job.printed_at ?? job.queued_at) };
      });
    },
  },
  methods: {
    wordOf({ copy_no: copy, asked_by: who, printed_at: printed }, word) {
      const at = printed ? `${word} ${window.kiosk.clock(printed)}` : word;
      return at + (copy > 1 ? `, copy ${copy}` : "") + (who ? `, for ${who}` : "");
    },
    open(job) {
      paper.job(job.id);
    },
    async run(busy, work) {
      this.busy = busy;
      await work();
      this.busy = "";
    },
    retry() {
      this.run("retry", async () => {
        const tried = await paper.act("retry_printer", { printer_id: this.printer.id });
        if (tried) window.kiosk.toast({ kind: "info", text: `${many(tried.jobs, "paper")} tried again.` });
      });
    },
    retryOne(job) {
      this.run("retry", () => paper.act("retry_job", { job_id: job.id }));
    },
    empty() {
      const { id, name, troubled } = this.printer;
      this.run("empty", async () => paper.emptyTo({ id, name, count: troubled }, await paper.printersNow()));
    },
    giveUp() {
      const stuck = this.jobs.filter(({ troubled_at: at }) => at);
      this.run("give up", () => paper.giveUp(this.printer.name, stuck, this.printer.troubled - stuck.length));
    },
  },
};
