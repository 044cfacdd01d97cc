/* Paper that is not where it should be: kiosk.paper opens one job, asks for another printer, gives paper up. On every page. */
"use strict";
(function () {
  const kiosk = window.kiosk;
  const { make, icon, button } = kiosk;
  const KINDS = { kitchen: "Ticket", ticket: "Ticket", receipt: "Receipt", bill: "Bill", report: "Report", sheet: "Report", slip: "Drawer slip", test: "Test page" };
  const STATES = {
    queued: ["Waits", "schedule"], sending: ["Being sent", "sync"], printed: ["Printed", "check_circle"], doubt: ["In doubt", "help"],
    held: ["Held", "pause_circle"], failed: ["Not printed", "error"], rerouted: ["Printed elsewhere", "alt_route"], cancelled: ["Given up", "cancel"],
  };
  const SMALL = {
    doubt: "Some of it went to the printer and no answer came. Look whether it is on paper; another copy says REPRINT.",
    held: "The printer has it and waits for paper or its cover.",
    failed: "It is not tried again by itself.",
  };
  const USUAL = ["Told them aloud", "Written by hand", "Not needed any more"];
  const LONGEST = 200;
  const STUCK = ["doubt", "held", "failed"];

  /** What a job is called: "Ticket 12"; reports and slips of the drawer by their title alone, a test page without its printer. */
  function titleOf({ kind, label }) {
    if (label && kind === "sheet") return label;
    if (kind === "test") return KINDS.test;
    const word = KINDS[kind] ?? kind;
    return label ? `${word} ${label}` : word;
  }

  /** A job's state in words and its icon; a waiting one of which people are told is "Late". */
  function stateOf({ state, troubled_at: troubled }) {
    if (state === "queued" && troubled) return ["Still waits", "hourglass_top"];
    return STATES[state] ?? [state, "circle"];
  }

  /** Why something is so, as a sentence, however a printer said it. */
  const sentence = (why) => why && `${why[0].toUpperCase()}${why.slice(1)}${why.endsWith(".") ? "" : "."}`;

  /** Why a paper is not printed; its printer's name is beside it already. */
  const whyOf = (trouble, name) => (trouble?.startsWith(name + ": ") ? sentence(trouble.slice(name.length + 2)) : trouble);

  const many = (count, one, more = one + "s") => `${count} ${count === 1 ? one : more}`;

  /** Text from people, which keeps its own direction and may be long. */
  function said(tag, className, text) {
    const element = make(tag, className, text);
    element.dir = "auto";
    return element;
  }

  /** A modal sheet with a title; `fill(body, close)` draws it. Resolves with what it was closed with, null for nothing. */
  function sheet(title, fill, css = "") {
    return new Promise((resolve) => {
      let result = null;
      const close = (value = null) => ((result = value), dialog.close());
      const shut = button("k-btn is-icon is-quiet", icon("close"), () => close());
      shut.ariaLabel = "Close";
      const body = make("div", "k-ps__b");
      const dialog = make("dialog", "k-sheet k-ps " + css, make("header", "k-ps__h", said("h2", "k-h2 k-grow", title), shut), body);
      dialog.setAttribute("aria-label", title);
      dialog.tabIndex = -1;
      dialog.addEventListener("click", (event) => event.target === dialog && close());
      dialog.addEventListener("close", () => (dialog.remove(), resolve(result)));
      document.body.append(dialog);
      fill(body, close);
      dialog.showModal();
      dialog.focus();
    });
  }

  const act = (name, args) => kiosk.act(name, args).then((result) => result ?? {}, () => null);

  function done(text) {
    kiosk.toast({ kind: "ok", text });
    return true;
  }

  // ---- another printer ----
  /** Ask which printer shall do it instead; those that print the same come first. Resolves with it, or null. */
  function askPrinter(title, from, printers) {
    if (!printers) return null;
    const roles = new Set(printers.find(({ id }) => id === from)?.prints ?? []);
    const alike = ({ prints }) => prints.filter((role) => roles.has(role)).length;
    const rank = (one) => (one.is_down ? 2000 : 0) + (one.kind === "file" ? 1000 : 0) - alike(one);
    const others = printers.filter(({ id }) => id !== from).sort((one, other) => rank(one) - rank(other));
    return sheet(title, (body, close) => {
      if (!others.length) body.append(note("warn", "There is no other printer. Add one on the printers' page."));
      for (const printer of others) body.append(choice(printer, () => close(printer)));
    });
  }

  function choice({ name, kind, is_down: isDown }, press) {
    const key = button("k-btn is-l is-block k-ps__one", icon(isDown ? "print_disabled" : "print", "s20"), press);
    const words = make("span", "k-grow", make("bdi", "", name));
    if (isDown) words.append(make("small", "", "It does not print just now either"));
    else if (kind === "file") words.append(make("small", "", "Writes a file, no paper"));
    key.append(words);
    return key;
  }

  function note(kind, text) {
    const box = make("p", `k-note is-${kind}`, icon(kind === "warn" || kind === "bad" ? "warning" : "info"), said("span", "k-grow", text));
    return box;
  }

  /** Let all that a printer is in trouble with come out of another one. */
  async function emptyTo(trouble, printers) {
    const to = await askPrinter(`Print ${many(trouble.count, "paper")} of ${trouble.name} at`, trouble.id, printers);
    const moved = to && (await act("empty_printer", { printer_id: trouble.id, to_id: to.id }));
    return moved ? done(`${many(moved.jobs, "paper")} of ${trouble.name} comes out of ${to.name}.`.replace(/^(\d+ papers .*) comes /, "$1 come ")) : false;
  }

  /** Let one job come out of another printer. */
  async function elsewhere(job, printers) {
    const to = await askPrinter(`${titleOf(job)}: print it at`, job.printer_id, printers);
    const moved = to && (await act("send_elsewhere", { job_id: job.id, printer_id: to.id }));
    return moved ? done(`${titleOf(job)} comes out of ${to.name}.`) : false;
  }

  // ---- giving up ----
  /** Which of these jobs are not printed any more, and why; or that they are on paper already. */
  function giveUp(name, jobs, more = 0) {
    const chosen = new Set(jobs.length === 1 ? [jobs[0].id] : []);
    return sheet(jobs.length === 1 ? titleOf(jobs[0]) : `Paper of ${name}`, (body, close) => {
      const reason = reasonLine(() => paint());
      const cancel = button("k-btn is-bad is-l is-block", "", () => run("cancel_jobs", { reason: reason.value() }, "given up"));
      const paper = button("k-btn is-line is-l is-block", "", () => run("mark_jobs_done", {}, "marked as printed"));
      const keys = jobs.map((job) => jobKey(job, chosen, () => paint()));
      const all = button("k-chip", `All ${jobs.length}`, () => {
        if (chosen.size === jobs.length) chosen.clear();
        else jobs.forEach(({ id }) => chosen.add(id));
        paint();
      });
      if (jobs.length > 1) body.append(make("div", "k-ps__jobs", ...(jobs.length > 2 ? [all] : []), ...keys.map(({ key }) => key)));
      if (more) body.append(said("p", "k-dim k-ps__s", `${more} more come after these.`));
      body.append(make("p", "k-dim k-ps__s", "It will not be printed. Why?"), reason.element, cancel, paper);

      function paint() {
        const count = chosen.size, what = jobs.length === 1 ? "" : ` ${count}`;
        keys.forEach(({ show }) => show());
        all.classList.toggle("is-on", count === jobs.length);
        all.ariaPressed = String(count === jobs.length);
        cancel.disabled = !count || !reason.value();
        cancel.textContent = !count ? "Choose what first" : reason.value() ? `Do not print${what}` : "Say why first";
        paper.disabled = !count;
        paper.textContent = `It is on paper already${count > 1 ? `, all ${count}` : ""}`;
      }

      async function run(name, args, word) {
        const ids = [...chosen];
        const told = await act(name, { job_ids: ids, ...args });
        if (told) close(done(`${many(ids.length, "paper")} ${word}.`));
      }
      paint();
    });
  }

  function jobKey(job, chosen, changed) {
    const key = button("k-chip", "", () => {
      if (!chosen.delete(job.id)) chosen.add(job.id);
      changed();
    });
    key.append(said("span", "", titleOf(job)));
    const show = () => {
      key.classList.toggle("is-on", chosen.has(job.id));
      key.ariaPressed = String(chosen.has(job.id));
    };
    return { key, show };
  }

  /** A few words on why: a key for each usual one, and a line for others. */
  function reasonLine(changed) {
    const input = make("input", "");
    Object.assign(input, { maxLength: LONGEST, placeholder: "Another reason", dir: "auto", autocomplete: "off", ariaLabel: "Reason" });
    input.addEventListener("input", () => (paint(), changed()));
    const chips = USUAL.map((word) => button("k-chip", word, () => ((input.value = input.value === word ? "" : word), paint(), changed())));
    const paint = () => chips.forEach((chip) => {
      chip.classList.toggle("is-on", chip.textContent === input.value);
      chip.ariaPressed = String(chip.textContent === input.value);
    });
    paint();
    const element = make("div", "k-ps__why", make("div", "k-ps__jobs", ...chips), make("label", "k-input", input));
    return { element, value: () => input.value.trim() };
  }

  // ---- one job ----
  /** Show a job: what became of it, every try, its words on paper, and what may be done. Resolves when it is closed. */
  function job(jobId) {
    return sheet("Paper", async (body, close) => {
      body.append(make("div", "k-sk", make("i", ""), make("i", ""), make("i", "")));
      try {
        const told = await kiosk.view("print_job/" + jobId);
        body.closest("dialog").querySelector("h2").textContent = titleOf(told);
        body.replaceChildren(...story(told, close));
      } catch (refusal) {
        body.replaceChildren(note("warn", refusal.sentence));
      }
    }, "is-job");
  }

  function story(told, close) {
    const [word, iconName] = stateOf(told);
    const head = make("div", "k-ps__state", icon(iconName), make("div", "k-grow", make("b", "", word), said("small", "", told.trouble || SMALL[told.state] || when(told))));
    head.classList.toggle("is-bad", STUCK.includes(told.state));
    const parts = [head];
    if (told.trouble && SMALL[told.state]) parts.push(said("p", "k-dim k-ps__s", SMALL[told.state]));
    if (told.asked_by) parts.push(said("p", "k-dim k-ps__s", `Asked for by ${told.asked_by}.`));
    if (told.paper.length) parts.push(paper(told.paper));
    if (told.attempts.length) parts.push(attempts(told.attempts));
    return [...parts, keysOf(told, close)];
  }

  /** Every printer in use, read just now; null, and it is said why, when they cannot be read. */
  async function printersNow() {
    const told = await kiosk.view("printers").catch((refusal) => void kiosk.toast({ kind: "warn", text: refusal.sentence }));
    return told && told.printers.filter(({ active }) => active).map((one) => ({ ...one, is_down: one.troubled > 0 || one.state?.is_online === false }));
  }

  function when({ printed_at: printed, queued_at: queued, copy_no: copy }) {
    const again = copy > 1 ? `, copy ${copy}` : "";
    return printed ? `At ${kiosk.clock(printed)}${again}` : `Since ${kiosk.clock(queued)}${again}`;
  }

  function paper(lines) {
    const box = make("pre", "k-ps__paper", lines.join("\n"));
    box.tabIndex = 0;
    box.ariaLabel = "Its words on paper";
    return box;
  }

  function attempts(rows) {
    const list = make("ol", "k-ps__tries");
    list.append(...rows.map((one) => make("li", "", make("time", "", kiosk.clock(one.begun_at)), said("span", "k-grow", one.trouble || one.result))));
    return make("details", "", make("summary", "", icon("expand_more", "s20"), many(rows.length, "try", "tries")), list);
  }

  function keysOf(told, close) {
    const row = make("div", "k-ps__keys");
    const add = (css, label, press) => row.append(button("k-btn is-l " + css, label, async () => (await press()) && close(true)));
    const over = ["printed", "cancelled", "rerouted"].includes(told.state);
    if (over) add("is-primary", "Print again", async () => (await act("reprint_job", { job_id: told.id })) && done(`${titleOf(told)} is printed again, marked as a copy.`));
    else add("is-primary", "Retry", async () => (await act("retry_job", { job_id: told.id })) && done(`${titleOf(told)} is tried again.`));
    if (over) return row;
    add("", "Other printer", async () => elsewhere(told, await printersNow()));
    add("is-line", "Cancel", () => giveUp("", [told]));
    return row;
  }

  kiosk.paper = { printersNow, sentence, whyOf, job, elsewhere, emptyTo, giveUp, titleOf, stateOf, many, said, sheet, note, act };
})();
