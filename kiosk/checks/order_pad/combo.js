// A set menu being chosen: which parts of which step, each with its own choices. Pure arithmetic on whole minor units.
import { defaults, isShort, picked, toggled, wordsFor } from "./choosing.js";

/** A chosen part: the choice of the step, its item and portion, the groups that must be asked for it, and what is chosen of them. */
export function partOf(book, choice) {
  const item = book.item(choice.item_id);
  const groups = item ? book.groupsOf(item) : [];
  const portion = item?.portions.find((one) => one.id === choice.portion_id) ?? { id: choice.portion_id, name: choice.portion, price: 0 };
  return { choice, item: item ?? { name: choice.name }, portion, groups, asked: groups.filter((group) => group.least > 0), chosen: defaults(groups) };
}

const top = (step) => step.most || step.choices.length;

/** The parts of a step after a tap on a choice: a single one moves, a full step takes no more, a required one is not emptied. */
export function chose(step, parts, part) {
  const has = parts.some((one) => one.choice.portion_id === part.choice.portion_id);
  if (has) return top(step) === 1 && step.least === 1 ? parts : parts.filter((one) => one.choice.portion_id !== part.choice.portion_id);
  if (top(step) === 1) return [part];
  return parts.length < top(step) ? [...parts, part] : parts;
}

/** The parts of a step after a tap on a modifier of one of them. */
export function changed(parts, portionId, code, modifierId) {
  return parts.map((part) => {
    if (part.choice.portion_id !== portionId) return part;
    const group = part.groups.find((one) => one.code === code);
    return { ...part, chosen: toggled(group, part.chosen, modifierId) };
  });
}

export const isFull = (step, parts) => parts.length >= top(step);

/** "choose 1", "choose 1 more", "up to 2" of a step. */
export function wordsOf(step, parts) {
  return wordsFor({ least: step.least, most: top(step), modifiers: parts.map((_, id) => ({ id })) }, new Set(parts.keys()));
}

const modifiersOf = (part) => picked(part.groups, part.chosen);

/** What keeps the set menu from being rung, in words; "" when nothing does. */
export function missing(steps, parts) {
  for (const step of steps) {
    const mine = parts.get(step.code) ?? [];
    if (mine.length < step.least) return `${step.name}: ${wordsOf(step, mine)}`;
    const out = mine.find((part) => part.item.is_out);
    if (out) return `${out.item.name} is sold out`;
    const short = mine.flatMap((part) => part.asked.map((group) => [part, group])).find(([part, group]) => isShort(group, part.chosen));
    if (short) return `${short[0].item.name}: ${short[1].name}, ${wordsFor(short[1], short[0].chosen)}`;
  }
  return [...parts.values()].some((mine) => mine.length) ? "" : "Choose what is in it";
}

/** One price for all, with the surcharges of its choices and of their modifiers. */
export function price(base, parts, quantity) {
  const all = [...parts.values()].flat();
  const more = all.flatMap((part) => [part.choice.price, ...modifiersOf(part).map((one) => one.price)]);
  return quantity * more.reduce((sum, one) => sum + one, base);
}

/** The parts as they are rung, in the order of the steps. */
export function rungParts(steps, parts) {
  return steps.flatMap((step) => (parts.get(step.code) ?? []).map((part) => ({
    step: step.code, item: part.item, portion: part.portion, modifiers: modifiersOf(part),
  })));
}
