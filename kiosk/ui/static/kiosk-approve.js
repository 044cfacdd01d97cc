/* The approval sheet: a manager picks a name and types a PIN for one act of somebody else. */
"use strict";
(function () {
  const kiosk = window.kiosk;
  const { make, icon, button } = kiosk;
  const SHORTEST = 4, LONGEST = 8;
  /** What each permission allows, as the sheet asks a manager for it. */
  const WORDS = {
    see_floor: "See the floor", seat: "Seat, move and book guests", ring: "Ring dishes", remove_line: "Take off what was not sent",
    fire: "Send to the kitchen", serve: "Mark as served", ask_bill: "Print a bill", see_kitchen: "See the kitchen",
    bump: "Bump tickets", eighty_six: "Sold out, or back again", void_fired_line: "Void what was sent", comp: "On the house",
    discount: "Discount", refire: "Cook it again", open_price: "Name a price", hand_over: "Give a check to somebody else",
    settle: "Take money", reprint: "Print a receipt again", refund: "Give money back", correct_tender: "Put right how it was paid", waive_service: "Service charge",
    open_drawer: "Open a drawer for the day", pay_in: "Pay into the drawer", pay_out: "Pay out of the drawer", drop: "Bring cash to the safe",
    no_sale: "Open the drawer without a sale", count_drawer: "Count a drawer", see_till: "See the till", see_daybook: "See the daybook",
    see_journal: "See who did what", see_reports: "See the day's figures", export: "Write out files", close_day: "Close the day",
    manage_menu: "Change the menu", manage_floor: "Change the floor plan", manage_staff: "Change who works here", set_pay: "Agree what somebody earns",
    manage_devices: "Change tablets and printers", cancel_print: "Give up a paper that is not printed", approve: "Approve for others",
  };
  let open = null;

  /**
   * Ask for a manager's PIN. Resolves with {person_id, pin}, or null when it was refused. The sheet says what the
   * permission allows and stays, busy, until `approved()`; called again with a sentence (a wrong PIN) it shows that and takes another.
   */
  async function approval({ permission = "", sentence = "" } = {}) {
    open ??= sheet(await kiosk.view("approvers").catch(() => []), WORDS[permission] ?? "Approval");
    return open.ask(sentence);
  }

  function sheet(people, title) {
    const state = { pin: "", person: people.length === 1 ? people[0] : null, done: null };
    const dots = make("div", "k-dots");
    const word = make("span", "");
    const names = people.map((person) => nameKey(person, () => choose(person)));
    const go = button("k-btn is-primary is-l k-grow", "Approve this one", () => answer());
    const dialog = make("dialog", "k-sheet k-pin",
      make("div", "k-pin__h", make("b", "", title), word),
      make("div", "k-sheet__names", ...names.map(({ key }) => key)), dots, pad(press), make("div", "k-row",
        button("k-btn is-line is-l k-grow", "Refuse", () => finish(null)), go));
    word.setAttribute("role", "status");
    dialog.setAttribute("aria-label", "Approval");
    dialog.addEventListener("cancel", (event) => (event.preventDefault(), finish(null)));
    dialog.addEventListener("keydown", typed);

    function choose(person) {
      state.person = person;
      state.pin = "";
      show();
    }

    function press(key) {
      if (key === "back") state.pin = state.pin.slice(0, -1);
      else if (state.pin.length < LONGEST) state.pin += key;
      show();
    }

    function typed(event) {
      if (/^\d$/.test(event.key)) press(event.key);
      else if (event.key === "Backspace") press("back");
      else if (event.key === "Enter" && !go.disabled) event.preventDefault(), answer();
    }

    function show() {
      dots.replaceChildren(...Array.from({ length: Math.max(SHORTEST, state.pin.length) }, (_, i) => make("i", i < state.pin.length ? "is-on" : "")));
      dots.setAttribute("role", "img");
      dots.ariaLabel = `${state.pin.length} digits typed`;
      for (const { person, key } of names) {
        key.classList.toggle("is-on", person === state.person);
        key.ariaPressed = String(person === state.person);
      }
      go.disabled = !state.person || state.pin.length < SHORTEST;
    }

    function answer() {
      const approved = { person_id: state.person.id, pin: state.pin };
      state.pin = "";
      show();
      word.textContent = "Asking the kiosk";
      state.done(approved);
    }

    function finish(result) {
      dialog.close();
      dialog.remove();
      open = null;
      state.done?.(result);
    }

    function ask(sentence) {
      word.textContent = sentence || (people.length ? "A manager is needed for this one act. Both names are written down." : "Nobody here may approve this.");
      word.classList.toggle("k-bad", Boolean(sentence));
      show();
      if (!dialog.isConnected) document.body.append(dialog), dialog.showModal();
      return new Promise((resolve) => (state.done = resolve));
    }
    return { ask, finish };
  }

  function nameKey(person, press) {
    const key = button("k-chip", "", press);
    const name = make("span", "", person.name);
    name.dir = "auto";
    key.append(icon("verified_user", "s20"), name);
    return { person, key };
  }

  function pad(press) {
    const keys = [..."123456789"].map((digit) => button("", digit, () => press(digit)));
    const back = button("", icon("backspace", "s28"), () => press("back"));
    back.ariaLabel = "Delete last digit";
    return make("div", "k-pad", ...keys, make("span", ""), button("", "0", () => press("0")), back);
  }

  /** Close the sheet: the act was carried out, or failed for another reason. */
  const approved = () => open?.finish(null);

  Object.assign(kiosk, { approval, approved });
})();
