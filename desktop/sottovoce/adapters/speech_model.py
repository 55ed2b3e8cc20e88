"""Speech models as folders: finding the one that is set, and finding a broken one before libvosk meets it.

libvosk answers some broken files with an exception and others by ending the whole process (an empty model.conf aborts,
measured with 0.3.45), so a model that does not ship with us is first loaded in a process of its own.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sottovoce.adapters.model_identity import identify
from sottovoce.adapters.model_probe import PROBE_OK
from sottovoce.adapters.model_proofs import Proofs
from sottovoce.adapters.python_process import NO_WINDOW, python_command
from sottovoce.domain.errors import ModelBroken, ModelForeign, ModelMissing
from sottovoce.domain.said import said
from sottovoce.domain.speech_models import Engine
from sottovoce.resources import starter_model

if TYPE_CHECKING:
    from collections.abc import Iterator

PROBE_S = 120.0
"""Longest time a model may take to load on trial; the largest official ones (2 GB) need some 20 s from a slow disk."""

_DEEPEST = 2
"""Folders around a model that are looked through."""

_IVECTOR = ("final.dubm", "final.ie", "final.mat", "global_cmvn.stats", "splice.conf")
# Read if they are there; the words may be inside Gr.fst or HCLG.fst instead, as in the small official models.
_OPTIONAL = (
    "am/global_cmvn.stats",
    "graph/words.txt",
    "graph/phones/word_boundary.int",
    "ivector/online_cmvn.conf",
    "words.txt",
    "word_boundary.int",
)

_END_OF_WORDS = 4096
"""Bytes in which the last few lines of a table of words are."""

SYSTEM_MODELS = Path("/usr/share/sottovoce/models")
"""Where packages of the system put models, for every user of the machine."""


def find_model(setting: str, models_folder: Path) -> Path:
    """The model folder that a setting names.

    Args:
        setting: "" for the one that ships, an absolute path, or a folder's name below `models_folder`, else below
            `SYSTEM_MODELS`.
        models_folder: Where the user keeps models.

    Returns:
        A folder whose files are all there and not empty; they may still be damaged inside (see `prove`).

    Raises:
        ModelMissing: There is no such folder.
        ModelForeign: It is a model of another program, or of a kind that is not supported.
        ModelBroken: A file of it is missing, empty or unreadable; the sentence names the file.
    """
    folder = _named(setting, models_folder) if setting else starter_model()
    try:
        there = folder.is_dir()
    except OSError:
        there = False
    if not there:
        if _is_file(folder):
            raise ModelMissing(said("error-model-missing-file", name=folder.name))
        raise ModelMissing(said("error-model-missing-folder", name=folder.name) if setting else None)
    folder = unpacked(folder)
    known = identify(folder)
    if known.engine is None and known.what:
        raise ModelForeign(said("error-model-foreign-folder", name=folder.name, what=known.what))
    if known.engine is not Engine.MOONSHINE:
        check_model(folder)
    return folder


def _is_file(path: Path) -> bool:
    with contextlib.suppress(OSError):
        return path.is_file()
    return False


def unpacked(folder: Path) -> Path:
    """The folder itself, or the one inside it: an archive with a folder of its own was unpacked into a new folder."""
    with contextlib.suppress(OSError):
        for _ in range(_DEEPEST):
            if any((folder / name).exists() for name in ("am", "conf", "graph", "final.mdl", "ivector")):
                break
            inner = [entry for entry in folder.iterdir() if entry.is_dir() and not entry.name.startswith((".", "__"))]
            if len(inner) != 1:
                break
            folder = inner[0]
    return folder


@contextlib.contextmanager
def kaldi_path(folder: Path) -> Iterator[Path]:
    """The folder by a name that libvosk opens, good inside the block: to it, a | in a name begins a command."""
    try:
        plain = "|" not in str(folder) and bool(str(folder).encode())
    except UnicodeEncodeError:
        plain = False
    if plain:
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="sottovoce-") as place:
        link = Path(place, "model")
        link.symlink_to(folder.absolute())
        yield link


def _named(setting: str, models_folder: Path) -> Path:
    try:
        given = Path(setting).expanduser()
        folder = given if given.is_absolute() else models_folder / given
        if given.parts[:1] == (models_folder.name,) and not folder.is_dir():
            folder = models_folder.joinpath(*given.parts[1:])  # written as the folder is seen from outside
        if not folder.is_dir() and (SYSTEM_MODELS / given).is_dir():
            folder = SYSTEM_MODELS / given
        folder.resolve()  # a circle of links is found here
        if given.is_absolute() or ".." not in given.parts:  # a link in there may lead anywhere: it is the user's own
            return folder
    except (RuntimeError, OSError, ValueError):  # "~nobody/x", a circle of links, a zero byte
        raise ModelMissing(said("error-model-missing-no-name")) from None
    raise ModelMissing(said("error-model-missing-elsewhere"))


def check_model(folder: Path) -> None:
    """Look whether the files of a Vosk model are all there.

    Raises:
        ModelBroken: One is missing, empty or unreadable; the sentence names it.
    """
    for name in _expected(folder):
        path = folder / name
        try:
            with path.open("rb") as file:
                empty = not file.read(1)
        except FileNotFoundError:
            raise ModelBroken(said("error-model-broken-lacks", model=folder.name, file=name)) from None
        except OSError:
            raise ModelBroken(said("error-model-broken-file", model=folder.name, file=name)) from None
        if empty:
            raise ModelBroken(said("error-model-broken-empty", model=folder.name, file=name))
        if path.name == "words.txt" and _is_cut_off(path):
            raise ModelBroken(said("error-model-broken-cut-off", model=folder.name, file=name))


def _is_cut_off(words: Path) -> bool:
    """Whether a table of words lacks its end, where Kaldi's tools always put the symbol #0; libvosk takes it anyway."""
    with words.open("rb") as file:
        file.seek(max(0, words.stat().st_size - _END_OF_WORDS))
        return b"\n#0 " not in file.read()


