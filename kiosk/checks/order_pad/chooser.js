// What opens over a tile: the choices of an item, those of a set menu, or the stock of a dish.
import { ComboChooser } from "./combo_chooser.js";
import { ItemChooser } from "./item_chooser.js";
import { NumberKeys } from "./number_keys.js";
import { OptionGroup } from "./option_group.js";
import { PopOver } from "./pop_over.js";
import { StockSheet } from "./stock_sheet.js";

export const Chooser = {
  components: { ComboChooser, ItemChooser, StockSheet },
  props: ["pad", "item", "tile", "closesItself"],
  emits: ["close"],
  template: `<component :is="kind" :key="kind" :pad="pad" :item="item" :tile="tile" :closes-itself="closesItself" @close="$emit('close')" @stock="stock"></component>`,
  computed: { kind() { return this.pad.state.chooser?.kind ?? "item-chooser"; } },
  methods: { stock() { this.pad.state.chooser = { ...this.pad.state.chooser, kind: "stock-sheet" }; } },
};

/** What is compiled while nothing else is to do. */
export const chooserParts = [Chooser, PopOver, ItemChooser, OptionGroup, ComboChooser, StockSheet, NumberKeys];
