"""Everything that is kept, in clear, described, and for the user alone."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from sottovoce.adapters.places import Places
from sottovoce.adapters.store import StoreCare, open_store, rows
from sottovoce.adapters.store.engine.connection import ConnectionOpener
from sottovoce.adapters.store.export.exporting import ROWS_A_TIME
from sottovoce.adapters.store.export.markdown import escaped, quoted
from sottovoce.adapters.store.export.tables import TABLES, described
from sottovoce.domain.contexts import UserContext
from sottovoce.domain.conversations import Role
from sottovoce.domain.errors import PlacesUnusable, StoreTrouble, ThingNotFound, UsageWrong
from sottovoce.domain.knowledge import Document, NewPassage
from sottovoce.domain.memories import Vector
from sottovoce.domain.policy import Policy
from sottovoce.domain.records import (
    ApiKey,
    ApiKeyUse,
    AuditEvent,
    CacheEntry,
    Egress,
    Event,
    ListEntry,
    Note,
    Reminder,
    Timer,
)
from sottovoce.domain.settings import Settings
from sottovoce.domain.turns import Outcome
from sottovoce.home import open_home
from sottovoce.language import display
from sottovoce.language.languages import ENGLISH
from tests.contracts.store import memory, message
from tests.served import Service

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from sottovoce.adapters.store import EncryptedStore

KEY = bytes(range(32))
NOT_EXPORTED = {
    ("api_key", "sha256"),
    *((table, "number") for table in ("message", "memory", "egress", "passage", "passage_vector")),
    *(("passage", column) for column in ("document", "place", "text", "embedder")),
    *((table, "folded") for table in ("message", "memory", "passage")),
    ("passage_vector", "embedding"),
    ("cache_need", "name"),
    ("cache_need", "key"),
    *((table, "folded") for table in ("message", "memory", "passage")),
}
"""Hashes that a key could be tried against; places in the order, which the lines' own order tells; pieces of the user's
own files; an index of what is exported, and the form it is indexed in."""


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[EncryptedStore]:
    opened = await open_store(Places.under(tmp_path / "home"), key=KEY)
    yield opened
    await opened.close()


@pytest.fixture
async def care(tmp_path: Path, store: EncryptedStore) -> AsyncIterator[StoreCare]:
    opened = StoreCare(Places.under(tmp_path / "home"), store, lambda: datetime.now().astimezone())
    yield opened
    await opened.close()


async def _fill(store: EncryptedStore) -> None:
    said = message("what about\n# pears and ünïcode ✓ \u2028 end", conversation="../../etc/passwd")
    await store.open_turn(said)
    await store.clock(1e9)
    await store.clock(3e9)
    await store.append(message("another", conversation="c2", created_at=1e300))
    await store.clock(1e9 + 1)
    pears = memory("i like pears", source_message=said.id, subject="pears")
    await store.add_memory(pears, Vector("units-1", bytes([1, 255])))
    answer = message("so do i", role=Role.ASSISTANT)
    await store.close_turn(said.id, answer, Outcome.ANSWERED, used=[pears.id])
    await store.save_document(
        Document(id="d", path="a/b.md", bytes=4, modified_ns=5, sha256="", indexed_at=1.0),
        [NewPassage("top", "secret passage", b"x")],
        embedder="units-1",
    )
    await store.save_context(UserContext(version=1, preferences={"food": "pears"}))
    await store.save(Reminder(id="r", text="pears", due_at=9.0, created_at=1.0))
    await store.save(Timer(id="t", label="pears", duration_s=4.0, due_at=9.0, created_at=1.0))
    await store.save(Note(id="n", text="buy pears", created_at=1.0, changed_at=1.0))
    for number, (which, thing) in enumerate((("shopping", "pears"), ("shopping", "milk"), ("camping", ""))):
        done = thing == "milk"
        await store.save(ListEntry(id=f"l{number}", list=which, text=thing, done=done, created_at=1.0, changed_at=1.0))
    await store.save(Event(id="e", title="pears day", starts_at=9.0, ends_at=69.0, created_at=1.0, changed_at=1.0))
    cached = CacheEntry(key="k", kind="web", value="pears", created_at=1.0, expires_at=2.0, bytes=5)
    await store.save(dataclasses.replace(cached, depends_on=("word:pears",)))
    await store.save(ApiKey(prefix="sv_1", name="editor", sha256="ab" * 32, created_at=1.0))
    await store.save(
        ApiKeyUse(id="sv_1 2026-01-31", prefix="sv_1", day="2026-01-31", requests=1, tokens=2, last_at=3.0)
    )
    await store.record_egress(Egress(at=1.0, endpoint="https://here", purpose="x", bytes_out=1, bytes_in=2))


def _lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_bytes().decode("utf-8").split("\n")[:-1]]


def test_it_is_described_in_the_language_that_is_shown_and_names_stay() -> None:
    rows_of = dict.fromkeys((table.file for table in TABLES), 1)
    told = {}
    for tag in ("de", ENGLISH):
        display.show_in(tag)  # English last, as the other tests read it
        told[tag] = described(rows_of, "Sottovoce 1", datetime(2026, 1, 2, 3, 4), None)  # noqa: DTZ001 - a wall clock's
    assert told[ENGLISH].startswith("# Your data from Sottovoce\n\nWritten by Sottovoce 1 on 2026-01-02 03:04. ")
    assert told["de"].startswith("# Deine Daten aus Sottovoce\n\nGeschrieben von Sottovoce 1 am 2026-01-02 03:04. ")
    names = [re.findall(r"^(?:## |\| )`?([\w.]+)`?", one, re.MULTILINE) for one in told.values()]
    assert [name for name in names[0] if name != "Feld"] == [name for name in names[1] if name != "field"]


async def test_every_row_is_there_and_every_field_described(
    tmp_path: Path, store: EncryptedStore, care: StoreCare
) -> None:
    await _fill(store)
    folder = tmp_path / "mine"
    done = await care.exporting.export(folder)
    readme = (folder / "README.md").read_text("utf-8")
    assert "in clear" in readme
    for table in TABLES:
        lines = _lines(folder / f"{table.file}.jsonl")
        assert len(lines) == done.rows[table.file] > 0, table.file
        section = readme.partition(f"## {table.file}.jsonl")[2].partition("\n## ")[0]
        assert list(lines[0]) == re.findall(r"^\| `(\w+)` \| .{4,} \|$", section, re.MULTILINE)
    assert _lines(folder / "messages.jsonl")[0]["content"] == "what about\n# pears and ünïcode ✓ \u2028 end"
    assert "ab" * 32 not in "".join(path.read_text("utf-8") for path in folder.glob("*.jsonl"))
    (kept,) = _lines(folder / "memories.jsonl")
    assert (kept["subject"], kept["embedder"], kept["embedding"]) == ("pears", "units-1", "Af8=")
    assert _lines(folder / "memories_used.jsonl")[0]["memory_id"] == kept["id"]
    assert json.loads(_lines(folder / "cached_answers.jsonl")[0]["depends_on"]) == ["word:pears"]
    assert _lines(folder / "documents.jsonl")[0]["passages"] == 1
    assert not any(b"secret passage" in path.read_bytes() for path in folder.rglob("*") if path.is_file())
    said = "".join(path.read_text("utf-8") for path in sorted((folder / "conversations").iterdir()))
    assert "> # pears and ünïcode" in said, "what was said does not become a heading"
    assert "> buy pears" in (folder / "notes.md").read_text("utf-8")
    lists = (folder / "lists.md").read_text("utf-8")
    assert lists.endswith("## camping\n\nme:\n\n\n## shopping\n\nme:\n\n- [ ] pears\n- [x] milk\n")
    assert re.search(r"00:00 to .*00:01, me:\n\n> pears day\n", (folder / "events.md").read_text("utf-8"))
    assert "waiting:\n\n> pears\n" in (folder / "reminders.md").read_text("utf-8")
    assert "> i like pears" in (folder / "memories.md").read_text("utf-8")
    assert (await store.audit_log(1))[0].event == AuditEvent.EXPORTED
    for path in (folder, *folder.rglob("*")):
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path
    assert len(list((folder / "conversations").iterdir())) == 3


async def test_no_table_or_column_is_forgotten(store: EncryptedStore) -> None:
    connection = store.opener.reader()
    try:
        names = connection.execute(
            "SELECT name FROM sqlite_schema"
            " WHERE type = 'table' AND sql LIKE 'CREATE TABLE%' AND name NOT LIKE '%_words%'"
        ).fetchall()
        columns = {
            (table, row[1])
            for (table,) in names
            for row in connection.execute(f"PRAGMA table_info({table})")
            if table not in {"meta", "sqlite_sequence", "erased", "sitting"}  # of this home, nothing said
        }
    finally:
        connection.close()
    exported = {
        (table.name, field.name) for table in TABLES if table.is_stored for field in table.fields if not field.made
    }
    assert columns - exported <= NOT_EXPORTED
    assert exported <= columns


async def test_a_folder_that_holds_something_is_refused(tmp_path: Path, store: EncryptedStore, care: StoreCare) -> None:
    await _fill(store)
    (tmp_path / "mine").mkdir(mode=0o700)
    (tmp_path / "mine" / "other.txt").write_text("keep")
    with pytest.raises(PlacesUnusable):
        await care.exporting.export(tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["other.txt"]


async def test_one_that_fails_leaves_nothing(tmp_path: Path, store: EncryptedStore, care: StoreCare) -> None:
    await _fill(store)
    connection = store.opener.writer()
    connection.execute("ALTER TABLE egress RENAME COLUMN purpose TO reason")  # the last table can't be read
    connection.close()
    with pytest.raises(StoreTrouble):
        await care.exporting.export(tmp_path / "mine")
    assert list((tmp_path / "mine").iterdir()) == []


def _manifest(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "export.json").read_bytes())
    return found


async def test_the_form_is_named_and_every_file_can_be_checked(
    tmp_path: Path, store: EncryptedStore, care: StoreCare
) -> None:
    await _fill(store)
    folder = tmp_path / "mine"
    await care.exporting.export(folder)
    manifest = _manifest(folder)
    assert (manifest["format"], manifest["version"], manifest["user"]) == ("sottovoce-export", 1, None)
    assert set(manifest["files"]) == {path.name for path in folder.glob("*.jsonl")}
    for name, told in manifest["files"].items():
        content = (folder / name).read_bytes()
        assert told == {
            "rows": content.count(b"\n"),
            "bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        }


async def test_a_line_is_a_line_to_every_reader(tmp_path: Path, store: EncryptedStore, care: StoreCare) -> None:
    words = "one\u2028two\u2029three\x85four\x0bfive\x1esix\r\nseven\0eight \\u2028"
    said = message(words, created_at=1764446827.1234567)
    await store.append(said)
    await store.add_memory(memory(words), Vector("u", b"\x01"))
    await care.exporting.export(tmp_path / "mine")
    for name, field in (("messages.jsonl", "content"), ("memories.jsonl", "text")):
        (line,) = (tmp_path / "mine" / name).read_text("utf-8").splitlines()
        assert json.loads(line)[field] == words
    assert _lines(tmp_path / "mine" / "messages.jsonl")[0]["created_at"] == said.created_at, "to the last digit"


LIVE = (
    "![pixel](https://track.example/x.png)",
    "![pixel][1]\n\n[1]: https://track.example/x.png",
    '<img src="https://track.example/x.png">',
    "<script>alert(1)</script>",
    "<https://track.example/>",
    "[click](javascript:alert(1))",
    "text\n</blockquote>\n<iframe src=//x>",
    "a\n\n![late](http://track.example/y.png)\n",
    "&lt;img src=x&gt; &#60;b&#62;",
    "```\n![in a fence](http://x.example/z.png)\n```",
    "    ![in a block of code](http://x.example/z.png)",
    "go to https://track.example or www.track.example or mailto:a@b.example",
    "\x1b]8;;https://track.example\x07link\x1b]8;;\x07 \u202eevil\u202c \x9b31m",
)


_LIVES = re.compile(
    r"<\w|</|!\[|(?<!\\)\[|\]\(|://|www\.|mailto:|[\x1b\x9b\u202e]|^ {4}|> {5}|&(?!amp;|lt;|gt;|#\d+;)", re.MULTILINE
)


async def test_markdown_holds_nothing_that_lives(tmp_path: Path, store: EncryptedStore, care: StoreCare) -> None:
    for number, text in enumerate(LIVE):
        await store.append(message(text, conversation=text, user_id=text))
        await store.add_memory(memory(text, user=text))
        plain: dict[str, Any] = {"id": str(number), "user_id": text, "created_at": 1.0}
        await store.save(Note(text=text, changed_at=1.0, **plain))
        await store.save(ListEntry(list=text, text=text, changed_at=1.0, **plain))
        await store.save(Event(title=text, place=text, starts_at=1.0, ends_at=1.0, changed_at=1.0, **plain))
        await store.save(Reminder(text=text, recurrence=text, due_at=1.0, **plain))
    await care.exporting.export(tmp_path / "mine")
    for path in (tmp_path / "mine").rglob("*.md"):
        found = _LIVES.findall(path.read_text("utf-8").replace("&lt;U+", "").replace("\n- [ ] ", "\n"))
        assert path.name == "README.md" or not found, (path.name, found)


def test_what_was_said_can_still_be_read() -> None:
    assert quoted("what time is it?\nIt's 5.") == "> what time is it?\n> It's 5."
    assert quoted("") == ">"
    assert escaped("a_b * 2 < 3 & [x]") == "a\\_b \\* 2 &lt; 3 &amp; \\[x\\]"
    assert escaped("grün 🍕 日本") == "grün 🍕 日本"


async def _two_users(store: EncryptedStore) -> None:
    for moment in (1e9, 3e9):  # from now on all is said by a wrong clock
        await store.clock(moment)
    for user in ("anna", "bert"):
        said = message(f"secret of {user}", user_id=user, conversation="shared")
        await store.open_turn(said)
        kept = memory(f"i am {user}", user_id=user, source_message=said.id)
        await store.add_memory(kept)
        answer = message(f"hello {user}", role=Role.ASSISTANT, user_id=user, conversation="shared")
        await store.close_turn(said.id, answer, Outcome.ANSWERED, used=[kept.id])
        await store.append(message(f"alone, {user}", user_id=user, conversation=f"of {user}"))
        await store.save_context(UserContext(user_id=user, version=1, display_name=user))
        await store.save(Reminder(id=f"r {user}", user_id=user, text=user, due_at=9.0, created_at=1.0))
        await store.save(Timer(id=f"t {user}", user_id=user, label=user, duration_s=4.0, due_at=9.0, created_at=1.0))
        plain: dict[str, Any] = {"id": user, "user_id": user, "created_at": 1.0, "changed_at": 1.0}
        await store.save(Note(text=user, **plain))
        await store.save(ListEntry(list=user, text=user, **plain))
        await store.save(Event(title=user, starts_at=9.0, ends_at=9.0, **plain))
        await store.save(
            CacheEntry(key=f"k {user}", user_id=user, kind="x", value=user, created_at=1.0, expires_at=2.0, bytes=5)
        )
    await store.save(ApiKey(prefix="sv_1", name="of anna", sha256="ab" * 32, created_at=1.0))
    await store.record_egress(Egress(at=1.0, endpoint="https://of-anna", purpose="x", bytes_out=1, bytes_in=2))
    await store.save_document(Document(id="d", path="of-anna.md", bytes=4, modified_ns=5, sha256="", indexed_at=1.0))


async def test_of_one_user_there_is_all_and_of_others_nothing(
    tmp_path: Path, store: EncryptedStore, care: StoreCare
) -> None:
    await _two_users(store)
    theirs = await store.memories("anna", limit=1)
    await store.add_memory(
        memory("i am still bert", user_id="bert", source_message=theirs[0].source_message), supersedes=[theirs[0].id]
    )
    folder = tmp_path / "mine"
    await care.exporting.export(folder, user_id="bert")
    for path in (folder, *folder.rglob("*")):
        assert "anna" not in path.name
        assert path.is_dir() or b"anna" not in path.read_bytes(), path.name
    for table in TABLES:
        file = folder / f"{table.file}.jsonl"
        assert file.exists() == bool(table.of_user), table.file
        assert not table.of_user or len(_lines(file)) > 0, table.file
    assert {line["content"] for line in _lines(folder / "messages.jsonl")} == {
        "secret of bert",
        "hello bert",
        "alone, bert",
    }
    shared = next(line for line in _lines(folder / "conversations.jsonl") if line["id"] == "shared")
    assert (shared["user_id"], shared["title"], shared["messages"]) == ("bert", "secret of bert", 2)
    assert shared["zone"] == _manifest(folder)["zone"]
    kept = {line["text"]: line for line in _lines(folder / "memories.jsonl")}
    assert kept["i am still bert"]["source_message"] is None, "the id of another's message tells that there is one"
    said = "".join(path.read_text("utf-8") for path in (folder / "conversations").iterdir())
    assert "With: bert." in said
    assert _manifest(folder)["user"] == "bert"
    assert (await store.audit_log(1))[0].detail == {"messages": 3, "of_one_user": True}

    await care.exporting.export(tmp_path / "annas", user_id="anna")
    (gone,) = _lines(tmp_path / "annas" / "memories.jsonl")
    assert (gone["state"], gone["superseded_by"]) == ("superseded", None)
    assert not any(b"bert" in path.read_bytes() for path in (tmp_path / "annas").rglob("*") if path.is_file())


async def test_of_nobody_there_is_no_export(tmp_path: Path, store: EncryptedStore, care: StoreCare) -> None:
    await _two_users(store)
    with pytest.raises(ThingNotFound):
        await care.exporting.export(tmp_path / "mine", user_id="carl")
    assert not (tmp_path / "mine").exists()


async def test_conversations_that_alternate_are_each_whole_and_in_order(
    tmp_path: Path, store: EncryptedStore, care: StoreCare
) -> None:
    names, count = ("b", "a", "c"), 3 * ROWS_A_TIME + 1
    with contextlib.closing(store.opener.writer()) as connection:
        connection.execute("BEGIN")
        for number in range(count):
            whose = "bert" if number % 2 else "anna"
            rows.messages.add_message(
                connection, message(f"say {number}", conversation=names[number % 3], user_id=whose)
            )
        connection.execute("INSERT INTO conversation VALUES ('silent', 'anna', 'begun', 5.0, 5.0, 0)")
        connection.execute("COMMIT")

    def told(user: str | None) -> dict[str, list[str]]:
        files = sorted((tmp_path / f"of {user}" / "conversations").iterdir(), key=lambda path: path.stem[-6:])
        texts = [path.read_text("utf-8") for path in files]
        return {text.splitlines()[2].split()[-1]: re.findall(r"^> (say \d+)$", text, re.MULTILINE) for text in texts}

    for user in (None, "bert"):
        await care.exporting.export(tmp_path / f"of {user}", user_id=user)
    everything = {name: [f"say {number}" for number in range(place, count, 3)] for place, name in enumerate(names)}
    assert told(None) == {"silent": [], **everything}
    assert list(told(None)) == ["silent", *names], "numbered by their beginning"
    assert told("bert") == {name: [said for said in all_ if int(said[4:]) % 2] for name, all_ in everything.items()}


async def test_messages_are_read_once(
    tmp_path: Path, store: EncryptedStore, care: StoreCare, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        await store.append(message("hello", conversation=f"c{number}"))
    statements: list[str] = []
    plain = ConnectionOpener.reader

    def traced(opener: ConnectionOpener) -> Any:  # noqa: ANN401 - a connection
        connection = plain(opener)
        connection.set_trace_callback(statements.append)
        return connection

    monkeypatch.setattr(ConnectionOpener, "reader", traced)
    await care.exporting.export(tmp_path / "mine")
    assert len([one for one in statements if re.search(r"\bcontent\b.* FROM message\b", one)]) == 1, statements


async def test_memories_that_no_longer_hold_stand_apart(tmp_path: Path, store: EncryptedStore, care: StoreCare) -> None:
    old = memory("i live in oslo", created_at=1764446827.0)
    await store.add_memory(old)
    await store.add_memory(memory("i live in bergen"), supersedes=[old.id])
    await care.exporting.export(tmp_path / "mine")
    holds, _, gone = (tmp_path / "mine" / "memories.md").read_text("utf-8").partition("## Superseded")
    assert "> i live in bergen" in holds
    assert "> i live in oslo" in gone
    assert "me, fact:" in gone
    states = [line["state"] for line in _lines(tmp_path / "mine" / "memories.jsonl")]
    assert states == ["superseded", "held"]


@pytest.mark.parametrize("command", ["export", "backup.create", "merge"])
@pytest.mark.parametrize("name", ["/a\0b", "/\ud800", "relative"])
async def test_a_path_that_names_no_file_is_wrong_usage(tmp_path: Path, command: str, name: str) -> None:
    forms: dict[str, dict[str, Any]] = {
        "export": {"folder": name},
        "backup.create": {"file": name},
        "merge": {"files": [name]},
    }
    async with open_home(tmp_path / "home", bytes(32), settings=Settings(), policy=Policy(), maintain=False) as home:
        with pytest.raises(UsageWrong):
            await Service(home).answer(command, forms[command])
