"""What the day's page brings with itself, before any script has come: its shape, and the first look under way."""

from __future__ import annotations

from typing import Final

CARDS: Final = 12
WIDE: Final = 2

LOOK: Final = """<script>(function () {
  var asked = new URLSearchParams(location.search).get("day") || "today";
  var told = fetch("/api/view/day/" + encodeURIComponent(asked), { headers: { Accept: "application/json" } })
    .then(function (answer) { return answer.ok ? answer.json() : Promise.reject(answer.status); });
  told.catch(function () {});
  window.kioskDay = { asked: asked, told: told };
})();</script>"""
"""Begins to read the day that the address names; the board takes it over, or looks itself when it failed."""

TURNOVER: Final = """<script>(function () {
  function part(tag, css, text) {
    return Object.assign(document.createElement(tag), { className: css, textContent: text || "" });
  }
  var first = window.kioskDay;
  Promise.all([first.told, window.kiosk.ready]).then(function (known) {
    var day = first.day = known[0], card = document.querySelector("#day-first .o1");
    if (!card || !day.hours.length) return;
    var turnover = kiosk.money(day.summary.turnover), head = part("div", "k-card__h");
    head.append(part("h2", "", day.day === day.today ? "Turnover today" : "Turnover"));
    card.className = "k-card c4 o1";
    card.replaceChildren(head, part("div", turnover.length > 10 ? "k-hero is-long" : "k-hero", turnover));
  }).catch(function () {});
})();</script>"""
"""Says what was sold as soon as it is known, before the board has come, which begins with that."""


def shape() -> str:
    """The cards where they are going to be, of the figures only the first; the board takes it away."""
    cards = "".join(
        f'<section class="k-card k-sk {"c8" if number == WIDE else "c4"} o{number}">'
        '<i style="width:40%"></i><i></i><i></i></section>'
        for number in range(1, CARDS + 1)
    )
    return (
        '<div id="day-first" class="k-app day-first" aria-hidden="true"><div class="day">'
        f'<header class="k-bar is-wrap"></header><div class="k-bento">{cards}</div></div></div>{TURNOVER}'
    )
