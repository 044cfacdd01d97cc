/** What the board needs of the menu: names of courses, what is sold out or nearly, stations that nobody has. */

export const stock = {
  data: () => ({ courseNames: {}, soldOut: [], leftByName: {}, unknownCodes: [] }),
  created() {
    this.items = new Map(); // not reactive: a menu may have thousands
  },
  methods: {
    followMenu() {
      this.unfollowMenu ??= window.kiosk.watch("menu", ({ data }) => (data.items ? this.takeStock(data.items) : this.readMenu()), () => this.readMenu());
      this.readMenu();
    },
    async readMenu() {
      try {
        const menu = await window.kiosk.view("menu");
        this.courseNames = Object.fromEntries(menu.courses.map((course) => [course.no, course.name]));
        this.items = new Map(menu.items.map((item) => [item.id, { ...item }]));
      } catch {
        return; // tickets then say "Course 1"; the board itself does not need the menu
      }
      this.recount();
    },
    takeStock(changed) {
      for (const stock of changed) if (this.items.has(stock.id)) Object.assign(this.items.get(stock.id), stock);
      this.recount();
    },
    recount() {
      const items = [...this.items.values()];
      this.soldOut = items.filter((item) => item.is_out).map(({ id, name, left }) => ({ id, name, left }));
      const counted = items.filter((item) => item.left !== null && item.left !== undefined && !item.is_out);
      this.leftByName = Object.fromEntries(counted.map((item) => [item.kitchen_name || item.name, item.left]));
      const known = new Set(this.stations.map((station) => station.code));
      this.unknownCodes = [...new Set(items.flatMap((item) => item.stations ?? []))].filter((code) => !known.has(code));
    },
    async eightySix({ item, left }) {
      const isOut = left === 0;
      try {
        await window.kiosk.act("eighty_six", { item_id: item.id, is_out: isOut, portions_left: left === 0 ? null : left });
        const words = isOut ? "is sold out on every tablet." : left === null ? "is on the menu again." : `: ${left} left.`;
        window.kiosk.toast({ kind: "ok", text: `${item.name} ${words}` });
      } catch {
        this.readMenu();
      }
    },
  },
};
