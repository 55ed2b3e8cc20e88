"""What a German sentence about the user tells: of what kind it is, about what, and what it makes of earlier ones.

"Ich mag Tee" and "ich mag keinen Tee" have one subject. What denies, limits or supposes what it says ("Tee und Kaffee,
aber keine Milch") is of no certain taste and tells no name: it is kept and told whole.
"""

from __future__ import annotations

import re

from sottovoce.domain.facts import HOW, MOST_SUBJECT_CHARS, SAID, Fact
from sottovoce.domain.memories import MemoryKind
from sottovoce.domain.words import last_words, word_set, words_and_emoji
from sottovoce.language.de.holders import RELATIONS, same
from sottovoce.language.de.statements import NOT, asks, is_command, is_sure
from sottovoce.language.de.verbs import FINITE, OF_ICH
from sottovoce.language.de.words import without_smiles

PEOPLE = word_set(
    "arzt ärztin bruder chef chefin cousin cousine enkel enkelin exfrau exmann frau grossmutter grossvater "
    "hausarzt hausärztin lehrer lehrerin mann mutter nachbar nachbarin neffe nichte onkel partner partnerin "
    "schwager schwägerin schwester schwiegermutter schwiegervater sohn stiefmutter stiefvater tante tochter vater "
    "verlobte verlobter vermieter vermieterin zahnarzt zahnärztin"
)
"""Whom one has one of, or speaks of as if one had: a second name for one of them corrects the first."""
SEVERAL = word_set(
    "bekannte bekannter buch film freund freundin geschwister haustier haustiere hobby hobbys hund katze kind "
    "kollege kollegin kollegen lied mitbewohner nachbarn plan pläne spiel band"
)
"""What one often has several of: a second one is no contradiction."""

_ADVERBS = (
    "(?:(?:sehr|wirklich|echt|auch|immer|immer noch|total|absolut|richtig|besonders|so|ganz|doch|ja|am liebsten"
    "|über alles|ziemlich) )*"
)
_VERBS = {
    "mag": "mögen", "liebe": "lieben", "lieb": "lieben", "hasse": "hassen", "hass": "hassen",
    "verabscheue": "verabscheuen", "vergöttere": "vergöttern", "bevorzuge": "bevorzugen", "geniesse": "geniessen",
}  # fmt: skip
_HATES = word_set("hassen verabscheuen leiden")
_TASTE = re.compile(rf"ich {_ADVERBS}(?P<verb>{'|'.join(_VERBS)}) {_ADVERBS}(?P<what>.+)")
_NOT_AT_ALL = r"(?:(?:gar|überhaupt|eigentlich|absolut|wirklich|so|mehr|besonders|sehr|ganz) )*"
_GLADLY = re.compile(
    rf"ich (?P<verb>{'|'.join(OF_ICH)}) (?P<before>(?:\S+ )*?)"
    rf"(?P<not>{_NOT_AT_ALL}nicht (?:mehr |so |besonders |sehr )*)?"
    rf"{_ADVERBS}(?:gern|gerne)(?: (?P<what>.+))?"
)
_BEAR = re.compile(
    rf"ich (?:kann|konnte) (?P<what>.+?) {_NOT_AT_ALL}nicht (?:mehr )?(?:leiden|ausstehen|ertragen|riechen|sehen"
    rf"|hören)"
)
_PLEASES = re.compile(rf"mir (?:gefällt|gefallen|schmeckt|schmecken) {_ADVERBS}(?P<what>.+)")
_PLEASES_ME = re.compile(
    rf"(?P<what>.+) (?:gefällt|gefallen|schmeckt|schmecken) mir(?: (?P<not>{_NOT_AT_ALL}nicht(?: mehr)?))?"
    r"(?: (?:sehr|gut|besonders|so|wirklich|total|auch))*"
)
_FAN = re.compile(r"ich bin (?P<no>keine? )?(?:eine? )?(?:grosser? |riesiger? )?fan (?:von |der |des )(?P<what>.+)")
_FIND = re.compile(
    rf"ich finde? (?P<what>.+?) (?P<not>{_NOT_AT_ALL}nicht (?:so |besonders |sehr )?)?{_ADVERBS}"
    r"(?P<how>gut|toll|super|klasse|grossartig|schön|spitze|cool|lecker|schlecht|doof|blöd|furchtbar|schrecklich"
    r"|langweilig"
    r"|eklig|scheisse|mies)"
)
_BAD = word_set("schlecht doof blöd furchtbar schrecklich langweilig eklig scheisse mies")
_NEITHER = re.compile(r"weder (?P<one>.+?) noch (?P<other>.+)")
_DENIED_END = re.compile(rf" {_NOT_AT_ALL}nicht(?: (?:so|mehr|besonders|sehr|gern|gerne|wirklich))*$")
_NO = re.compile(r"(?:(?:gar|überhaupt|absolut|echt|wirklich) )*kein(?:e|en|em|er|es)?(?: mehr)? ")
_PARTLY = re.compile(r"\bnicht (?:all|jed|nur|immer|ganz|ausschl)|\bnoch nicht\b")

