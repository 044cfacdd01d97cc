// The parts of the order screen, and their style sheet, which lies beside this file.
export { OrderBar, StickyChoices } from "./bar.js";
export { CheckPanel } from "./check_panel.js";
export { Chooser } from "./chooser.js";
export { CategoryRail, MenuGrid } from "./grid.js";
export { Pad } from "./pad.js";
export { Sheets } from "./sheets.js";

const sheet = document.createElement("link");
Object.assign(sheet, { rel: "stylesheet", href: new URL("./order_pad.css", import.meta.url).href });
document.head.append(sheet);
