// Why something is done to a line that was sent: what the house says most, for each act, in the order of the chips.
import { VOID_REASONS } from "./words.js";

export const REASONS = {
  void: { title: "Why is it voided?", key: "Void", css: "is-bad", act: "void_line", chips: VOID_REASONS },
  comp: { title: "Why does it cost nothing?", key: "Comp", css: "is-primary", act: "comp_line",
    chips: ["Waited too long", "Not as it should be", "On the house", "Regular guest", "Staff meal"] },
  refire: { title: "Why is it cooked again?", key: "Refire", css: "is-primary", act: "refire",
    chips: ["Overdone", "Underdone", "Cold", "Dropped", "Wrong dish", "Forgotten"] },
};