_NAME = re.compile(
    r"(?:ich heisse?|mein name ist|nenn(?:e)? mich|(?:alle|man|meine freunde) nenn(?:t|en) mich"
    r"|ich werde) (?P<what>.+)"
)
_NAMED_SO = re.compile(r"(?:du (?:kannst|darfst|sollst) mich|ich werde) (?P<what>.+?) (?:nennen|genannt)")
_CALLED = re.compile(
    r"(?P<owner>mein|meine|unser|unsere) (?P<who>.+?) (?:heisst|heissen|hört auf den namen) (?P<what>.+)"
)
_NAME_OF = re.compile(r"der name (?:von )?(?:mein|unser)(?:er|es|em|en) (?P<who>.+?) (?:ist|lautet) (?P<what>.+)")
_BIRTHDAY = re.compile(
    r"(?P<who>ich|(?:mein|unser)e? .+?) (?:habe|hab|hat|haben) (?P<when>.*?) ?geburtstag(?P<rest>.*)"
)
_BIRTHDAY_OF = re.compile(
    r"(?:mein geburtstag|der geburtstag (?:von )?(?:mein|unser)(?:er|es|em|en) (?P<who>.+?)) ist (?P<when>.+)"
)
_BIRTHDAY_ON = re.compile(
    r"am (?P<when>.+?) (?:habe ich|ist mein|hat (?:mein|unser)e? (?P<who>.+?)|ist der) geburtstag"
    r"(?: (?:von )?(?:mein|unser)(?:er|es|em|en) (?P<whose>.+))?"
)
_MINE = re.compile(r"(?P<owner>mein|meine|unser|unsere|der|die|das) (?P<who>.+?) (?:ist|sind) (?P<what>.+)")
_PLACE = re.compile(
    r"(?:ich) (?P<verb>wohne|wohn|lebe|leb|arbeite|arbeit|studiere) (?:(?:jetzt|zurzeit|gerade|nun) )*(?P<what>.+)"
)
_AGE = re.compile(r"ich bin (?:jetzt |schon |gerade )?(?:\d{1,3}(?: jahre? alt)?|\w+ jahre? alt)(?: geworden)?")
_MOVED = re.compile(r"(?:ich bin|wir sind) (?:(?:gerade|kürzlich|jetzt|neulich|wieder) )*nach .+ (?:um)?gezogen")
_VERB_OF = {"wohn": "wohne", "lebe": "wohne", "leb": "wohne", "arbeit": "arbeite"}
_THE_PLACE = {"wohne": {"in", "im"}, "arbeite": {"bei", "beim", "für"}, "studiere": {"in", "an"}}
"""Before what there is one of at a time: who lives in one town does not live in another."""
_WHERE = word_set("am an auf bei beim hinter im in neben über unter vor zwischen zu zuhause")
_WHEN = word_set("ab bis nach seit um während")
_DAYS = word_set("montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag")
_NO_NAMES = word_set(
    "ab als am auf bald bei das dass den der die eigentlich ein eine geheim gern gerne gut im in ja jetzt kein "
    "keine lang lange morgen nach nein nicht nie noch nun oft schwer seit selten so später von vielleicht vor "
    "wenn wie wieder zu zurück an heute kurz schön hässlich kompliziert einfach"
)
_NO_NAME_HAS = word_set(
    "aber ab als auf bei denn der des die das doch ein eine es für ich im in ist kein keine mein meine mit nicht "
    "oder sein seine sondern und unser weil wenn wie zu zum"
)
MOST_NAME_WORDS = 3
_OTHER_CLAUSE = word_set("ist sind war waren hat hatte habe bin wird kann will weil wenn dass ob")
_NO_THING = word_set("ich du er sie wir es ihn ihm ihnen das dies dich mich euch ihr was wo wer wie mir dir uns")
_HOW_ONE_IS = word_set(
    "abwesend allein alt arm arbeitslos blind böse da daheim doof dreckig dumm einsam fertig fleissig frei froh "
    "gesund geschieden getrennt gross gut hier hungrig hübsch jung kalt kaputt klein klug krank kurz langsam laut "
    "leer leise lieb lustig müde nass nett neu offen reich ruhig rentner satt sauber sauer scharf schlank schlau "
    "schlecht schmutzig schnell schön schwach schwanger sicher single stark still streng süss taub tot traurig "
    "unterwegs vegan veganer vegetarier verheiratet verletzt verliebt verlobt verloren vergesslich voll wach warm "
    "weg weit wütend zuhause zu"
)
"""How somebody or something may be for a while: it takes the place of no name, make or colour."""
_FAVORITE = "lieblings"


