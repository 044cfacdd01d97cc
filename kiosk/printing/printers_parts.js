/** What the sheets of the printers' page are made of: the sheet itself, choices, figures and lines of text. */

/** A modal sheet with a title. Emits "close" for its key, Escape, and a tap beside it. */
export const PrinterSheet = {
  props: { title: String, css: { type: String, default: "" } },
  emits: ["close"],
  template: `
<teleport to="body"><dialog ref="dialog" class="k-sheet pr-sheet" :class="css" tabindex="-1" :aria-label="title" @cancel.prevent="$emit('close')" @pointerdown.self="armed = true" @click.self="armed && $emit('close')">
  <header class="pr-sheet__h"><h2 class="k-h2 k-grow" dir="auto">{{ title }}</h2><button class="k-btn is-icon is-quiet" type="button" aria-label="Close" @click="$emit('close')"><i class="k-i" aria-hidden="true">close</i></button></header>
  <div class="pr-sheet__b"><slot></slot></div>
  <footer v-if="$slots.keys" class="pr-sheet__f"><slot name="keys"></slot></footer>
</dialog></teleport>`,
  data: () => ({ armed: false }),
  mounted() {
    this.$refs.dialog.showModal();
    this.$refs.dialog.focus();
  },
  beforeUnmount() {
    this.$refs.dialog.close();
  },
};

/** One of several words, or with `several` any of them; a value that is none of them is shown as it is. */
export const ChoiceField = {
  props: { label: String, hint: { type: String, default: "" }, choices: Array, modelValue: [String, Number, Array], several: Boolean },
  emits: ["update:modelValue"],
  template: `
<fieldset class="pr-field"><legend>{{ label }}</legend>
  <div class="pr-chips"><button v-for="one in choices" :key="one.key" class="k-chip" :class="{ 'is-on': isOn(one.key) }" type="button" :aria-pressed="String(isOn(one.key))" @click="choose(one.key)"><i v-if="one.icon" class="k-i s20" aria-hidden="true">{{ one.icon }}</i><bdi>{{ one.word }}</bdi></button></div>
  <small v-if="hint">{{ hint }}</small>
</fieldset>`,
  methods: {
    isOn(key) {
      return this.several ? this.modelValue.includes(key) : this.modelValue === key;
    },
    choose(key) {
      if (!this.several) return this.$emit("update:modelValue", key);
      this.$emit("update:modelValue", this.isOn(key) ? this.modelValue.filter((one) => one !== key) : [...this.modelValue, key]);
    },
  },
};

/** A whole number with a key less and a key more; what is typed beyond its limits is put right when it is left. */
export const NumberField = {
  props: { label: String, hint: { type: String, default: "" }, modelValue: Number, least: Number, most: Number, step: { type: Number, default: 1 } },
  emits: ["update:modelValue"],
  template: `
<div class="pr-field"><span :id="id">{{ label }}</span>
  <div class="pr-number"><button class="k-btn is-icon" type="button" :aria-label="'Less ' + label" :disabled="modelValue <= least" @click="set(modelValue - step)"><i class="k-i" aria-hidden="true">remove</i></button>
    <label class="k-input"><input type="number" inputmode="numeric" :aria-labelledby="id" :min="least" :max="most" :value="modelValue" @change="typed"></label>
    <button class="k-btn is-icon" type="button" :aria-label="'More ' + label" :disabled="modelValue >= most" @click="set(modelValue + step)"><i class="k-i" aria-hidden="true">add</i></button></div>
  <small v-if="hint">{{ hint }}</small>
</div>`,
  created() {
    this.id = "pr" + Math.random().toString(36).slice(2);
  },
  methods: {
    set(value) {
      this.$emit("update:modelValue", Math.min(this.most, Math.max(this.least, value)));
    },
    typed({ target }) {
      this.set(Math.round(Number(target.value)) || this.least);
      target.value = Math.min(this.most, Math.max(this.least, Math.round(Number(target.value)) || this.least));
    },
  },
};

/** A line of text. */
export const TextField = {
  props: { label: String, hint: { type: String, default: "" }, modelValue: String, longest: { type: Number, default: 60 }, plain: Boolean },
  emits: ["update:modelValue"],
  template: `
<label class="pr-field"><span>{{ label }}</span>
  <span class="k-input"><input :value="modelValue" :maxlength="longest" :dir="plain ? 'ltr' : 'auto'" autocomplete="off" :autocapitalize="plain ? 'off' : 'sentences'" spellcheck="false" enterkeyhint="done" @input="$emit('update:modelValue', $event.target.value)"></span>
  <small v-if="hint">{{ hint }}</small>
</label>`,
};
