/** Readings of a ticket: how late it is, where it goes, its courses, its warnings. Pure. */

/** {state, time, word} of a ticket's age against its station's limits, in seconds; one to be picked up counts to that. */
export function lateness(ticket, station, now) {
  const age = Math.max(0, Math.floor((now - Date.parse(ticket.fired_at)) / 1000));
  const { soon_s: soon, late_s: late } = station;
  const left = ticket.pickup_at ? Math.floor((Date.parse(ticket.pickup_at) - now) / 1000) : late - age;
  const over = { state: "is-late", time: running(age), word: `${Math.max(1, Math.floor(-left / 60))} min over` };
  if (left <= 0) return over;
  if (left <= late - soon) return { state: "is-soon", time: running(age), word: `due in ${Math.ceil(left / 60)} min` };
  return { state: "", time: running(age), word: "on time" };
}

/** 8:12 below an hour, 1 h 22 above. */
export function running(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  if (seconds < 3600) return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
  return `${Math.floor(seconds / 3600)} h ${two(Math.floor(seconds / 60) % 60)}`;
}

/** Lines under their courses, in the order of the courses: [{no, name, lines}]. */
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

/** {label, was}: where the ticket goes now and where its party was before, "" while it never moved. */
export function wayOf(ticket) {
  const live = ticket.lines.filter((line) => !line.voided_at);
  const label = live[0]?.label;
  const isElsewhere = label && label !== ticket.label && live.every((line) => line.label === label);
  if (isElsewhere) return { label, was: ticket.label };
  const stays = live.filter((line) => line.label === ticket.label);
  const was = live.every((line) => line.label) ? stays.map((line) => line.was).find((was) => was && was !== ticket.label) : "";
  return { label: ticket.label, was: was ?? "" };
}

/** What is marked on a dish: {kind, icon, word, said}, null for one as it was ordered; `way` is its ticket's. */
export function markOf(line, way, shownAt) {
  if (line.voided_at && line.mark === "refire") return { kind: "is-void", icon: "replay", word: "REFIRED", said: "" };
  if (line.voided_at) return { kind: "is-void", icon: "close", word: "VOID", said: "" };
  if (line.mark === "refire") return { kind: "is-refire", icon: "replay", word: "REFIRE", said: line.was };
  if (line.mark !== "changed" || Date.parse(line.marked_at) <= Date.parse(shownAt)) return null;
  const moved = line.label !== null;
  if (moved && line.label === way.label && way.was) return null;
  if (moved) return { kind: "is-changed", icon: "arrow_forward", word: `FOR ${line.label}`, said: "" };
  return { kind: "is-changed", icon: "sync", word: "CHANGED", said: line.was ? `was ${line.was}` : "" };
}

/** How many dishes a ticket still asks for. */
export function dishesLeft(ticket) {
  return ticket.lines.reduce((sum, line) => sum + (isToMake(line) ? line.quantity : 0), 0);
}

/** Whether a dish is neither done nor void. */
export function isToMake(line) {
  return !line.ready_at && !line.voided_at;
}

/** "9 min" of seconds, rounded; "1 min" at least. */
export function about(seconds) {
  return `${Math.max(1, Math.round(seconds / 60))} min`;
}
