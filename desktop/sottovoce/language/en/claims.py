"""Sentences of a language model that it has no right to say: what it read in files, and acts that it claims."""

from __future__ import annotations

import re

from sottovoce.domain.words import one_of
from sottovoce.language.en.words import key_words

_TELLS = "say says state states mention mentions show shows read reads list lists contain contains tell tells"
_ACTS = (
    "set start stop turn switch open close play pause resume call phone text send email mail message remind schedule "
    "book order buy purchase add remove delete erase cancel save store record print download install lock unlock dim "
    "mute unmute update change move rename copy shut launch activate deactivate enable disable adjust raise lower "
    "increase decrease notify wake put pay transfer post reboot restart "
    "water feed vacuum reserve deliver ship dial submit subscribe unsubscribe upload"
)
_ACTED = (
    "set started stopped turned switched opened closed played paused resumed called phoned texted sent emailed mailed "
    "messaged reminded scheduled booked ordered bought purchased added removed deleted erased cancelled canceled saved "
    "stored recorded printed downloaded installed locked unlocked dimmed muted unmuted updated changed moved renamed "
    "copied shut launched activated deactivated enabled disabled adjusted raised lowered increased decreased notified "
    "put paid transferred posted rebooted restarted on off done ready running watered fed vacuumed reserved delivered "
    "shipped dialled dialed submitted subscribed unsubscribed uploaded"
)
_ACTING = (
    "setting starting stopping turning switching opening closing playing pausing resuming calling phoning texting "
    "sending emailing mailing messaging reminding scheduling booking ordering buying purchasing adding removing "
    "deleting erasing cancelling canceling saving storing recording printing downloading installing locking unlocking "
    "dimming muting updating changing moving renaming copying shutting launching activating deactivating enabling "
    "disabling adjusting raising lowering increasing decreasing notifying putting paying transferring posting "
    "rebooting restarting watering feeding vacuuming reserving delivering shipping dialling dialing submitting "
    "subscribing unsubscribing uploading"
)
_IN_WORDS = (
    "sentence sentences paragraph word words phrase poem verse story joke riddle game quiz example examples question "
    "questions essay title tense number numbers letter speech summary argument arguments detail details subject topic "
    "role into out with it advocate"
)
"""What an order is about that may be carried out by answering."""
_WORLDLY = (
    "set turn switch open close play pause resume call phone text send email mail message remind schedule book order "
    "buy purchase delete erase cancel record print download install lock unlock dim mute unmute shut launch activate "
    "deactivate enable disable raise lower increase decrease notify wake pay transfer reboot restart water vacuum "
    "reserve deliver ship dial submit subscribe unsubscribe upload"
)
"""What no words can do."""
_KEEPING = "remember remembered save saved store stored note noted keep kept remind reminded"
_PLEASE = (
    "(?:hey|ok|okay|please|now|and|then|also|just|can you|could you|would you|will you|would you mind|go ahead and|"
    "i (?:want|need) you to|i(?:['’]d| would) like you to)"
)
_OBJECT = (
    r"(?:the|my|our|his|her|their|a|an|me|us|him|it|this|that|these|all|some|every|off|on|up|down|in|to|for|by|at"
    r"|(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|twenty|fifty|hundred)"
    r"(?! (?:\d|and\b|or\b|plus\b|by\b|to\b)))"
)
_NOW = "(?: (?:now|just|already|also|been|being|successfully|going to))*"
_NOT = "(?:n['’]t| not)"

_FILES = r"(?:your|the|my) (?:\w+ )?(?:files?|documents?|notes?)\b"
_SAYS = rf"\b{one_of(_TELLS)}\b"
_BY = r"\b(?:according to|based on|(?:stated|mentioned|written|described) in"
ATTRIBUTED = re.compile(rf"{_SAYS}|{_BY}|found in)\b|:", re.IGNORECASE)
OF_FILES = re.compile(
    rf"\b{_FILES}[^.!?]{{0,60}}?{_SAYS}|{_BY}|i (?:see|found|read|have found)(?: it)? in|from) {_FILES}", re.IGNORECASE
)
CITING = key_words(f"{_TELLS} according based stated mentioned written described found")
ASKED = re.compile(rf"(?P<polite>(?:{_PLEASE}[ ,]+)*){one_of(_ACTS)}\b(?P<object> {_OBJECT}\b)?", re.IGNORECASE)
TO_BE_DONE = re.compile(rf"\b{one_of(_WORLDLY)}\b(?!.*\b{one_of(_IN_WORDS)}\b)", re.IGNORECASE)
PROPOSES = re.compile(r"^\W*shall i remember\b", re.IGNORECASE)
"""What the application asks, and then waits for a yes."""
I_ACT = re.compile(
    rf"\bi(?:['’]ve|['’]ll|['’]m| have| will| am)?{_NOW} (?:{one_of(_ACTS)}|{one_of(_ACTED)}|{one_of(_ACTING)})\b"
    rf"|^\W*(?:(?:now )?{one_of(_ACTING)}|done|all set|consider it done|right away)\b"
    r"|^\W*(?:sure(?: thing)?|of course|certainly|ok(?:ay)?|got it|no problem)\W*$",
    re.IGNORECASE,
)
IS_DONE = re.compile(
    rf"\b(?:is|are|was|were|has|have|will be){_NOW} (?:{one_of(_ACTED)}|{one_of(_ACTING)})\b", re.IGNORECASE
)
KEPT = re.compile(
    rf"\bi(?:['’]ve|['’]ll| have| will){_NOW} (?:{one_of(_KEEPING)}|made a note|make a note)\b", re.IGNORECASE
)
I_CAN_NOT = re.compile(
    rf"\bi (?:(?:ca|could|do|did|have|am|was|wo|would){_NOT}|cannot|have no|found no|find no|see no)"
    rf"|\bi['’](?:m|ve) (?:not|unable)|\bi am unable",
    re.IGNORECASE,
)
REFUSES = re.compile(
    rf"\b(?:(?:ca|could|do|did|wo|would|has|have|is|are|was|were){_NOT}|(?:can|will|am|i['’]m) ?not|unable|if you|"
    r"you can|you could|would you|shall i|should i)\b",
    re.IGNORECASE,
)
