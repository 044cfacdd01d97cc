// The rail of categories: Today first, the whole menu last.

export const CategoryRail = {
  props: ["pad"],
  template: `
    <nav class="k-order__rail" aria-label="Categories" @click="choose">
      <button v-for="one in rail" :key="one.id" class="k-cat" type="button" :data-category="one.id" v-memo="[one, isOn(one)]"
        :class="{ 'is-on': isOn(one) }" :aria-current="isOn(one) ? 'true' : null"><i class="k-i s20" aria-hidden="true">{{ one.icon }}</i><span dir="auto">{{ one.name }}</span></button>
    </nav>`,
  computed: { rail() { return this.pad.state.offer?.rail ?? []; } },
  methods: {
    isOn(one) { return !this.pad.state.query && one.id === this.pad.state.category; },
    choose(event) {
      const key = event.target.closest("[data-category]");
      if (!key) return;
      this.pad.state.query = "";
      this.pad.state.category = Number(key.dataset.category);
      key.scrollIntoView({ block: "nearest", inline: "nearest" });
    },
  },
};
