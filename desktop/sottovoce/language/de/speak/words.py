"""What German needs to say what is written: words only, no rules."""

from __future__ import annotations

from typing import Final

MONTHS: Final = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
    "Dezember",
)  # fmt: skip
MONTHS_SHORT: Final = {name[:3]: name for name in MONTHS} | {"Sept": "September", "Jän": "Januar", "Jänner": "Januar"}
WEEKDAYS_SHORT: Final = {
    "Mo": "Montag", "Di": "Dienstag", "Mi": "Mittwoch", "Do": "Donnerstag", "Fr": "Freitag", "Sa": "Samstag",
    "So": "Sonntag",
}  # fmt: skip

_UNITS: Final = """
m km Kilometer|m m Meter|m dm Dezimeter|m cm Zentimeter|m mm Millimeter|m µm Mikrometer|m nm Nanometer
f mi Meile Meilen|m km/h Kilometer~pro~Stunde|m kmh Kilometer~pro~Stunde|m m/s Meter~pro~Sekunde
f mph Meile~pro~Stunde Meilen~pro~Stunde|m l/100km Liter~auf~hundert~Kilometer|m l/100~km Liter~auf~hundert~Kilometer
m km² Quadratkilometer|m m² Quadratmeter|m cm² Quadratzentimeter|m km2 Quadratkilometer|m m2 Quadratmeter
m qm Quadratmeter
m m³ Kubikmeter|m cm³ Kubikzentimeter|m m3 Kubikmeter|m ha Hektar
n kg Kilogramm|n g Gramm|n mg Milligramm|n µg Mikrogramm|f t Tonne Tonnen
m l Liter|m L Liter|m dl Deziliter|m cl Zentiliter|m ml Milliliter|m EL Esslöffel|m TL Teelöffel
f s Sekunde Sekunden|f sek Sekunde Sekunden|f Sek. Sekunde Sekunden|f ms Millisekunde Millisekunden
f µs Mikrosekunde Mikrosekunden|f ns Nanosekunde Nanosekunden|f min Minute Minuten|f Min. Minute Minuten
f h Stunde Stunden|f Std. Stunde Stunden|f Std Stunde Stunden|m d Tag Tage
n °C Grad~Celsius|n °F Grad~Fahrenheit|n ℃ Grad~Celsius|n ° Grad|n % Prozent|n ‰ Promille
n W Watt|n kW Kilowatt|n MW Megawatt|n GW Gigawatt|f Wh Wattstunde Wattstunden|f kWh Kilowattstunde Kilowattstunden
f MWh Megawattstunde Megawattstunden|n V Volt|n kV Kilovolt|n mV Millivolt|n A Ampere|n mA Milliampere
f mAh Milliamperestunde Milliamperestunden|f Ah Amperestunde Amperestunden|n Ω Ohm|n J Joule|n kJ Kilojoule
f kcal Kilokalorie Kilokalorien|n hPa Hektopascal|n mbar Millibar|n bar Bar|n PS P~S
n Hz Hertz|n kHz Kilohertz|n MHz Megahertz|n GHz Gigahertz|n dB Dezibel
n Bit Bit|n bit Bit|n Byte Byte|n kB Kilobyte|n KB Kilobyte|n MB Megabyte|n GB Gigabyte|n TB Terabyte|n PB Petabyte
n KiB Kibibyte|n MiB Mebibyte|n GiB Gibibyte|n kB/s Kilobyte~pro~Sekunde|n MB/s Megabyte~pro~Sekunde
n GB/s Gigabyte~pro~Sekunde|n kbit/s Kilobit~pro~Sekunde|n Mbit/s Megabit~pro~Sekunde|n Gbit/s Gigabit~pro~Sekunde
n px Pixel|n MP Megapixel|n g/km Gramm~pro~Kilometer|n mg/l Milligramm~pro~Liter|n kg/m³ Kilogramm~pro~Kubikmeter
"""
_GENDERS: Final = {"m": "masculine", "f": "feminine", "n": "neuter"}


def _units() -> dict[str, tuple[str, str, str]]:
    found = {}
    for row in _UNITS.replace("\n", "|").strip("|").split("|"):
        gender, unit, one, *several = row.split()
        said = one.replace("~", " ")
        found[unit.replace("~", " ")] = (said, several[0].replace("~", " ") if several else said, _GENDERS[gender])
    return found


UNITS: Final = _units()
"""One and several of each, and the gender of one. Case counts."""

