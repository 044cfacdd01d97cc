/** What of the daybook is shown: accounts, kinds, people, a search; and money in or out by hand. */

import { KINDS } from "daybook_words";

const MOST_SEGMENTS = 5;
const PAUSE_MS = 250;

/** A key that opens a list to choose from, the chosen one written on it. */
const PickKey = {
  props: { icon: String, all: String, value: String, choices: Array },
  emits: ["pick"],
  data: () => ({ isOpen: false }),
  template: `
<div class="db-pick" @keydown.esc="isOpen = false">
  <button class="k-chip" :class="{ 'is-on': value }" type="button" aria-haspopup="listbox" :aria-expanded="String(isOpen)" @click="isOpen = !isOpen"><i class="k-i s20" aria-hidden="true">{{ icon }}</i><bdi class="db-pick__w">{{ word }}</bdi></button>
  <template v-if="isOpen"><div class="db-shade" @click="isOpen = false"></div>
    <ul class="db-list" role="listbox" :aria-label="all"><li v-for="one in [{ key: '', word: all }, ...choices]" :key="one.key"><button class="k-btn is-quiet" type="button" role="option" :aria-selected="String(one.key === value)" @click="pick(one.key)"><i class="k-i s20" aria-hidden="true">{{ one.key === value ? "check" : (one.icon ?? "") }}</i><bdi>{{ one.word }}</bdi></button></li></ul></template>
</div>`,
  computed: {
    word() {
      return this.choices.find(({ key }) => key === this.value)?.word ?? this.all;
    },
  },
  methods: {
    pick(key) {
      this.isOpen = false;
      this.$emit("pick", key);
    },
  },
};

export const DaybookFilters = {
  components: { PickKey },
  props: { filters: Object, accounts: Array, people: Array, mayMove: Boolean, isOnline: Boolean },
  emits: ["change", "money"],
  data: (bar) => ({ text: bar.filters.q }),
  template: `
<div class="k-bar is-wrap db-filters">
  <div v-if="isFew" class="k-seg k-hide-p k-hide-s" role="group" aria-label="Account" data-joined><button v-for="one in [{ code: '', name: 'All accounts' }, ...accounts]" :key="one.code" type="button" :class="{ 'is-on': one.code === filters.account }" :aria-pressed="String(one.code === filters.account)" @click="change({ account: one.code })"><bdi>{{ one.name }}</bdi></button></div>
  <pick-key :class="{ 'db-narrow': isFew }" icon="account_balance_wallet" all="All accounts" :value="filters.account" :choices="byCode" @pick="change({ account: $event })"></pick-key>
  <pick-key icon="filter_list" all="All kinds" :value="filters.kind" :choices="kinds" @pick="change({ kind: $event })"></pick-key>
  <pick-key icon="person" all="Everybody" :value="filters.person" :choices="byPerson" @pick="change({ person: $event })"></pick-key>
  <label class="k-search k-grow"><i class="k-i s20" aria-hidden="true">search</i><input type="search" placeholder="Table, bill, person, amount" aria-label="Search the daybook" autocomplete="off" :value="text" @input="search"></label>
  <button v-if="mayMove" class="k-btn is-primary" type="button" :disabled="!isOnline" @click="$emit('money')"><i class="k-i s20" aria-hidden="true">add</i>Money in or out</button>
</div>`,
  computed: {
    isFew() {
      return this.accounts.length < MOST_SEGMENTS;
    },
    byCode() {
      return this.accounts.map(({ code, name }) => ({ key: code, word: name }));
    },
    byPerson() {
      return this.people.map(({ id, name }) => ({ key: String(id), word: name }));
    },
  },
  created() {
    this.kinds = Object.entries(KINDS).filter(([key]) => key !== "tips").map(([key, { word, icon }]) => ({ key, icon, word: key === "pay_out" ? "Paid out" : word }));
  },
  unmounted() {
    clearTimeout(this.waiting);
  },
  methods: {
    change(what) {
      this.$emit("change", what);
    },
    search({ target }) {
      this.text = target.value;
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.change({ q: this.text.trim() }), PAUSE_MS);
    },
  },
};