def _expected(folder: Path) -> list[str]:
    """The files libvosk will ask for, by the layout this folder has."""
    if (folder / "am").is_dir() or not (folder / "final.mdl").exists():
        features = "conf/fbank.conf" if (folder / "conf" / "fbank.conf").exists() else "conf/mfcc.conf"
        names, graph = ["am/final.mdl", "conf/model.conf", features], "graph/"
    else:  # the layout of models before 2020
        names, graph = ["final.mdl", "mfcc.conf"], ""
    static = (folder / f"{graph}HCLG.fst").exists()
    names += [graph + name for name in (["HCLG.fst"] if static else ["HCLr.fst", "Gr.fst", "disambig_tid.int"])]
    if (folder / "ivector").is_dir():
        names += [f"ivector/{name}" for name in _IVECTOR]
    return names + [name for name in _OPTIONAL if (folder / name).exists()]


@dataclass(frozen=True, slots=True)
class FolderState:
    """A folder as it was when it was looked at."""

    path: Path
    files: tuple[tuple[str, int, int], ...]


IN_MEMORY = Proofs()
"""What was proven in this process, where nobody names a file that outlives it."""


def look_at(folder: Path) -> FolderState:
    """A fingerprint that changes with the folder: its files' names, sizes and times; blocking.

    Raises:
        ModelBroken: It can't be read.
    """
    try:
        return _look(folder)
    except OSError:
        raise ModelBroken(said("error-model-broken-unreadable", model=folder.name)) from None


def _look(folder: Path) -> FolderState:
    files = []
    for path in sorted(folder.rglob("*")):
        status = path.stat()
        files.append((str(path.relative_to(folder)), status.st_size, status.st_mtime_ns))
    return FolderState(folder.resolve(), tuple(files))


class Trial:
    """Loads models in a process of their own; can be ended from another thread."""

    def __init__(self, proofs: Proofs = IN_MEMORY) -> None:
        """Nothing runs yet; what is proven is kept in `proofs`."""
        self._proofs = proofs
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def stop(self) -> None:
        """End the trial under way, and let none begin any more. Never waits; idempotent."""
        with self._lock:
            self._stopped = True
            if self._process is not None:
                _kill(self._process)

    def prove(self, folder: Path, *, name: str = "", deadline_s: float = PROBE_S) -> None:
        """Load the model unless it ships with us or has been proven as it is; blocking.

        Args:
            folder: Of a Vosk or Moonshine model.
            name: For the error; the folder's own if empty.
            deadline_s: Seconds it may take.

        Raises:
            ModelBroken: Its engine could not use it, or ended that process; or the trial was stopped.
        """
        if folder.resolve() == starter_model().resolve():
            return
        look_at(folder)
        if self._proofs.has(folder):
            return
        if PROBE_OK not in self._said_of(folder, deadline_s):
            raise ModelBroken(said("error-model-broken-untried", model=name or folder.name))
        self._proofs.add(folder)

    def _said_of(self, folder: Path, deadline_s: float) -> bytes:
        """What the process says of the folder; nothing if it did not come to its end."""
        try:
            with self._lock:
                if self._stopped:
                    return b""
                process = self._process = subprocess.Popen(
                    python_command("model_probe"),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                    creationflags=NO_WINDOW,
                )
        except OSError:
            return b""
        with process:
            try:
                with kaldi_path(folder) as path:
                    return process.communicate(os.fsencode(path), timeout=deadline_s)[0]
            except subprocess.TimeoutExpired:
                return b""
            finally:
                _kill(process)
                with self._lock:
                    self._process = None


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:  # its number may be another process's by now
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):  # it has ended by itself
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