def told_by(text: str) -> Fact:
    """What `text` tells, in the user's words and first person."""
    return _told_by(without_smiles(text)) or _told_by(text) or Fact(MemoryKind.FACT, _cut(f"{SAID}{_plain(text)}"))


def is_bare(text: str) -> bool:
    """Whether it only names something ("mein Arzt") and tells nothing of it."""
    return told_by(text).subject.startswith(SAID) and FINITE.isdisjoint(words_and_emoji(text))


_SOON_GONE = (
    r"(?:pizza|kuchen|brot|huhn|braten|essen|abendessen|mittagessen|frühstück|tee|kaffee|suppe|nudeln|reis|milch"
    r"|einkäufe|wäsche|geschirr|kinder|baby|katze|hund|gäste|besuch|klempner|handwerker|paket|zug|bus|mutter|mama"
    r"|vater|papa|bruder|schwester|sohn|tochter|frau|mann|freund|freundin|oma|opa|chef|chefin|handy)"
)
"""What does not stay where it is, or whoever does not."""
_FOR_A_WHILE = (
    r"(?:ofen|backofen|mikrowelle|herd|topf|pfanne|waschmaschine|trockner|spülmaschine|dusche|wanne|badewanne|bad|klo"
    r"|toilette|bett|garten|küche|wohnzimmer|schlafzimmer|flur|kühlschrank|tisch|sofa|arbeit|schule|zahnarzt|arzt"
    r"|telefon|weg|tür|stau|stadt|post|leine|kino|balkon|terrasse|park|auto)"
)
"""Where and at what somebody or something only is for a while."""
_PASSING = re.compile(
    r"(?:mein|unser)e? (?:augen?|kopf|hände|hand|füsse|fuss|beine?|arme?|rücken|nacken|hals|bauch|magen|nase"
    r"|ohren|finger"
    r"|knie|haare?|haut|schultern?|akku|handy|batterie|essen|tee|kaffee|laptop|rechner|computer|bildschirm|zug"
    r"|bus|taxi)"
    r" (?:(?:ist|sind|wird|werden) (?:(?:gerade|schon|so|zu|sehr|ganz|total|fast|gleich) )*"
    r"(?:müde|kalt|heiss|warm|nass|voll|leer|schmutzig|dreckig|fertig|trocken|wund|schwer|spät|verspätet|alle"
    r"|weg|da|langsam"
    r"|aus|tot|laut|dunkel|hell)|(?:tut|tun|schmerzt|schmerzen|brennt|brennen|juckt|jucken|klingelt)\b.*)"
    rf"|(?:(?:mein|unser)e?|der|die|das) {_SOON_GONE} (?:ist|sind|steht|liegt|liegen|stehen)"
    r" (?:(?:gerade|schon|noch|jetzt) )*(?:im|in der|in die|auf dem|auf der|unter der|am|an der|bei der|beim|zum) "
    rf"{_FOR_A_WHILE}(?: (?:jetzt|gerade|noch))?"
)
"""How something is at the moment."""


