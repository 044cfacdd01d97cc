/* The page that says there is no connection: in the device's theme, and gone as soon as the kiosk answers. */
"use strict";
(function () {
  const LOOK_MS = 2000;
  const theme = /(?:^|; )kiosk_theme=(dark|light)/.exec(document.cookie)?.[1] ?? "dark";
  document.documentElement.dataset.theme = theme;

  const back = () => (location.pathname === "/offline" ? location.replace("/") : location.reload());

  async function look() {
    try {
      if ((await fetch("/health", { cache: "no-store" })).ok) return back();
    } catch {
      // still away
    }
    setTimeout(look, LOOK_MS);
  }

  addEventListener("DOMContentLoaded", () => {
    document.getElementById("again").addEventListener("click", (event) => {
      event.preventDefault();
      back();
    });
    setTimeout(look, LOOK_MS);
  });
  addEventListener("online", look);
})();
