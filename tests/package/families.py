"""A command of each family in the installed program, and what it must print.

From source each of them is tested at length elsewhere. Here is shown that a package carries what they stand on: modules
that are imported by a name, files that libraries read, metadata, helper processes, every language. One step a library.
`python -m tests.package.families` does the same with the program's source.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.adapters.documents import pdf
from tests.package import old_homes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Run = Callable[..., subprocess.CompletedProcess[str]]
    """Runs `sottovoce --passphrase-stdin WORDS…` to its end, whose exit code must be 0 or what `code=` says."""

RESOURCES: Final = Path(__file__).parents[2] / "resources"
CALENDAR: Final = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//package//test//EN
X-WR-TIMEZONE:America/New_York
BEGIN:VTIMEZONE
TZID:Northern
BEGIN:STANDARD
TZNAME:NST
DTSTART:19701025T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
BEGIN:DAYLIGHT
TZNAME:NDT
DTSTART:19700329T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
UID:choir
DTSTAMP:20261101T120000Z
DTSTART;TZID=Europe/Oslo:20400103T090000
DTEND;TZID=Europe/Oslo:20400103T093000
RRULE:FREQ=WEEKLY;COUNT=4
EXDATE;TZID=Europe/Oslo:20400110T090000
SUMMARY:Choir
END:VEVENT
BEGIN:VEVENT
UID:dentist
DTSTAMP:20261101T120000Z
DTSTART;TZID=W. Europe Standard Time:20400705T100000
DTEND;TZID=W. Europe Standard Time:20400705T103000
SUMMARY:Dentist
END:VEVENT
BEGIN:VEVENT
UID:call
DTSTAMP:20261101T120000Z
DTSTART;TZID=US/Eastern:20400707T100000
DTEND;TZID=US/Eastern:20400707T103000
SUMMARY:Call
END:VEVENT
BEGIN:VEVENT
UID:boat
DTSTAMP:20261101T120000Z
DTSTART;TZID=Northern:20400706T100000
DTEND;TZID=Northern:20400706T103000
SUMMARY:Boat
END:VEVENT
END:VCALENDAR
"""
"""A series with an exception, and zones by IANA's name, by Windows', by one that Debian has set aside, and its own."""
STARTS: Final = (
    *("01-03 08:00  Choir", "01-17 08:00  Choir", "01-24 08:00  Choir"),
    *("07-05 08:00  Dentist", "07-06 08:00  Boat", "07-07 14:00  Call"),
)
"""When they begin in UTC, in 2040."""

STEPS: Final = (
    ("ask set a timer for ten minutes", r"timer is set for 10 minutes"),
    ("timer list", r"waiting  \d+ s left"),
    ("timer add ten minutes --name pasta", r"pasta"),
    ("alarm add every weekday at seven am", r"07:00"),
    ("reminder add --when tomorrow_at_nine_am call mum", r"call mum"),
    ("ask how many miles are ten kilometers", r"about 6\.21 miles"),
    ("ask what is seventeen times twenty three", r"\b391\b"),
    ("ask when is sunset in oslo", r"In Oslo the sun "),
    ("ask what time is it in tokyo", r"It is \d+:\d\d [AP]M in Tokyo"),
    ("ask what day is the third of march twenty forty", r"Saturday"),
    ("ask how full is the disk", r"gigabytes"),
    ("ask how much memory is free", r"gigabytes of memory"),
    ("ask set volume to thirty percent", r"."),
    ("list add milk, eggs and bread", r"\[ \] milk\n.*\[ \] eggs\n.*\[ \] bread"),
    ("list done milk", r"\[x\] milk"),
    ("note add the spare key is under the pot", r"spare key"),
    ("note search key", r"under the pot"),
    ("memory add i like python", r"python"),
    ("ask what do i like", r"[Pp]ython"),
    ("knowledge sync", r"boat\.pdf  2 passages\n(.*\n)*orchard\.txt  1 passages\nstove\.md  1 passages"),
    ("ask what do my files say about the anchor", r"page 2: The anchor lies in the shed\."),
    ("backup create", r"3 of your own files"),
    ("context set language de", r"language +de\b"),
    ("ask wie viele meilen sind zehn kilometer", r"ungefähr 6,21 Meilen"),
    ("ask wann geht in berlin die sonne unter", r"In Berlin geht die Sonne"),
    ("ask stell einen timer auf zehn minuten", r"Timer .*10 Minuten"),
    ("timer list", r"Noch \d+ s|noch \d+ s|\d+ s"),
    ("context set language en", r"language +en\b"),
)  # fmt: skip
"""What is typed (a low line stands for a space within a word), and a pattern of what is printed."""


