// The parts of the order screen, and their style sheet, which lies beside this file.
import { CheckLine } from "./check_panel.js";
import { Chooser } from "./chooser.js";
import { LineSheet } from "./line_sheet.js";
import { CoversSheet, MoreSheet, VoidSheet } from "./sheets.js";

export { OrderBar, StickyChoices } from "./bar.js";
export { CheckPanel } from "./check_panel.js";
export { Chooser } from "./chooser.js";
export { CategoryRail, MenuGrid } from "./grid.js";
export { Pad } from "./pad.js";
export { Sheets } from "./sheets.js";

/** Compiles what is not drawn at first while nothing else is to do, so that the first tap does not pay for it. */
export function warmUp() {
  const later = [CheckLine, Chooser, LineSheet, CoversSheet, MoreSheet, VoidSheet];
  (globalThis.requestIdleCallback ?? setTimeout)(() => later.forEach((part) => (part.render ??= Vue.compile(part.template))));
}

const sheet = document.createElement("link");
Object.assign(sheet, { rel: "stylesheet", href: new URL("./order_pad.css", import.meta.url).href });
document.head.append(sheet);
