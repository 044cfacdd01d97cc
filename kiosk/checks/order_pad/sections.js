// The check in the order a waiter reads it: not sent on top, then by course or by seat what is ready, cooking, held, served.

const ORDER = { draft: 0, saving: 0, ready: 1, cooking: 2, fired: 2, held: 3, served: 4, voided: 5 };
const WAITS = ["draft", "saving", "held"];
const byRung = (one, other) => ORDER[one.state] - ORDER[other.state] || one.id - other.id;
const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);

export const isDraft = (line) => line.state === "draft" || line.state === "saving";
export const isLive = (line) => line.state !== "voided";
export const isWaiting = (line) => WAITS.includes(line.state);
export const isSent = (line) => !WAITS.includes(line.state) && isLive(line);

/** Courses with their lines, those with something still to come first; served ones apart, so that they can be folded away. */
export function byCourse(lines) {
  const courses = new Map();
  for (const line of lines) {
    if (isDraft(line)) continue;
    if (!courses.has(line.course)) courses.set(line.course, { no: line.course, coming: [], served: [], voided: [], ready: 0, held: 0 });
    const course = courses.get(line.course);
    (course[line.state] instanceof Array ? course[line.state] : course.coming).push(line);
    if (line.state === "ready") course.ready += 1;
    if (line.state === "held") course.held += line.quantity;
  }
  const all = [...courses.values()].sort((one, other) => !one.coming.length - !other.coming.length || one.no - other.no);
  all.forEach((course) => course.coming.sort(byRung));
  return all;
}

/** Every seat of the party with its lines, then what is for the whole table; a seat without lines shows that it has none. */
export function bySeat(lines, covers) {
  const seats = new Map(Array.from({ length: covers }, (_, place) => [place + 1, []]));
  for (const line of lines) {
    const no = line.seat_no || 0;
    if (!seats.has(no)) seats.set(no, []);
    seats.get(no).push(line);
  }
  const all = [...seats].map(([no, its]) => ({ no, lines: together(its), ready: its.filter((line) => line.state === "ready").length }));
  return all.sort((one, other) => (one.no || 100) - (other.no || 100));
}

/** Sorted by how far they are; the parts of a combo stay together, where the first of them to be looked at stands. */
function together(lines) {
  return rowsOf([...lines].sort(byRung), true).flat();
}

/** Lines as rows: the parts of a combo that are still draft (or `whole`: however far they are) make one row, where the first is. */
export function rowsOf(lines, whole = false) {
  const rows = new Map();
  for (const line of lines) {
    const key = line.combo_id && (whole || isDraft(line)) ? `c${line.combo_id}` : line;
    if (!rows.has(key)) rows.set(key, []);
    rows.get(key).push(line);
  }
  return [...rows.values()];
}

/** The drafts that a send takes along: what is sold out stays, and of a combo nothing goes without it. */
export function sendable(drafts, isSoldOut) {
  const broken = new Set(drafts.filter((line) => line.combo_id && isSoldOut(line)).map((line) => line.combo_id));
  return drafts.filter((line) => !isSoldOut(line) && !broken.has(line.combo_id));
}

/**
 * What a send will do by the house's rule: drinks go, what is not later than the last food the kitchen was told of, and
 * the first course that waits, unless that one is being held already. The server decides; this is for the words on the key.
 */
export function forecast(lines, drafts, holds) {
  if (!holds) return split(drafts, () => true);
  const told = Math.max(0, ...lines.filter((line) => line.fired_at).map((line) => line.course));
  const held = new Set(lines.filter((line) => line.state === "held").map((line) => line.course));
  const next = Math.min(...[...held, ...drafts.map((line) => line.course)].filter((no) => no > 0));
  return split(drafts, ({ course }) => course <= told || (course === next && !held.has(course)));
}

/** What a send of exactly these courses will do. */
export const forecastOf = (drafts, courses) => split(drafts, (line) => courses.includes(line.course));

const split = (drafts, goes) => ({ fired: drafts.filter(goes), held: drafts.filter((line) => !goes(line)) });

/** How many lines go where: "3 to kitchen, 1 to bar, 4 held". */
export function destinations({ fired, held }, stationName) {
  const counts = new Map();
  for (const line of fired) {
    for (const code of line.stations || []) counts.set(code, (counts.get(code) || 0) + 1);
  }
  const words = [...counts].map(([code, count]) => `${count} to ${stationName(code)}`);
  return [...words, ...(held.length ? [`${held.length} held`] : [])].join(", ");
}

/** Lines in words: "2 Spritz", or "5 dishes" where they are not all the same. */
export function dishes(lines) {
  const count = sum(lines.map((line) => line.quantity));
  const isOne = lines.every((line) => line.name === lines[0].name);
  return { count, what: `${count} ${isOne ? lines[0].name : "dishes"}` };
}

/** What just left, in words: "2 Spritz leave for the bar". */
export function leaving(lines, stationName) {
  const { count, what } = dishes(lines);
  const places = [...new Set(lines.flatMap((line) => line.stations || []))].map(stationName);
  const where = places.length > 1 ? `${places.slice(0, -1).join(", ")} and ${places.at(-1)}` : places[0];
  return `${what} ${count === 1 ? "leaves" : "leave"}${where ? ` for ${where}` : ""}`;
}

/** How many of each item wait in the draft. */
export function draftCounts(lines) {
  const counts = new Map();
  for (const line of lines) {
    if (isDraft(line)) counts.set(line.item_id, (counts.get(line.item_id) || 0) + line.quantity);
  }
  return counts;
}

/** Who else rang on this check lately, newest first: [{initials, name}]. */
export function company(lines, mine, since) {
  const theirs = lines.filter((line) => line.by && line.by !== mine && Date.parse(line.rung_at) >= since);
  const people = new Map(theirs.reverse().map((line) => [line.by, { initials: line.by, name: line.by_name || line.by }]));
  return [...people.values()];
}
