/* Live screens over NiceGUI's socket: watching topics, gaps, our own heartbeat, and coming back after a loss. */
"use strict";
(function () {
  const kiosk = window.kiosk;
  const BEAT = 1000;
  const SILENCE = 2400;
  const BLINK = 800;
  const watchers = new Map();
  let socket = null;
  let heard = performance.now();
  let ticked = heard;

  // ---- watching ----
  /** Hear of a topic: onMessage({topic, epoch, v, data}) for each piece of news, onResync() whenever some may be missed. */
  function watch(topic, onMessage, onResync = () => {}) {
    const watcher = { onMessage, onResync };
    if (!watchers.has(topic)) watchers.set(topic, new Set());
    watchers.get(topic).add(watcher);
    subscribe([watcher]);
    return () => {
      watchers.get(topic)?.delete(watcher);
      if (watchers.get(topic)?.size === 0) watchers.delete(topic);
      subscribe([]);
    };
  }

  /** Tells the server all topics of this page; then these watchers read afresh. */
  function subscribe(fresh) {
    if (!socket?.connected) return;
    socket.timeout(4000).emit("kiosk_watch", { topics: [...watchers.keys()] }, (fault, answer) => {
      if (fault) return socket.connected && setTimeout(() => subscribe(fresh), 500);
      if (!answer?.ok) return void kiosk.view("me").catch(() => null); // to the sign-in page when the session has ended
      for (const watcher of fresh) watcher.onResync();
    });
  }

  function heardNews(message) {
    if (message.topic === "signed_out") return kiosk.signedOut();
    for (const watcher of [...(watchers.get(message.topic) ?? [])]) watcher.onMessage(message);
  }

  /**
   * Keep a snapshot and its news together. `load()` fetches the snapshot {epoch, v, …}, `snapshot(data)` shows it,
   * `change(data)` applies one piece of news. A gap or another epoch loads again. With `whole`, news carry everything
   * and only need to be newer. `failed(refusal)` hears why a load did not work; it is tried again. -> stop()
   */
  function follow(topic, { load, snapshot, change, whole = false, failed = () => {} }) {
    let at = null, loading = false, again = false, stopped = false, kept = [];

    async function reload() {
      if (loading) return void (again = true);
      loading = true;
      again = false;
      try {
        const data = await load();
        loading = false;
        if (!stopped) begin(data);
      } catch (refusal) {
        loading = false;
        if (!stopped && failed(refusal) !== false) setTimeout(() => stopped || reload(), 2000);
      }
      if (again && !stopped) reload();
    }

    function begin(data) {
      at = { epoch: data.epoch, v: data.v };
      snapshot(data);
      const waiting = kept;
      kept = [];
      for (const message of waiting) take(message);
    }

    function take(message) {
      if (loading || !at) return void kept.push(message);
      const known = message.epoch === at.epoch || whole;
      if (known && message.v <= at.v) return;
      if (!whole && !(known && message.v === at.v + 1)) return reload();
      at = { epoch: message.epoch, v: message.v };
      change(message.data);
    }

    const stop = watch(topic, take, reload);
    setTimeout(() => at || loading || stopped || reload(), socket?.connected ? 300 : 0);
    return () => {
      stopped = true;
      stop();
    };
  }

  // ---- are we connected? ----
  function setOnline(online) {
    if (kiosk.online === online) return;
    kiosk.online = online;
    kiosk.emit("online", online);
  }

  function beat() {
    if (!socket?.connected) return;
    socket.emit("kiosk_ping", {}, () => {
      heard = performance.now();
      setOnline(true);
    });
  }

  function listenForSilence() {
    const moment = performance.now();
    // A sleeping or busy tablet has not listened; that is no silence of the kiosk's.
    if (!socket || moment - ticked > 1500 || document.hidden) heard = Math.max(heard, moment - 1000);
    ticked = moment;
    if (moment - heard > SILENCE) setOnline(false);
  }

  // ---- coming back ----
  const answers = () => fetch("/health", { cache: "no-store", signal: AbortSignal.timeout(3000) }).then((r) => r.ok, () => false);

  let reloading = false;

  /** Load the page anew, but only when the kiosk is there to answer and no tap is under way: never into an error page. */
  async function reload() {
    if (reloading) return;
    reloading = true;
    while (!(await answers())) await new Promise((resolve) => setTimeout(resolve, 500));
    setOnline(true);
    await Promise.race([kiosk.idle(), new Promise((resolve) => setTimeout(resolve, 8000))]);
    sessionStorage.setItem("kiosk_was_away", "1");
    location.reload();
  }

  function hold(found) {
    socket = found;
    // NiceGUI reloads after a timeout, whether or not anything is there to load; we wait instead.
    socket.io.timeout(4000);
    socket.io.reconnectionDelayMax(2000);
    socket.off("connect_error");
    socket.off("try_reconnect");
    socket.on("connect_error", (fault) => fault.message === "Implicit handshake failed" && reload());
    socket.on("try_reconnect", reload);
    socket.on("kiosk", heardNews);
    socket.on("connect", connected);
    socket.on("disconnect", () => (heard = Math.min(heard, performance.now() - SILENCE + BLINK)));
    if (socket.connected) connected();
  }

  function connected() {
    beat();
    subscribe([...watchers.values()].flatMap((set) => [...set]));
  }

  (function find() {
    if (window.socket) hold(window.socket);
    else setTimeout(find, 10);
  })();
  setInterval(beat, BEAT);
  setInterval(listenForSilence, 250);
  addEventListener("offline", () => setOnline(false));
  document.addEventListener("visibilitychange", () => document.hidden || beat());
  addEventListener("pageshow", (event) => event.persisted && reload()); // a page kept by the browser shows the past

  Object.assign(kiosk, { watch, follow });
})();
