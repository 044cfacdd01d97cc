/* The sign-in page: touch a name, type a PIN, the check key. Works by touch, mouse and keyboard; keeps nothing. */
"use strict";
(function () {
  const SHORTEST = 4, LONGEST = 8, PATIENCE = 10000;
  const byId = (id) => document.getElementById(id);
  const door = byId("door");
  const tiles = [...document.querySelectorAll(".k-person")];
  const keys = [...byId("pad").querySelectorAll("button")];
  const state = { person: null, pin: "", busy: false, until: 0, word: "", isBad: false };

  // ---- showing ----
  const waiting = () => Math.max(0, Math.ceil((state.until - performance.now()) / 1000));

  function dots() {
    const count = Math.max(SHORTEST, state.pin.length);
    const all = Array.from({ length: count }, (_, place) => {
      const dot = document.createElement("i");
      if (place < state.pin.length) dot.className = "is-on";
      return dot;
    });
    byId("dots").replaceChildren(...all);
    byId("dots").ariaLabel = `${state.pin.length} digits typed`;
  }

  function sentence() {
    if (state.busy) return "One moment";
    const left = waiting();
    if (left) return `${state.word} Next try in ${left} s`.trim();
    return state.word || (state.person ? "Type your PIN, then the check key" : "Then type your PIN");
  }

  function setText(node, text) {
    if (node.textContent !== text) node.textContent = text;
  }

  function show() {
    const isShut = !state.person || state.busy || waiting() > 0;
    for (const key of keys) {
      const needs = key.dataset.key === "go" ? SHORTEST : key.dataset.key === "back" ? 1 : 0;
      key.disabled = isShut || state.pin.length < needs;
    }
    setText(byId("hello"), state.person ? state.person.dataset.name : "Touch your name");
    setText(byId("word"), sentence());
    byId("word").classList.toggle("k-bad", state.isBad && !state.busy);
    dots();
  }

  // ---- typing ----
  function choose(tile) {
    if (state.busy) return;
    for (const one of tiles) {
      one.classList.toggle("is-on", one === tile);
      one.ariaPressed = String(one === tile);
    }
    Object.assign(state, { person: tile, pin: "", word: "", isBad: false, until: Number(tile.dataset.until ?? 0) });
    show();
    countDown();
  }

  function press(key) {
    if (!state.person || state.busy || waiting()) return;
    if (key === "go") return void (state.pin.length >= SHORTEST && send());
    if (key === "back") state.pin = state.pin.slice(0, -1);
    else if (key === "clear") state.pin = "";
    else if (state.pin.length < LONGEST) state.pin += key;
    Object.assign(state, { word: "", isBad: false });
    show();
  }

  // ---- asking ----
  async function ask(body) {
    try {
      const answer = await fetch("/signin", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(PATIENCE),
      });
      return await answer.json();
    } catch {
      return { ok: false, said: "The kiosk does not answer. Try again." };
    }
  }

  async function send() {
    const { person, pin } = state;
    Object.assign(state, { pin: "", busy: true });
    show();
    const answer = await ask({ person_id: Number(person.dataset.id), pin, next: door.dataset.next });
    if (answer.ok) return void location.replace(answer.next);
    state.busy = false;
    state.word = answer.said ?? answer.sentence ?? "That did not work. Try again.";
    state.isBad = true;
    state.until = answer.wait_s ? performance.now() + answer.wait_s * 1000 : 0;
    person.dataset.until = state.until;
    show();
    countDown();
  }

  function countDown() {
    clearTimeout(state.timer);
    if (!state.until) return;
    if (waiting()) state.timer = setTimeout(countDown, 200);
    else Object.assign(state, { until: 0, word: "", isBad: false });
    show();
  }

  // ---- around it ----
  function changeTheme() {
    const root = document.documentElement;
    const wanted = root.dataset.theme === "dark" ? "light" : "dark";
    root.dataset.theme = wanted;
    document.querySelector('meta[name="color-scheme"]').content = wanted;
    document.cookie = `kiosk_theme=${wanted}; path=/; max-age=34560000; samesite=strict`;
  }

  const zone = { timeZone: door.dataset.timezone };
  const clockFormat = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...zone });
  const dateFormat = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", ...zone });

  function tick() {
    setText(byId("clock"), clockFormat.format());
    setText(byId("date"), dateFormat.format().replace(",", ""));
  }

  function typed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^[0-9]$/.test(event.key)) press(event.key);
    else if (event.key === "Backspace") press("back");
    else if (event.key === "Escape") press("clear");
    else if (event.key === "Enter" && state.pin.length >= SHORTEST) {
      event.preventDefault();
      if (!event.repeat) press("go");
    }
  }

  for (const tile of tiles) tile.addEventListener("click", () => choose(tile));
  byId("pad").addEventListener("click", (event) => {
    const key = event.target.closest("button");
    if (key) press(key.dataset.key);
  });
  addEventListener("keydown", typed);
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  byId("theme").addEventListener("click", changeTheme);
  const last = tiles.find((tile) => tile.classList.contains("is-on"));
  if (last) {
    choose(last);
    last.scrollIntoView({ block: "nearest" });
  }
  tick();
  setInterval(tick, 5000);
})();
