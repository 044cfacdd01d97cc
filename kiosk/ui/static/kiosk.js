/* window.kiosk: what every screen of the kiosk stands on. This file: who and when, money and time, where we are, reading. */
"use strict";
(function () {
  const listeners = {};
  const VIEWS = {
    floor: { needs: "see_floor", key: null },
    order: { needs: "ring", key: "check_id" },
    settle: { needs: "settle", key: "check_id" },
    kitchen: { needs: "see_kitchen", key: "station" },
  };

  /** Listen to "route", "online", "found", "tick" (every second), "me", "waiting" or "paper" (some is late here); -> the function that stops it. */
  function on(name, listener) {
    (listeners[name] ??= new Set()).add(listener);
    return () => listeners[name].delete(listener);
  }

  function emit(name, ...args) {
    for (const listener of [...(listeners[name] ?? [])]) {
      try {
        listener(...args);
      } catch (fault) {
        console.error(fault);
      }
    }
  }

  /** A random key for one command. crypto.randomUUID is missing on plain http in a local network. */
  function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  // ---- time: the server's, shown in the venue's zone ----
  let offset = 0;

  /** The server's time in milliseconds. */
  const now = () => Date.now() + offset;

  /** Whole seconds since an instant (ISO text), never negative. */
  const seconds = (iso) => Math.max(0, Math.floor((now() - Date.parse(iso)) / 1000));

  /** Whole minutes since an instant. */
  const minutes = (iso) => Math.floor(seconds(iso) / 60);

  let clockFormat = null;

  /** HH:MM of an instant in the venue's time zone; of now without one. */
  function clock(iso) {
    clockFormat ??= new Intl.DateTimeFormat("en-GB", {
      hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: kiosk.me?.venue?.timezone,
    });
    return clockFormat.format(iso ? Date.parse(iso) : now());
  }

  // ---- money: whole minor units in, the venue's way of writing out; never a float ----
  let moneyFormat = null;

  /** The venue's locale as browsers write it: en_IE -> en-IE; one they do not know counts as English. */
  function localeOf(venue) {
    const name = (venue?.locale ?? "en").replaceAll("_", "-");
    try {
      return Intl.getCanonicalLocales(name)[0];
    } catch {
      return "en";
    }
  }

  function moneyFormats() {
    const locale = localeOf(kiosk.me?.venue), decimals = kiosk.me?.venue?.decimals ?? 2;
    // figures as on receipts and on the keys, in every locale
    const written = (how) => new Intl.NumberFormat(locale, { numberingSystem: "latn", ...how });
    const whole = written({ maximumFractionDigits: 0 });
    const part = written({ minimumIntegerDigits: Math.max(1, decimals), useGrouping: false });
    const parts = written({ minimumFractionDigits: 1 }).formatToParts(1.5);
    const point = parts.find((piece) => piece.type === "decimal").value;
    return { whole, part, point, decimals, unit: 10n ** BigInt(decimals) };
  }

  /** An amount in minor units as text: 123456 -> "1,234.56"; minus is U+2212; no currency sign. */
  function money(amount) {
    moneyFormat ??= moneyFormats();
    const { whole, part, point, decimals, unit } = moneyFormat;
    const minor = BigInt(Math.trunc(Number(amount) || 0));
    const size = minor < 0n ? -minor : minor;
    const text = whole.format(size / unit) + (decimals ? point + part.format(size % unit) : "");
    return minor < 0n ? "\u2212" + text : text;
  }

  // ---- where we are: #/order/123?table_id=4 ----
  function parse(hash) {
    const [path, query] = hash.replace(/^#\/?/, "").split("?");
    const [view, main] = path.split("/");
    if (!VIEWS[view]) return null;
    const params = Object.fromEntries(new URLSearchParams(query ?? ""));
    if (main && VIEWS[view].key) params[VIEWS[view].key] = decodeURIComponent(main);
    for (const name of Object.keys(params)) if (/^\d{1,15}$/.test(params[name])) params[name] = Number(params[name]);
    return { view, params };
  }

  function hashOf(view, params = {}) {
    const { [VIEWS[view].key]: main, ...rest } = params;
    const query = new URLSearchParams(Object.entries(rest).filter(([, value]) => value != null)).toString();
    return `#/${view}${main == null ? "" : "/" + encodeURIComponent(main)}${query ? "?" + query : ""}`;
  }

  /** Whether the person on this device may; a view's name or a permission. */
  const may = (what) => kiosk.me?.permissions?.includes(VIEWS[what]?.needs ?? what) ?? false;

  const home = () => ({ view: may("floor") || !kiosk.me ? "floor" : "kitchen", params: {} });

  const framed = () => document.documentElement.dataset.page !== undefined;

  /** Show a view of the shell; from another page, load the shell with it. */
  function go(view, params = {}) {
    const hash = hashOf(view, params);
    if (framed()) location.assign("/" + hash);
    else if (location.hash === hash) arrive();
    else location.hash = hash;
  }

  function arrive() {
    if (framed()) return;
    let route = parse(location.hash) ?? home();
    if (kiosk.me && !may(route.view)) {
      sayBarred();
      route = home();
      history.replaceState(null, "", hashOf(route.view));
    }
    kiosk.route = route;
    kiosk.last[route.view] = route.params;
    if (route.params.check_id) kiosk.atHand = { ...route.params };
    document.documentElement.dataset.view = route.view;
    remember(route);
    emit("route", route);
  }

  /** Why another screen came than the one that was asked for; the page that shows it may still be loading. */
  function sayBarred() {
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", sayBarred, { once: true });
    else kiosk.toast({ kind: "warn", text: `${kiosk.me.name} may not open this screen.`, small: "Somebody who may can sign in on this tablet." });
  }

  // Lock, dock and reload bring the same person back to the same place.
  function remember(route) {
    if (kiosk.me) sessionStorage.setItem("kiosk_place", JSON.stringify([kiosk.me.person_id, hashOf(route.view, route.params)]));
  }

  function remembered() {
    const [person, hash] = JSON.parse(sessionStorage.getItem("kiosk_place") ?? "[]");
    return person === kiosk.me.person_id ? hash : null;
  }

  // ---- asking ----
  const calls = new Set();

  /**
   * Ask the kiosk: {status, ok, body}, the body null when it is no JSON. Rejects when no answer came within `patience` ms,
   * and at once when everything under way is given up, because it went over a connection that may be dead in silence.
   */
  async function call(path, patience, options = {}) {
    const hanging = new AbortController();
    const timer = setTimeout(() => hanging.abort(), patience);
    calls.add(hanging);
    try {
      const answer = await fetch(path, { ...options, signal: hanging.signal });
      return { status: answer.status, ok: answer.ok, body: read(await answer.text()) };
    } finally {
      clearTimeout(timer);
      calls.delete(hanging);
    }
  }

  function read(text) {
    try {
      return JSON.parse(text);
    } catch {
      return null;
    }
  }

  /** Give up every call under way; whoever made it asks again over a new connection. */
  const hangUp = () => calls.forEach((hanging) => hanging.abort());

  /** GET /api/view/<path>; rejects with {code, sentence}; "offline" when nothing answers within 8 s. */
  async function view(path) {
    let answer;
    try {
      answer = await call("/api/view/" + path, 8000, { headers: { Accept: "application/json" } });
    } catch {
      throw { code: "offline", sentence: "No connection to the kiosk." };
    }
    const { status, ok, body } = answer;
    if (status === 401) signedOut();
    if (ok && body !== null) return body;
    throw { code: body?.code ?? "fault", sentence: body?.sentence ?? "The kiosk answered with something unreadable." };
  }

  /** Leave for the sign-in page, which brings the same person back to this place. */
  function signedOut() {
    const here = location.pathname + location.search + location.hash;
    location.replace("/signin?next=" + encodeURIComponent(here));
  }

  async function meet() {
    const asked = Date.now();
    try {
      kiosk.me = await view("me");
    } catch (refusal) {
      if (refusal.code !== "signed_out") setTimeout(meet, 1000);
      return;
    }
    offset = Math.round(Date.parse(kiosk.me.server_now) - (asked + Date.now()) / 2);
    moneyFormat = clockFormat = null;
    greet();
  }

  function greet() {
    const place = !framed() && !location.hash ? remembered() : null;
    if (place) history.replaceState(null, "", place);
    arrive();
    ready(kiosk.me);
    emit("me", kiosk.me);
  }

  let ready;
  const kiosk = (window.kiosk = {
    me: null,
    ready: new Promise((resolve) => (ready = resolve)),
    route: parse(location.hash) ?? { view: "floor", params: {} },
    last: {},
    /** The check seen last in the order or settle view, as {check_id, table_id?}; null when there is none any more. */
    atHand: null,
    online: true,
    on, emit, newKey, now, seconds, minutes, clock, money, go, hashOf, may, call, hangUp, view, signedOut, framed,
  });

  document.documentElement.dataset.view = kiosk.route.view;
  addEventListener("hashchange", arrive);
  setInterval(() => emit("tick"), 1000);
  meet();
})();
