"""What English needs to say what is written: words only, no rules."""

from __future__ import annotations

from typing import Final

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
MONTHS_SHORT: Final = {name[:3]: name for name in MONTHS} | {"Sept": "September"}
WEEKDAYS_SHORT: Final = {
    "Mon": "Monday", "Tue": "Tuesday", "Tues": "Tuesday", "Wed": "Wednesday", "Thu": "Thursday", "Thur": "Thursday",
    "Thurs": "Thursday", "Fri": "Friday", "Sat": "Saturday", "Sun": "Sunday",
}  # fmt: skip

UNITS: Final = {
    "km/h": ("kilometer per hour", "kilometers per hour"),
    "kmh": ("kilometer per hour", "kilometers per hour"),
    "m/s": ("meter per second", "meters per second"),
    "m/s²": ("meter per second squared", "meters per second squared"),
    "mph": ("mile per hour", "miles per hour"),
    "l/100km": ("liter per hundred kilometers", "liters per hundred kilometers"),
    "L/100 km": ("liter per hundred kilometers", "liters per hundred kilometers"),
    "km": ("kilometer", "kilometers"), "m": ("meter", "meters"), "dm": ("decimeter", "decimeters"),
    "cm": ("centimeter", "centimeters"), "mm": ("millimeter", "millimeters"), "µm": ("micrometer", "micrometers"),
    "nm": ("nanometer", "nanometers"), "mi": ("mile", "miles"), "ft": ("foot", "feet"), "yd": ("yard", "yards"),
    "km²": ("square kilometer", "square kilometers"), "m²": ("square meter", "square meters"),
    "cm²": ("square centimeter", "square centimeters"), "mm²": ("square millimeter", "square millimeters"),
    "km2": ("square kilometer", "square kilometers"), "m2": ("square meter", "square meters"),
    "m³": ("cubic meter", "cubic meters"), "cm³": ("cubic centimeter", "cubic centimeters"),
    "m3": ("cubic meter", "cubic meters"), "sq ft": ("square foot", "square feet"), "ha": ("hectare", "hectares"),
    "kg": ("kilogram", "kilograms"), "g": ("gram", "grams"), "mg": ("milligram", "milligrams"),
    "µg": ("microgram", "micrograms"), "t": ("ton", "tons"), "lb": ("pound", "pounds"), "lbs": ("pound", "pounds"),
    "oz": ("ounce", "ounces"), "l": ("liter", "liters"), "L": ("liter", "liters"), "dl": ("deciliter", "deciliters"),
    "cl": ("centiliter", "centiliters"), "ml": ("milliliter", "milliliters"), "mL": ("milliliter", "milliliters"),
    "gal": ("gallon", "gallons"), "tbsp": ("tablespoon", "tablespoons"), "tsp": ("teaspoon", "teaspoons"),
    "s": ("second", "seconds"), "sec": ("second", "seconds"), "ms": ("millisecond", "milliseconds"),
    "µs": ("microsecond", "microseconds"), "ns": ("nanosecond", "nanoseconds"), "min": ("minute", "minutes"),
    "mins": ("minute", "minutes"), "h": ("hour", "hours"), "hr": ("hour", "hours"), "hrs": ("hour", "hours"),
    "d": ("day", "days"), "yr": ("year", "years"), "yrs": ("year", "years"),
    "°C": ("degree Celsius", "degrees Celsius"), "°F": ("degree Fahrenheit", "degrees Fahrenheit"),
    "℃": ("degree Celsius", "degrees Celsius"), "℉": ("degree Fahrenheit", "degrees Fahrenheit"),
    "°": ("degree", "degrees"),
    "%": ("percent", "percent"), "‰": ("per mille", "per mille"), "pp": ("percentage point", "percentage points"),
    "ppm": ("part per million", "parts per million"),
    "W": ("watt", "watts"), "kW": ("kilowatt", "kilowatts"), "MW": ("megawatt", "megawatts"),
    "GW": ("gigawatt", "gigawatts"), "Wh": ("watt hour", "watt hours"), "kWh": ("kilowatt hour", "kilowatt hours"),
    "MWh": ("megawatt hour", "megawatt hours"), "kWp": ("kilowatt peak", "kilowatts peak"),
    "V": ("volt", "volts"), "kV": ("kilovolt", "kilovolts"), "mV": ("millivolt", "millivolts"),
    "A": ("ampere", "amperes"), "mA": ("milliampere", "milliamperes"),
    "mAh": ("milliampere hour", "milliampere hours"), "Ah": ("ampere hour", "ampere hours"), "Ω": ("ohm", "ohms"),
    "J": ("joule", "joules"), "kJ": ("kilojoule", "kilojoules"), "kcal": ("kilocalorie", "kilocalories"),
    "cal": ("calorie", "calories"), "hPa": ("hectopascal", "hectopascals"), "kPa": ("kilopascal", "kilopascals"),
    "mbar": ("millibar", "millibars"), "bar": ("bar", "bars"), "psi": ("P S I", "P S I"),
    "hp": ("horsepower", "horsepower"),
    "Hz": ("hertz", "hertz"), "kHz": ("kilohertz", "kilohertz"), "MHz": ("megahertz", "megahertz"),
    "GHz": ("gigahertz", "gigahertz"), "dB": ("decibel", "decibels"), "rpm": ("R P M", "R P M"),
    "bpm": ("beat per minute", "beats per minute"), "fps": ("frame per second", "frames per second"),
    "bit": ("bit", "bits"), "bits": ("bit", "bits"), "kB": ("kilobyte", "kilobytes"), "KB": ("kilobyte", "kilobytes"),
    "MB": ("megabyte", "megabytes"), "GB": ("gigabyte", "gigabytes"), "TB": ("terabyte", "terabytes"),
    "PB": ("petabyte", "petabytes"), "KiB": ("kibibyte", "kibibytes"), "MiB": ("mebibyte", "mebibytes"),
    "GiB": ("gibibyte", "gibibytes"), "TiB": ("tebibyte", "tebibytes"),
    "kB/s": ("kilobyte per second", "kilobytes per second"), "MB/s": ("megabyte per second", "megabytes per second"),
    "GB/s": ("gigabyte per second", "gigabytes per second"), "kbps": ("kilobit per second", "kilobits per second"),
    "Mbps": ("megabit per second", "megabits per second"), "Gbps": ("gigabit per second", "gigabits per second"),
    "kbit/s": ("kilobit per second", "kilobits per second"), "Mbit/s": ("megabit per second", "megabits per second"),
    "Gbit/s": ("gigabit per second", "gigabits per second"), "px": ("pixel", "pixels"),
    "MP": ("megapixel", "megapixels"),
    "g/km": ("gram per kilometer", "grams per kilometer"), "mg/l": ("milligram per liter", "milligrams per liter"),
    "kg/m³": ("kilogram per cubic meter", "kilograms per cubic meter"),
    "µg/m³": ("microgram per cubic meter", "micrograms per cubic meter"),
    "k": ("thousand", "thousand"), "x": ("times", "times"), "×": ("times", "times"),
}  # fmt: skip
"""One and several of each. Case counts; where a letter is more often something else ("5 in", "300 K") it is none."""

