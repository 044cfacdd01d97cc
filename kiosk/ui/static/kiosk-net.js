/* kiosk.act: every tap that changes something, one after the other, each with a key of its own, until the server answers. */
"use strict";
(function () {
  const kiosk = window.kiosk;
  const PATIENCE = 6000;
  const UNREADABLE = { ok: false, code: "fault", sentence: "Something went wrong. Look at the screen before you tap again." };
  let tail = Promise.resolve();

  // A tablet that slept stops one of its clocks, and one that was set right jumps the other: the older age counts.
  const stamp = () => [performance.now(), Date.now()];
  const age = ({ began }) => Math.max(0, Math.round(performance.now() - began[0]), Date.now() - began[1]);

  /** Sends once; null when nothing that can be understood came back, so that nobody knows what happened. */
  async function send(tap) {
    const body = { key: tap.key, waited_ms: age(tap), args: tap.args };
    if (tap.approval) body.approval = tap.approval;
    try {
      const answer = await kiosk.call("/api/act/" + tap.name, PATIENCE, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      });
      if (answer.status >= 502 && answer.status <= 504) return null;
      return answer.body ?? UNREADABLE;
    } catch {
      return null;
    }
  }

  /** Sends again and again with the same key: the server carries a key out once, and refuses a tap older than 30 s. */
  async function insist(tap) {
    for (let wait = 150; ; wait = Math.min(wait * 2, 2000)) {
      const answer = await send(tap);
      if (answer) return answer;
      tap.waiting = true;
      kiosk.emit("waiting", kiosk.waiting);
      await untilFoundOr(wait);
    }
  }

  /** A pause that ends at once when the kiosk is found again. */
  function untilFoundOr(ms) {
    return new Promise((resolve) => {
      const timer = setTimeout(end, ms), stop = kiosk.on("found", end);
      function end() {
        clearTimeout(timer);
        stop();
        resolve();
      }
    });
  }

  async function carryOut(tap) {
    let answer = await insist(tap);
    while (answer.code === "needs_manager" || (tap.approval && !answer.ok && isAboutThePin(answer))) {
      const approval = await kiosk.approval({ permission: answer.permission, sentence: tap.approval ? answer.sentence : "" });
      if (!approval) throw { code: "not_approved", sentence: "Not approved, nothing was changed.", quiet: true };
      Object.assign(tap, { approval, key: kiosk.newKey(), began: stamp() });
      answer = await insist(tap);
    }
    kiosk.approved?.();
    if (answer.ok) return answer.result;
    throw { code: answer.code ?? "fault", sentence: answer.sentence ?? "Nothing was changed." };
  }

  const isAboutThePin = ({ code }) => ["wrong_pin", "pin_wait", "pin_shape", "may_not_approve", "pin"].includes(code);

  function refuse(refusal, quiet) {
    if (refusal.code === "signed_out") kiosk.signedOut();
    else if (!quiet && !refusal.quiet) kiosk.toast({ kind: KINDS[refusal.code] ?? "warn", text: refusal.sentence });
  }

  const KINDS = { conflict: "info", fault: "bad", device: "bad" };

  /**
   * Carry out a tap. Taps go one by one in the order they were made. Resolves with the server's result; rejects with
   * {code, sentence} after telling it in a toast (not when `quiet`). Refused at once while there is no connection.
   */
  function act(name, args = {}, { quiet = false } = {}) {
    if (!kiosk.online) {
      const refusal = { code: "offline", sentence: "No connection: this tap was not carried out." };
      refuse(refusal, quiet);
      return Promise.reject(refusal);
    }
    const tap = { name, args, key: kiosk.newKey(), began: stamp(), waiting: false };
    taps.add(tap);
    const done = tail.then(() => carryOut(tap));
    tail = done.catch((refusal) => refuse(refusal, quiet)).finally(() => {
      taps.delete(tap);
      kiosk.emit("waiting", kiosk.waiting);
    });
    return done;
  }

  const taps = new Set();

  Object.assign(kiosk, {
    act,
    /** Resolves when no tap is on its way. */
    idle: () => tail,
  });
  /** How many taps the server has not answered and that are being sent again. */
  Object.defineProperty(kiosk, "waiting", { get: () => [...taps].some((tap) => tap.waiting) ? taps.size : 0 });
})();
