// The parts of the order screen, and their style sheets, which lie beside this file.
import { CheckLine } from "./check_line.js";
import { chooserParts } from "./chooser.js";
import { LineSheet } from "./line_sheet.js";
import { LineSent } from "./line_sent.js";
import { LineWaiting } from "./line_waiting.js";
import { CoversSheet, MoreSheet, VoidSheet } from "./sheets.js";

export { OrderBar, StickyChoices } from "./bar.js";
export { CheckPanel } from "./check_panel.js";
export { Chooser } from "./chooser.js";
export { CategoryRail, MenuGrid } from "./grid.js";
export { Pad } from "./pad.js";
export { Sheets } from "./sheets.js";
export { UndoToast } from "./undo_toast.js";

/** Compiles what is not drawn at first while nothing else is to do, so that the first tap does not pay for it. */
export function warmUp() {
  const later = [CheckLine, ...chooserParts, LineSheet, LineWaiting, LineSent, CoversSheet, MoreSheet, VoidSheet];
  (globalThis.requestIdleCallback ?? setTimeout)(() => later.forEach((part) => (part.render ??= Vue.compile(part.template))));
}

for (const name of ["order_pad.css", "check_panel.css", "menu_side.css"]) {
  const sheet = document.createElement("link");
  Object.assign(sheet, { rel: "stylesheet", href: new URL(`./${name}`, import.meta.url).href });
  document.head.append(sheet);
}