CURRENCIES: Final = {
    "€": ("Euro", "Cent"), "EUR": ("Euro", "Cent"), "$": ("Dollar", "Cent"), "US$": ("U S Dollar", "Cent"),
    "USD": ("U S Dollar", "Cent"), "£": ("Pfund", "Pence"), "GBP": ("Pfund", "Pence"), "CHF": ("Franken", "Rappen"),
    "Fr.": ("Franken", "Rappen"), "¥": ("Yen", ""), "JPY": ("Yen", ""), "zł": ("Złoty", "Groszy"),
    "PLN": ("Złoty", "Groszy"), "SEK": ("schwedische Kronen", "Öre"), "DKK": ("dänische Kronen", "Öre"),
    "NOK": ("norwegische Kronen", "Öre"), "₽": ("Rubel", "Kopeken"), "₿": ("Bitcoin", ""),
    "CAD": ("kanadische Dollar", "Cent"),
}  # fmt: skip
"""The same for one and for several, and what a hundredth is called."""
SCALES: Final = {
    "Mio.": ("Million", "Millionen"), "Mio": ("Million", "Millionen"), "Mrd.": ("Milliarde", "Milliarden"),
    "Mrd": ("Milliarde", "Milliarden"), "Bio.": ("Billion", "Billionen"), "Tsd.": ("tausend", "tausend"),
    "Million": ("Million", "Millionen"), "Millionen": ("Million", "Millionen"),
    "Milliarde": ("Milliarde", "Milliarden"), "Milliarden": ("Milliarde", "Milliarden"), "k": ("tausend", "tausend"),
}  # fmt: skip

FRACTIONS: Final = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
    "⅘": (4, 5),
    "⅙": (1, 6), "⅚": (5, 6), "⅐": (1, 7), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8), "⅑": (1, 9),
    "⅒": (1, 10),
}  # fmt: skip
MOST_DENOMINATOR: Final = 20
FIXED: Final = {"24/7": "vierundzwanzig sieben", "50/50": "fünfzig fünfzig"}

ABBREVIATIONS: Final = {
    "z. b": "zum Beispiel", "d. h": "das heißt", "u. a": "unter anderem", "u. ä": "und Ähnliches",
    "o. ä": "oder Ähnliches",
    "i. d. r": "in der Regel", "v. a": "vor allem", "z. t": "zum Teil", "z. z": "zurzeit", "m. e": "meines Erachtens",
    "s. o": "siehe oben", "s. u": "siehe unten", "u. v. m": "und vieles mehr", "k. a": "keine Angabe",
    "o. g": "oben genannt",
    "e. v": "E V", "n. chr": "nach Christus", "v. chr": "vor Christus", "u. u": "unter Umständen", "o. k": "okay",
    "i. a": "im Allgemeinen", "a. d": "an der", "u. s. w": "und so weiter", "p. a": "pro Jahr",
    "usw": "und so weiter", "bzw": "beziehungsweise", "ca": "circa", "etc": "et cetera", "evtl": "eventuell",
    "ggf": "gegebenenfalls", "inkl": "inklusive", "exkl": "exklusive", "zzgl": "zuzüglich", "abzgl": "abzüglich",
    "bspw": "beispielsweise", "vgl": "vergleiche", "sog": "sogenannt", "allg": "allgemein", "insb": "insbesondere",
    "nr": "Nummer", "str": "Straße", "hr": "Herr", "hrn": "Herrn", "fr": "Frau", "dr": "Doktor", "prof": "Professor",
    "dipl.-ing": "Diplomingenieur", "ing": "Ingenieur", "st": "Sankt", "tel": "Telefon", "abs": "Absatz",
    "art": "Artikel",
    "kap": "Kapitel", "s": "Seite", "bd": "Band", "abb": "Abbildung", "tab": "Tabelle", "jh": "Jahrhundert",
    "jhd": "Jahrhundert", "geb": "geboren", "gest": "gestorben", "mind": "mindestens", "max": "maximal",
    "min": "Minuten",
    "std": "Stunden", "sek": "Sekunden", "tsd": "Tausend", "mio": "Millionen", "mrd": "Milliarden",
    "mwst": "Mehrwertsteuer",
    "co": "Co", "hbf": "Hauptbahnhof", "pkt": "Punkt", "tgl": "täglich", "mtl": "monatlich", "jährl": "jährlich",
    "einschl": "einschließlich", "urspr": "ursprünglich", "versch": "verschiedene", "verh": "verheiratet",
    "wg": "wegen",
    "gem": "gemäß", "lt": "laut", "od": "oder", "u": "und", "pl": "Platz", "zit": "zitiert", "aufl": "Auflage",
    "hrsg": "Herausgeber",
    "ebd": "ebenda", "ff": "folgende", "vs": "versus", "stk": "Stück", "pers": "Personen", "zi": "Zimmer",
    "qm": "Quadratmeter",
}  # fmt: skip
"""By their form without the last full stop, in small letters; a space between parts may be missing."""
BEFORE_NUMBER: Final = frozenset(
    {"nr", "s", "abs", "art", "kap", "bd", "abb", "tab", "max", "min", "mind", "std", "sek", "pl"}
)
"""Abbreviations that are words of their own elsewhere: only before a number, or behind one."""
BEFORE_NAME: Final = frozenset({"hr", "hrn", "fr", "st", "lt", "u", "od", "co"})
"""Those that are such only before a capital letter or a figure."""
SENTENCE_MAY_END: Final = frozenset(
    {"usw", "etc", "u. s. w", "o. ä", "u. ä", "u. a", "u. v. m", "k. a", "e. v", "n. chr", "v. chr", "str", "jh",
    "jhd", "min",
     "std", "sek", "mwst", "hbf", "co", "mio", "mrd", "p. a", "ff", "stk", "pers", "z.b", "o. k", "tgl"}
) | {"u.a", "o.ä", "u.ä", "n.chr", "v.chr", "u.v.m", "k.a", "e.v", "p.a"}  # fmt: skip
"""Abbreviations that a sentence may end with; the others always go on."""
TITLES: Final = frozenset({"dr", "prof", "st", "hr", "fr"})
"""Abbreviations that a name follows."""

