/** Keyboard and bump bar: 1-9 and 0 bump, arrows move the focus over tickets and dishes, Enter presses, Ctrl-Z recalls. */

import { at } from "kitchen_places";

const STOPS = "button.k-dish, .k-ticket__f .k-btn:not(.kb-look)";
const TYPING = "input, textarea, [role=dialog]";

/** Where an arrow leads in the way this page is written. */
function direction(key) {
  const isTurned = document.documentElement.dir === "rtl";
  return { ArrowDown: "down", ArrowUp: "up", ArrowRight: isTurned ? "left" : "right", ArrowLeft: isTurned ? "right" : "left" }[key];
}

export const keys = {
  mounted() {
    window.addEventListener("keydown", this.press);
  },
  unmounted() {
    window.removeEventListener("keydown", this.press);
  },
  methods: {
    press(event) {
      if (!this.isShown || this.sheet || event.altKey || event.metaKey || event.target.closest?.(TYPING)) return;
      if (event.ctrlKey) return void (event.key.toLowerCase() === "z" && !event.repeat && this.undo(event));
      if (/^[0-9]$/.test(event.key) && !event.repeat) return this.pressPlace((Number(event.key) + 9) % 10);
      const way = direction(event.key);
      if (way && this.moveFocus(way)) event.preventDefault();
    },
    undo(event) {
      event.preventDefault();
      if (this.isPass) this.unserve();
      else this.recallLast();
    },
    pressPlace(place) {
      if (this.isPass) {
        const card = this.cards[place];
        if (card?.ready.length) this.serve({ card, plates: card.ready });
        return;
      }
      const id = this.places[this.tab] ? at(this.places[this.tab], place) : null;
      if (id !== null && this.tickets[id]) this.bump(this.tickets[id]);
    },
    /** Up and down walk a ticket, left and right go to its neighbour. Whether there was anywhere to go. */
    moveFocus(way) {
      const tickets = [...(this.$refs.board?.querySelectorAll("[data-ticket], [data-check]") ?? [])];
      if (!tickets.length) return false;
      const here = tickets.findIndex((ticket) => ticket.contains(document.activeElement));
      if (here < 0) this.focusOn(tickets[Math.min(this.focusedAt ?? 0, tickets.length - 1)], 0);
      else if (way === "left" || way === "right") this.focusBeside(tickets, here, way === "right" ? 1 : -1);
      else this.focusWithin(tickets[here], way === "down" ? 1 : -1);
      this.focusedAt = tickets.findIndex((ticket) => ticket.contains(document.activeElement));
      return true;
    },
    focusBeside(tickets, here, step) {
      const there = tickets[here + step];
      if (there) this.focusOn(there, 0);
    },
    focusWithin(ticket, step) {
      const stops = [...ticket.querySelectorAll(STOPS)];
      const next = stops.indexOf(document.activeElement) + step;
      this.focusOn(ticket, Math.min(Math.max(next, 0), stops.length - 1));
    },
    focusOn(ticket, stop) {
      const found = ticket.querySelectorAll(STOPS)[stop];
      found?.focus();
      found?.scrollIntoView({ block: "nearest" });
    },
  },
};
