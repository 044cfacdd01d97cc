/** Words of the forecast: days, amounts without their small change, how far off it was. Pure. */

import { percent } from "day_words";

const inWords = (iso, how) => new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...how }).format(Date.parse(iso)).replace(",", "").replace("Sept", "Sep");

/** "Sun" and "22 Nov": the head of a column. */
export const shortly = (iso) => ({ name: inWords(iso, { weekday: "short" }), date: inWords(iso, { day: "numeric", month: "short" }) });

/** "Sunday 22 November" */
export const fully = (iso) => inWords(iso, { weekday: "long", day: "numeric", month: "long" });

const locale = () => (window.kiosk.me?.venue?.locale ?? "en-GB").replaceAll("_", "-");

/** A count, or an amount in whole units of the currency: what is expected is no exact figure. */
export function about(kind, value) {
  const unit = kind === "sales" ? 10 ** (window.kiosk.me?.venue?.decimals ?? 2) : 1;
  return new Intl.NumberFormat(locale(), { numberingSystem: "latn" }).format(Math.round(value / unit));
}

/** A figure to the last coin. */
export const exactly = (kind, value) => (kind === "sales" ? window.kiosk.money(value) : about(kind, value));

/** What figures are called. */
export const KINDS = { sales: "Sales", covers: "Guests", receipts: "Receipts" };
const TRIED = { sales: "Sales an hour", covers: "Guests an hour", receipts: "Receipts an hour", pieces: "Pieces of an item a day" };

/** One line of how far off it was: in money, or in hundredths of a guest or a piece; RMSLE in thousandths. */
export function errorOf({ what, tried, own, naive }) {
  const write = (value) => (what === "sales" ? window.kiosk.money(value) : (value / 100).toFixed(2));
  const told = (one) => one && { mae: write(one.mae), rmsle: (one.rmsle / 1000).toFixed(3) };
  const better = own && naive && naive.mae ? percent(naive.mae - own.mae, naive.mae) : "";
  return { what, word: TRIED[what], tried: new Intl.NumberFormat(locale(), { numberingSystem: "latn" }).format(tried), own: told(own), naive: told(naive), better, isBetter: Boolean(own && naive && own.mae <= naive.mae) };
}
