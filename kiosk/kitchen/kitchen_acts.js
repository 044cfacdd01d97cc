/** What cooks do on the board: bump, recall, mark dishes done, cook again; and at the pass: served. */

import { isJustHung, SETTLING, stood } from "kitchen_places";

export const acts = {
  data: () => ({ serving: {} }),
  created() {
    this.standing = [];
    this.lastServed = null;
  },
  watch: {
    cards(cards) {
      this.standing = stood(this.standing, cards.map((card) => card.check_id), performance.now());
    },
  },
  methods: {
    async bump(ticket) {
      if (this.leaving[ticket.id] || isJustHung(this.places[this.tab], ticket.id, performance.now())) return;
      this.leaving[ticket.id] = true;
      const tap = window.kiosk.act("bump", { ticket_id: ticket.id });
      this.underWay = { id: ticket.id, tap };
      try {
        await tap;
        this.settleIn(ticket.id);
      } catch (refusal) {
        this.bringBack(ticket.id, refusal);
      }
    },
    settleIn(id) {
      // the server's own message takes the ticket away; should that be lost, the board is read again
      setTimeout(() => this.leaving[id] && this.follow(), 3000);
    },
    bringBack(id, refusal) {
      if (["conflict", "not_found"].includes(refusal?.code)) this.follow();
      else delete this.leaving[id];
    },
    async markDish({ ticket, line }) {
      const before = line.ready_at;
      line.ready_at = before ? null : new Date(window.kiosk.now()).toISOString();
      try {
        await window.kiosk.act("dish_done", { ticket_line_id: line.id, done: !before });
      } catch {
        line.ready_at = before;
        this.follow();
      }
    },
    async recall(ticket) {
      if (!ticket || this.recalling === ticket.id) return;
      this.recalling = this.sought = ticket.id;
      try {
        await window.kiosk.act("recall", { ticket_id: ticket.id });
      } catch {
        this.follow();
      } finally {
        this.recalling = null;
      }
    },
    /** Bring the ticket bumped last back; one whose bump is still under way comes first. */
    async recallLast() {
      const { id, tap } = this.underWay ?? {};
      const ticket = this.tickets[id];
      if (!ticket || !this.leaving[id]) return this.recall(this.lastBumped);
      await tap.catch(() => null);
      return this.recall(ticket);
    },
    async refire({ line, reason }) {
      this.sheet = null;
      try {
        await window.kiosk.act("refire", { line_id: line.line_id, reason });
        window.kiosk.toast({ kind: "ok", text: `${line.name} is cooked again.`, small: reason });
      } catch {
        this.follow();
      }
    },
    /** Plates went to the table; they can be taken back while the toast counts down. */
    async serve({ card, plates }) {
      const ids = plates.map((plate) => plate.line.line_id).filter((id) => !this.serving[id]);
      const came = this.standing.find(({ id }) => id === card.check_id)?.since ?? 0;
      if (!ids.length || performance.now() - came < SETTLING) return; // a second tap is meant for the party that just left
      for (const id of ids) this.serving[id] = true;
      try {
        await window.kiosk.act("serve", { check_id: card.check_id, line_ids: ids });
        const served = (this.lastServed = { check_id: card.check_id, line_ids: ids });
        this.drop(card.check_id, ids);
        window.kiosk.toast({ kind: "ok", text: `${card.label}: ${ids.length} served.`, action: { label: "Undo", run: () => this.unserve(served) } });
      } catch {
        this.follow();
      } finally {
        for (const id of ids) delete this.serving[id];
      }
    },
    /** What is served leaves the pass before the server's own message says so. */
    drop(checkId, ids) {
      this.unserved[checkId] = (this.unserved[checkId] ?? []).filter((id) => !ids.includes(id));
    },
    async unserve(served = this.lastServed) {
      if (!served) return;
      if (served === this.lastServed) this.lastServed = null;
      await window.kiosk.act("unserve", served).catch(() => null); // the kiosk says why it is refused
      this.follow();
    },
  },
};