def prepare(folder: Path) -> Path:
    """A home that a passphrase opens, with files, a calendar and a model beside it; returns it."""
    places = old_homes.make(folder / "home", old_homes.versions()[-1])
    places.knowledge.mkdir(exist_ok=True)
    (places.knowledge / "boat.pdf").write_bytes(pdf("The boat is called Nordlys.", "The anchor lies in the shed."))
    (places.knowledge / "stove.md").write_text("# Stove\n\nThe stove burns birch wood only.\n", "utf-8")
    (places.knowledge / "orchard.txt").write_bytes(
        ("Яблоня стоит возле старого колодца за домом. " * 20).encode("cp1251")
    )
    shutil.copytree(RESOURCES / "models/starter-en", folder / "small")
    (folder / "calendar.ics").write_text(CALENDAR.replace("\n", "\r\n"), "utf-8")
    return folder / "home"


def check(run: Run, folder: str) -> int:
    """Do every step; returns how many there were.

    Args:
        run: The program.
        folder: Where `prepare` made what is needed, as the program sees it.
    """
    for words, pattern in STEPS:
        printed = run(*(word.replace("_", " ") for word in words.split())).stdout
        assert re.search(pattern, printed), f"sottovoce {words}: {pattern!r} is not in\n{printed}"
    assert "4 of them new" in run("calendar", "import", f"{folder}/calendar.ics").stdout
    listed = run("calendar", "list", "--since", "2040-01-01", "--until", "2040-12-31").stdout
    assert tuple(re.findall(r"2040-(\S+ \S+  \w+)", listed)) == STARTS, listed
    exported = run("calendar", "export", f"{folder}/again.ics").stdout
    assert exported
    assert "tried out" in run("models", "import", f"{folder}/small").stdout
    run("export", f"{folder}/all")
    with _model() as (address, asked):
        run("settings", "set", "language_model_address", f"{address}/v1")
        answer = json.loads(run("ask", "--json", "why did the old harbour lose its second bell").stdout)
        assert answer["source"] == "model", answer
        assert answer["reply"].startswith("Less sugar is wise."), answer
        assert asked
        run("settings", "set", "language_model_address", "")
        asked.clear()
        run("settings", "set", "traces_address", address)
        run("ask", "what time is it")
        assert any(b"question" in body for body in asked), "no times of the turn arrived"
        run("settings", "set", "traces_address", "")
    return len(STEPS) + 8


class _Chat(BaseHTTPRequestHandler):
    """Streams one answer to whatever it is asked."""

    asked: list[bytes]

    def do_POST(self) -> None:
        self.asked.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.end_headers()
        for word in ("Less ", "sugar ", "is ", "wise."):
            piece = {"choices": [{"delta": {"content": word}}]}
            self.wfile.write(f"data: {json.dumps(piece)}\n\n".encode())
        self.wfile.write(b"data: [DONE]\n\n")

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the base class's name
        """Nothing is printed."""


@contextlib.contextmanager
def _model() -> Iterator[tuple[str, list[bytes]]]:
    """A language model on this machine: its address, and what it is asked."""
    asked: list[bytes] = []
    with ThreadingHTTPServer(("127.0.0.1", 0), type("Asked", (_Chat,), {"asked": asked})) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", asked
        finally:
            server.shutdown()
            thread.join()


def main() -> int:
    """The same from source, or of the program that the first word names; returns the exit code."""
    program = sys.argv[1:] or [sys.executable, "-m", "sottovoce"]
    with tempfile.TemporaryDirectory() as made:
        home = prepare(Path(made))

        def run(*words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
            environment = os.environ | {"SOTTOVOCE_HOME": str(home), "TZ": "UTC", "LANG": "C.UTF-8"}
            command = [*program, "--passphrase-stdin", *words]
            typed = f"{old_homes.PASSPHRASE}\n"
            done = subprocess.run(command, input=typed, capture_output=True, text=True, check=False, env=environment)
            assert done.returncode == code, f"{words}: {done.returncode}\n{done.stdout}{done.stderr}"
            return done

        print(check(run, made))
    return 0


if __name__ == "__main__":
    sys.exit(main())
