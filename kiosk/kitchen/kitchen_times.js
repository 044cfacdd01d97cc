/** Readings of a ticket: how late it is, its courses, what is still to make. Pure. */

/** {state, time, word} of a ticket's age against its station's limits, in seconds. */
export function lateness(ticket, station, now) {
  const age = Math.max(0, Math.floor((now - Date.parse(ticket.fired_at)) / 1000));
  const { soon_s: soon, late_s: late } = station;
  if (age >= late) return { state: "is-late", time: running(age), word: `${Math.max(1, Math.floor((age - late) / 60))} min over` };
  if (age >= soon) return { state: "is-soon", time: running(age), word: `due in ${Math.ceil((late - age) / 60)} min` };
  return { state: "", time: running(age), word: "on time" };
}

/** 8:12 below an hour, 1 h 22 above. */
export function running(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  if (seconds < 3600) return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
  return `${Math.floor(seconds / 3600)} h ${two(Math.floor(seconds / 60) % 60)}`;
}

/** The dishes of a ticket under their courses, in the order of the courses. */
export function byCourse(lines, courseNames) {
  const numbers = [...new Set(lines.map((line) => line.course))].sort((one, other) => one - other);
  return numbers.map((no) => ({
    no,
    name: courseNames[no] ?? (no ? `Course ${no}` : "Straight away"),
    lines: lines.filter((line) => line.course === no),
  }));
}

/** Allergy warnings of what is still being cooked, each with its dish and seat. */
export function allergies(ticket) {
  return ticket.lines
    .filter((line) => line.is_allergy && !line.voided_at)
    .map((line) => ({ id: line.id, note: line.note || "ALLERGY, ask the waiter", dish: line.name, seat: line.seat_no }));
}

/** How many dishes a ticket still asks for. */
export function dishesLeft(ticket) {
  return ticket.lines.reduce((sum, line) => sum + (isToMake(line) ? line.quantity : 0), 0);
}

/** Counts by station and dish over open tickets: [{station, dishes: [{name, count}]}], most wanted first. */
export function stillToMake(tickets, stations) {
  return stations.map((station) => ({ station, dishes: countDishes(tickets, station.id) })).filter((group) => group.dishes.length);
}

function countDishes(tickets, stationId) {
  const counts = new Map();
  for (const ticket of tickets) {
    if (ticket.station_id !== stationId) continue;
    for (const line of ticket.lines.filter(isToMake)) {
      const name = [line.name, line.portion].filter(Boolean).join(" ");
      counts.set(name, (counts.get(name) ?? 0) + line.quantity);
    }
  }
  return [...counts].map(([name, count]) => ({ name, count })).sort((one, other) => other.count - one.count);
}

function isToMake(line) {
  return !line.ready_at && !line.voided_at;
}
