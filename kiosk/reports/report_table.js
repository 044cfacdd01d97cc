/** A range told by one dimension: a row for each of its values, bars, what it was before; every number opens what is behind it. */

import { columnName, COSTLY, difference, IN_TIME, nameOf, PEAKS, share, written } from "report_words";

const AT_ONCE = 100;
const NEAR_PX = 400;
const CROWDED = 62;
const MANY_FIGURES = 8;
const MOST_MARKS = 200;
const LONG = 10;

/** The main figure as columns from left to right, the days before as a mark over each. */
const ReportColumns = {
  props: { rows: Array, isCrowded: Boolean },
  template: `
<div class="rp-cols" :class="{ 'is-crowded': isCrowded }" aria-hidden="true"><span v-for="row in rows" :key="row.id" :title="row.name + ': ' + row.value"><i :style="{ height: row.width }"></i><b v-if="row.was !== null" :style="{ bottom: row.was }"></b></span></div>`,
};

export const ReportTable = {
  components: { ReportColumns },
  props: { told: Object, find: String },
  emits: ["open"],
  data: () => ({ limit: AT_ONCE, sorted: "" }),
  template: `
<div ref="ledger" class="k-ledger rp-ledger" tabindex="0" role="region" aria-label="Report" @scroll.passive="scrolled">
  <div v-if="peaks.length && !find" class="rp-peaks" role="group" aria-label="What stands out"><button v-for="one in peaks" :key="one.what" type="button" @click="$emit('open', { row: one.row })"><small>{{ one.word }}</small><b><bdi>{{ one.row.name }}</bdi></b><span>{{ one.told }}</span></button></div>
  <report-columns v-if="isInTime && found.length > 1" :rows="found" :is-crowded="found.length > crowded"></report-columns>
  <table v-if="found.length" :class="{ 'has-before': hasBefore, 'is-wide': figures.length > many, 'is-tight': isTight }">
    <thead><tr><th scope="col">{{ head }}</th><th v-for="one in figures" :key="one.name" class="r" scope="col" :aria-sort="sorted === one.name ? 'descending' : null"><button type="button" class="rp-sort" @click="sorted = sorted === one.name ? '' : one.name">{{ one.word }}<i v-if="sorted === one.name" class="k-i s18" aria-hidden="true">arrow_downward</i></button></th><template v-if="hasBefore"><th class="r" scope="col">Before</th><th class="r" scope="col">Difference</th></template></tr></thead>
    <tbody>
      <tr v-for="row in shown" :key="row.id" :class="{ 'is-gone': row.isGone }">
        <th scope="row" class="rp-name"><button type="button" class="rp-open" :aria-label="row.name + ', ' + row.value + ': what is behind it'" @click="$emit('open', { row })"><bdi>{{ row.name }}</bdi><small v-if="row.parts.length"><template v-for="(part, at) in row.parts" :key="at">{{ at ? ", " : "" }}<bdi>{{ part }}</bdi></template></small><span v-if="!isInTime" class="rp-bar" :style="{ '--w': row.width }"><i></i></span><span class="rp-rest"><template v-for="(one, at) in row.rest" :key="one.name">{{ at ? ", " : "" }}{{ one.label }} {{ one.text }}</template></span></button></th>
        <td v-for="one in row.cells" :key="one.name" class="r" :class="one.css"><button v-if="one.value && one.isOpen" type="button" class="rp-n" :aria-label="row.name + ', ' + one.word + ' ' + one.text + ': what is behind it'" @click="$emit('open', { row, figure: one.name })">{{ one.text }}</button><span v-else :class="{ 'k-dim2': !one.value }">{{ one.text }}</span></td>
        <template v-if="hasBefore"><td class="r k-dim rp-was">{{ row.before }}</td><td class="r rp-diff"><span :class="row.change?.css">{{ row.change?.text }}</span><small v-if="row.change?.part">{{ row.change.part }}</small></td></template>
      </tr>
    </tbody>
    <tfoot v-if="!find && isAdded"><tr><th scope="row" class="rp-name"><button type="button" class="rp-open" aria-label="Together: what is behind it" @click="$emit('open', {})">Together</button></th><td v-for="one in sums" :key="one.name" class="r" :class="one.css"><button v-if="one.value && one.isOpen" type="button" class="rp-n" :aria-label="'Together, ' + one.word + ' ' + one.text + ': what is behind it'" @click="$emit('open', { figure: one.name })">{{ one.text }}</button><template v-else>{{ one.text }}</template></td><template v-if="hasBefore"><td class="r k-dim rp-was">{{ sumBefore }}</td><td class="r rp-diff"><span :class="sumChange?.css">{{ sumChange?.text }}</span><small v-if="sumChange?.part">{{ sumChange.part }}</small></td></template></tr></tfoot>
  </table>
  <div v-else class="k-flex k-empty rp-none"><i class="k-i s40" aria-hidden="true">{{ find ? "search_off" : "query_stats" }}</i><b>{{ find ? "No row fits" : nothing }}</b><span class="k-dim">{{ find ? "Take the words away to see all rows." : "Choose other days above." }}</span></div>
</div>`,
  computed: {
    isInTime() {
      return IN_TIME.includes(this.told.by);
    },
    isCost() {
      return COSTLY.includes(this.told.by);
    },
    head() {
      return { day: "Day", hour: "From", tax: "Rate", item: "Item", deed: "What", table: "Table", staff: "Person" }[this.told.by] ?? "";
    },
    /** What can be told of a row: figures, and of a key what is money. */
    figures() {
      const told = this.told.columns.filter(({ is_key, kind }) => !is_key || kind === "money");
      return told.map((one) => ({ ...one, word: columnName(one.name), css: one.name === this.told.main ? "is-main" : "is-side" }));
    },
    hasBefore() {
      return Boolean(this.told.beside) && this.told.by !== "best";
    },
    isAdded() {
      return this.figures.some(({ is_added }) => is_added);
    },
    /** Figures that are long themselves are written narrower. */
    isTight() {
      return this.write(this.told.together[this.told.main] ?? 0).length > LONG;
    },
    hasYears() {
      return this.told.from.slice(0, 4) !== this.told.to.slice(0, 4);
    },
    highest() {
      return Math.max(0, ...this.told.rows.flatMap(({ cells, before }) => [cells[this.told.main], before?.[this.told.main] ?? 0]));
    },
    rows() {
      return this.told.rows.map(this.rowOf);
    },
    found() {
      const words = this.find.trim().toLocaleLowerCase();
      return words ? this.rows.filter(({ name, small }) => `${name} ${small}`.toLocaleLowerCase().includes(words)) : this.rows;
    },
    /** A column whose head was touched has its highest figures first. */
    inOrder() {
      const at = this.figures.findIndex(({ name }) => name === this.sorted);
      return at < 0 ? this.found : [...this.found].sort((a, b) => b.cells[at].value - a.cells[at].value);
    },
    shown() {
      return this.inOrder.slice(0, this.limit);
    },
    /** Busiest, best and quietest, each with the figure that says so. */
    peaks() {
      const rows = new Map(this.rows.map((row) => [row.id, row]));
      const known = PEAKS.map((one) => ({ ...one, row: rows.get(JSON.stringify(this.told.peaks?.[one.what])) })).filter(({ row }) => row);
      return known.map((one) => ({ ...one, told: this.tellPeak(one) }));
    },
    sums() {
      return this.figures.map((one) => this.cellOf(one, this.told.together[one.name] ?? null));
    },
    sumBefore() {
      return this.write(this.told.together_before?.[this.told.main]);
    },
    sumChange() {
      const before = this.told.together_before?.[this.told.main];
      return before === undefined ? null : difference(this.told.together[this.told.main], before, this.write, this.isCost);
    },
    nothing() {
      return this.isCost ? "Nothing of the kind happened" : this.told.by === "modifier" ? "Nothing was sold with a modifier" : "Nothing was sold";
    },
  },
  watch: {
    told(told, before) {
      this.limit = AT_ONCE;
      if (told.by !== before.by) this.sorted = "";
    },
  },
  created() {
    Object.assign(this, { crowded: CROWDED, many: MANY_FIGURES });
  },
  mounted() {
    addEventListener("scroll", this.scrolledPage, { passive: true });
  },
  unmounted() {
    removeEventListener("scroll", this.scrolledPage);
  },
  methods: {
    rowOf({ key, cells, before }) {
      const { main, by } = this.told;
      const figures = this.figures.map((one) => this.cellOf(one, cells[one.name]));
      const was = before?.[main];
      const { name, small, parts } = nameOf(by, key, this.hasYears);
      return {
        name,
        small,
        parts: [...parts, this.shareOf(cells[main])].filter(Boolean),
        id: JSON.stringify(key),
        key,
        cells: figures,
        rest: figures.filter(({ name, value }) => name !== main && value).map((one) => ({ ...one, label: one.kind === "rate" ? "" : one.word.toLocaleLowerCase() })),
        value: this.write(cells[main]),
        width: share(cells[main], this.highest),
        was: this.hasBefore && was !== undefined && this.told.rows.length <= MOST_MARKS ? share(was, this.highest) : null,
        before: was === undefined ? "" : this.write(was),
        change: was === undefined ? (this.hasBefore ? { text: "new", part: "", css: "k-dim" } : null) : difference(cells[main], was, this.write, this.isCost),
        isGone: before && figures.every(({ is_key, value }) => is_key || !value),
      };
    },
    /** The part a row has in the whole, where it has one: "26.91 %". */
    shareOf(figure) {
      const { main, columns, by, together } = this.told;
      const isPart = columns.find(({ name }) => name === main).is_added && !IN_TIME.includes(by) && figure > 0 && together[main] > 0;
      return isPart ? `${((figure * 100) / together[main]).toFixed(2)} %` : "";
    },
    tellPeak({ row, figure }) {
      const { text, word } = row.cells.find(({ name }) => name === figure);
      const many = text === "1" ? word.toLocaleLowerCase().replace(/s$/, "") : word.toLocaleLowerCase();
      return figure === this.told.main ? text : `${text} ${many}, ${row.value}`;
    },
    cellOf(one, value) {
      return { ...one, value, text: written(one.kind, value), isOpen: one.kind !== "hours" }; // no receipt tells how long
    },
    write(value) {
      return written(this.told.columns.find(({ name }) => name === this.told.main).kind, value);
    },
    scrolled({ target }) {
      if (target.scrollHeight - target.scrollTop - target.clientHeight < NEAR_PX) this.showMore();
    },
    /** On a small screen the page itself scrolls. */
    scrolledPage() {
      const { scrollHeight, scrollTop, clientHeight } = document.documentElement;
      if (scrollHeight - scrollTop - clientHeight < NEAR_PX) this.showMore();
    },
    showMore() {
      if (this.limit < this.found.length) this.limit += AT_ONCE;
    },
  },
};
