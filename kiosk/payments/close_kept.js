/** What is typed on this device and not confirmed yet: kept in the tab, so that a reload in the middle loses no count. */

const COUNT = (drawer) => `kiosk.count.${drawer.id}.${drawer.counts?.length ?? 0}`;
const RECOUNT = "kiosk.recount";
const CLOSED = "kiosk.closed";

function read(name, otherwise) {
  try {
    return JSON.parse(sessionStorage.getItem(name)) ?? otherwise;
  } catch {
    return otherwise; // unreadable or no storage: nothing was typed yet
  }
}

function write(name, value) {
  try {
    if (value === null) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, JSON.stringify(value));
  } catch {
    // no storage on this device: what is typed holds until the page is closed
  }
}

/** The pieces typed so far: {"5000": "7"}. A recount begins with none. */
export const recallCount = (drawer) => read(COUNT(drawer), {});
export const rememberCount = (drawer, typed) => write(COUNT(drawer), Object.keys(typed).length ? typed : null);

/** The drawer that is being counted a second time, by its id. */
export const recallRecount = () => read(RECOUNT, null);
export const rememberRecount = (drawerId) => write(RECOUNT, drawerId);

/** The day that was closed here and whose Z is still looked at, as {number, day}; null when there is none. */
export const recallClosed = () => read(CLOSED, null);
export const rememberClosed = (closed) => write(CLOSED, closed);
