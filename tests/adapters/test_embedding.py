"""Texts as vectors of their meaning: both embedders as they ship, their pieces of words, and what damage does."""

import asyncio
import hashlib
import logging
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from sottovoce.adapters.embedding import EmbedderBroken, MiniLmEmbedder, StaticEmbedder, minilm, open_embedder
from sottovoce.adapters.embedding import open_encoder as open_core
from sottovoce.adapters.embedding.files import check_contents, check_sizes
from sottovoce.adapters.embedding.minilm import DIMENSIONS, FOLDER, MiniLmEncoder
from sottovoce.adapters.embedding.ready import FILE, ReadyVectors, write_ready
from sottovoce.adapters.embedding.static_table import StaticEncoder
from sottovoce.adapters.embedding.threaded import Encoder, ThreadedEmbedder
from sottovoce.adapters.embedding.wordpiece import MAX_TEXT, MAX_TOKENS, WordPieces, read_vocabulary
from sottovoce.memory.ports import Embedder
from sottovoce.resources import resource
from tests.waiting import HANGS_S
from tools.embeddings.make_examples import examples
from tools.embeddings.sums import write_sums

BOTH = ("static-en-1", "minilm-int8-1")
FOLDERS = {"static-en-1": "static-en", "minilm-int8-1": "minilm-int8"}
MAKERS: dict[str, tuple[Callable[[Path], Encoder], Callable[[Path], Embedder]]] = {
    "static-en-1": (StaticEncoder, StaticEmbedder),
    "minilm-int8-1": (MiniLmEncoder, MiniLmEmbedder),
}

ALIKE = (
    ("my sister lives in paris", "which town does my sibling live in", "the car needs new tyres"),
    ("i am allergic to peanuts", "which food makes me sick", "my brother plays the piano"),
    ("the wedding is in june", "when do they get married", "i keep my keys in the drawer"),
    ("i love watching horror movies", "what kind of films do i enjoy", "the dentist is on tuesday"),
    ("my dog is called rex", "what is the name of my pet", "i paid the rent in march"),
)
"""A fact, a question about it in other words, and a fact that has nothing to do with the question."""


@pytest.fixture(params=BOTH)
async def embedder(request: pytest.FixtureRequest) -> AsyncIterator[Embedder]:
    name: str = request.param
    embedder = MAKERS[name][1](resource("embeddings", FOLDERS[name]))
    yield embedder
    await embedder.close()


@pytest.fixture(params=BOTH)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def copied(name: str, tmp_path: Path) -> Path:
    """The folder of an embedder, to be damaged."""
    return Path(shutil.copytree(resource("embeddings", FOLDERS[name]), tmp_path / "embeddings" / FOLDERS[name]))


@pytest.fixture(scope="module")
def pieces() -> WordPieces:
    """The whole vocabulary of BERT."""
    return read_vocabulary(resource("embeddings", "minilm-int8", "vocab.txt"))


def floats(vectors: tuple[bytes, ...]) -> NDArray[np.float32]:
    return np.array([np.frombuffer(vector, np.int8) for vector in vectors]).astype(np.float32) / np.float32(127)


def embedder_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "embedder"]


# What an embedder promises


async def test_vectors_have_the_length_that_is_told_and_length_one(embedder: Embedder) -> None:
    vectors = await embedder.embed(("i like tea", "the quick brown fox jumps over the lazy dog", "x" * 90))
    assert {len(vector) for vector in vectors} == {embedder.dimensions}
    assert np.linalg.norm(floats(vectors), axis=1) == pytest.approx(1, abs=0.02)


async def test_paraphrases_are_nearer_than_strangers(embedder: Embedder) -> None:
    for fact, question, stranger in ALIKE:
        near, asked, far = floats(await embedder.embed((fact, question, stranger)))
        assert near @ asked > far @ asked, question
        assert near @ asked >= embedder.least_alike, question
        assert far @ asked < embedder.least_alike, question


async def test_a_vector_depends_on_its_text_alone(embedder: Embedder) -> None:
    texts = ("my flight leaves at noon", "tea", "i work as a nurse in the city hospital, mostly at night", "tea")
    together = await embedder.embed(texts)
    alone = [(await embedder.embed((text,)))[0] for text in reversed(texts)]
    assert together == tuple(reversed(alone))
    assert together[1] == together[3] != together[0]


async def test_case_accents_and_blanks_change_nothing(embedder: Embedder) -> None:
    plain, other = await embedder.embed(("creme brulee", "  Crème\tBRÛLÉE\n"))
    assert plain == other


@pytest.mark.parametrize("text", ["", "   \n", "🙂 🙃", "\0\ufffd", "x" * 101])
async def test_a_text_without_a_known_word_is_zeros(embedder: Embedder, text: str) -> None:
    nothing, something = await embedder.embed((text, "tea"))
    assert nothing == bytes(embedder.dimensions)
    assert any(something)


