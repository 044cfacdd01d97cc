/* What lies around every screen: theme, toasts, banner, dock, the lock. */
"use strict";
(function () {
  const kiosk = window.kiosk;
  const root = document.documentElement;
  const DOCK_LETTERS = 8;
  const slot = (id) => document.getElementById(id);

  /** An element with classes, text or children; text from people keeps its own direction. */
  function make(tag, className, ...inside) {
    const element = document.createElement(tag);
    element.className = className;
    element.append(...inside);
    return element;
  }

  function icon(name, size = "") {
    const element = make("i", "k-i " + size, name);
    element.ariaHidden = "true";
    return element;
  }

  function button(className, label, press) {
    const element = make("button", className, label);
    element.type = "button";
    element.addEventListener("click", press);
    return element;
  }

  // ---- theme: remembered on the device, known before the first paint ----
  function paintStock() {
    window.Quasar?.Dark?.set(root.dataset.theme === "dark");
  }

  /** Switch between dark and light on this device; with an argument, to that one. */
  function theme(wanted = root.dataset.theme === "dark" ? "light" : "dark") {
    root.dataset.theme = wanted;
    document.cookie = `kiosk_theme=${wanted}; path=/; max-age=31536000; samesite=strict`;
    const scheme = document.querySelector('meta[name="color-scheme"]');
    if (scheme) scheme.content = wanted;
    paintStock();
    kiosk.emit("theme", wanted);
    return wanted;
  }

  // ---- toasts ----
  const ICONS = { ok: "check_circle", info: "info", warn: "warning", bad: "error" };

  /**
   * Say something for a moment. kind: ok, info, warn or bad; `action` {label, run} gives it a key that counts down
   * (an undo), `seconds` how long it stays. -> close()
   */
  function toast({ kind = "info", text, small = "", action = null, seconds = action ? 5 : kind === "bad" ? 10 : 5, ended }) {
    const box = make("div", "k-toast is-" + kind);
    box.setAttribute("role", kind === "bad" ? "alert" : "status");
    const words = make("span", "k-toast__txt", text);
    words.dir = "auto";
    if (small) words.append(make("small", "", small));
    const count = action ? make("span", "k-count", String(seconds)) : icon(ICONS[kind], "k-toast__i");
    box.append(count, words);
    const close = () => (clearInterval(timer), box.remove());
    if (action) box.append(button("k-btn", action.label, () => (close(), action.run())));
    else box.append(dismiss(close));
    const timer = countDown(seconds, action ? count : null, () => (close(), ended?.()));
    const slots = slot("k-toasts");
    slots?.append(box);
    while (slots?.children.length > 3) slots.firstChild.remove();
    raise(slots);
    return close;
  }

  /** Over everything, also over a sheet that was opened before. */
  function raise(slots) {
    if (!slots?.isConnected) return;
    if (slots.matches(":popover-open")) slots.hidePopover();
    slots.showPopover();
  }

  function dismiss(close) {
    const element = button("k-btn is-icon is-quiet", icon("close"), close);
    element.ariaLabel = "Close";
    return element;
  }

  function countDown(seconds, shown, done) {
    let left = seconds;
    shown?.style.setProperty("--p", "1");
    return setInterval(() => {
      left -= 1;
      if (left <= 0) return done();
      if (!shown) return;
      shown.textContent = String(left);
      shown.style.setProperty("--p", String(left / seconds));
    }, 1000);
  }

  // ---- banner: no connection, taps that wait ----
  function banner(kind, iconName, strong, text) {
    const box = slot("k-banner");
    if (!box) return;
    box.hidden = !kind;
    if (!kind) return;
    const note = make("div", "k-note is-" + kind, icon(iconName), make("span", "", make("b", "", strong), " " + text));
    box.replaceChildren(note);
  }

  function showConnection() {
    root.classList.toggle("k-is-offline", !kiosk.online);
    if (!kiosk.online) banner("warn", "cloud_off", "No connection to the kiosk.", whatWaits());
    else if (kiosk.waiting) banner("warn", "sync", "Still trying.", whatWaits());
    else banner(null);
  }

  let away = 0;

  /** After an outage worth mentioning, also one that ended in loading the page anew, say that it is over. */
  function sayBack(online) {
    if (!online) away = Date.now();
    else if (Date.now() - away > 3000) welcomeBack();
  }

  function welcomeBack() {
    sessionStorage.removeItem("kiosk_was_away");
    toast({ kind: "ok", text: "Back online.", small: "What was confirmed is safe; what you see is fresh." });
  }

  function whatWaits() {
    const waiting = kiosk.waiting;
    if (!waiting) return "All that was confirmed is safe. New taps are not taken until it is back.";
    return `${waiting} ${waiting === 1 ? "tap waits" : "taps wait"} for an answer. Nothing is done twice.`;
  }

  // ---- dock ----
  const items = () => document.querySelectorAll(".k-dock [data-go]");

  function showRights(me) {
    for (const item of document.querySelectorAll(".k-dock [data-needs]")) item.hidden = !kiosk.may(item.dataset.needs);
    document.querySelector(".k-dock .is-on:not([hidden])")?.scrollIntoView({ inline: "center", block: "nearest" });
    const avatar = document.querySelector(".k-dock .k-avatar");
    if (!avatar) return;
    avatar.textContent = me.initials;
    avatar.closest("button").ariaLabel = `Lock, signed in as ${me.name}`;
  }

  function showPlace(route) {
    for (const item of items()) {
      const on = !kiosk.framed() && item.dataset.go === route.view;
      item.classList.toggle("is-on", on);
      if (on) item.setAttribute("aria-current", "page");
      else item.removeAttribute("aria-current");
    }
  }

  /** The line and the count under a dock key: dock("order", {small: "12", count: 4}); a bare number is a table's, a long name is cut. */
  function dock(name, { small = "", count = 0 } = {}) {
    if (/^\d{1,4}$/.test(small)) small = "T" + small;
    else if (small.length > DOCK_LETTERS) small = small.slice(0, DOCK_LETTERS - 1) + "…";
    const item = document.querySelector(`.k-dock [data-go="${name}"]`);
    if (!item) return;
    const line = item.querySelector("small"), number = item.querySelector(".k-dock__count");
    if (line && line.textContent !== small) line.textContent = small;
    if (!number) return;
    number.textContent = count || "";
    number.hidden = !count;
  }

  function pressed(event) {
    const item = event.target.closest("[data-go]");
    if (!item) return;
    event.preventDefault();
    const view = item.dataset.go;
    const needsCheck = view === "order" || view === "settle";
    if (needsCheck && kiosk.atHand) kiosk.go(view, kiosk.atHand);
    else if (view === "order") kiosk.go("floor");
    else if (view === "settle") kiosk.go("settle");
    else kiosk.go(view, kiosk.last[view]);
  }

  // ---- lock ----
  let touched = Date.now();

  /** End the session on this device and show who may sign in. Without a connection a cover hides the screen until it can. */
  async function lock() {
    root.classList.add("k-is-locked");
    for (;;) {
      const answer = await fetch("/signout", { method: "POST", redirect: "manual", signal: AbortSignal.timeout(4000) }).catch(() => null);
      if (answer) return kiosk.signedOut();
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }

  // A kitchen screen has nobody in front of it for minutes and never locks by itself.
  function lockWhenIdle() {
    const limit = kiosk.me?.idle_lock_s;
    if (!limit || kiosk.me.role === "kitchen" || root.classList.contains("k-is-locked")) return;
    if (Date.now() - touched > limit * 1000) lock();
  }

  // ---- fingers ----
  let finger = {};

  function putDown({ target, pointerId }) {
    finger = { id: pointerId, key: target.closest("button, a, label, input") };
  }

  /** What opened or moved under the finger that rests on a key, say by a long press, is neither tapped nor given the focus when it is lifted. */
  function refuseStray(event) {
    const key = (event.type === "mousedown" || event.pointerId === finger.id) && finger.key;
    if (!key || !key.isConnected || key.contains(event.target) || event.target.contains(key)) return;
    event.stopImmediatePropagation();
    event.preventDefault();
  }

  addEventListener("pointerdown", putDown, { passive: true, capture: true });
  for (const name of ["mousedown", "click"]) addEventListener(name, refuseStray, true);

  function start() {
    document.querySelector(".k-dock")?.addEventListener("click", pressed);
    slot("k-theme")?.addEventListener("click", () => theme());
    slot("k-lock")?.addEventListener("click", lock);
    for (const item of document.querySelectorAll(".k-dock [data-needs]")) item.hidden = true;
    if (kiosk.me) showRights(kiosk.me);
    if (sessionStorage.getItem("kiosk_was_away")) kiosk.ready.then(welcomeBack);
    showPlace(kiosk.route);
    (function follow() {
      if (window.Quasar?.Dark && window.socket) paintStock();
      else setTimeout(follow, 20);
    })();
  }

  Object.assign(kiosk, { toast, theme, dock, lock, make, icon, button });
  kiosk.on("me", showRights);
  kiosk.on("route", showPlace);
  kiosk.on("online", showConnection);
  kiosk.on("online", sayBack);
  kiosk.on("waiting", showConnection);
  kiosk.on("tick", lockWhenIdle);
  for (const name of ["pointerdown", "keydown", "wheel"]) addEventListener(name, () => (touched = Date.now()), { passive: true, capture: true });
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
})();
