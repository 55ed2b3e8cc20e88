"""German sentences of a language model that it has no right to say: what it read in files, and acts it claims."""

from __future__ import annotations

import re

from sottovoce.domain.words import one_of
from sottovoce.language.de.words import key_words

_TELLS = (
    "sagt sagen steht stehen erwähnt erwähnen zeigt zeigen nennt nennen listet enthält enthalten besagt besagen "
    "lautet lauten schreibt beschreibt berichtet"
)
_STEMS = (
    "stell start stopp schalt mach öffn schließ schliess spiel pausier ruf schick send erinner weck plan buch bestell "
    "kauf reservier füg entfern lösch speicher notier druck lad installier sperr entsperr verriegel entriegel dimm "
    "änder verschieb kopier benenn fahr aktivier deaktivier erhöh senk reduzier dreh überweis bezahl benachrichtig "
    "stornier merk schreib trag setz leg"
)
_WORLDLY_STEMS = (
    "stell start stopp schalt öffn schließ schliess spiel pausier ruf schick send erinner weck buch bestell kauf "
    "reservier lösch druck lad installier sperr entsperr verriegel entriegel dimm fahr aktivier deaktivier erhöh senk "
    "reduzier dreh überweis bezahl benachrichtig stornier"
)
_BEFORE = "(?:ein|aus|an|ab|auf|zu|um|hin|herunter|runter|hoch|herauf|neu|ver|fort)?"
"""What a separable verb's infinitive begins with."""
_ACTED = (
    "gestellt eingestellt gestartet gestoppt angehalten geschaltet eingeschaltet ausgeschaltet angeschaltet "
    "abgeschaltet umgeschaltet stummgeschaltet gemacht angemacht ausgemacht aufgemacht zugemacht geöffnet geschlossen "
    "gespielt abgespielt pausiert fortgesetzt angerufen geschickt abgeschickt verschickt gesendet abgesendet versendet "
    "versandt gemailt benachrichtigt erinnert geweckt geplant eingeplant gebucht bestellt gekauft reserviert "
    "hinzugefügt eingefügt entfernt gelöscht abgebrochen storniert gespeichert notiert aufgezeichnet aufgenommen "
    "gedruckt ausgedruckt heruntergeladen installiert gesperrt entsperrt verriegelt entriegelt gedimmt aktualisiert "
    "geändert verschoben umbenannt kopiert heruntergefahren aktiviert deaktiviert angepasst erhöht gesenkt reduziert "
    "gedreht aufgedreht bezahlt überwiesen eingetragen gesetzt gelegt geschrieben gemerkt erledigt"
)
_OFF_AND_ON = "an aus auf zu ein ab offen fertig bereit lauter leiser heller dunkler"
_IN_WORDS = (
    "satz sätze absatz wort wörter gedicht vers reim geschichte witz rätsel quiz beispiel beispiele frage fragen "
    "fragespiel aufsatz titel zahl zahlen buchstabe buchstaben rede zusammenfassung argument argumente einzelheiten "
    "thema rolle"
)
"""What an order is about that may be carried out by answering."""
_KEEPING = (
    "gemerkt gespeichert notiert vermerkt aufgeschrieben eingetragen merken speichern notieren vermerken aufschreiben "
    "eintragen erinnern behalten"
)
_PLEASE = (
    "(?:hey|ok|okay|bitte|jetzt|nun|und|dann|auch|mal|doch|(?:kannst|könntest|würdest|willst) du|"
    "(?:können|könnten|würden) sie|du sollst)"
)
_OBJECT = (
    "(?:der|die|das|den|dem|ein|eine|einen|einem|einer|mein|meine|meinen|meinem|meiner|unser|unsere|unseren|mir|mich|"
    "uns|ihn|ihm|es|sie|diese|dieses|diesen|alle|alles|bitte|mal|doch|jetzt|zu|auf|um|für|in|im|ins)"
)
_IMPERATIVE = rf"(?:{one_of(_STEMS)}e?|brich|nimm)"
_INFINITIVE = rf"{_BEFORE}(?:ge)?(?:{one_of(_STEMS)}e?n|tun)"
_SWITCHING = rf"mach(?:e|en)?\b.*\b{one_of(_OFF_AND_ON)}|(?:an|aus|auf|zu)machen"
_I_DO = rf"(?:{one_of(_STEMS)}e|tue)"
_HAVE = "(?:habe|hab|werde)"
_FILES = (
    r"(?:deinen?|deiner|deinem|ihren?|ihrer|ihrem|der|die|den|dem|meinen?|meiner|meinem) (?:\w+ )?"
    r"(?:dateien?|dokumente?n?|notiz(?:en)?|unterlagen?)\b"
)
_SAYS = rf"\b{one_of(_TELLS)}\b"
_BY = r"\b(?:laut|gemäß|gemäss|entsprechend|nach|aus|(?:gefunden|gelesen|geschrieben|erwähnt|beschrieben) in"