async def test_no_text_is_no_vector_and_loads_nothing(embedder: Embedder) -> None:
    assert await embedder.embed(()) == ()
    assert embedder_threads() == []


async def test_a_huge_text_counts_up_to_a_limit(embedder: Embedder) -> None:
    start = "tea " * MAX_TOKENS
    cut, whole, changed = await embedder.embed((start, start + "and the wedding " * 90_000, "and the wedding " + start))
    assert cut == whole
    assert cut != changed


async def test_names_tell_them_apart() -> None:
    embedders = [StaticEmbedder(), MiniLmEmbedder()]
    assert [embedder.name for embedder in embedders] == list(BOTH)
    assert [embedder.dimensions for embedder in embedders] == [256, 384]


# Its thread


async def test_the_thread_begins_with_the_first_text_and_ends_with_close(embedder: Embedder) -> None:
    assert embedder_threads() == []
    await embedder.embed(("tea",))
    (thread,) = embedder_threads()
    await embedder.close()
    await embedder.close()
    assert not thread.is_alive()
    with pytest.raises(RuntimeError):
        await embedder.embed(("tea",))


async def test_who_is_cancelled_waits_no_longer_and_the_thread_still_ends(embedder: Embedder) -> None:
    long = asyncio.create_task(embedder.embed(("all work and no play makes jack a dull boy",) * 200))
    await asyncio.sleep(0)
    long.cancel()
    with pytest.raises(asyncio.CancelledError):
        await long
    assert len(await embedder.embed(("tea",))) == 1
    (thread,) = embedder_threads()
    await embedder.close()
    assert not thread.is_alive()


# Files


async def test_a_missing_file_is_told_by_name(copied: Path, name: str) -> None:
    (copied / "vocab.txt").unlink()
    broken = MAKERS[name][1](copied)
    with pytest.raises(EmbedderBroken, match=rf"{copied.name}/vocab\.txt"):
        await broken.embed(("tea",))
    await broken.close()


async def test_files_that_come_back_are_used(copied: Path, name: str) -> None:
    vocabulary = (copied / "vocab.txt").rename(copied / "elsewhere")
    embedder = MAKERS[name][1](copied)
    with pytest.raises(EmbedderBroken):
        await embedder.embed(("tea",))
    vocabulary.rename(copied / "vocab.txt")
    assert any((await embedder.embed(("tea",)))[0])
    await embedder.close()


@pytest.mark.parametrize(
    ("name", "file"),
    [("static-en-1", file) for file in ("vocab.txt", "files.sum", "rows.npy", "scales.npy")]
    + [("minilm-int8-1", file) for file in ("vocab.txt", "files.sum", "model.onnx", "examples.vectors")],
)
@pytest.mark.parametrize("damage", [b"", b"not what it was"])
def test_a_file_of_another_size_is_told(copied: Path, name: str, file: str, damage: bytes) -> None:
    (copied / file).write_bytes(damage)
    with pytest.raises(EmbedderBroken, match=file.replace(".", r"\.")):
        MAKERS[name][0](copied)


@pytest.mark.parametrize("name", ["minilm-int8-1"])
def test_one_changed_byte_of_the_model_is_told(copied: Path) -> None:
    with (copied / "model.onnx").open("r+b") as model:
        model.seek(10_000_000)
        byte = model.read(1)[0]
        model.seek(10_000_000)
        model.write(bytes([byte ^ 1]))
    check_sizes(copied)
    with pytest.raises(EmbedderBroken, match=r"model\.onnx"):
        MiniLmEncoder(copied)


@pytest.mark.parametrize("name", ["minilm-int8-1"])
def test_a_model_that_the_runtime_refuses_is_told(copied: Path) -> None:
    model = b"no model at all"
    (copied / "model.onnx").write_bytes(model)
    (copied / "files.sum").write_text(f"{hashlib.sha256(model).hexdigest()} {len(model)} model.onnx\n")
    with pytest.raises(EmbedderBroken, match=r"model\.onnx"):
        MiniLmEncoder(copied)


@pytest.mark.parametrize("name", ["static-en-1"])
@pytest.mark.parametrize("file", ["rows.npy", "scales.npy"])
def test_a_table_of_another_kind_is_told(copied: Path, file: str) -> None:
    content = (copied / file).read_bytes()
    for header in (content.replace(b"'|i1'", b"'|u1'").replace(b"'<f4'", b"'<i4'"), b"\0" * len(content)):
        assert header != content
        (copied / file).write_bytes(header)
        with pytest.raises(EmbedderBroken, match=file.replace(".", r"\.")):
            StaticEncoder(copied)


