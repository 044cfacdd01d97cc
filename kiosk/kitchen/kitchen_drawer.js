/** A sheet at the side of the board: a title, its content, a way out by key, tap beside it and Escape. */

export const Drawer = {
  props: { title: String },
  emits: ["close"],
  template: `
<div class="kb-shade" @click.self="$emit('close')">
  <section class="kb-sheet" role="dialog" aria-modal="true" :aria-label="title" @keydown.esc="$emit('close')">
    <header class="k-bar"><h2 class="k-h1" dir="auto">{{ title }}</h2><span class="k-bar__sp"></span>
      <button ref="close" class="k-btn is-icon is-quiet" type="button" aria-label="Close" @click="$emit('close')"><i class="k-i" aria-hidden="true">close</i></button></header>
    <slot></slot>
  </section>
</div>`,
  mounted() {
    this.$refs.close.focus();
  },
};