def is_passing(text: str) -> bool:
    """Whether it tells how something is at the moment: "meine Augen sind müde", "mein Kopf tut weh"."""
    return bool(_PASSING.fullmatch(_plain(text)))


_COUNTS = r"(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|\d+|\w+(?:zehn|zig))"
_HAD = (
    rf"(?:{'|'.join(sorted(RELATIONS))}|brüder|schwestern|söhne|töchter|kinder|katzen|hunde|autos?|garten|gärten|haus"
    r"|wohnung|balkon|fahrrad|fahrräder|motorrad|boot|vogel|vögel|fische?|pferde|haustiere?|enkelkinder|nichten|neffen"
    r"|klavier|gitarre|hühner|kater|führerschein|garage|keller|wohnmobil|allergien?|diabetes|asthma)"
)
"""What one has for long."""
_ONE = rf"(?:(?:k?eine?n? |{_COUNTS} )?{_HAD})"
_NOBODY = (
    "(?:ich|du|er|sie|es|wir|ihr|das|dies|der|die|da|hier|man|wer|was|wo|wann|wie|heute|morgen|gestern|mein"
    "|meine|unser"
    "|unsere|dein|deine|ein|eine|kein|keine|alles|nichts|jetzt|und|hast|bist|niemand|jemand|einer|keiner|alle)"
)
_SOMEBODY = rf"(?!{_NOBODY}\b)\w+"
_WHOM = rf"(?:ich|wir|(?:mein|unser)e? .+?|{_SOMEBODY})"
_AT = "(?:in|im|auf|unter|hinter|neben|bei|beim|über|an|am|vor|zwischen)"
_KNOWN_BY_NUMBER = (
    "(?:passwort|wlan passwort|pin|code|türcode|zahlencode|miete|kontonummer|telefonnummer|handynummer|hausnummer)"
)
_PLAIN = re.compile(
    r"(?:mein|unser)e? .+ (?:mag|liebt|hasst|wohnt|lebt|arbeitet|studiert|trinkt|isst|spielt|spricht|sammelt"
    r"|unterrichtet|wiegt|beträgt|kostet) (?P<does>.+)"
    r"|ich bin (?:(?:auch|nicht|leider) )*allergisch (?:gegen|auf) (?P<allergic>.+)"
    r"|ich bin (?:(?:auch|nicht|leider) )*gegen (?P<against>.+) allergisch"
    r"|ich (?:wohne|lebe|arbeite|studiere) nicht (?:mehr |länger )?(?:in|im|an|bei|beim|für) (?P<no_more>.+)"
    r"|(?:der|die|das) .+ (?:(?:mein|unser)(?:er|es)|von (?:mein|unser)(?:er|em)) .+ (?:heisst|ist) (?P<is>.+)"
    rf"|{_WHOM} (?:bin|ist|sind|wurden?) (?P<born>(?:.+ geboren|geboren .+))"
    r"|(?:ich|wir) (?:habe|haben) (?P<married>(?:.+ )?geheiratet)"
    r"|(?:ich|wir) (?:bin|sind) (?P<since>(?:seit .+ |nicht |nicht mehr )?(?:verheiratet|geschieden|verlobt|verwitwet"
    r"|pensioniert|in rente|im ruhestand))"
    r"|wir (?:wohnen|leben|arbeiten) (?P<we_live>(?:nicht |seit .+ )?(?:in|im|an|bei|am) .+)"
    r"|(?:ich bin|wir sind) (?P<moved>(?:.+ )?nach .+ (?:um)?gezogen)"
    r"|ich (?:spreche|sammle|unterrichte|wiege|spiele(?! (?:mit|jetzt|gerade|heute|gleich)\b)) (?P<i_do>.+)"
    r"|ich (?:esse|trinke|fahre|trage|besitze|rauche|habe noch) (?P<never>keine?n? .+)"
    r"|ich (?:rauche|trinke) (?P<not>nicht)"
    rf"|(?:ich habe|wir haben) (?P<has>{_ONE}(?: und {_ONE})*(?: mehr)?)"
    rf"|(?:(?:mein|unser)e? \w+|{_SOMEBODY}) hat (?P<he_has>{_ONE}(?: und {_ONE})*|am .+ geburtstag)"
    r"|ich bin (?P<tall>.+ gross|(?:k?eine? )?(?:vegetarier|veganer|linkshänder|rechtshänder|diabetiker|rentner"
    r"|student"
    r"|\w*lehrer|\w*ingenieur|\w*entwickler|\w*arzt|\w*pfleger|\w*verkäufer|programmierer|\w*koch|\w*meister)"
    r"(?:in)?)"
    rf"|{_SOMEBODY} (?:wohnt|lebt|arbeitet|studiert) (?P<there>(?:in|bei|beim|an|am|für|im) .+)"
    rf"|{_SOMEBODY} ist (?P<kin>(?:mein|unser)e? (?:\w+ )?(?:{'|'.join(sorted(RELATIONS))}))"
    rf"|(?!{_NOBODY}\b)\w+s (?:geburtstag|{'|'.join(sorted(RELATIONS))}|adresse|nummer) ist (?P<of>.+)"
    rf"|der geburtstag von (?!{_NOBODY}\b)\w+ ist (?P<day>.+)"
    rf"|{_SOMEBODY} ist (?P<old>{_COUNTS} jahre alt)"
    rf"|(?:der|die|das) (?:\w+ )?{_KNOWN_BY_NUMBER} (?:ist|lautet|beträgt) (?P<number>.+)"
    rf"|(?:der|die|das) \w+(?: \w+)? (?:liegt|steht|hängt|steckt) (?P<lies>{_AT} .+)"
    rf"|ich habe (?:den|die|das|mein\w*|unser\w*) .+? (?P<put>{_AT} .+ (?:gelegt|geparkt|versteckt|getan|gestellt"
    r"|gehängt|abgestellt|hingelegt|gesteckt))"
)
"""Of others, and of oneself what has no subject of its own; the group is what is told."""
_OF_ONESELF = re.compile(r"(?:ich|mir|mein|meine|unser|unsere|du (?:kannst|darfst|sollst) mich) .+")