CURRENCIES: Final = {
    "$": ("dollar", "dollars", "cent", "cents"),
    "US$": ("U S dollar", "U S dollars", "cent", "cents"),
    "A$": ("Australian dollar", "Australian dollars", "cent", "cents"),
    "C$": ("Canadian dollar", "Canadian dollars", "cent", "cents"),
    "€": ("euro", "euros", "cent", "cents"),
    "£": ("pound", "pounds", "penny", "pence"),
    "¥": ("yen", "yen", "sen", "sen"),
    "₹": ("rupee", "rupees", "paisa", "paise"),
    "₽": ("ruble", "rubles", "kopeck", "kopecks"),
    "₩": ("won", "won", "jeon", "jeon"),
    "₺": ("lira", "lira", "kurus", "kurus"),
    "₴": ("hryvnia", "hryvnias", "kopiyka", "kopiykas"),
    "₿": ("bitcoin", "bitcoins", "", ""),
    "zł": ("zloty", "zlotys", "grosz", "groszy"),
    "USD": ("U S dollar", "U S dollars", "cent", "cents"),
    "EUR": ("euro", "euros", "cent", "cents"),
    "GBP": ("pound", "pounds", "penny", "pence"),
    "JPY": ("yen", "yen", "sen", "sen"),
    "CHF": ("Swiss franc", "Swiss francs", "rappen", "rappen"),
    "CAD": ("Canadian dollar", "Canadian dollars", "cent", "cents"),
    "AUD": ("Australian dollar", "Australian dollars", "cent", "cents"),
    "INR": ("rupee", "rupees", "paisa", "paise"),
    "CNY": ("yuan", "yuan", "fen", "fen"),
    "PLN": ("zloty", "zlotys", "grosz", "groszy"),
    "SEK": ("Swedish krona", "Swedish kronor", "ore", "ore"),
    "NOK": ("Norwegian krone", "Norwegian kroner", "ore", "ore"),
    "DKK": ("Danish krone", "Danish kroner", "ore", "ore"),
}
SCALES: Final = {
    "k": "thousand", "K": "thousand", "m": "million", "M": "million", "mn": "million", "bn": "billion", "B": "billion",
    "b": "billion", "tn": "trillion", "thousand": "thousand", "million": "million", "billion": "billion",
    "trillion": "trillion", "hundred": "hundred",
}  # fmt: skip

