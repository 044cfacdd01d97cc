/** Taps and long presses on all tiles of the floor, heard in one place. Methods of the board. */

const LONG_MS = 500;
const SLIP = 10;

export const floorTouch = {
  faceAt({ target }) {
    const tile = target.closest?.("[data-face]");
    return tile ? this.byId.get(tile.dataset.face) : null;
  },
  pressed(event) {
    const face = event.button === 0 ? this.faceAt(event) : null;
    this.held = null;
    if (!face || event.target.closest("[data-act],[data-more]")) return;
    const timer = setTimeout(() => this.pressedLong(face), LONG_MS);
    this.finger = { timer, x: event.clientX, y: event.clientY };
  },
  slipped({ clientX, clientY }) {
    if (this.finger && Math.hypot(clientX - this.finger.x, clientY - this.finger.y) > SLIP) this.lifted();
  },
  lifted() {
    clearTimeout(this.finger?.timer);
    this.finger = null;
  },
  pressedLong(face) {
    this.lifted();
    this.held = face.id; // the click that follows is not a tap
    this.more(face);
  },
  /** The same by the right button, a browser's own long press, or the keyboard's menu key. */
  menu(event) {
    const face = this.faceAt(event);
    if (!face) return;
    event.preventDefault();
    if (!this.sheet) this.pressedLong(face);
    if (event.pointerType !== "touch") this.held = null;
  },
  tapped(event) {
    const face = this.faceAt(event);
    const held = this.held;
    this.lifted();
    this.held = null;
    if (!face || held === face.id) return;
    if (this.choosing) this.chosen(face);
    else if (event.target.closest("[data-act]")) this.perform(face.step, face);
    else if (event.target.closest("[data-more]")) this.more(face);
    else this.open(face);
  },
  /** One tap: to the order of a party, or as many guests as chairs sit down. What is kept back asks first. */
  open(face) {
    const { tile, name } = face;
    if (tile.check_id && name !== "paid") this.perform({ name: "open" }, face);
    else if (name === "available" && !tile.joined_to && window.kiosk.may("seat")) this.perform({ name: "seat", covers: tile.seats }, face);
    else this.more(face);
  },
  more(face) {
    if (this.choosing || !window.kiosk.may("seat")) return;
    this.sheet = { name: "table", id: face.id };
  },
};
