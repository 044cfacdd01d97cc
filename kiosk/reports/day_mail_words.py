"""What the letter of a closed day says, in the language of the house; what is not here is as on its papers."""

from __future__ import annotations

from typing import Final

from kiosk.printing.words import LANGUAGES
from kiosk.printing.words_sheet import said_figure, said_note

_SAID: Final = {
    "{venue}: {day} is closed, {amount}": (
        "{venue}: {day} è chiuso, {amount}",
        "{venue}: {day} ist abgeschlossen, {amount}",
        "{venue} : {day} est clôturé, {amount}",
        "{venue}: {day} está cerrado, {amount}",
    ),
    "Z {number} closes {day}.": (
        "La Z {number} chiude {day}.",
        "Z {number} schließt {day} ab.",
        "Le Z {number} clôture {day}.",
        "La Z {number} cierra {day}.",
    ),
    "Amounts in {currency}. The workbook is enclosed.": (
        "Importi in {currency}. Il foglio di calcolo è allegato.",
        "Beträge in {currency}. Die Arbeitsmappe liegt bei.",
        "Montants en {currency}. Le classeur est joint.",
        "Importes en {currency}. Se adjunta el libro de cálculo.",
    ),
    "Drawers over or short": (
        "Cassetti, in più o in meno",
        "Laden, zu viel oder zu wenig",
        "Tiroirs, en trop ou manque",
        "Cajones, sobra o falta",
    ),
    "Net": ("Netto", "Netto", "Net", "Neto"),
    "Checks": ("Conti", "Bons", "Additions", "Cuentas"),
    "Average check": ("Conto medio", "Bon im Schnitt", "Addition moyenne", "Cuenta media"),
    "Covers": ("Coperti", "Gäste", "Couverts", "Comensales"),
    "Pieces": ("Pezzi", "Stück", "Pièces", "Piezas"),
    "Net sales of known cost": (
        "Vendite nette di costo noto",
        "Nettoumsatz mit bekannten Kosten",
        "Ventes nettes de coût connu",
        "Ventas netas de coste conocido",
    ),
    "Cost of goods": ("Costo delle merci", "Wareneinsatz", "Coût des marchandises", "Coste de la mercancía"),
    "Wages": ("Salari", "Löhne", "Salaires", "Salarios"),
    "Paid out of the drawers": ("Pagato dai cassetti", "Aus den Laden bezahlt", "Payé des tiroirs", "Pagado de caja"),
    "Profit": ("Utile", "Gewinn", "Bénéfice", "Beneficio"),
}


def language_of(locale: str) -> str:
    """The language of a house, English where we have no words in its own."""
    return locale[:2] if locale[:2] in LANGUAGES else LANGUAGES[0]


def say(words: str, language: str, **told: str) -> str:
    """A label or a sentence of the letter, with what it tells put in."""
    place = LANGUAGES.index(language) if language in LANGUAGES else 0
    said = _SAID[words][place - 1] if place and words in _SAID else said_figure(words, language)
    return said.format(**told) if told else said


def say_day(day: str, language: str) -> str:
    """A day like Saturday 2026-11-21."""
    return said_note(day, language)
