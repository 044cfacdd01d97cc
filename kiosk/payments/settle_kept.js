/** The plan of a check: kept in this tab, so that a reload or a lock loses none of it. */

const nameOf = (checkId) => `kiosk.settle.${checkId}`;
const PRINTS = "kiosk.settle.prints";

/** The plan of a check as it was left; null when there is none. */
export function recall(checkId) {
  try {
    const plan = JSON.parse(sessionStorage.getItem(nameOf(checkId)) ?? "null");
    return Array.isArray(plan?.payers) && plan.payers.length ? plan : null;
  } catch {
    return null; // unreadable or no storage: nothing is lost that was paid, so a new plan is the truth
  }
}

/** Remember a plan; null forgets it. */
export function remember(checkId, plan) {
  try {
    if (plan) sessionStorage.setItem(nameOf(checkId), JSON.stringify(plan));
    else sessionStorage.removeItem(nameOf(checkId));
  } catch {
    // no storage on this device: the plan holds until the page is closed
  }
}

/** Whether this tablet printed its receipts last; it does until somebody says otherwise. */
export function prints() {
  try {
    return localStorage.getItem(PRINTS) !== "no";
  } catch {
    return true;
  }
}

/** The next receipts are printed, or are not. */
export function rememberPrints(isPrinted) {
  try {
    localStorage.setItem(PRINTS, isPrinted ? "yes" : "no");
  } catch {
    // no storage on this device: receipts are printed
  }
}
