/** The figures of a day as the sections of a paper: labels and amounts, no sum of its own. Pure. */

import { many } from "close_words";

const rate = (ppm) => `${ppm / 10000} %`;

/** [{rows: [{label, text, bold}]}] of what X and Z tell; lines about nothing are left out. */
export function sectionsOf(told, money) {
  const row = (label, amount, bold = false) => ({ label, text: money(amount), bold });
  const some = (label, amount, count) => (amount || count ? [row(label, amount)] : []);
  return [sales(told, row, some), tenders(told, row, some), ...told.drawers.map((one) => drawer(one, row, some)), people(told), ...carried(told, row)].filter(({ rows }) => rows.length);
}

function sales(told, row, some) {
  const { voids = {}, comps = {}, discounted, returns_count: returned } = told;
  const rows = [
    row("Gross sales", told.gross_lines),
    ...some(`Discounts, ${discounted}`, -told.discounts, discounted),
    ...some("Service charge", told.service),
    ...some("Tax added", told.tax_added),
    ...some(`Returns, ${returned}`, told.returns, returned),
    row("Turnover", told.turnover, true),
    ...told.taxes.filter(({ tax }) => tax).map(({ rate_ppm: ppm, tax }) => row(`of which tax ${rate(ppm)}`, tax)),
    ...some(`Voids after send, ${voids.count}`, -voids.amount, voids.count),
    ...some(`On the house, ${comps.count}`, -comps.amount, comps.count),
  ];
  return { name: "Sales", rows };
}

function tenders(told, row, some) {
  const rows = told.tenders.map(({ name, count, amount }) => row(`${name}, ${count}`, amount));
  if (rows.length) rows.push(row("Tenders", told.turnover, true));
  return { name: "Tenders", rows: [...rows, ...some("Tips, apart", told.tips), ...some("Cash rounding", told.rounding)] };
}

function drawer(one, row, some) {
  const rows = [
    { label: `Drawer ${one.till}`, text: one.holder, bold: true },
    ...some("Brought from before", one.brought),
    row("Float", one.float),
    row("Cash sales", one.cash),
    ...some("Cash returns", one.returns),
    ...some("Paid in", one.pay_ins),
    ...some("Expenses", one.expenses),
    ...some("Tips paid out", one.tips_out),
    ...some("To the safe", one.drops),
    row("Expected", one.expected, true),
  ];
  if (one.counted !== null) rows.push(row("Counted", one.counted), row(outcome(one.over_short), one.over_short, true));
  if (one.reason) rows.push({ label: one.reason, text: "", note: true });
  return { name: `Drawer ${one.till}`, rows };
}

function outcome(overShort) {
  if (!overShort) return "Exact";
  return overShort < 0 ? "Short" : "Over";
}

function people(told) {
  const numbers = told.first_number && told.first_number !== told.last_number ? `${told.first_number} to ${told.last_number}` : (told.first_number ?? "none");
  const counts = [["Guests", told.covers], ["Bills", told.receipts], ["Corrections", told.corrections], ["No sales", told.no_sales?.count]];
  const rows = counts.filter(([label, count]) => count || label === "Bills").map(([label, count]) => ({ label, text: String(count) }));
  return { name: "People", rows: [...rows, { label: "Receipts", text: numbers }] };
}

function carried({ carried: all = [] }, row) {
  if (!all.length) return [];
  return [{ name: "Carried over", rows: [{ label: `Carried over, ${many(all.length, "bill")}`, text: "", bold: true }, ...all.map(({ label, total }) => row(label, total))] }];
}