def plain(text: str) -> str:
    """What a plain statement tells that no template may know; empty where it is none."""
    said = _plain(text)
    if asks(text) or is_command(text):
        return ""
    if found := _PLAIN.fullmatch(said):
        return str(next(filter(None, found.groups())))
    return said if _OF_ONESELF.fullmatch(said) and not told_by(text).subject.startswith(SAID) else ""


def _told_by(text: str) -> Fact | None:
    plain = _plain(text)
    return _of_oneself(text, plain) or _of_something(text, plain)


def _plain(text: str) -> str:
    return " ".join(words_and_emoji(text))


def _of_oneself(text: str, plain: str) -> Fact | None:
    if (found := _NAMED_SO.fullmatch(plain) or _NAME.fullmatch(plain)) and _is_name(found["what"]):
        return Fact(MemoryKind.FACT, "mein name", display_name=_as_written(text, plain, found["what"]))
    if taste := taste_of(plain):
        return taste
    if (
        (found := _PLACE.fullmatch(plain))
        and is_sure(found["what"].removeprefix("als "))
        and NOT.isdisjoint(plain.split())
    ):
        return _doing(_VERB_OF.get(found["verb"], found["verb"]), _first(found["what"]))
    if _MOVED.fullmatch(plain) and is_sure(plain) and NOT.isdisjoint(plain.split()):
        return Fact(MemoryKind.FACT, "ich wohne")
    return Fact(MemoryKind.FACT, "ich jahre alt") if _AGE.fullmatch(plain) else None


def _is_name(what: str) -> bool:
    """Whether somebody may be called so: few words, none of a sentence."""
    words = what.split()
    return len(words) <= MOST_NAME_WORDS and words[0] not in _NO_NAMES and _NO_NAME_HAS.isdisjoint(words)


