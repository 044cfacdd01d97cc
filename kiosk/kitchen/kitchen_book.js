/** What the board knows: tickets, those bumped, what is held and unserved; a ticket is revealed to the instant. */

import { dishesLeft } from "kitchen_times";

const RECALLABLE = 20;

/** Newest bump first. */
const byBump = (one, other) => Date.parse(other.bumped_at) - Date.parse(one.bumped_at);

export const book = {
  data: () => ({
    isLoaded: false,
    trouble: "",
    stations: [],
    tickets: {},
    revealed: {},
    bumped: [],
    passed: {},
    held: {},
    unserved: {},
    papers: [],
    load: {},
    averageS: null,
    bumps: 0,
    leaving: {},
    arrived: {},
  }),
  computed: {
    openTickets() {
      return Object.values(this.tickets).filter((ticket) => this.revealed[ticket.id]);
    },
    /** Which check a line is on now, whatever check it was fired for. */
    checkOfLine() {
      return Object.fromEntries(Object.entries(this.unserved).flatMap(([id, lines]) => lines.map((line) => [line, Number(id)])));
    },
    /** What did not come out of a printer as it should, by ticket: the latest of each. */
    paperOf() {
      return Object.fromEntries(this.papers.map((paper) => [paper.ticket_id, paper]));
    },
    stationNames() {
      return Object.fromEntries(this.stations.map((station) => [station.id, station.name]));
    },
  },
  methods: {
    /** Follow the kitchen's news from a fresh snapshot; also the way back when the board may be wrong. */
    follow() {
      this.unfollow?.();
      this.unfollow = window.kiosk.follow("kitchen", {
        load: () => window.kiosk.view("kitchen"),
        snapshot: this.takeBoard,
        change: this.takeNews,
        failed: (trouble) => void (this.trouble = trouble.sentence),
      });
    },
    takeBoard(board) {
      const isFirst = !this.isLoaded;
      this.stations = board.stations;
      this.tickets = Object.fromEntries(board.tickets.map((ticket) => [ticket.id, ticket]));
      this.revealed = Object.fromEntries(Object.keys(this.revealed).filter((id) => this.tickets[id]).map((id) => [id, true]));
      this.bumped = [...board.bumped].sort(byBump);
      this.passed = Object.fromEntries(board.passed.map((ticket) => [ticket.id, ticket]));
      this.load = Object.fromEntries(board.stations.map((station) => [station.id, station.load]));
      Object.assign(this, { held: board.held, unserved: board.unserved, papers: board.papers ?? [], averageS: board.average_s, bumps: board.bumps });
      this.leaving = {};
      this.isLoaded = true;
      this.trouble = "";
      if (Number.isInteger(this.tab) && !this.stationNames[this.tab]) this.tab = "all";
      this.reveal({ isQuiet: isFirst });
    },
    takeNews({ tickets = [], gone = [], load, stations, held = {}, unserved = {}, papers }) {
      Object.assign(this.held, held);
      Object.assign(this.unserved, unserved);
      if (load) this.load = load;
      if (stations) this.stations = stations;
      if (papers) this.papers = papers;
      tickets.forEach(this.takeTicket);
      gone.forEach(this.forget);
      this.clearPass();
      this.reveal();
    },
    takeTicket(ticket) {
      this.bumped = this.bumped.filter((one) => one.id !== ticket.id);
      delete this.passed[ticket.id];
      if (!ticket.bumped_at) {
        this.tickets[ticket.id] = ticket;
        return;
      }
      if (this.tickets[ticket.id]) this.average(ticket);
      this.forget(ticket.id);
      this.passed[ticket.id] = ticket;
      this.bumped = [ticket, ...this.bumped].sort(byBump).slice(0, RECALLABLE);
    },
    forget(id) {
      for (const known of [this.tickets, this.revealed, this.leaving, this.arrived]) delete known[id];
    },
    /** Bumped tickets with nothing left for the pass are kept for recall only. */
    clearPass() {
      for (const ticket of Object.values(this.passed)) {
        if (!ticket.lines.some((line) => this.checkOfLine[line.line_id])) delete this.passed[ticket.id];
      }
    },
    average(ticket) {
      const took = (Date.parse(ticket.bumped_at) - Date.parse(ticket.fired_at)) / 1000;
      this.averageS = Math.round(((this.averageS ?? 0) * this.bumps + took) / (this.bumps + 1));
      this.bumps += 1;
    },
    /** Show every ticket whose moment has come, with the bell, and wait for the next one's. */
    reveal({ isQuiet = false } = {}) {
      clearTimeout(this.revealing);
      const now = window.kiosk.now();
      const hidden = Object.values(this.tickets).filter((ticket) => !this.revealed[ticket.id]);
      const due = hidden.filter((ticket) => Date.parse(ticket.shown_at) <= now);
      for (const ticket of due) this.revealed[ticket.id] = true;
      if (due.length && !isQuiet) this.greet(due, now);
      const next = Math.min(...hidden.filter((ticket) => !due.includes(ticket)).map((ticket) => Date.parse(ticket.shown_at)));
      if (Number.isFinite(next)) this.revealing = setTimeout(this.reveal, Math.max(1, next - now));
    },
    greet(news, now) {
      for (const ticket of news) this.arrived[ticket.id] = now;
      if (news.some((ticket) => this.isInTab(ticket) && dishesLeft(ticket))) this.bell.ring();
    },
    /** The check a ticket cooks for now. */
    checkOf(ticket) {
      return ticket.lines.map((line) => this.checkOfLine[line.line_id]).find(Boolean) ?? ticket.check_id;
    },
  },
};
