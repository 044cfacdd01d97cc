/** "Needs you": what waits for the signed-in person, the most pressing first, each with its one step. Pure. */

import { courseDue, iconOf, some, until } from "floor_faces";

const WAITS = {
  seated: { title: "No order", label: "Take order" },
  ordered: { title: "Dishes due", label: "Open" },
  served: { title: "Finished eating?", label: "Open" },
  billing: { title: "Bill unpaid", label: "Open" },
  paid: { title: "To clear", label: "Open" },
};
const SHORTLY = 300;
const LATE = 0, READY = 1, SOON = 2;
const LOOKS = ["is-late", "is-ready", "is-warn"];

/** The cards: late, then dishes at the pass, then what is soon due. */
export function needs(faces, bookings, kiosk) {
  const own = faces.filter((face) => face.isMine && face.tile.check_id).map((face) => card(face, kiosk));
  const guests = kiosk.may("seat") ? bookings.map((booking) => guestCard(booking, faces, kiosk)) : [];
  return [...own, ...guests].filter(Boolean).sort((a, b) => a.rank - b.rank || b.pressing - a.pressing);
}

function card(face, kiosk) {
  return [payment, dishes, course, pickup, lateness].map((look) => look(face, kiosk)).find(Boolean) ?? null;
}

function made(face, rank, pressing, title, minutes, step, over = "") {
  const { tile } = face;
  const named = tile.isCounter ? { title: `${tile.label}: ${title.toLocaleLowerCase()}`, icon: iconOf(tile) } : { title };
  return { key: face.id, face, rank, pressing, ...named, minutes, over, step, kind: LOOKS[rank] };
}

/** Guests who wait to pay are on the strip when they wait too long, or while their dishes stand at the pass. */
function payment(face) {
  return face.step?.name === "settle" && (face.clock?.time || face.tile.ready) ? waiting(face) : null;
}

function dishes(face) {
  const { tile, clock, step } = face;
  if (!tile.ready || step?.name === "settle") return null;
  const late = clock?.time === "late";
  const rank = late ? LATE : READY;
  return made(face, rank, clock?.age ?? 0, some(tile.ready, "dish ready", "dishes ready"), `${clock?.minutes ?? 0} min`, step ?? { name: "open", label: "Open" }, late ? `${clock.over} over` : "");
}

/** A held course whose time has come, with when the kitchen had best be told. */
function course(face, kiosk) {
  const due = courseDue(face.tile, kiosk);
  if (!due || due.in_s > SHORTLY || face.step?.name !== "fire") return null;
  const late = due.in_s <= -60;
  const when = late ? "" : due.in_s <= 0 ? "now" : `in ${Math.ceil(due.in_s / 60)} min`;
  return made(face, late ? LATE : SOON, -due.in_s, `${due.name} due`, when, face.step, late ? `${Math.floor(-due.in_s / 60)} min over` : "");
}

/** Take-away that is to be fetched soon and is not ready yet. */
function pickup(face, kiosk) {
  const { tile } = face;
  if (!tile.pickup_at || face.name === "served" || face.name === "paid") return null;
  const in_s = until(tile.pickup_at, kiosk);
  if (in_s > SHORTLY) return null;
  const late = in_s < 0;
  const step = face.step ?? { name: "open", label: "Open" };
  return made(face, late ? LATE : SOON, -in_s, late ? "Pick-up late" : "Pick-up soon", kiosk.clock(tile.pickup_at), step, late ? `${Math.max(1, Math.floor(-in_s / 60))} over` : "");
}

function lateness(face) {
  return face.clock?.time ? waiting(face) : null;
}

function waiting(face) {
  const { clock, step } = face;
  const waits = WAITS[face.name] ?? WAITS.seated;
  const late = clock?.time === "late";
  return made(face, late ? LATE : SOON, clock?.age ?? 0, waits.title, `${clock?.minutes ?? 0} min`, step ?? { name: "open", label: waits.label }, late ? `${clock.over} over` : "");
}

/** Guests who are expected now: to their table in one tap when it is free, else to one that is chosen. */
function guestCard(booking, faces, kiosk) {
  if (booking.kind !== "booked") return null;
  const in_s = until(booking.due_at, kiosk);
  if (in_s > SHORTLY) return null;
  const face = faces.find(({ id }) => id === booking.table_id);
  const late = in_s <= -60;
  const rank = late ? LATE : SOON;
  const over = late ? `${Math.floor(-in_s / 60)} late` : "";
  return {
    key: `b${booking.id}`, booking, rank, over, pressing: -in_s, kind: LOOKS[rank],
    face: face ?? { id: `b${booking.id}`, label: "", state: { css: "is-reserved" } }, icon: face ? "" : "event_seat",
    title: booking.name, minutes: kiosk.clock(booking.due_at),
    step: { name: "seat_booking", label: `Seat ${booking.covers}` },
  };
}
