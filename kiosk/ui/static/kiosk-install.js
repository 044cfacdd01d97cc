/* On a home screen: the worker that speaks when the kiosk cannot be reached, and the colour around the page. */
"use strict";
(function () {
  const kiosk = window.kiosk;
  const colour = () => {
    const meta = document.querySelector('meta[name="theme-color"]');
    const ground = getComputedStyle(document.documentElement).getPropertyValue("--bg-0").trim();
    if (meta && ground) meta.content = ground;
  };

  kiosk.on("theme", colour);
  addEventListener("load", () => {
    colour();
    // Browsers offer workers only over TLS and on this computer; without one the kiosk is the same but for that sentence.
    navigator.serviceWorker?.register("/worker.js", { scope: "/", updateViaCache: "none" }).catch((fault) => console.info(fault.message));
  });
})();