def taste_of(plain: str) -> Fact | None:  # noqa: PLR0911 - one for each form
    """What the user likes or does not; of no taste for certain where more is said than that."""
    if found := _TASTE.fullmatch(plain):
        return _tasted(plain, _VERBS[found["verb"]], *_denial(found["what"]))
    if found := _BEAR.fullmatch(plain):
        return _tasted(plain, "leiden", found["what"], denied=False)
    if found := _FAN.fullmatch(plain):
        return _tasted(plain, "mögen", found["what"], denied=bool(found["no"]))
    if found := _PLEASES.fullmatch(plain):
        return _tasted(plain, "mögen", *_denial(found["what"]))
    if found := _FIND.fullmatch(plain):
        what, denied = _denial(found["what"])
        bad = found["how"] in _BAD
        return _tasted(plain, "leiden" if bad else "mögen", what, denied=denied or bool(found["not"]))
    if (found := _PLEASES_ME.fullmatch(plain)) and _first(found["what"]) != "was":
        what, denied = _denial(found["what"])
        return _tasted(plain, "mögen", what, denied=denied or bool(found["not"]))
    return _done_gladly(plain)


def _done_gladly(plain: str) -> Fact | None:
    """What somebody likes to do: "ich trinke gern Tee" is told of tea, "ich spiele gern Schach" of playing chess."""
    found = _GLADLY.fullmatch(plain)
    if not found:
        return None
    verb = OF_ICH[found["verb"]]
    what, denied = _denial(f"{found['before']}{found['what'] or ''}".strip())
    if verb in {"haben", "mögen", "werden", "sein", "können", "wollen"}:
        if verb != "haben" or not what:
            return None
    elif verb not in {"trinken", "essen", "hören"}:
        what = f"{what} {verb}".strip()
    return _tasted(plain, "mögen", what or verb, denied=denied or bool(found["not"]))


def _denial(what: str) -> tuple[str, bool]:
    """The thing without "kein" before it or "nicht" around it, and whether there was one."""
    if _PARTLY.search(what):
        return what, False
    if found := _NO.match(what):
        return what[found.end() :], True
    if found := _DENIED_END.search(f" {what}"):
        return f" {what}"[: found.start()].strip(), True
    return (what.removeprefix("nicht ").removeprefix("mehr "), True) if what.startswith("nicht ") else (what, False)


def _tasted(plain: str, verb: str, what: str, denied: bool) -> Fact:  # noqa: FBT001 - as `_denial` gives it
    hates = verb in _HATES
    if (both := _NEITHER.fullmatch(what)) and not denied and not hates and NOT.isdisjoint(both["one"].split()):
        what, denied = f"{both['one']} und {both['other']}", True
        alternatives = True
    else:
        alternatives = bool(re.match(r"(?:\S+ )*?kein", plain))
    subject = _cut(f"taste: {_bare(what)}")
    if denied and hates:  # who does not hate something need not like it
        return Fact(MemoryKind.FACT, subject)
    kind = MemoryKind.DISLIKE if denied or hates else MemoryKind.LIKE
    things = tuple(_bare(thing) for thing in re.split(r" und | oder ", what) if thing)
    parts = set(what.split())
    more_is_said = not _OTHER_CLAUSE.isdisjoint(parts) or not NOT.isdisjoint(parts) or not what
    either = "oder" in parts and not (denied or hates)
    which = "und" in parts and denied and not alternatives  # "Tee und Kaffee nicht": both, or only the one?
    if (
        more_is_said
        or either
        or which
        or not is_sure(_bare(what).replace(" oder ", " und "))
        or "lieber" in plain.split()
    ):
        joined = which or "nicht nur" in what or not {"und", "aber"}.isdisjoint(parts)
        denies = not joined and any(part == "nicht" or part.startswith("kein") for part in parts)
        kind = MemoryKind.LIKE if which else MemoryKind.DISLIKE if denies else kind
        return Fact(kind, _cut(f"{SAID}{plain}"))
    if not _NO_THING.isdisjoint(parts):
        return Fact(kind, subject)
    return Fact(kind, subject, tastes=things, strength=f"nicht {verb}" if denied else verb)


def _of_something(text: str, plain: str) -> Fact | None:
    sure = is_sure(plain) and NOT.isdisjoint(plain.split())
    if (found := _CALLED.fullmatch(plain) or _NAME_OF.fullmatch(plain)) and _is_name(found["what"]):
        if found["who"].startswith(_FAVORITE):
            return _about(found["who"], found["what"], text, plain)
        return _named(found["who"], plain)
    if sure and (fact := _birthday(plain)):
        return fact
    if (found := _MINE.fullmatch(plain)) and is_sure(plain):
        owner = {"mein": "mein", "unse": "unser"}.get(found["owner"][:4], "das")
        return _about(found["who"], found["what"], text, plain, owner)
    return None


