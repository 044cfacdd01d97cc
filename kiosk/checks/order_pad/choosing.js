// What a guest may choose with an item: how many of each group, what it comes to. Pure arithmetic on whole minor units.

export const isFull = (group, chosen) => countIn(group, chosen) >= most(group);
export const most = (group) => group.most || group.modifiers.length;
export const countIn = (group, chosen) => group.modifiers.filter((modifier) => chosen.has(modifier.id)).length;
export const isShort = (group, chosen) => countIn(group, chosen) < group.least;

/** The modifiers that are in unless somebody says otherwise, never more than the group takes. */
export function defaults(groups) {
  const ids = groups.flatMap((group) => group.modifiers.filter((one) => one.is_default).slice(0, most(group)));
  return new Set(ids.map((modifier) => modifier.id));
}

/** Does one tap need an answer first? True when a required group has too few defaults. */
export function mustAsk(groups) {
  const chosen = defaults(groups);
  return groups.some((group) => isShort(group, chosen));
}

/** The choice after a tap on a modifier: a single choice moves, a full group takes no more, a required one is not emptied. */
export function toggled(group, chosen, id) {
  const next = new Set(chosen);
  if (chosen.has(id)) {
    if (!(most(group) === 1 && group.least === 1)) next.delete(id);
  } else if (most(group) === 1) {
    group.modifiers.forEach((modifier) => next.delete(modifier.id));
    next.add(id);
  } else if (!isFull(group, chosen)) {
    next.add(id);
  }
  return next;
}

/** Nothing left to ask: every required group has all it can take. */
export function isSettled(groups, chosen) {
  return groups.every((group) => group.least === 0 || isFull(group, chosen));
}

export function wordsFor(group, chosen) {
  const [least, top, count] = [group.least, most(group), countIn(group, chosen)];
  if (count < least) return count ? `choose ${least - count} more` : `choose ${least}${top > least ? ` to ${top}` : ""}`;
  if (least === top) return `choose ${least}`;
  return count >= top ? `${top} chosen, no more` : `up to ${top}`;
}

/** May "no", "extra" and "on the side" be said of this group's modifiers? */
export const mayBeSaid = (group) => Boolean(group.prefixes);

/** After a word was said of a modifier: the same word again, or none, takes it back; what is said of it ends its plain choice. */
export function spoken({ chosen, said }, id, word) {
  const next = { chosen: new Set(chosen), said: new Map(said) };
  next.chosen.delete(id);
  if (!word || said.get(id) === word) next.said.delete(id);
  else next.said.set(id, word);
  return next;
}

/** The modifiers of a line: the chosen ones, and those something was said of with the word as their prefix. */
export function picked(groups, chosen, said = new Map()) {
  const all = groups.flatMap((group) => group.modifiers);
  const spokenOf = all.filter((one) => said.has(one.id)).map((one) => ({ ...one, prefix: said.get(one.id) }));
  return [...all.filter((one) => chosen.has(one.id) && !said.has(one.id)), ...spokenOf];
}

/** What a portion and its modifiers cost together, for the word on the key; the server says what the line costs. */
export function sum(price, modifiers, quantity) {
  return quantity * modifiers.reduce((total, one) => total + (one.prefix === "no" ? 0 : one.price), price);
}
