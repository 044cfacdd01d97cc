// The check in the order a waiter reads it: not sent on top, then by course what is ready, cooking, held, served, voided.

const ORDER = { ready: 0, cooking: 1, fired: 1, held: 2 };
const byRung = (one, other) => ORDER[one.state] - ORDER[other.state] || one.id - other.id;

export const isDraft = (line) => line.state === "draft" || line.state === "saving";
export const isLive = (line) => line.state !== "voided";

/** Courses with their lines, those with something still to come first; served ones apart, so that they can be folded away. */
export function sections(lines) {
  const courses = new Map();
  for (const line of lines) {
    if (isDraft(line)) continue;
    if (!courses.has(line.course)) courses.set(line.course, { no: line.course, coming: [], served: [], voided: [], ready: 0 });
    const course = courses.get(line.course);
    (course[line.state] instanceof Array ? course[line.state] : course.coming).push(line);
    if (line.state === "ready") course.ready += 1;
  }
  const all = [...courses.values()].sort((one, other) => !one.coming.length - !other.coming.length || (one.no ?? 99) - (other.no ?? 99));
  all.forEach((course) => course.coming.sort(byRung));
  return all;
}

/** How many lines go where when the draft is sent: "3 to kitchen, 1 to bar". */
export function destinations(lines, stationName) {
  const counts = new Map();
  for (const line of lines) {
    for (const code of line.stations || []) counts.set(code, (counts.get(code) || 0) + 1);
  }
  return [...counts].map(([code, count]) => `${count} to ${stationName(code)}`).join(", ");
}

/** How many of each item wait in the draft. */
export function draftCounts(lines) {
  const counts = new Map();
  for (const line of lines) {
    if (isDraft(line)) counts.set(line.item_id, (counts.get(line.item_id) || 0) + line.quantity);
  }
  return counts;
}