FRACTIONS: Final = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5), "⅘": (4, 5),
    "⅙": (1, 6), "⅚": (5, 6), "⅐": (1, 7), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8), "⅑": (1, 9),
    "⅒": (1, 10),
}  # fmt: skip
MOST_DENOMINATOR: Final = 16
FIXED: Final = {"24/7": "twenty-four seven", "9/11": "nine eleven", "50/50": "fifty fifty", "20/20": "twenty twenty"}

ABBREVIATIONS: Final = {
    "mr": "Mister", "mrs": "Missus", "ms": "Miz", "prof": "Professor", "rev": "Reverend", "hon": "Honorable",
    "gen": "General", "capt": "Captain", "lt": "Lieutenant", "sgt": "Sergeant", "col": "Colonel", "sen": "Senator",
    "gov": "Governor", "rep": "Representative", "jr": "Junior", "sr": "Senior", "mt": "Mount", "ft": "Fort",
    "e.g": "for example", "i.e": "that is", "eg": "for example", "ie": "that is", "etc": "et cetera", "vs": "versus",
    "cf": "compare", "approx": "approximately", "ca": "circa", "est": "established", "incl": "including",
    "excl": "excluding", "resp": "respectively", "misc": "miscellaneous", "max": "maximum", "min": "minimum",
    "avg": "average", "dept": "department", "univ": "university", "govt": "government", "assn": "association",
    "inc": "Incorporated", "ltd": "Limited", "corp": "Corporation", "co": "Company", "bros": "Brothers",
    "ave": "Avenue", "blvd": "Boulevard", "rd": "Road", "sq": "Square", "hwy": "Highway", "apt": "apartment",
    "tel": "telephone", "ext": "extension", "fig": "figure", "vol": "volume", "ch": "chapter", "sec": "section",
    "ed": "edition", "ref": "reference", "pp": "pages", "p": "page", "nr": "number", "no": "number", "nos": "numbers",
    "hrs": "hours", "hr": "hour", "mins": "minutes", "secs": "seconds", "a.k.a": "also known as", "w/o": "without",
    "w/": "with", "b/c": "because", "a.m": "A M", "p.m": "P M", "ph.d": "P H D", "u.s": "U S", "u.k": "U K",
    "u.s.a": "U S A", "d.c": "D C", "e.u": "E U", "u.n": "U N", "b.c": "B C", "a.d": "A D", "et al": "and others",
    "n/a": "not applicable", "n.b": "note well", "p.s": "P S", "r.i.p": "R I P", "r.s.v.p": "R S V P",
}  # fmt: skip
"""By their form without the last full stop, in small letters."""
BEFORE_NUMBER: Final = frozenset(
    {"p", "pp", "no", "nos", "nr", "ch", "sec", "fig", "vol", "ed", "ext", "ref", "min", "max"}
)
"""Abbreviations that are words of their own elsewhere ("No.", "ed."): only before a number."""
BEFORE_NAME: Final = frozenset({"mt", "ft", "gen", "col", "sen", "gov", "rep", "hon", "lt", "ca"})
"""Those that are such only before a capital letter or a figure."""
SENTENCE_MAY_END: Final = frozenset(
    {"etc", "jr", "sr", "inc", "ltd", "corp", "co", "bros", "ave", "blvd", "rd", "sq", "hwy", "a.m", "p.m",
     "ph.d", "u.s", "u.k", "u.s.a", "d.c", "e.u", "u.n", "b.c", "a.d", "et al", "hrs", "hr", "mins", "secs", "max",
     "min",
     "no", "ed", "univ", "dept", "govt", "assn"}
)  # fmt: skip
"""Abbreviations that a sentence may end with; the others always go on."""