@pytest.mark.parametrize("name", ["static-en-1"])
def test_a_vocabulary_of_the_right_size_that_is_none_is_told(copied: Path) -> None:
    size = (copied / "vocab.txt").stat().st_size
    for content in (b"\xff" * size, b"same\n" * (size // 5) + b"\n" * (size % 5)):
        (copied / "vocab.txt").write_bytes(content)
        with pytest.raises(EmbedderBroken, match=r"vocab\.txt"):
            StaticEncoder(copied)


def test_what_ships_is_whole(name: str) -> None:
    check_contents(resource("embeddings", FOLDERS[name]))


# Which one


def test_the_better_one_is_taken_where_it_can_be(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        assert open_embedder().name == "minilm-int8-1"
    assert [record.getMessage() for record in caplog.records] == ["embedder: minilm-int8-1"]


async def test_without_the_runtime_the_table_serves(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(minilm, "RUNTIME", "no_such_runtime")
    with caplog.at_level(logging.INFO):
        embedder = open_embedder()
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("INFO", "embedder: static-en-1 (onnxruntime is not installed)")
    ]
    assert embedder.name == "static-en-1"
    assert any((await embedder.embed(("tea",)))[0])
    await embedder.close()


@pytest.mark.parametrize("name", ["minilm-int8-1"])
@pytest.mark.parametrize("file", ["model.onnx", "vocab.txt", "files.sum"])
async def test_with_a_broken_model_the_table_serves(copied: Path, file: str, caplog: pytest.LogCaptureFixture) -> None:
    shutil.copytree(resource("embeddings", "static-en"), copied.parent / "static-en")
    (copied / file).write_bytes((copied / file).read_bytes()[:-100])
    with caplog.at_level(logging.INFO):
        embedder = open_embedder(copied.parent)
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("WARNING", "embedder: static-en-1 instead of minilm-int8-1: embedder-broken")
    ]
    assert embedder.name == "static-en-1"
    assert any((await embedder.embed(("tea",)))[0])
    await embedder.close()


@pytest.mark.parametrize("failure", ["ImportError", "OSError"])
async def test_a_runtime_that_cannot_start_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: str
) -> None:
    (tmp_path / f"broken_runtime_{failure}.py").write_text(f"raise {failure}('a library is missing')\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(minilm, "RUNTIME", f"broken_runtime_{failure}")
    embedder = open_embedder()
    with pytest.raises(EmbedderBroken, match="onnxruntime cannot be loaded"):
        await embedder.embed(("tea",))
    await embedder.close()


def test_a_core_is_found_by_name(name: str) -> None:
    core = open_core(name)
    assert core.name == name
    assert core.encode(("tea", "")).shape == (2, core.dimensions)
    assert core.encode(()).shape == (0, core.dimensions)
    with pytest.raises(ValueError, match="static-en-0"):
        open_core("static-en-0")


# Another process, and what it leaves

ELSEWHERE = """
import sys
from sottovoce.adapters.embedding import open_encoder
print(open_encoder(sys.argv[1]).encode(sys.argv[2:]).tobytes().hex())
assert "PySide6" not in sys.modules
"""


async def test_another_process_gets_the_same_and_speaks_to_no_network(tmp_path: Path, embedder: Embedder) -> None:
    """From 1.29 on, onnxruntime reports to its maker unless told not to: an id in ~/.cache, and a name looked up."""
    home, trace = tmp_path / "home", tmp_path / "trace"
    home.mkdir()
    environment = {key: value for key, value in os.environ.items() if key not in {"CI", minilm.NO_TELEMETRY}}
    traced = ("strace", "-f", "-qq", "-e", "trace=socket", "-o", str(trace))
    texts = ("i like tea", "my dog is called rex")
    process = await asyncio.create_subprocess_exec(
        *(*traced, sys.executable, "-c", ELSEWHERE, embedder.name, *texts),
        env=environment | {"HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
    )
    printed, _ = await process.communicate()
    assert process.returncode == 0
    assert bytes.fromhex(printed.decode()) == b"".join(await embedder.embed(texts))
    assert "AF_INET" not in trace.read_text(encoding="utf-8")
    assert list(home.iterdir()) == []


def test_telemetry_is_off_before_the_runtime_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "looking_runtime.py").write_text(
        f"import os\nassert os.environ['{minilm.NO_TELEMETRY}'] == '1'\nraise ImportError\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(minilm, "RUNTIME", "looking_runtime")
    monkeypatch.delenv(minilm.NO_TELEMETRY, raising=False)
    with pytest.raises(EmbedderBroken):
        MiniLmEncoder()


# Pieces of words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello, World!", "hello , world !"),
        ("unaffable", "una ##ffa ##ble"),
        ("embeddings", "em ##bed ##ding ##s"),
        ("My sister's name is Anna.", "my sister ' s name is anna ."),
        ("Crème brûlée à la carte", "cr ##eme br ##ule ##e a la cart ##e"),
        ("naïve café", "naive cafe"),
        ("İstanbul", "istanbul"),
        ("a\u0301b", "ab"),
        ("北京 is big", "北 京 is big"),
        ("北京is", "北 京 is"),
        ("안녕", "ᄋ ##ᅡ ##ᆫ ##ᄂ ##ᅧ ##ᆼ"),
        ("Джж дж", "д ##ж ##ж д ##ж"),
        ("don't—stop…", "don ' t — stop …"),
        ("3.14%", "3 . 14 %"),
        ("$5+5=10", "$ 5 + 5 = 10"),
        ("\u2028a\u200bb\x00c\td", "abc d"),
        ("🙂 ok", "[UNK] ok"),
        ("ﬁne", "ﬁ ##ne"),
        ("x" * 100, " ".join(["xx"] + ["##xx"] * 49)),
        ("x" * 101 + " ok", "[UNK] ok"),
        ("", ""),
    ],
)
def test_texts_are_cut_as_bert_cuts_them(pieces: WordPieces, text: str, expected: str) -> None:
    """As the tokenizers library (0.23.3) does with the tokenizer.json of the weights."""
    assert pieces.numbers(text) == [pieces.number(piece) for piece in expected.split()]
    assert pieces.unknown not in pieces.numbers(text) or "[UNK]" in expected


def test_numbers_are_those_of_the_weights(pieces: WordPieces) -> None:
    assert len(pieces) == 30_522
    assert [pieces.number(piece) for piece in ("[UNK]", "[CLS]", "[SEP]", "hello", "##s")] == [
        100,
        101,
        102,
        7592,
        2015,
    ]
    assert pieces.number("no such piece") == pieces.unknown


def test_a_text_is_cut_off_at_the_limit(pieces: WordPieces) -> None:
    assert len(pieces.numbers("tea " * 1000)) == MAX_TOKENS - 2
    assert len(pieces.numbers("x" * 100 + " tea " * 1000, limit=60)) == 60
    assert pieces.numbers(" " * MAX_TEXT + "tea") == []


@pytest.mark.parametrize("vocabulary", [[], ["tea"], ["[UNK]", "tea", "tea"]])
def test_no_vocabulary(vocabulary: list[str]) -> None:
    with pytest.raises(ValueError, match="not a vocabulary"):
        WordPieces(vocabulary)


async def test_closing_waits_for_a_few_texts_and_not_for_all() -> None:
    begun, go = threading.Event(), threading.Event()
    encoded: list[str] = []

    class Slow:
        name, dimensions = "slow", 2

        def encode(self, texts: Sequence[str]) -> NDArray[np.int8]:
            encoded.extend(texts)
            begun.set()
            assert go.wait(HANGS_S)
            return np.zeros((len(texts), 2), np.int8)

    slow = ThreadedEmbedder("slow", 2, 0.5, Slow)
    embedding = asyncio.ensure_future(slow.embed([f"text {number}" for number in range(1000)]))
    while not begun.is_set():  # noqa: ASYNC110 - set on another thread
        await asyncio.sleep(0.001)
    closing = asyncio.ensure_future(slow.close())
    await asyncio.sleep(0)
    go.set()
    await closing
    assert embedder_threads() == [], "none is left in native code when the process ends"
    assert len(encoded) < 10
    with pytest.raises(EmbedderBroken):
        await embedding


def test_nearly_all_examples_ship_with_the_vectors_that_the_model_would_make() -> None:
    encoder, texts = MiniLmEncoder(), examples()
    ready = ReadyVectors(resource(*FOLDER) / FILE, DIMENSIONS)
    missing = [text for text in texts if ready.of(text) is None]
    assert len(missing) <= len(texts) // 10, "python -m tools.embeddings.make_examples"
    some = [text for text in texts[:: len(texts) // 20] if text not in missing]
    likeness = (encoder.encode(some).astype(float) * encoder.made(some)).sum(axis=1) / 127**2
    assert likeness.min() > 0.98, "another model made them"


@pytest.mark.parametrize("name", ["minilm-int8-1"])
def test_what_ships_ready_is_taken_from_there_and_all_else_is_made(copied: Path) -> None:
    write_ready(copied / FILE, ["tea", "a zebra"], np.array([[1] * DIMENSIONS, [2] * DIMENSIONS], np.int8))
    write_sums(copied, ("model.onnx", "vocab.txt", FILE))
    encoder = MiniLmEncoder(copied)
    assert encoder.encode(["a zebra", "coffee", "tea"])[:, 0].tolist()[::2] == [2, 1]
    assert np.array_equal(encoder.encode(["coffee"]), MiniLmEncoder().made(["coffee"]))
