/** What is still to make and what is held, counted by station and dish; whose held lines hang under which ticket. Pure. */

import { isToMake } from "kitchen_times";

/** [{station, dishes: [{name, count, held}]}] over open tickets and held lines, most wanted first. */
export function stillToMake(tickets, held, stations) {
  const groups = stations.map((station) => ({ station, dishes: countDishes(tickets, held, station, stations) }));
  return groups.filter((group) => group.dishes.length);
}

/**
 * The held lines that hang under each ticket: {ticket id: lines}. A check's newest ticket has them; where one station's
 * tickets are shown (`only`), those that come to that station.
 */
export function heldUnder(tickets, held, checkOf, stations, only = null) {
  const newest = new Map(tickets.map((ticket) => [checkOf(ticket), ticket]));
  const isWanted = (line) => only === null || stationsOf(line, stations).includes(only);
  const under = [...newest].map(([checkId, ticket]) => [ticket.id, (held[checkId] ?? []).filter(isWanted)]);
  return Object.fromEntries(under.filter(([, lines]) => lines.length));
}

/** Ids of the stations a held line will be cooked at; one that names none of the house goes to the first. */
export function stationsOf(line, stations) {
  const named = stations.filter((station) => line.stations.includes(station.code));
  return (named.length ? named : stations.slice(0, 1)).map((station) => station.id);
}

function countDishes(tickets, held, station, stations) {
  const counts = new Map();
  const count = (line, what) => {
    const name = [line.name, line.portion].filter(Boolean).join(" ");
    const dish = counts.get(name) ?? { name, item: line.name, count: 0, held: 0 };
    counts.set(name, { ...dish, [what]: dish[what] + line.quantity });
  };
  for (const ticket of tickets) if (ticket.station_id === station.id) ticket.lines.filter(isToMake).forEach((line) => count(line, "count"));
  for (const line of Object.values(held).flat()) if (stationsOf(line, stations).includes(station.id)) count(line, "held");
  return [...counts.values()].sort((one, other) => other.count - one.count || other.held - one.held);
}
