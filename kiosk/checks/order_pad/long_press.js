// A long press beside a tap: held still for half a second it runs, and the tap that ends it does nothing.

const LONG_PRESS = 500;
const SLACK = 10;

export class LongPress {
  constructor(run) {
    this.run = run;
  }

  down(event) {
    this.hasRun = false;
    if (event.button) return;
    this.from = event;
    this.timer = setTimeout(() => this.#fire(event, true), LONG_PRESS);
  }

  move({ clientX, clientY }) {
    if (this.timer && Math.hypot(clientX - this.from.clientX, clientY - this.from.clientY) > SLACK) this.up();
  }

  up() {
    clearTimeout(this.timer);
    this.timer = null;
  }

  /** The right key of a mouse, or a touch screen that calls a long press itself. */
  menu(event) {
    this.#fire(event, Boolean(this.timer));
  }

  #fire(event, tapFollows) {
    this.hasRun = tapFollows;
    this.up();
    this.run(event);
  }

  /** Was the tap that ends now the end of a long press? */
  swallows() {
    const had = this.hasRun;
    this.hasRun = false;
    return had;
  }
}
