/** Tenders keyed but not yet paid: kept in this tab by check, so that a reload loses none of them. */

const nameOf = (checkId) => `kiosk.settle.${checkId}`;
const NOTHING = () => ({ tenders: [], tip: 0, tipKey: "none" });

/** {tenders, tip, tipKey} of a check. */
export function recall(checkId) {
  try {
    return { ...NOTHING(), ...JSON.parse(sessionStorage.getItem(nameOf(checkId)) ?? "{}") };
  } catch {
    return NOTHING(); // unreadable or no storage: nothing was paid yet, so an empty desk is the truth
  }
}

/** Remember what is keyed; nothing keyed leaves nothing behind. */
export function remember(checkId, { tenders, tip, tipKey }) {
  try {
    if (tenders.length || tip) sessionStorage.setItem(nameOf(checkId), JSON.stringify({ tenders, tip, tipKey }));
    else sessionStorage.removeItem(nameOf(checkId));
  } catch {
    // no storage on this device: what is keyed holds until the page is closed
  }
}
