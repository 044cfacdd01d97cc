/** A sheet at the side of the board: a title, its content, a way out by key, tap beside it and Escape. */

export const Drawer = {
  props: { title: String },
  emits: ["close"],
  template: `
<div class="kb-shade" @click.self="$emit('close')">
  <section class="kb-sheet" role="dialog" aria-modal="true" :aria-label="title" ref="sheet">
    <header class="k-bar"><h2 class="k-h1" dir="auto">{{ title }}</h2><span class="k-bar__sp"></span>
      <button ref="close" class="k-btn is-icon is-quiet" type="button" aria-label="Close" @click="$emit('close')"><i class="k-i" aria-hidden="true">close</i></button></header>
    <slot></slot>
  </section>
</div>`,
  mounted() {
    this.$refs.close.focus();
    window.addEventListener("keydown", this.leave);
  },
  unmounted() {
    window.removeEventListener("keydown", this.leave);
  },
  methods: {
    /** Escape closes it wherever the focus went, for the key last pressed may be gone; another dialog over it keeps its own. */
    leave(event) {
      const dialog = event.target.closest?.("[role=dialog], dialog") ?? this.$refs.sheet;
      if (event.key === "Escape" && dialog === this.$refs.sheet) this.$emit("close");
    },
  },
};