FEMALE: Final = frozenset(
    {"Elisabeth", "Katharina", "Maria", "Margarethe", "Wilhelmina", "Anna", "Victoria", "Beatrix"}
)
REGNAL: Final = FEMALE | frozenset(
    """Heinrich Ludwig Karl Friedrich Wilhelm Otto Konrad Maximilian Leopold Franz Ferdinand Joseph Josef Philipp
    Peter Paul
    Pius Johannes Benedikt Leo Gregor Innozenz Clemens Urban Alexander Nikolaus Napoleon Georg Eduard Richard Jakob
    Gustav
    Christian Ramses Iwan Harald Albert Ptolemäus Dareios Xerxes Franziskus Rudolf Sigismund Lothar""".split()
)
"""Names that a Roman numeral follows as an ordinal: Heinrich VIII."""
NUMBERED: Final = frozenset(
    "Kapitel Teil Band Akt Szene Buch Artikel Phase Typ Stufe Klasse Abschnitt Anhang Tabelle Weltkrieg"
    " Figur Gruppe".split()
)
"""Words that a Roman numeral follows as a number: Kapitel IV."""

SAID_AS_WORDS: Final = frozenset(
    """NASA NATO UNO UNESCO UNICEF FIFA UEFA LASER RADAR COVID AIDS RAM ROM PIN SIM LAN WAN JSON YAML LINUX UNIX DAX
    DIN
    BAFÖG TAN HIV-TEST EDEKA IKEA ADAC""".split()
) - {"ADAC", "HIV-TEST"}
SAID_OTHERWISE: Final = {
    "OK": "okay", "TÜV": "Tüff", "JPEG": "Jay-Peg", "GmbH": "G M B H", "USA": "U S A", "EU": "E U", "WLAN": "W-Lan",
    "IBAN": "Iban", "UKW": "U K W", "AGB": "A G B", "ADAC": "A D A C", "ISBN": "I S B N", "IHK": "I H K",
    "AOK": "A O K",
    "BAFÖG": "Bafög", "ICE": "I C E", "UNO": "Uno", "ARD": "A R D", "URL": "U R L", "AG": "A G", "EDV": "E D V",
    "ÖBB": "Ö B B", "ÖPNV": "Ö P N V", "UHD": "U H D", "IOS": "i O S", "ISO": "Iso", "PDF": "P D F", "USB": "U S B",
    "API": "A P I", "IBM": "I B M", "AI": "A I", "KI": "K I", "IT": "I T", "DIY": "D I Y",
}  # fmt: skip
SHOUTED: Final = frozenset(
    """AB ABER ALS ALT AM AN ARM AUF AUS BEI BIN BIS BIST DA DAS DEM DEN DER DES DICH DIE DIR DU EIN ER ES FÜR GUT
    HAT ICH
    IHM IHN IHR IM IN INS IST JA KEIN MAL MAN MEIN MIR MIT NEIN NEU NIE NUN NUR OB OFT ROT SEHR SIE SO TAG TUN TUT UM
    UND
    UNS VON VOR WAR WAS WEG WEN WER WIE WIR WO ZU ZUM ZUR""".split()
)
"""Short words that are no abbreviations though they are written in capitals."""

