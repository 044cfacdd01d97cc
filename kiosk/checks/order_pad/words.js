// The words, icons and spoken labels of the order screen, and folding of text for search.

export const STATES = {
  draft: { word: "Draft", icon: "edit", css: "is-draft" },
  saving: { word: "Saving", icon: "cloud_upload", css: "is-draft is-saving" },
  held: { word: "Held", icon: "pause_circle", css: "is-held" },
  fired: { word: "Sent", icon: "send", css: "is-sent", since: "fired_at" },
  cooking: { word: "Cooking", icon: "skillet", css: "is-sent", since: "fired_at" },
  ready: { word: "Ready", icon: "room_service", css: "is-ready", since: "ready_at" },
  served: { word: "Served", icon: "done_all", css: "is-served" },
  voided: { word: "VOID", icon: "block", css: "is-void" },
};

export const VOID_REASONS = ["Rung by mistake", "Guest changed their mind", "Waited too long", "Not as it should be", "Sold out"];

export const NOTE_LENGTH = 200;
export const MOST = 99;

const PLAIN = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" };

// Accents of Latin, Greek and Cyrillic, Hebrew points, Arabic vowels, the Indic dot; kana sounds and Thai tones make other letters and stay.
const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u093c]/g;

/** Lower case without accents, wide letters narrow, so that "ragu" finds "ragù" and "cafe" finds "ＣＡＦÉ". */
export function fold(text) {
  const bare = text.normalize("NFKD").replace(ACCENTS, "").toLowerCase().normalize("NFC");
  return bare.replace(/[ßæœøłđðþı]/g, (letter) => PLAIN[letter]).replace(/[’'‘`\u0640]/g, "").replace(/\s+/g, " ").trim();
}

/** Two letters start a search; one is enough where a letter is a word. */
export function searchable(text) {
  const letters = [...text.trim()];
  return letters.length >= 2 || /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u.test(text.trim());
}

/** The icon of a category as the menu names it; anything that is no icon's name gives the general one. */
export function icon(name) {
  return /^[a-z0-9_]{2,40}$/.test(name || "") ? name : "restaurant_menu";
}

export function plural(count, one, many = `${one}s`) {
  return `${count} ${count === 1 ? one : many}`;
}

/** How a check is called: "Table 12" for a bare table number, else its label as it is. */
export function title(label) {
  return /^\d+\p{L}?$/u.test(label || "") ? `Table ${label}` : label;
}

/** A surcharge in words: "+3.50", "−1.00", or nothing to say. */
export function surcharge(price, none = "") {
  return price ? (price > 0 ? "+" : "") + kiosk.money(price) : none;
}

/** What is said of a modifier: "No chilli", "Extra burrata", "Burrata on the side"; its name alone without a word. */
export const PREFIXES = { no: "No", extra: "Extra", side: "On the side" };
export function said({ name, prefix }) {
  if (prefix === "side") return `${name} on the side`;
  return PREFIXES[prefix] ? `${PREFIXES[prefix]} ${name}` : name;
}
