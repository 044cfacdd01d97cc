"""What is said to guests about their receipt, in the language of the house; what is not here stays English."""

from __future__ import annotations

from kiosk.printing import words

_SAID = {
    "Refund": ("Rimborso", "Erstattung", "Remboursement", "Reembolso"),
    "Date": ("Data", "Datum", "Date", "Fecha"),
    "Guests": ("Coperti", "Gäste", "Couverts", "Comensales"),
    "What stands": ("Resta", "Es bleibt", "Il reste", "Queda"),
    "Save as PDF": ("Salva in PDF", "Als PDF speichern", "Enregistrer en PDF", "Guardar en PDF"),
    "Open it online": ("Aprila in rete", "Online öffnen", "L'ouvrir en ligne", "Abrirlo en línea"),
    "Of it, per tax": ("Imposte", "Steuern", "Taxes", "Impuestos"),
    "Receipt {number} from {venue}": (
        "Ricevuta {number} di {venue}",
        "Rechnung {number} von {venue}",
        "Reçu {number} de {venue}",
        "Recibo {number} de {venue}",
    ),
    "Thank you for your visit. Here is your receipt.": (
        "Grazie della visita. Ecco la ricevuta.",
        "Danke für den Besuch. Hier ist die Rechnung.",
        "Merci de votre visite. Voici votre reçu.",
        "Gracias por su visita. Aquí está su recibo.",
    ),
    "Receipt {was} was put right by receipt {number}, which is the one that holds.": (
        "La ricevuta {was} è stata corretta dalla ricevuta {number}, che è quella valida.",
        "Rechnung {was} wurde durch Rechnung {number} berichtigt; diese gilt.",
        "Le reçu {was} a été corrigé par le reçu {number}, qui fait foi.",
        "El recibo {was} fue corregido por el recibo {number}, que es el válido.",
    ),
    "All of it was given back, see below.": (
        "È stata rimborsata per intero, vedi sotto.",
        "Der ganze Betrag wurde erstattet, siehe unten.",
        "La totalité a été remboursée, voir plus bas.",
        "Se ha reembolsado por completo, vea abajo.",
    ),
    "{amount} was given back, see below.": (
        "{amount} sono stati rimborsati, vedi sotto.",
        "{amount} wurden erstattet, siehe unten.",
        "{amount} ont été remboursés, voir plus bas.",
        "Se han reembolsado {amount}, vea abajo.",
    ),
    "There is no such receipt.": (
        "Questa ricevuta non esiste.",
        "Diese Rechnung gibt es nicht.",
        "Ce reçu n'existe pas.",
        "Este recibo no existe.",
    ),
}


def say(word: str, language: str, **told: str) -> str:
    """A word or a sentence of ours, with what it tells put in."""
    place = words.LANGUAGES.index(language) if language in words.LANGUAGES else 0
    said = _SAID[word][place - 1] if place and word in _SAID else words.say(word, language)
    return said.format(**told) if told else said