SIGNS: Final = {
    "&": "und", "@": "ät", "=": "gleich", "≠": "ungleich", "≈": "ungefähr", "<": "kleiner als", ">": "größer als",
    "≤": "höchstens", "≥": "mindestens", "+": "plus", "±": "plus minus", "×": "mal", "÷": "geteilt durch",
    "√": "Wurzel aus",
    "∞": "unendlich", "→": "nach", "⇒": "also", "←": "von", "↔": "hin und zurück", "↑": "hoch", "↓": "runter",
    "©": "Copyright",
    "®": "eingetragene Marke", "™": "Marke", "§": "Paragraf", "¶": "Absatz", "%": "Prozent", "‰": "Promille",
    "°": "Grad",
    "$": "Dollar", "€": "Euro", "£": "Pfund", "¥": "Yen", "¢": "Cent", "#": "Nummer", "^": "hoch", "²": "hoch zwei",
    "³": "hoch drei", "π": "Pi", "Ω": "Ohm", "✓": "ja", "✔": "ja", "✗": "nein", "✘": "nein", "☐": "offen",
    "☑": "erledigt",
    "\\": "Backslash", "−": "minus", "*": "mal", "/": "Schrägstrich", "∑": "Summe aus", "∫": "Integral über",
    "∈": "in",
    "µ": "Mikro", "№": "Nummer", "😀": "grinsendes Gesicht", "😂": "Tränen lachend", "🙂": "Lächeln", "😊": "Lächeln",
    "😉": "Zwinkern", "😢": "weinendes Gesicht", "😭": "laut weinendes Gesicht", "😍": "verliebtes Gesicht",
    "❤": "Herz", "👍": "Daumen hoch", "👎": "Daumen runter", "🎉": "Konfetti", "🔥": "Feuer", "☀": "Sonne",
    "🌧": "Regen",
    "⭐": "Stern", "🙏": "Bitte", "👋": "Winken", "🎂": "Geburtstagskuchen", "🐶": "Hund", "🐱": "Katze", "🍕": "Pizza",
    "☕": "Kaffee", "⚠": "Warnung", "✅": "erledigt", "❌": "nein", "🚀": "Rakete", "💡": "Glühbirne", "📷": "Kamera",
}  # fmt: skip
UNKNOWN_SIGN: Final = "ein Zeichen"
EMOTICONS: Final = {
    ":)": "Lächeln", ":-)": "Lächeln", ";)": "Zwinkern", ";-)": "Zwinkern", ":(": "trauriges Gesicht",
    ":-(": "trauriges Gesicht", ":D": "Lachen", ":-D": "Lachen", ":P": "Zunge raus", ":-P": "Zunge raus",
    "<3": "Herz",
}  # fmt: skip
VERSIONED: Final = frozenset(
    """version release python ubuntu debian fedora linux kernel django node android ios macos windows firefox chrome
    qt java
    ruby php postgresql""".split()
)
"""Words that a version follows: Python 3.11 is drei Punkt elf."""

FILE_KINDS: Final = {
    "pdf": "P D F", "txt": "T X T", "md": "M D", "py": "P Y", "html": "H T M L", "css": "C S S", "json": "Jason",
    "csv": "C S V", "xml": "X M L", "yaml": "Jamel", "yml": "Jamel", "toml": "Tommel", "jpg": "J P G",
    "jpeg": "J P E G",
    "png": "P N G", "gif": "Gif", "svg": "S V G", "mp3": "M P drei", "mp4": "M P vier", "wav": "Wave", "ogg": "Ogg",
    "zip": "Zip", "tar": "Tar", "gz": "G Z", "exe": "E X E", "doc": "Dok", "docx": "Dok X", "xls": "X L S",
    "xlsx": "X L S X",
    "ppt": "P P T", "pptx": "P P T X", "odt": "O D T", "ods": "O D S", "sh": "S H", "log": "Log", "db": "D B",
    "ics": "I C S",
    "conf": "Konf", "ini": "Ini", "deb": "Deb", "iso": "Iso",
}  # fmt: skip
PLACES: Final = {"~": "deinem persönlichen Ordner", ".": "diesem Ordner", "..": "dem Ordner darüber"}

MARKED: Final = {
    "code": "Hier steht Code.",
    "code in": "Hier steht {language}-Code.",
    "image": "Bild: {text}",
    "note": "Anmerkung",
    "to do": "offen: {text}",
    "done": "erledigt: {text}",
}
"""What is said of Markdown that is not read word by word."""