ATTRIBUTED = re.compile(rf"{_SAYS}|\b(?:laut|gemäß|gemäss|erwähnt|beschrieben|gefunden)\b|:", re.IGNORECASE)
OF_FILES = re.compile(
    rf"\b{_FILES}[^.!?]{{0,60}}?{_SAYS}|{_BY}|ich (?:sehe|finde|las)(?: es)? in|ich habe(?: es)? in) {_FILES}",
    re.IGNORECASE,
)
CITING = key_words(f"{_TELLS} laut gemäß entsprechend gefunden gelesen geschrieben erwähnt beschrieben")
ASKED = re.compile(
    rf"(?P<polite>(?:{_PLEASE}[ ,]+)*)(?:{_IMPERATIVE}\b(?P<object> {_OBJECT}\b)?"
    rf"|(?!^)[^.!?]*\b{_INFINITIVE}(?: bitte)?\W*$)",
    re.IGNORECASE,
)
TO_BE_DONE = re.compile(
    rf"\b(?:{_BEFORE}{one_of(_WORLDLY_STEMS)}(?:e|e?n)?|{_SWITCHING})\b(?!.*\b{one_of(_IN_WORDS)}\b)",
    re.IGNORECASE,
)
PROPOSES = re.compile(r"^\W*soll ich (?:mir|dir|ihnen)? ?(?:\w+ )?merken\b", re.IGNORECASE)
"""What the application asks, and then waits for a yes."""
I_ACT = re.compile(
    rf"\b(?:ich {_HAVE}|{_HAVE} ich)\b[^.!?]*?\b(?:{one_of(_ACTED)}|{_INFINITIVE})\b"
    rf"|\b(?:ich {_I_DO}|{_I_DO} ich)\b"
    rf"|^\W*(?:(?:[\w-]+ ){{0,4}}{one_of(_ACTED)}\W*$|(?:erledigt|fertig|gemacht|wird gemacht|wird erledigt|sofort)\b)"
    r"|^\W*(?:klar|aber klar|natürlich|gerne?|sicher|selbstverständlich|ok(?:ay)?|alles klar|in ordnung|verstanden"
    r"|kein problem)\W*$",
    re.IGNORECASE,
)
IS_DONE = re.compile(
    r"\b(?:ist|sind|war|waren|wird|werden|wurde|wurden|geht|gehen)\b[^.!?]*?"
    rf"(?:\b{one_of(_ACTED)}\b|\b{one_of(_OFF_AND_ON)}\W*$)",
    re.IGNORECASE,
)
KEPT = re.compile(
    rf"\b(?:ich {_HAVE}|{_HAVE} ich)\b[^.!?,;]*?\b{one_of(_KEEPING)}\b"
    r"|\b(?:ich merke (?:mir|es mir|das)|merke ich mir|(?:ich )?(?:notiere|speichere|vermerke) (?:ich |es |das |mir )"
    r"|ich erinnere (?:dich|sie)|erinnere ich (?:dich|sie))\b",
    re.IGNORECASE,
)
I_CAN_NOT = re.compile(
    r"\b(?:ich (?:kann|konnte|habe|sehe|finde|fand|weiss|weiß)|(?:kann|konnte|habe|sehe|finde|fand|weiss|weiß) ich)\b"
    r"[^.!?]*?\b(?:nicht|nichts|kein\w*)\b",
    re.IGNORECASE,
)
REFUSES = re.compile(
    r"\b(?:nicht|nichts|nie|leider|unmöglich|ausserstande|außerstande|kein(?:e[mnrs]?)?(?! problem)"
    r"|(?:wenn|falls|kannst|könntest|würdest|möchtest) du|du (?:kannst|könntest|musst)"
    r"|(?:wenn|falls|können|könnten|würden|möchten) sie|sie (?:können|könnten|müssen)|(?:soll|sollte) ich)\b",
    re.IGNORECASE,
)
