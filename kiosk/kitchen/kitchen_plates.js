/** The pass: what of each check is ready and what still cooks where. Pure. */

import { wayOf } from "kitchen_times";

const SOON_S = 120;
const LATE_S = 300;

/**
 * Cards of checks with dishes that are not served: [{check_id, label, waiter, isTakeAway, pickup_at, since, ready, cooking}],
 * first fired first. A dish that was cooked again counts by its last ticket only; one of several stations is ready at the last.
 */
export function cardsOf(tickets, unserved, stationNames) {
  const plates = platesOf(tickets, stationNames);
  const cards = [];
  for (const [checkId, lineIds] of Object.entries(unserved)) {
    const mine = lineIds.map((id) => plates.get(id)).filter((plate) => plate && !plate.isVoid);
    if (mine.length) cards.push(cardOf(Number(checkId), mine));
  }
  return cards.sort((one, other) => one.fired - other.fired || one.check_id - other.check_id);
}

/** {state, time, word} of a card: how long its oldest dish stands ready. */
export function standing(card, now) {
  if (!card.ready.length) return { state: "", word: "cooking" };
  const seconds = Math.max(0, Math.floor((now - card.since) / 1000));
  const state = seconds >= LATE_S ? "is-late" : seconds >= SOON_S ? "is-soon" : "is-ready";
  return { state, word: seconds < 60 ? "ready now" : `ready ${Math.floor(seconds / 60)} min` };
}

/** What still cooks, equal dishes at the same stations as one: [{key, quantity, name, at}]. */
export function together(plates) {
  const dishes = new Map();
  for (const { line, at } of plates) {
    const name = [line.name, line.portion].filter(Boolean).join(" ");
    const key = `${name} ${at}`;
    dishes.set(key, { key, name, at: at.join(", "), quantity: (dishes.get(key)?.quantity ?? 0) + line.quantity });
  }
  return [...dishes.values()];
}

function platesOf(tickets, stationNames) {
  const plates = new Map();
  for (const ticket of tickets) {
    const fired = Date.parse(ticket.fired_at);
    for (const line of ticket.lines) {
      const known = plates.get(line.line_id);
      if (known && known.fired > fired) continue;
      const plate = known?.fired === fired ? known : newPlate(line, ticket, fired);
      if (!line.ready_at && !line.voided_at) plate.at.push(stationNames[ticket.station_id] ?? "");
      if (line.ready_at) plate.ready = Math.max(plate.ready, Date.parse(line.ready_at));
      plates.set(line.line_id, plate);
    }
  }
  return plates;
}

function newPlate(line, ticket, fired) {
  return { line, ticket, fired, at: [], ready: 0, isVoid: Boolean(line.voided_at), label: line.label ?? wayOf(ticket).label };
}

function cardOf(checkId, plates) {
  const ready = plates.filter((plate) => !plate.at.length);
  const { ticket, label } = plates.at(-1);
  return {
    check_id: checkId, label, waiter: ticket.waiter, isTakeAway: ticket.is_take_away, pickup_at: ticket.pickup_at,
    fired: Math.min(...plates.map((plate) => plate.fired)),
    since: Math.min(...ready.map((plate) => plate.ready)),
    ready, cooking: plates.filter((plate) => plate.at.length),
  };
}
