"""Everything that is kept, in clear, described, and for the user alone."""

from __future__ import annotations

import dataclasses
import json
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from sottovoce.adapters.places import Places
from sottovoce.adapters.store import StoreCare, open_store
from sottovoce.adapters.store.export_tables import TABLES
from sottovoce.domain.contexts import UserContext
from sottovoce.domain.conversations import Role
from sottovoce.domain.errors import PlacesUnusable, StoreTrouble
from sottovoce.domain.knowledge import Document, NewPassage
from sottovoce.domain.memories import Vector
from sottovoce.domain.records import ApiKey, AuditEvent, CacheEntry, Egress, Note, Reminder, Timer
from sottovoce.domain.turns import Outcome
from tests.contracts.store import memory, message

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from sottovoce.adapters.store import EncryptedStore

KEY = bytes(range(32))
NOT_EXPORTED = {
    ("api_key", "sha256"),
    *((table, "number") for table in ("message", "memory", "egress", "passage", "passage_vector")),
    *(("passage", column) for column in ("document", "place", "text", "embedder")),
    ("passage_vector", "embedding"),
}
"""Hashes that a key could be tried against; places in the order, which the lines' own order tells; pieces of the user's
own files."""


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
    await store.append(message("another", conversation="c2", created_at=1e300))
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
    cached = CacheEntry(key="k", kind="web", value="pears", created_at=1.0, expires_at=2.0, bytes=5)
    await store.save(dataclasses.replace(cached, depends_on=("word:pears",)))
    await store.save(ApiKey(prefix="sv_1", name="editor", sha256="ab" * 32, created_at=1.0))
    await store.record_egress(Egress(at=1.0, endpoint="https://here", purpose="x", bytes_out=1, bytes_in=2))


def _lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_bytes().decode("utf-8").split("\n")[:-1]]


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
        described = readme.partition(f"## {table.file}.jsonl")[2].partition("\n## ")[0]
        assert list(lines[0]) == re.findall(r"^\| `(\w+)` \| .{4,} \|$", described, re.MULTILINE)
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
            if table not in {"meta", "sqlite_sequence"}
        }
    finally:
        connection.close()
    exported = {(table.name, field.name) for table in TABLES for field in table.fields}
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