TITLES: Final = frozenset({"dr", "st"})
"""Abbreviations that stand for two words each; nearly always a name follows."""

REGNAL: Final = frozenset(
    """Henry Louis Elizabeth Charles George Edward Richard James William Mary John Paul Benedict Pius Leo Gregory
    Innocent Clement Urban Alexander Nicholas Catherine Frederick Friedrich Wilhelm Napoleon Philip Ferdinand Otto
    Ramses Ramesses Peter Ivan Gustav Christian Carl Karl Robert Malcolm Leopold Joseph Francis Franz Maximilian
    Ludwig Heinrich Konrad Ptolemy Darius Xerxes Cyrus Margrethe Haakon Harald Olaf Albert Rainier Boniface Sixtus
    Julius Adrian Stephen Martin Victor Umberto Alfonso Juan Felipe Carlos Pedro Isabella""".split()
)
"""Names that a Roman numeral follows as an ordinal: Henry VIII."""
NUMBERED: Final = frozenset(
    """Chapter Part Volume Act Scene Book Section Article Phase Type Level Stage Grade Class Title Appendix Figure Table
    War Mark Rocky Episode Season Unit Step Group Category Annex Schedule Amendment Bowl Fantasy Division
    Region""".split()
)
"""Words that a Roman numeral follows as a number: Chapter IV."""

SAID_AS_WORDS: Final = frozenset(
    """NASA NATO UNESCO UNICEF OPEC FIFA UEFA LASER RADAR SONAR SCUBA COVID AIDS RAM ROM GIF PIN SIM LAN WAN ASCII
    BIOS CAPTCHA JSON YAML TOML BASIC COBOL FORTRAN LISP LINUX UNIX GNU NUMA SATA SCSI DOS MIDI WIFI LIDAR SWAT FEMA
    OSHA NAFTA ASEAN INTERPOL EUROPOL SARS MERS BAFTA MOMA SIDS AWOL FOMO YOLO MOSFET CRISPR""".split()
)
SAID_OTHERWISE: Final = {
    "JPEG": "jay peg", "SQL": "sequel", "GUI": "gooey", "WIFI": "wi-fi", "SCSI": "scuzzy", "OK": "okay",
    "ISBN": "I S B N",
    "IEEE": "I triple E", "ASAP": "A S A P", "FAQ": "F A Q", "IOS": "i O S", "PHD": "P H D", "TBA": "T B A",
    "CEO": "C E O",
    "USA": "U S A", "AAA": "triple A", "DIY": "D I Y", "HIV": "H I V", "ETA": "E T A", "AI": "A I", "EU": "E U",
    "IBAN": "eye-ban", "UTF": "U T F", "ISO": "I S O", "UEFI": "U E F I", "MIT": "M I T", "BBC": "B B C",
    "API": "A P I",
}  # fmt: skip
SHOUTED: Final = frozenset(
    """A I AM AN AND ANY ARE AS ASK AT BAD BE BIG BUT BUY BY CAN CAR CAT DAY DID DO DOG EAT END FAR FEW FOR FUN GET GO
    GOD
    GOT HAD HAS HE HER HIM HIS HOT HOW IF IN IS IT ITS JOB LET LOT MAN MAY ME MEN MY NEW NO NOR NOT NOW OF OFF OH OLD
    ON ONE
    OR OUR OUT OWN PAY PUT RED RUN SAD SAY SEE SHE SIX SO STOP TEN THE TO TOO TRY TWO UP USE WAR WAS WAY WE WHO WHY
    WIN WON
    YES YET YOU""".split()
)
"""Short words that are no abbreviations though they are written in capitals."""

