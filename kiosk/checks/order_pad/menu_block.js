// A few rows of menu tiles. A tile is drawn again only when something on it changed.

export const MenuBlock = {
  props: ["pad", "rows"],
  template: `
    <div class="k-op-block">
      <component :is="row.heading ? 'h3' : 'div'" v-for="row in rows" :key="row.key" v-memo="memo(row)" :class="css(row)" :data-item="row.item?.id">
        <bdi v-if="row.heading">{{ row.heading }}</bdi>
        <template v-else>
          <button class="k-item__hit" type="button" :aria-label="spoken(row.item)" :aria-disabled="row.item.is_out"></button>
          <div class="k-item__n" dir="auto">{{ row.item.name }}</div>
          <div class="k-item__p"><span>{{ price(row.item) }}</span><small v-if="portionName(row.item)" dir="auto">{{ portionName(row.item) }}</small>
            <span v-if="row.item.is_out" class="k-tag is-bad"><i class="k-i s16" aria-hidden="true">block</i>Sold out</span>
            <span v-else-if="row.item.left != null" class="k-tag is-warn"><i class="k-i s16" aria-hidden="true">inventory_2</i>{{ row.item.left }} left</span>
            <span v-if="allergen(row.item)" class="k-tag is-allergy"><i class="k-i s16" aria-hidden="true">warning</i><bdi>{{ allergen(row.item) }}</bdi></span></div>
          <button v-if="hasMore(row.item) && !row.item.is_out" class="k-item__more" type="button" :aria-label="row.item.name + ': choose'"><i class="k-i s20" aria-hidden="true">unfold_more</i></button>
          <span v-if="counts.get(row.item.id)" class="k-item__qty" :aria-label="counts.get(row.item.id) + ' in draft'">{{ counts.get(row.item.id) }}</span>
        </template>
      </component>
    </div>`,
  computed: {
    counts() { return this.pad.counts.value; },
    opened() { return this.pad.state.chooser?.item.id; },
    stock() { return this.pad.state.stock; },
  },
  methods: {
    memo({ item, heading }) {
      return item ? [item, this.stock >= 0 && item.is_out, item.left, this.counts.get(item.id), this.opened === item.id, this.allergen(item)] : [heading];
    },
    css({ item }) {
      if (!item) return "k-menu__h";
      return ["k-item", { "has-more": this.hasMore(item), "is-86": item.is_out, "is-in": this.counts.get(item.id), "is-open": this.opened === item.id }];
    },
    allergen(item) { return this.pad.menu.allergenOf(item); },
    hasMore: (item) => item.portions.length > 1 || item.modifier_groups?.length > 0 || Boolean(item.combo),
    price(item) { return item.open_price ? "Open price" : kiosk.money(this.pad.state.book.defaultPortion(item).price); },
    portionName(item) { return item.portions.length > 1 ? this.pad.state.book.defaultPortion(item).name : ""; },
    spoken(item) {
      if (item.is_out) return `${item.name} is sold out`;
      return ["Add", item.name, this.portionName(item), this.price(item), this.allergen(item) && `contains ${this.allergen(item)}`].filter(Boolean).join(" ");
    },
  },
};
