// What became of slips and bills of this check that did not come as they should, with the printer used instead.
import { plural } from "./words.js";

const TOLD_FOR = 600;

export const CheckPapers = {
  props: ["pad"],
  template: `
    <div v-for="one in papers" :key="one.says" class="k-note k-op-paper" :class="one.state === 'rerouted' ? '' : 'is-bad'" role="status"><i class="k-i s20" aria-hidden="true">print_error</i>
      <span class="k-grow" dir="auto">{{ one.says }}<template v-if="one.ids.length > 1"> {{ plural(one.ids.length, 'paper') }}.</template></span>
      <button v-if="one.state === 'failed'" class="k-btn is-line" type="button" :disabled="pad.state.busy === 'retry_job'" @click="printAgain(one)">Print again</button>
      <button v-else class="k-btn is-line" type="button" @click="see(one)">See it</button></div>`,
  computed: {
    /** Once for each printer and reason; where a paper went instead is told for ten minutes. */
    papers() {
      const said = new Map();
      for (const one of this.pad.state.check?.paper ?? []) {
        if (this.isTold(one)) said.set(one.says, { ...one, ids: [...(said.get(one.says)?.ids ?? []), one.job_id] });
      }
      return [...said.values()];
    },
  },
  methods: {
    plural,
    isTold({ state, since }) {
      return state !== "rerouted" || (this.pad.state.tick >= 0 && kiosk.seconds(since) < TOLD_FOR);
    },
    /** Its tries, and what can be done with it. */
    see({ ids }) {
      kiosk.paper?.job(ids[0]);
    },
    async printAgain({ ids }) {
      for (const job_id of ids) await this.pad.attempt("retry_job", { job_id });
    },
  },
};
