/** Beside the plan while it is laid out: the picked table's number, chairs and shape, else the section's own. */

import { SHAPES } from "floor_geometry";

/** Emits "do" with {act, args, say, back} or {place}, "section" with the one to show, "pick" with a table. */
export const EditPanel = {
  props: { table: Object, section: Object, sections: Array, tables: Array, busy: Boolean },
  emits: ["do", "section", "pick"],
  template: `
<aside class="k-edit__panel k-card" aria-label="Layout">
  <template v-if="table">
    <form @submit.prevent><label class="k-field"><span>Table</span><input class="k-input" maxlength="16" dir="auto" v-model="label" @change="renameTable"></label></form>
    <div class="k-field"><span>Chairs</span><div class="k-row"><button class="k-btn is-icon" type="button" aria-label="One chair fewer" :disabled="table.seats < 2" @click="change({ seats: table.seats - 1 })"><i class="k-i" aria-hidden="true">remove</i></button>
      <b class="k-bform__n">{{ table.seats }}</b><button class="k-btn is-icon" type="button" aria-label="One chair more" :disabled="table.seats > 98" @click="change({ seats: table.seats + 1 })"><i class="k-i" aria-hidden="true">add</i></button></div></div>
    <div v-if="table.width" class="k-field"><span>Shape</span><div class="k-fs__keys is-3"><button v-for="(look, name) in shapes" :key="name" class="k-key2" :class="{ 'is-on': (table.shape ?? 'square') === name }" type="button" :aria-pressed="(table.shape ?? 'square') === name" :aria-label="look.word" @click="shape(name, look)"><i class="k-i" aria-hidden="true">{{ look.icon }}</i><small>{{ look.word }}</small></button></div></div>
    <label v-if="sections.length > 1" class="k-field"><span>Section</span><select class="k-input" :value="table.section_id" @change="change({ section_id: Number($event.target.value) })"><option v-for="one in sections" :key="one.id" :value="one.id">{{ one.name }}</option></select></label>
    <button class="k-btn is-line" type="button" :disabled="busy" @click="removeTable"><i class="k-i" aria-hidden="true">delete</i>Remove table {{ table.label }}</button>
    <button class="k-btn is-quiet" type="button" @click="$emit('pick', null)">The section</button>
  </template>
  <template v-else>
    <template v-if="section">
      <form @submit.prevent><label class="k-field"><span>Section</span><input class="k-input" maxlength="40" dir="auto" v-model="name" @change="renameSection"></label></form>
      <form class="k-field" @submit.prevent="addTable"><span>New table</span><div class="k-row"><input class="k-input k-grow" maxlength="16" dir="auto" aria-label="Number of the new table" v-model="next">
        <input class="k-input k-edit__seats" inputmode="numeric" maxlength="2" aria-label="Chairs of the new table" v-model="seats"><button class="k-btn is-primary" :disabled="!next.trim() || !chairs || busy">Add</button></div></form>
      <div class="k-row"><button class="k-btn is-icon k-grow" type="button" aria-label="Section earlier" :disabled="at < 1 || busy" @click="move(-1)"><i class="k-i" aria-hidden="true">arrow_back</i></button>
        <button class="k-btn is-icon k-grow" type="button" aria-label="Section later" :disabled="at >= sections.length - 1 || busy" @click="move(1)"><i class="k-i" aria-hidden="true">arrow_forward</i></button>
        <button class="k-btn is-icon is-line k-grow" type="button" :aria-label="'Remove section ' + section.name" :disabled="!empty || busy" @click="removeSection"><i class="k-i" aria-hidden="true">delete</i></button></div>
      <small v-if="!empty" class="k-dim">A section with tables cannot be removed.</small>
    </template>
    <form class="k-field" @submit.prevent="addSection"><span>New section</span><div class="k-row"><input class="k-input k-grow" maxlength="40" dir="auto" aria-label="Name of the new section" v-model="fresh"><button class="k-btn" :disabled="!fresh.trim() || busy">Add</button></div></form>
    <small class="k-dim">Drag tables to their places. The corner of a picked one changes its size; arrows move it, with Shift they size it.</small>
  </template>
</aside>`,
  data: () => ({ label: "", name: "", next: "", seats: "4", fresh: "", shapes: SHAPES }),
  computed: {
    at() {
      return this.sections.findIndex(({ id }) => id === this.section?.id);
    },
    empty() {
      return !this.tables.some(({ section_id }) => section_id === this.section?.id);
    },
    chairs() {
      const number = Number.parseInt(this.seats, 10);
      return number > 0 && number < 100 ? number : 0;
    },
  },
  watch: {
    table: {
      immediate: true,
      handler(table) {
        this.label = table?.label ?? "";
      },
    },
    section: {
      immediate: true,
      handler(section, before) {
        this.name = section?.name ?? "";
        if (section?.id !== before?.id) this.next = this.nextNumber();
      },
    },
    "tables.length"() {
      this.next = this.nextNumber();
    },
  },
  methods: {
    /** One more than the section's last number: 12 -> 13, B6 -> B7. */
    nextNumber() {
      const own = this.tables.filter(({ section_id }) => section_id === this.section?.id).map(({ label }) => label.match(/^(.*?)(\d+)$/)).filter(Boolean);
      const last = own.sort((a, b) => Number(a[2]) - Number(b[2])).pop();
      const taken = new Set(this.tables.map(({ label }) => label));
      for (let number = last ? Number(last[2]) + 1 : 1; ; number += 1) {
        const label = `${last?.[1] ?? ""}${number}`;
        if (!taken.has(label)) return label;
      }
    },
    change(to) {
      const { id, label } = this.table;
      const from = Object.fromEntries(Object.keys(to).map((name) => [name, this.table[name]]));
      this.$emit("do", { act: "change_table", args: { id, ...to }, say: `table ${label} changed`, back: () => ({ act: "change_table", args: { id, ...from } }) });
    },
    renameTable() {
      const label = this.label.trim();
      if (label && label !== this.table?.label) this.change({ label });
    },
    shape(name, { width, height }) {
      const turns = (this.table.shape ?? "square") !== name;
      if (turns) this.$emit("do", { place: { shape: name, width, height } });
    },
    removeTable() {
      const { id, label, seats, section_id, x, y, width, height, shape } = this.table;
      const again = ({ table_id }) => ({ act: "place_tables", args: { tables: [{ id: table_id, x, y, width, height, shape }] } });
      const back = () => ({ act: "add_table", args: { section_id, label, seats }, then: width ? again : undefined });
      this.$emit("do", { act: "remove_table", args: { id }, say: `table ${label} removed`, back });
    },
    addTable() {
      const label = this.next.trim();
      const back = ({ table_id }) => ({ act: "remove_table", args: { id: table_id } });
      this.$emit("do", { act: "add_table", args: { section_id: this.section.id, label, seats: this.chairs }, say: `table ${label} added`, back });
    },
    renameSection() {
      const { id, name } = this.section;
      const wanted = this.name.trim();
      if (!wanted || wanted === name) return;
      this.$emit("do", { act: "rename_section", args: { id, name: wanted }, say: `${name} renamed`, back: () => ({ act: "rename_section", args: { id, name } }) });
    },
    addSection() {
      const name = this.fresh.trim();
      this.fresh = "";
      const back = ({ section_id }) => ({ act: "remove_section", args: { id: section_id } });
      this.$emit("do", { act: "add_section", args: { name }, say: `${name} added`, back });
    },
    removeSection() {
      const { id, name } = this.section;
      this.$emit("do", { act: "remove_section", args: { id }, say: `${name} removed`, back: () => ({ act: "add_section", args: { name } }) });
    },
    move(by) {
      const ids = this.sections.map(({ id }) => id);
      const before = [...ids];
      ids.splice(this.at + by, 0, ...ids.splice(this.at, 1));
      this.$emit("do", { act: "order_sections", args: { section_ids: ids }, say: "sections ordered", back: () => ({ act: "order_sections", args: { section_ids: before } }) });
    },
  },
};
