/* The sentence about a drawer that did not open, over the heading of whoever waits before it; a tap or half a minute ends it. */
"use strict";
(function () {
  const kiosk = window.kiosk;
  const { make, icon } = kiosk;
  const SHOWN_MS = 30000;
  let shown = null;

  function hide() {
    clearTimeout(shown?.timer);
    shown?.box.remove();
    shown = null;
  }

  function tell(sentence) {
    hide();
    const box = make("p", "k-pill is-bad k-shut", icon("lock", "s20"), make("span", "", sentence));
    box.setAttribute("role", "alert");
    box.addEventListener("click", hide);
    document.body.append(box);
    shown = { box, timer: setTimeout(hide, SHOWN_MS) };
  }

  /** Only who opened it waits; what a command beside the kiosk opened is told to every counter. */
  function take({ data }) {
    for (const { sentence, person_id: person } of data.shut ?? []) {
      if (person === null || person === kiosk.me?.person_id) tell(sentence);
    }
  }

  kiosk.ready.then(() => kiosk.may("settle") && kiosk.watch("till", take));
})();
