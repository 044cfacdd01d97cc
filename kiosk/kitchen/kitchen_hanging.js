/** Where tickets hang on this screen: places by tab, the wall's grid, holes that keep their height. */

import { cells, hang, newPlaces, wallStyle } from "kitchen_places";

const WALL = "(min-width: 1600px)";
const HOLES_KEEP_HEIGHT = "(min-width: 561px)";

export const hanging = {
  data: () => ({ isWall: false, boardCells: [], inLine: [] }),
  computed: {
    drawnCells() {
      return this.boardCells.map((cell) => (this.leaving[cell.id] ? { ...cell, id: null } : cell));
    },
    waiting() {
      return this.inLine.filter((id) => !this.leaving[id]);
    },
  },
  watch: {
    hungTickets: "rehang",
    heldUnder: "rehang",
  },
  created() {
    this.places = {};
    this.screen = window.matchMedia(WALL);
    this.isWall = this.screen.matches;
  },
  mounted() {
    this.screen.addEventListener("change", this.changeScreen);
  },
  unmounted() {
    this.screen.removeEventListener("change", this.changeScreen);
  },
  methods: {
    rehang() {
      const places = (this.places[this.tab] ??= newPlaces(this.isWall));
      this.keepHeights(places);
      hang(places, this.hungTickets, this.heldUnder, performance.now());
      this.boardCells = cells(places);
      this.inLine = places.waiting;
      if (this.sought && this.tickets[this.sought]) this.$nextTick(this.showSought);
    },
    showSought() {
      this.$refs.board?.querySelector(`[data-ticket="${this.sought}"]`)?.scrollIntoView({ block: "nearest" });
      this.sought = null;
    },
    keepHeights(places) {
      if (this.isWall || !this.$refs.board || !window.matchMedia(HOLES_KEEP_HEIGHT).matches) return;
      for (const card of this.$refs.board.querySelectorAll("[data-ticket]")) {
        const place = places.held.indexOf(Number(card.dataset.ticket));
        if (place >= 0) places.heights[place] = card.offsetHeight;
      }
    },
    cellStyle(cell) {
      if (this.isWall) return wallStyle(cell);
      return cell.id === null ? { minHeight: `${this.places[this.tab].heights[cell.place] ?? 72}px` } : null;
    },
    keyName(place) {
      return place < 10 ? String((place + 1) % 10) : "";
    },
    changeScreen() {
      this.isWall = this.screen.matches;
      this.places = {};
      this.rehang();
    },
  },
};
