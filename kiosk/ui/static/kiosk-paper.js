/* The banner of paper that is not where it should be, on the stations concerned: it stays until all is printed or given up. */
"use strict";
(function () {
  const kiosk = window.kiosk;
  const { make, icon, button, paper } = kiosk;
  const root = document.documentElement;
  const MOST = 2;
  const NAMED = 6;
  const TOLD_FOR_S = 600;
  const LOOK_EVERY_S = 15;
  const RINGS_AFTER_S = 7;
  const SEEN = "kiosk_paper_seen_";
  const COUNTER = ["receipt", "bill", "report", "slip"];
  const CONCERNS = {
    floor: (role) => role.startsWith("station:") || role === "bill",
    settle: (role) => COUNTER.includes(role),
    close: (role) => COUNTER.includes(role),
    kitchen: (role) => role.startsWith("station:") && (!stations || stations.has(role.slice(8))),
  };
  let told = { troubles: [], printers: [] };
  let stations = null;
  let shown = "";
  let box = null;
  let ticks = 0;
  let rung = new Set();

  const place = () => (kiosk.framed() ? root.dataset.page : kiosk.route.view);

  /** The troubles that whoever stands here can do something about; of a printer taken away everybody is told. */
  function mine() {
    const concerns = CONCERNS[place()];
    if (!concerns) return [];
    const rolesOf = new Map(told.printers.map(({ id, prints }) => [id, prints]));
    return told.troubles.filter((one) => (one.count ? (rolesOf.get(one.id)?.some(concerns) ?? true) : rolesOf.get(one.id)?.some(concerns) && isTold(one)));
  }

  /** Where papers came out instead is told for a while, and until somebody here has seen it. */
  function isTold({ id, moved_at: at }) {
    return kiosk.seconds(at) < TOLD_FOR_S && sessionStorage.getItem(SEEN + id) !== at;
  }

  function seen({ id, moved_at: at }) {
    sessionStorage.setItem(SEEN + id, at);
    draw();
  }

  function draw() {
    if (!box) return;
    const troubles = mine(), now = JSON.stringify([troubles, kiosk.online, kiosk.may("see_till")]);
    if (now === shown) return;
    shown = now;
    const rows = troubles.slice(0, MOST).map(row);
    if (troubles.length > MOST) rows.push(rest(troubles.slice(MOST)));
    box.replaceChildren(...rows);
    box.hidden = !rows.length;
    root.classList.toggle("k-has-paper", rows.length > 0);
    measure();
  }

  /** What lies below makes room: a banner that stays may not cover a key. */
  function measure() {
    root.style.setProperty("--paper-h", `${box.hidden ? 0 : Math.ceil(box.getBoundingClientRect().height)}px`);
  }

  function row(trouble) {
    const isStuck = trouble.count > 0;
    const why = isStuck ? paper.whyOf(trouble.trouble, trouble.name) || "It does not print." : movedWords(trouble);
    const text = make("a", "k-pb__txt", make("p", "", paper.said("b", "", trouble.name), " \u00a0", paper.said("span", "", why)));
    text.href = `/printers?printer=${trouble.id}`;
    if (isStuck) text.append(paper.said("small", "", waits(trouble)));
    const keys = isStuck ? stuckKeys(trouble) : [button("k-btn is-line", "Seen", () => seen(trouble))];
    return make("div", `k-pb ${isStuck ? "is-bad" : "is-warn"}`, icon(isStuck ? "print_disabled" : "alt_route", "s28"), text, make("div", "k-pb__keys", ...keys));
  }

  const movedWords = ({ moved, by }) => `${paper.many(moved, "paper")} came out of \u2068${by || "another printer"}\u2069.`;

  /** "3 wait since 20:14: Ticket 12, Ticket 5 and 1 more"; what has the same name is named once. */
  function waits({ count, since, jobs, moved, by }) {
    const titles = jobs.map(paper.titleOf), names = [...new Set(titles)].slice(0, NAMED);
    const more = count - titles.filter((title) => names.includes(title)).length;
    const list = names.map((name) => `\u2068${name}\u2069`).join(", ") + (more > 0 ? ` and ${more} more` : "");
    const elsewhere = moved ? ` ${moved} came out of \u2068${by}\u2069.` : "";
    return `${count} ${count === 1 ? "waits" : "wait"} since ${kiosk.clock(since)}: ${list}.${elsewhere}`;
  }

  function stuckKeys(trouble) {
    const key = (css, label, press) => {
      const made = button("k-btn " + css, label, async () => {
        made.disabled = true;
        await press();
        made.disabled = !kiosk.online;
      });
      made.disabled = !kiosk.online;
      made.setAttribute("aria-label", `${label}, ${trouble.name}`);
      return made;
    };
    return [
      key("is-primary", trouble.count > 1 ? `Retry ${trouble.count}` : "Retry", () => retry(trouble)),
      key("", "Other printer", () => paper.emptyTo(trouble, told.printers)),
      key("is-line", "Cancel", () => paper.giveUp(trouble.name, trouble.jobs, trouble.count - trouble.jobs.length)),
    ];
  }

  async function retry(trouble) {
    const tried = await paper.act("retry_printer", { printer_id: trouble.id });
    if (tried) kiosk.toast({ kind: "info", text: `${paper.many(tried.jobs, "paper")} of ${trouble.name} tried again.` });
  }

  function printersKey(label) {
    return button("k-btn is-line", label, () => location.assign("/printers"));
  }

  function rest(troubles) {
    const names = troubles.map(({ name }) => `\u2068${name}\u2069`).join(", ");
    return make("div", "k-pb is-bad is-rest", icon("print_disabled"), make("div", "k-pb__txt", paper.said("span", "", `Also ${names}`)), make("div", "k-pb__keys", printersKey(`All ${troubles.length + MOST}`)));
  }

  /** People are told of a paper after three seconds; after seven more the stations that have a bell ring it, once. */
  function ring() {
    const stuck = mine().filter(({ count }) => count);
    rung = new Set(stuck.map(({ id }) => id).filter((id) => rung.has(id)));
    for (const trouble of stuck.filter(({ id, since }) => !rung.has(id) && kiosk.seconds(since) >= RINGS_AFTER_S)) {
      rung.add(trouble.id);
      kiosk.emit("paper", trouble);
    }
  }

  function take(data) {
    told = data;
    draw();
    countInDock();
  }

  function countInDock() {
    const number = document.querySelector('.k-dock [href="/printers"] .k-dock__count');
    if (!number) return;
    const count = told.troubles.filter(({ count: stuck }) => stuck).length;
    number.textContent = count || "";
    number.hidden = !count;
  }

  /** The kitchen's board says of which stations it shows the tickets; null for all. */
  function at(codes) {
    stations = codes && new Set(codes);
    draw();
  }

  function begin() {
    box = make("section", "");
    Object.assign(box, { id: "k-paper", hidden: true, ariaLabel: "Paper that is not printed" });
    box.setAttribute("role", "status");
    document.body.append(box);
    new ResizeObserver(measure).observe(box);
    if (kiosk.may("see_kitchen")) kiosk.follow("paper", { load: () => kiosk.view("paper"), snapshot: take, change: take, whole: true });
  }

  Object.assign(paper, { at });
  kiosk.on("route", draw);
  kiosk.on("online", draw);
  kiosk.on("tick", () => {
    ticks += 1;
    if (ticks % LOOK_EVERY_S === 0) draw();
    ring();
  });
  kiosk.ready.then(() => (document.readyState === "loading" ? addEventListener("DOMContentLoaded", begin) : begin()));
})();
