"""The words of sheets of figures in the language of the printer; whoever makes a sheet writes it in English."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable

from kiosk.printing.words import LANGUAGES

_WORDS = {
    "X report": ("Rapporto X", "X-Bericht", "Rapport X", "Informe X"),
    "Z report": ("Rapporto Z", "Z-Bericht", "Rapport Z", "Informe Z"),
    "Gross sales": ("Vendite lorde", "Bruttoumsatz", "Ventes brutes", "Ventas brutas"),
    "Discounts and on the house": (
        "Sconti e omaggi",
        "Rabatte und aufs Haus",
        "Remises et offerts",
        "Descuentos e invitaciones",
    ),
    "Discounts": ("Sconti", "Rabatte", "Remises", "Descuentos"),
    "Service charge": ("Servizio", "Service", "Service", "Servicio"),
    "Tax added": ("IVA aggiunta", "MwSt. zuzüglich", "TVA ajoutée", "IVA añadido"),
    "Refunds": ("Rimborsi", "Erstattungen", "Remboursements", "Reembolsos"),
    "Net sales": ("Vendite nette", "Nettoumsatz", "Ventes nettes", "Ventas netas"),
    "The books differ by": ("Differenza nei conti", "Die Bücher weichen ab", "Écart des livres", "Diferencia"),
    "Net at": ("Netto al", "Netto zu", "Net à", "Neto al"),
    "Tax": ("IVA", "MwSt.", "TVA", "IVA"),
    "Cash": ("Contanti", "Bar", "Espèces", "Efectivo"),
    "Card": ("Carta", "Karte", "Carte", "Tarjeta"),
    "Tenders": ("Pagamenti", "Zahlungen", "Paiements", "Pagos"),
    "Tips": ("Mance", "Trinkgelder", "Pourboires", "Propinas"),
    "Cash rounding": ("Arrotondamento", "Rundung", "Arrondi", "Redondeo"),
    "Drawer": ("Cassetto", "Lade", "Tiroir", "Cajón"),
    "From the day before": ("Dal giorno prima", "Vom Vortag", "De la veille", "Del día anterior"),
    "Float": ("Fondo cassa", "Wechselgeld", "Fond de caisse", "Fondo de caja"),
    "Cash sales": ("Vendite in contanti", "Barumsatz", "Ventes en espèces", "Ventas en efectivo"),
    "Cash refunded": ("Rimborsi in contanti", "Bar erstattet", "Espèces rendues", "Efectivo devuelto"),
    "Paid in": ("Versamenti", "Einlagen", "Entrées", "Entradas"),
    "Expenses": ("Spese", "Ausgaben", "Dépenses", "Gastos"),
    "Tips paid out": ("Mance pagate", "Trinkgeld ausgezahlt", "Pourboires versés", "Propinas pagadas"),
    "To the safe": ("In cassaforte", "In den Tresor", "Au coffre", "A la caja fuerte"),
    "Expected": ("Atteso", "Soll", "Attendu", "Esperado"),
    "Counted by": ("Contato da", "Gezählt von", "Compté par", "Contado por"),
    "Not counted": ("Non contato", "Nicht gezählt", "Non compté", "Sin contar"),
    "Over": ("In più", "Zu viel", "En trop", "Sobra"),
    "Short": ("In meno", "Fehlbetrag", "Manque", "Falta"),
    "Guests": ("Coperti", "Gäste", "Couverts", "Comensales"),
    "Receipts": ("Ricevute", "Rechnungen", "Reçus", "Recibos"),
    "Receipts of refunds": (
        "Ricevute di rimborso",
        "Erstattungsbelege",
        "Reçus de remboursement",
        "Recibos de reembolso",
    ),
    "Tenders corrected": ("Pagamenti corretti", "Zahlungen korrigiert", "Paiements corrigés", "Pagos corregidos"),
    "Numbers": ("Numeri", "Nummern", "Numéros", "Números"),
    "Per guest": ("Per coperto", "Pro Gast", "Par couvert", "Por comensal"),
    "Voids after send": ("Annullati dopo l'invio", "Storno nach Bon", "Annulés après envoi", "Anulados tras el envío"),
    "On the house": ("Omaggi", "Aufs Haus", "Offerts", "Invitaciones"),
    "Opened without a sale": (
        "Aperto senza vendita",
        "Ohne Verkauf geöffnet",
        "Ouvert sans vente",
        "Abierto sin venta",
    ),
    "Carried over": ("Riportati", "Übertragen", "Reportés", "Traspasados"),
    "after the count": ("dopo la conta", "nach der Zählung", "après comptage", "tras el recuento"),
    "counted later": ("contato dopo", "später gezählt", "compté plus tard", "se cuenta luego"),
    "Day summary": ("Riepilogo del giorno", "Tagesübersicht", "Résumé du jour", "Resumen del día"),
    "Turnover": ("Incasso", "Umsatz", "Chiffre d'affaires", "Facturación"),
    "Per receipt": ("Per ricevuta", "Pro Rechnung", "Par reçu", "Por recibo"),
    "Sold most": ("I più venduti", "Am meisten verkauft", "Meilleures ventes", "Lo más vendido"),
    "Service": ("Servizio", "Service", "Service", "Servicio"),
    "Drawer opened": ("Cassetto aperto", "Lade eröffnet", "Tiroir ouvert", "Cajón abierto"),
    "Drawer handed over": ("Cassetto consegnato", "Lade übergeben", "Tiroir remis", "Cajón entregado"),
    "Drawer counted": ("Cassetto contato", "Lade gezählt", "Tiroir compté", "Cajón contado"),
    "Drawer counted again": ("Cassetto ricontato", "Lade neu gezählt", "Tiroir recompté", "Cajón recontado"),
    "Expense paid out": ("Spesa pagata", "Ausgabe bezahlt", "Dépense payée", "Gasto pagado"),
    "Amount": ("Importo", "Betrag", "Montant", "Importe"),
    "Daybook": ("Prima nota", "Kassenbuch", "Livre de caisse", "Libro de caja"),
    "Counted": ("Contato", "Gezählt", "Compté", "Contado"),
    "Exact": ("Esatto", "Stimmt", "Juste", "Exacto"),
    "Handed over by": ("Consegnato da", "Übergeben von", "Remis par", "Entregado por"),
    "Approved by": ("Approvato da", "Freigegeben von", "Approuvé par", "Aprobado por"),
    "Signature": ("Firma", "Unterschrift", "Signature", "Firma"),
    "By": ("Da", "Von", "Par", "Por"),
    "By category": ("Per categoria", "Nach Kategorie", "Par catégorie", "Por categoría"),
    "By person": ("Per persona", "Nach Person", "Par personne", "Por persona"),
    "By hour": ("Per ora", "Nach Stunde", "Par heure", "Por hora"),
    "tips, apart": ("mance, a parte", "Trinkgeld, extra", "pourboires, à part", "propinas, aparte"),
    "not named": ("senza nome", "ohne Namen", "sans nom", "sin nombre"),
    "Journal up to entry": (
        "Giornale fino alla voce",
        "Journal bis Eintrag",
        "Journal jusqu'à l'entrée",
        "Diario hasta el asiento",
    ),
    "of it": ("di cui", "davon", "dont", "de ello"),
    "to": ("a", "bis", "à", "a"),
    "refund": ("rimborso", "Erstattung", "remboursement", "reembolso"),
    "refunds": ("rimborsi", "Erstattungen", "remboursements", "reembolsos"),
    "Monday": ("lunedì", "Montag", "lundi", "lunes"),
    "Tuesday": ("martedì", "Dienstag", "mardi", "martes"),
    "Wednesday": ("mercoledì", "Mittwoch", "mercredi", "miércoles"),
    "Thursday": ("giovedì", "Donnerstag", "jeudi", "jueves"),
    "Friday": ("venerdì", "Freitag", "vendredi", "viernes"),
    "Saturday": ("sabato", "Samstag", "samedi", "sábado"),
    "Sunday": ("domenica", "Sonntag", "dimanche", "domingo"),
}
_STARTS = (
    *("X report", "Z report", "Day summary"),
    *("Net at", "Tax", "Drawer", "Counted by", "Approved by", "Signature", "By", "Journal up to entry", "of it"),
)
_OF_NOTES = (*calendar.day_name, "Drawer")
_COUNTED = re.compile(r"(.+?)(, \d.*)")
_GIVEN_BACK = re.compile(r"(.+, \d+) (refunds?)")
_PIECES = re.compile(r"(-?\d+) (not named)")
_SPAN = re.compile(r"(\d[\d :-]*) to (\d[\d :-]*)")


def said_figure(label: str, language: str, *, is_ours: bool = True) -> str:
    """A label in a language: as a whole ("Net sales"), before a count ("Refunds, 2"), or before a name ("By Sofia").

    What a person may have written (`is_ours` is False) is only said as a whole.
    """
    if language[:2] not in LANGUAGES[1:]:
        return label
    place = LANGUAGES.index(language[:2]) - 1
    if (word := label.lstrip()) in _WORDS:
        return label.removesuffix(word) + _WORDS[word][place]
    return _said_around(label, place) if is_ours else label


def _said_around(label: str, place: int) -> str:
    """A label of ours of which a part is a name or a figure."""
    if back := _GIVEN_BACK.fullmatch(label):
        return f"{_said_around(back[1], place)} {_WORDS[back[2]][place]}"
    if pieces := _PIECES.fullmatch(label):
        return f"{pieces[1]} {_WORDS[pieces[2]][place]}"
    if span := _SPAN.fullmatch(label):
        return f"{span[1]} {_WORDS['to'][place]} {span[2]}"
    if (counted := _COUNTED.fullmatch(label)) and counted[1] in _WORDS:
        return _WORDS[counted[1]][place] + counted[2]
    return _said_start(label, _STARTS, place)


def _said_start(label: str, starts: Iterable[str], place: int) -> str:
    start = next((one for one in starts if label.startswith(f"{one} ")), "")
    return _WORDS[start][place] + label.removeprefix(start) if start else label


def said_note(note: str, language: str) -> str:
    """What stands under a heading: a day with its weekday, since when until when, or whose drawer it is."""
    if language[:2] not in LANGUAGES[1:]:
        return note
    place = LANGUAGES.index(language[:2]) - 1
    if span := _SPAN.fullmatch(note):
        return f"{span[1]} {_WORDS['to'][place]} {span[2]}"
    return _said_start(note, _OF_NOTES, place)
