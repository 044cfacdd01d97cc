/* The wire to the kiosk: our own heartbeat says whether it is there; after a loss, a sleep or a restart we come back at once. */
"use strict";
(function () {
  const kiosk = window.kiosk;
  const BEAT = 1000;
  const SILENCE = 2400;
  const BLINK = 800;
  const ASLEEP = 3000;
  const PROBE = 400;
  const PATIENCE = 1500;
  const OLD_SOCKET = { online: 300, offline: 100 };
  const NEW_SOCKET = 2500;
  let socket = null;
  let heard = performance.now();
  let ticked = heard;
  let seeking = false;
  let reloading = false;

  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  // ---- are we connected? ----
  function setOnline(online) {
    if (kiosk.online === online) return;
    kiosk.online = online;
    kiosk.hangUp();
    kiosk.emit("online", online);
    if (!online) seek();
  }

  function beat() {
    if (!socket?.connected) return;
    socket.emit("kiosk_ping", {}, () => {
      heard = performance.now();
      if (!reloading) setOnline(true);
    });
  }

  function listenForSilence() {
    const moment = performance.now(), gap = moment - ticked;
    // A sleeping or busy tablet has not listened; that is no silence of the kiosk's.
    if (!socket || gap > 1500 || document.hidden) heard = Math.max(heard, moment - 1000);
    ticked = moment;
    if (gap > ASLEEP && !document.hidden) seek();
    if (moment - heard > SILENCE) setOnline(false);
  }

  // ---- coming back ----
  const answers = () => fetch("/health", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) }).then((r) => r.ok, () => false);

  /** Asks over new connections, again and again without waiting for the asks before: any of them may be lost in silence. */
  function untilItAnswers() {
    return new Promise((resolve) => {
      const ask = async () => (await answers()) && (clearInterval(timer), resolve());
      const timer = setInterval(ask, PROBE);
      ask();
    });
  }

  /** Look for the kiosk, let every screen read afresh, and make sure of a socket that is heard. */
  async function seek() {
    if (seeking || !socket) return;
    seeking = true;
    for (let isFound = false; !reloading; ) {
      const began = performance.now();
      await untilItAnswers();
      if (!isFound || performance.now() - began > PROBE) found();
      isFound = true;
      if (socket.connected && (await isHeardWithin(kiosk.online ? OLD_SOCKET.online : OLD_SOCKET.offline))) break;
      reopen();
      if (await isHeardWithin(NEW_SOCKET)) break;
    }
    seeking = false;
  }

  /** It is there: nobody waits for what was asked on connections of before, and every screen reads afresh. */
  function found() {
    kiosk.hangUp();
    kiosk.emit("found");
  }

  async function isHeardWithin(ms) {
    const began = performance.now();
    beat();
    while (heard <= began && performance.now() - began < ms) await pause(20);
    return heard > began;
  }

  function reopen() {
    if (reloading) return;
    const { query } = socket.io.opts;
    if (query) query.next_message_id = window.nextMessageId; // as NiceGUI does before each of its own attempts
    socket.disconnect().connect();
  }

  /** Load the page anew, but only when the kiosk is there to answer and no tap is under way: never into an error page. */
  async function reload() {
    if (reloading) return;
    reloading = true;
    setOnline(false);
    await untilItAnswers();
    found();
    await Promise.race([kiosk.idle(), pause(8000)]);
    sessionStorage.setItem("kiosk_was_away", "1");
    location.reload();
  }

  function hold(ours) {
    socket = ours;
    // NiceGUI reloads after a timeout, whether or not anything is there to load, and waits longer each time; we look for it.
    socket.io.timeout(NEW_SOCKET);
    socket.io.reconnection(false);
    socket.off("connect_error");
    socket.off("try_reconnect");
    socket.on("connect_error", (fault) => (fault.message === "Implicit handshake failed" ? reload() : seek()));
    socket.on("try_reconnect", reload);
    socket.on("connect", connected);
    socket.on("disconnect", disconnected);
    if (socket.connected) connected();
  }

  function connected() {
    beat();
    kiosk.emit("connect", socket);
  }

  function disconnected() {
    heard = Math.min(heard, performance.now() - SILENCE + BLINK);
    seek();
  }

  (function find() {
    if (window.socket) hold(window.socket);
    else setTimeout(find, 10);
  })();
  setInterval(beat, BEAT);
  setInterval(listenForSilence, 250);
  addEventListener("offline", () => setOnline(false));
  document.addEventListener("visibilitychange", () => document.hidden || seek());
  addEventListener("pageshow", (event) => event.persisted && reload()); // a page kept by the browser shows the past
})();
