// Loaded before a tablet's own scripts: what ends by itself within seconds lasts ten times as long, so that a slow
// machine comes in time to tap "Undo", and is not taken for a kiosk that has gone. A test that proves such a promise
// opens its tablet with `patient=False`.
(() => {
  const MARGIN = 10, HEARD = 1000, SILENCE = 24_000;
  const setInterval = window.setInterval;
  window.setInterval = (run, ms, ...more) => setInterval(run, /\bcountDown\b/.test(new Error().stack) ? MARGIN * ms : ms, ...more);

  /** Answers the heartbeat for a kiosk that is slow to do so, while its socket holds and it has answered lately. */
  function calm(socket) {
    const emit = socket.emit;
    let answered = performance.now();
    socket.emit = function (name, data, ack) {
      if (name !== "kiosk_ping") return emit.apply(socket, arguments);
      const lately = () => socket.connected && navigator.onLine && performance.now() - answered < SILENCE;
      const timer = setTimeout(() => lately() && ack(true), HEARD);
      return emit.call(socket, name, data, (answer) => {
        clearTimeout(timer);
        answered = performance.now();
        ack(answer);
      });
    };
  }

  let socket;
  Object.defineProperty(window, "socket", {
    configurable: true,
    get: () => socket,
    set: (wire) => {
      if ((socket = wire)?.io?.engine) calm(wire);
    },
  });
})();
