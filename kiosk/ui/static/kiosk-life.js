/* The life of a check as the journal tells it: kiosk.lifeOf(checkId) opens it over any screen. */
"use strict";
(function () {
  const kiosk = window.kiosk;
  const { make, icon, button } = kiosk;
  const ICONS = {
    opened: "door_open", seated: "door_open", rung: "add_circle", changed: "edit", removed: "remove_circle", fired: "skillet", held: "pause_circle",
    taken_back: "undo", refired: "replay", served: "room_service", moved: "arrow_outward", voided: "block", comped: "redeem", discounted: "percent",
    billed: "receipt_long", paid: "payments", refunded: "currency_exchange", corrected: "published_with_changes", printed: "print",
    handed: "swap_horiz", closed: "check_circle", cancelled: "cancel",
  };
  let open = null;

  /**
   * Show what became of a check and of each of its lines: rung, fired, moved, voided, paid, refunded, by whom and when.
   * Whoever may not see the journal is asked for a manager's PIN. Resolves when the sheet is shown, or was refused.
   */
  async function lifeOf(checkId) {
    if (open) open.close();
    const sheet = (open = lifeSheet());
    if (!kiosk.may("see_journal")) return approved(sheet, checkId);
    sheet.show();
    try {
      sheet.fill(await kiosk.view("life/" + checkId));
    } catch (refusal) {
      sheet.fail(refusal.sentence);
    }
  }

  /** Only this one look: the journal keeps both names. */
  async function approved(sheet, checkId) {
    const life = await kiosk.act("see_life", { check_id: checkId }).catch(() => null);
    if (open !== sheet) return;
    if (!life) return sheet.close();
    sheet.show();
    sheet.fill(life);
  }

  function lifeSheet() {
    const head = make("div", "k-life__h");
    const body = make("div", "k-life__b");
    const shut = button("k-btn is-icon is-quiet", icon("close"), () => dialog.close());
    shut.ariaLabel = "Close";
    const dialog = make("dialog", "k-sheet k-life", make("header", "k-life__top", head, shut), body);
    dialog.setAttribute("aria-label", "The life of the check");
    dialog.tabIndex = -1;
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (open === self) open = null;
    });
    head.append(make("b", "k-h2", "Reading the journal"));
    body.append(make("div", "k-sk", make("i", ""), make("i", ""), make("i", "")));
    const self = {
      show: () => (document.body.append(dialog), dialog.showModal(), dialog.focus()),
      close: () => (dialog.close(), dialog.remove()),
      fill: (life) => (head.replaceChildren(...heading(life)), body.replaceChildren(...story(life))),
      fail: (sentence) => body.replaceChildren(make("div", "k-note is-warn", icon("warning"), make("span", "", sentence))),
    };
    return self;
  }

  function words(className, text) {
    const element = make("span", className, text);
    element.dir = "auto";
    return element;
  }

  function heading({ check }) {
    return [words("k-life__t", check.title), words("k-life__s", check.subtitle)];
  }

  function story(life) {
    const only = { corrections: false };
    const lines = make("div", "k-life__lines");
    const draw = () => lines.replaceChildren(...life.lines.filter((line) => !only.corrections || line.grave).map(lineStory));
    draw();
    return [events(life.told), chooser(life.lines, only, draw), lines];
  }

  /** All lines, or those that somebody put right. */
  function chooser(lines, only, draw) {
    const grave = lines.filter((line) => line.grave).length;
    const row = make("div", "k-life__pick");
    const keys = [[false, `All ${lines.length} lines`], [true, `Corrected ${grave}`]].map(([corrections, label]) => {
      const key = button("k-chip", label, () => {
        only.corrections = corrections;
        paint();
        draw();
      });
      return { corrections, key };
    });
    const paint = () => keys.forEach(({ corrections, key }) => {
      key.classList.toggle("is-on", corrections === only.corrections);
      key.ariaPressed = String(corrections === only.corrections);
    });
    paint();
    row.append(...keys.map(({ key }) => key));
    row.hidden = !lines.length;
    return row;
  }

  /** One line: its name and how it ended; its story unfolds, and lies open where something was put right. */
  function lineStory(line) {
    const sum = make("b", "k-num" + (line.off ? " is-off" : ""), kiosk.money(line.amount));
    const end = words("k-life__end" + (line.grave ? " is-grave" : ""), line.ended);
    const box = make("details", "k-life__line", make("summary", "", icon("chevron_right", "s20"), words("k-life__name", line.title), end, sum), events(line.told));
    box.open = line.grave;
    return box;
  }

  function events(told) {
    const list = make("ol", "k-life__told");
    list.append(...told.map(one));
    return list;
  }

  function one(event) {
    const at = make("time", "k-life__at", event.clock);
    at.dateTime = event.at;
    if (event.day) at.prepend(make("small", "", event.day));
    const text = words("k-life__txt", event.text);
    if (event.entry) text.append(make("small", "", "Entry " + event.entry));
    return make("li", event.grave ? "is-grave" : "", at, icon(ICONS[event.kind] ?? "circle", "s20"), text);
  }

  Object.assign(kiosk, { lifeOf });
})();