def _birthday(plain: str) -> Fact | None:
    """When somebody's birthday is, in whatever words."""
    if found := _BIRTHDAY_OF.fullmatch(plain):
        who = found["who"]
    elif found := _BIRTHDAY_ON.fullmatch(plain):
        who = found["who"] or found["whose"]
    elif (found := _BIRTHDAY.fullmatch(plain)) and (found["when"] or found["rest"].strip()):
        who = None if found["who"] == "ich" else found["who"].partition(" ")[2]
    else:
        return None
    someone = " ".join(map(same, who.split())) if who else ""
    return Fact(MemoryKind.PERSON if someone in PEOPLE else MemoryKind.FACT, _cut(f"geburtstag {someone or 'ich'}"))


def _doing(verb: str, begins: str) -> Fact | None:
    """Living, working, studying: "ich wohne mit meiner Schwester" says nothing against "ich wohne in Berlin"."""
    if begins in _THE_PLACE[verb]:
        return Fact(MemoryKind.FACT, f"ich {verb}")
    return Fact(MemoryKind.FACT, f"ich {verb} {begins}") if begins in _WHERE | _WHEN | {"als", "mit", "bei"} else None


def _named(who: str, plain: str) -> Fact:
    """What something of the user's is called, apart from how it is: a sick sister is called Anna still."""
    who = " ".join(map(same, who.split()))
    last = who.rsplit(maxsplit=1)[-1]
    kind = MemoryKind.PERSON if last in PEOPLE else MemoryKind.FACT
    return Fact(kind, _cut(f"{SAID}{plain}" if last in SEVERAL else f"name {who}"))


def _about(who: str, what: str, text: str, plain: str, owner: str = "mein") -> Fact:
    sort = _sort_of(what.removeprefix("nicht "))
    denied = not NOT.isdisjoint(what.split())
    if who == "name" or (denied and not sort) or len(who.split()) > 3:  # noqa: PLR2004 - what it is not takes no place
        return Fact(MemoryKind.FACT, _cut(f"{SAID}{plain}"))
    who = " ".join(map(same, who.split()))
    last = who.rsplit(maxsplit=1)[-1]
    kind = MemoryKind.PERSON if owner != "das" and last in PEOPLE else MemoryKind.FACT
    if who.startswith(_FAVORITE):
        return Fact(kind, _cut(f"{owner} {who}"), (_cut(who), _as_written(text, plain, what)))
    if last in SEVERAL:
        return Fact(kind, _cut(f"{SAID}{plain}"))
    return Fact(kind, _cut(f"{owner} {who}{sort}"))


def _sort_of(what: str) -> str:
    """What is told of it: "das Treffen ist am Montag" says nothing against "das Treffen ist im Saal"."""
    begins, *more = what.split()
    if (
        begins in {"am", "an"}
        and more
        and (more[0] in _DAYS or more[0][0].isdigit() or more[0].endswith(("ten", "tag")))
    ):
        return " am"
    if begins in _WHERE:
        return " wo"
    if begins in _WHEN:
        return f" {begins}"
    if what.endswith(("jahre alt", "jahr alt")):
        return " jahre alt"
    if _HOW_ONE_IS.intersection(what.split()):
        return HOW
    return " ein" if begins in {"ein", "eine", "kein", "keine"} else ""


def _first(words: str) -> str:
    return words.split(maxsplit=1)[0]


def _bare(what: str) -> str:
    """Without what may come and go: "den Sommer sehr", "die Beatles"."""
    return re.sub(
        r"^(?:der|die|das|den|dem|ein|eine|einen) | (?:sehr|total|auch|über alles|so sehr|am liebsten|jetzt|mehr)$",
        "",
        what,
    )


def _cut(subject: str) -> str:
    return subject[:MOST_SUBJECT_CHARS]


def _as_written(text: str, plain: str, words: str) -> str:
    """`words` as they stand in `text`, with their capitals; what stands behind them is left out."""
    behind = len(plain.split()) - len(plain[: plain.rindex(words)].split()) - len(words.split())
    written = last_words(text, len(words.split()) + behind)
    return (written if not behind else written.rsplit(maxsplit=behind)[0])[:MOST_SUBJECT_CHARS]
