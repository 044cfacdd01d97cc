/** How printers and their set-up are called on screens. */

export const ROLES = { receipt: "Receipts", bill: "Bills", report: "Reports", slip: "Drawer slips" };

export const KINDS = [
  { key: "tcp", word: "Network", icon: "lan", hint: "Its number in the house's network, such as 192.168.1.50" },
  { key: "usb", word: "USB", icon: "usb", hint: "Maker and model, such as 04b8:0e15" },
  { key: "serial", word: "Serial cable", icon: "cable", hint: "Port and speed, such as /dev/ttyUSB0@19200" },
  { key: "cups", word: "Print queue", icon: "print_connect", hint: "What this computer calls the queue" },
  { key: "file", word: "Files", icon: "folder", hint: "A folder, or nothing for the kiosk's own" },
];

export const WIDTHS = [
  { key: "48", word: "80 mm, 48 letters", set: { columns: 48, dots: 576 } },
  { key: "42", word: "80 mm, 42 letters", set: { columns: 42, dots: 512 } },
  { key: "32", word: "58 mm, 32 letters", set: { columns: 32, dots: 384 } },
];

export const PAGES = [
  { key: "CP858/19", word: "CP858, no. 19", set: { code_page: "CP858", code_page_no: 19 } },
  { key: "WPC1252/16", word: "WPC1252, no. 16", set: { code_page: "WPC1252", code_page_no: 16 } },
  { key: "CP437/0", word: "CP437, no. 0", set: { code_page: "CP437", code_page_no: 0 } },
];

export const CUTS = [{ key: "partial", word: "Leaves a bridge" }, { key: "full", word: "All through" }, { key: "none", word: "No knife" }];

export const ACKS = [
  { key: "process_id", word: "Says when it is on paper" },
  { key: "gs_r", word: "Answers in order" },
  { key: "status", word: "Status only" },
  { key: "none", word: "No proof" },
];

export const DRAWERS = [{ key: "none", word: "No drawer" }, { key: "pin_2", word: "Pin 2" }, { key: "pin_5", word: "Pin 5" }];
export const BUZZERS = [{ key: "none", word: "Silent" }, { key: "esc_b", word: "Rings" }, { key: "esc_a", word: "Rings (Epson)" }];
export const NAMES = [{ key: "kitchen", word: "Kitchen's names" }, { key: "menu", word: "Menu's names" }, { key: "both", word: "Both" }];

export const LANGUAGES = [
  { key: "en", word: "English" }, { key: "it", word: "Italiano" }, { key: "de", word: "Deutsch" }, { key: "fr", word: "Français" }, { key: "es", word: "Español" },
];

export const many = (count, one, more = one + "s") => `${count} ${count === 1 ? one : more}`;

/** What is printed here, in words; a station that is no more is named by its code. */
export function rolesOf(prints, stations) {
  const names = new Map(stations.map(({ code, name }) => ["station:" + code, name]));
  return prints.map((role) => ROLES[role] ?? names.get(role) ?? role.replace(/^station:/, ""));
}

/** How a printer is doing: a word, an icon, and whether it is well (ok), nearly (warn) or not (bad). */
export function standingOf(printer) {
  const { state, waiting, troubled } = printer;
  if (!printer.active) return { css: "bad", icon: "print_disabled", word: `Taken away, ${many(waiting, "paper")} left` };
  if (state?.is_online === false) return { css: "bad", icon: "print_disabled", word: window.kiosk.paper.sentence(state.reason) || "It does not answer." };
  if (troubled) return { css: "bad", icon: "error", word: window.kiosk.paper.whyOf(printer.trouble, printer.name) || `${many(troubled, "paper")} not printed` };
  if (state?.is_cover_open) return { css: "warn", icon: "warning", word: "Its cover is open." };
  if (state?.is_near_end) return { css: "warn", icon: "warning", word: "Its paper is nearly at the end." };
  if (waiting) return { css: "ok", icon: "print", word: "Printing" };
  if (state?.is_online) return { css: "ok", icon: "check_circle", word: "Ready" };
  return { css: "", icon: "print", word: printer.kind === "file" ? "Writes files" : "Not asked yet" };
}

/** How long ago: "now", "4 min", "1 h 22". */
export function ago(iso) {
  const minutes = window.kiosk.minutes(iso);
  if (minutes < 1) return "now";
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")}`;
}

/** A short name made of a name: "Grill 2" -> "grill-2"; one that has no such letters, or is taken, gets a number. */
export function codeFor(name, taken) {
  const plain = name.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 30) || "printer";
  if (!taken.includes(plain)) return plain;
  let number = 2;
  while (taken.includes(`${plain}-${number}`)) number += 1;
  return `${plain}-${number}`;
}
