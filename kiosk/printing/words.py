"""The words on paper, in the language of the printer. What is not here, or in a language not here, stays English.

END is in no language: it is the mark by which a person and a machine see that a slip is whole.
"""

from __future__ import annotations

LANGUAGES = ("en", "it", "de", "fr", "es")

_WORDS = {
    "Table": ("Tavolo", "Tisch", "Table", "Mesa"),
    "Takeaway": ("Asporto", "Abholung", "À emporter", "Para llevar"),
    "Pickup": ("Ritiro", "Abholung um", "Retrait", "Recogida"),
    "New": ("Nuovo", "Neu", "Nouveau", "Nuevo"),
    "Changed": ("Modificato", "Geändert", "Modifié", "Cambiado"),
    "Void": ("Annullato", "Storno", "Annulé", "Anulado"),
    "Moved": ("Spostato", "Umgesetzt", "Déplacé", "Movido"),
    "Refire": ("Rifare", "Nochmal", "Refaire", "Rehacer"),
    "Reprint": ("Ristampa", "Nachdruck", "Réimpression", "Reimpresión"),
    "Backup from": ("Al posto di", "Ersatz für", "Secours de", "En lugar de"),
    "Course": ("Portata", "Gang", "Service", "Pase"),
    "Drinks": ("Bevande", "Getränke", "Boissons", "Bebidas"),
    "Starters": ("Antipasti", "Vorspeisen", "Entrées", "Entrantes"),
    "Mains": ("Secondi", "Hauptgerichte", "Plats", "Principales"),
    "Desserts": ("Dolci", "Desserts", "Desserts", "Postres"),
    "Allergy": ("Allergia", "Allergie", "Allergie", "Alergia"),
    "Reason": ("Motivo", "Grund", "Motif", "Motivo"),
    "By": ("Da", "Von", "Par", "Por"),
    "Also": ("Anche", "Auch", "Aussi", "También"),
    "was": ("prima", "war", "avant", "antes"),
    "now": ("adesso", "jetzt", "maintenant", "ahora"),
    "no note": ("senza nota", "ohne Notiz", "sans note", "sin nota"),
    "S": ("P", "P", "P", "A"),
    "guests": ("coperto|coperti", "Gast|Gäste", "couvert|couverts", "comensal|comensales"),
    "items": ("piatto|piatti", "Position|Positionen", "plat|plats", "plato|platos"),
    "Receipt": ("Ricevuta", "Rechnung", "Reçu", "Recibo"),
    "Bill": ("Conto", "Zwischenrechnung", "Addition", "Cuenta"),
    "This is not a receipt": (
        "Non è una ricevuta",
        "Dies ist keine Rechnung",
        "Ceci n'est pas un reçu",
        "Esto no es un recibo",
    ),
    "Copy": ("Copia", "Kopie", "Copie", "Copia"),
    "REFUND": ("RIMBORSO", "ERSTATTUNG", "REMBOURSEMENT", "REEMBOLSO"),
    "CORRECTION": ("CORREZIONE", "KORREKTUR", "CORRECTION", "CORRECCIÓN"),
    "Waiter": ("Cameriere", "Bedienung", "Serveur", "Camarero"),
    "Cashier": ("Cassa", "Kasse", "Caisse", "Caja"),
    "Share": ("Quota", "Anteil", "Part", "Parte"),
    "Of receipt": ("Della ricevuta", "Zu Rechnung", "Du reçu", "Del recibo"),
    "part of": ("parte di", "Teil von", "partie de", "parte de"),
    "of": ("di", "von", "de", "de"),
    "Discount": ("Sconto", "Rabatt", "Remise", "Descuento"),
    "Service charge": ("Servizio", "Service", "Service", "Servicio"),
    "TOTAL": ("TOTALE", "SUMME", "TOTAL", "TOTAL"),
    "Paid": ("Pagato", "Bezahlt", "Payé", "Pagado"),
    "TO PAY": ("DA PAGARE", "ZU ZAHLEN", "À PAYER", "A PAGAR"),
    "Cash rounding": ("Arrotondamento", "Rundung", "Arrondi", "Redondeo"),
    "Tip": ("Mancia", "Trinkgeld", "Pourboire", "Propina"),
    "Total": ("Totale", "Summe", "Total", "Total"),
    "On the house": ("Omaggio", "Aufs Haus", "Offert", "Invitación"),
    "Signature": ("Firma", "Unterschrift", "Signature", "Firma"),
    "CHANGE": ("RESTO", "RÜCKGELD", "RENDU", "CAMBIO"),
    "Cash": ("Contanti", "Bar", "Espèces", "Efectivo"),
    "Card": ("Carta", "Karte", "Carte", "Tarjeta"),
    "at": ("a", "zu", "à", "a"),
    "Tax included": ("IVA inclusa", "MwSt. inklusive", "TVA incluse", "IVA incluido"),
    "Tax added": ("IVA aggiunta", "MwSt. zuzüglich", "TVA ajoutée", "IVA añadido"),
    "Net": ("Netto", "Netto", "Net", "Neto"),
    "Tax": ("IVA", "MwSt.", "TVA", "IVA"),
    "Gross": ("Lordo", "Brutto", "Brut", "Bruto"),
    "Net at": ("Netto al", "Netto zu", "Net à", "Neto al"),
    "included": ("inclusa", "inklusive", "incluse", "incluido"),
    "added": ("aggiunta", "zuzüglich", "ajoutée", "añadido"),
    "Your receipt on your phone": (
        "La ricevuta sul telefono",
        "Die Rechnung aufs Telefon",
        "Le reçu sur votre téléphone",
        "El recibo en su teléfono",
    ),
}
USUAL_COURSES = {"Drinks", "Starters", "Mains", "Desserts"}
_ENGLISH = {"guests": "guest|guests", "items": "item|items"}


def say(word: str, language: str, count: int | None = None) -> str:
    """A word of ours in a language; with a count "1 guest", "2 guests"."""
    place = LANGUAGES.index(language[:2]) if language[:2] in LANGUAGES else 0
    said = _WORDS.get(word, ())[place - 1] if place and word in _WORDS else _ENGLISH.get(word, word)
    if count is None:
        return said
    one, _, many = said.partition("|")
    return f"{count} {one if count == 1 else many}"


def shout(word: str, language: str) -> str:
    """A word of ours in capitals, for what must be seen."""
    return say(word, language).upper()


def said_heading(heading: str, language: str) -> str:
    """Why a slip comes from this printer, BACKUP FROM GRILL, in its language."""
    start = "BACKUP FROM "
    return f"{shout('Backup from', language)} {heading.removeprefix(start)}" if heading.startswith(start) else heading


def said_course(name: str, language: str) -> str:
    """A course of the house: the usual ones by their names, Course 4, or whatever the house calls it."""
    if name in USUAL_COURSES:
        return say(name, language)
    start = "Course "
    return f"{say('Course', language)} {name.removeprefix(start)}" if name.startswith(start) else name
