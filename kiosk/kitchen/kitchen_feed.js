/** The board's picture of the kitchen: a snapshot, then numbered changes; a gap or a new epoch asks for the snapshot again. */

const TRY_AGAIN_MS = 4000;

export class KitchenFeed {
  constructor({ onBoard, onTickets, onTrouble }) {
    Object.assign(this, { onBoard, onTickets, onTrouble, epoch: null, version: -1, isLoading: false, missed: [] });
  }

  /** Listen before the first read, so that no change falls between the two. */
  start() {
    this.isStopped = false;
    this.stopWatching = window.kiosk.watch("kitchen", (message) => this.take(message), () => this.load());
    this.load();
  }

  stop() {
    this.isStopped = true;
    clearTimeout(this.retry);
    this.stopWatching?.();
  }

  /** Read the whole board; a second call while one is under way reads once more after it. */
  async load() {
    if (this.isLoading) {
      this.isAskedAgain = true;
      return;
    }
    this.isLoading = true;
    clearTimeout(this.retry);
    try {
      do await this.read();
      while (this.isAskedAgain && !this.isStopped);
    } catch (trouble) {
      this.fail(trouble);
    } finally {
      this.isLoading = false;
    }
  }

  async read() {
    this.isAskedAgain = false;
    const board = await window.kiosk.view("/api/view/kitchen");
    if (this.isStopped) return;
    this.epoch = board.epoch;
    this.version = board.v;
    this.onBoard(board);
    const missed = this.missed.splice(0);
    missed.forEach((message) => this.apply(message));
  }

  fail(trouble) {
    if (this.isStopped) return;
    this.onTrouble(trouble);
    this.retry = setTimeout(() => this.load(), TRY_AGAIN_MS);
  }

  take(message) {
    if (this.isLoading) this.missed.push(message);
    else this.apply(message);
  }

  apply(message) {
    if (message.epoch === this.epoch && message.v <= this.version) return;
    if (message.epoch !== this.epoch || message.v !== this.version + 1 || !message.data?.tickets) {
      this.load();
      return;
    }
    this.version = message.v;
    this.onTickets(message.data.tickets);
  }
}