SIGNS: Final = {
    "&": "and", "@": "at", "=": "equals", "≠": "is not equal to", "≈": "is about", "<": "is less than",
    ">": "is greater than", "≤": "is at most", "≥": "is at least", "+": "plus", "±": "plus or minus", "×": "times",
    "÷": "divided by", "√": "the square root of", "∞": "infinity", "→": "to", "⇒": "so", "←": "from",
    "↔": "to and from",
    "↑": "up", "↓": "down", "©": "copyright", "®": "registered", "™": "trademark", "§": "section", "¶": "paragraph",
    "%": "percent", "‰": "per mille", "°": "degrees", "$": "dollars", "€": "euros", "£": "pounds", "¥": "yen",
    "₹": "rupees", "¢": "cents",
    "#": "number", "^": "to the power of", "²": "squared", "³": "cubed", "π": "pi", "Ω": "ohms", "✓": "yes",
    "✔": "yes", "✗": "no", "✘": "no", "☐": "to do", "☑": "done", "\\": "backslash", "−": "minus", "*": "times",
    "/": "slash", "∑": "the sum of", "∫": "the integral of", "∈": "in", "∅": "the empty set", "∀": "for all",
    "∃": "there is",
    "¬": "not", "∧": "and", "∨": "or", "∩": "and", "∪": "or", "µ": "micro", "‽": "?!", "º": "th", "ª": "th",
    "№": "number",
}  # fmt: skip
EMOTICONS: Final = {
    ":)": "smile", ":-)": "smile", ";)": "wink", ";-)": "wink", ":(": "sad face", ":-(": "sad face", ":D": "laugh",
    ":-D": "laugh", ":P": "tongue out", ":-P": "tongue out", "<3": "heart", ":/": "doubt", ":-/": "doubt",
    ":o": "surprise",
}  # fmt: skip
VERSIONED: Final = frozenset(
    """version release python ubuntu debian fedora linux kernel django node android ios macos windows firefox chrome qt
    java ruby php postgresql""".split()
)
"""Words that a version follows: Python 3.11 is three point eleven."""

FILE_KINDS: Final = {
    "pdf": "P D F", "txt": "text", "md": "M D", "py": "pie", "js": "J S", "ts": "T S", "html": "H T M L",
    "htm": "H T M",
    "css": "C S S", "json": "jason", "csv": "C S V", "xml": "X M L", "yml": "yammel", "yaml": "yammel",
    "toml": "tommel",
    "jpg": "jay peg", "jpeg": "jay peg", "png": "P N G", "gif": "gif", "svg": "S V G", "mp3": "M P three",
    "mp4": "M P four",
    "wav": "wave", "ogg": "ogg", "zip": "zip", "tar": "tar", "gz": "G Z", "exe": "E X E", "doc": "doc", "docx": "doc X",
    "xls": "X L S", "xlsx": "X L S X", "ppt": "P P T", "pptx": "P P T X", "odt": "O D T", "ods": "O D S", "sh": "S H",
    "log": "log", "db": "D B", "ics": "I C S", "vcf": "V C F", "eml": "E M L", "rs": "R S", "go": "go", "c": "C",
    "h": "H",
    "cpp": "C P P", "java": "java", "conf": "conf", "ini": "ini", "deb": "deb", "iso": "I S O", "key": "key",
    "pem": "pem",
}  # fmt: skip

PLACES: Final = {"~": "your home folder", ".": "this folder", "..": "the folder above"}

MARKED: Final = {
    "code": "Some code is shown.",
    "code in": "Some {language} code is shown.",
    "image": "image: {text}",
    "note": "note",
    "to do": "to do: {text}",
    "done": "done: {text}",
}
"""What is said of Markdown that is not read word by word."""
UNKNOWN_SIGN: Final = "a sign"
