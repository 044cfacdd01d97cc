/* Live screens over NiceGUI's socket: watching topics, snapshots and their news, gaps. */
"use strict";
(function () {
  const kiosk = window.kiosk;
  const watchers = new Map();
  let socket = null;

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

  const everybody = () => [...watchers.values()].flatMap((set) => [...set]);

  kiosk.on("connect", (found) => {
    if (socket !== found) found.on("kiosk", heardNews);
    socket = found;
    subscribe(everybody());
  });
  // What is true is read at once; that it stays so is heard when the socket is back, too.
  kiosk.on("found", () => everybody().forEach((watcher) => watcher.onResync()));

  Object.assign(kiosk, { watch, follow });
})();
