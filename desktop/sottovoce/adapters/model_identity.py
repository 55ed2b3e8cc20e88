"""What a folder is: a model that can be used, or one of another program, by the files that make it one."""

from __future__ import annotations

import contextlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.adapters.durable_file import read_whole
from sottovoce.domain.said import Said, said
from sottovoce.domain.speech_models import LANGUAGE_NAMES, Engine, language_of_name, language_tag

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MOST_TEXT_BYTES = 1 << 16
"""Of a README or a configuration that is looked into."""
MOST_LOOKED_AT = 400
"""Files of a folder that are looked at: a model has some twenty."""

MOONSHINE_FILES = ("encoder_model.ort", "decoder_model_merged.ort", "tokens.txt")


@dataclass(frozen=True, slots=True)
class Identified:
    """The kind of model that a folder holds."""

    engine: Engine | None
    """What decodes with it; None if nothing here does."""
    what: Said | None
    """With its article, for within a sentence ("a Vosk model"); None if nobody knows."""


def identify(folder: Path) -> Identified:
    """What lies in a folder, by its files' names; nothing of it is loaded. Blocking."""
    names = _names(folder)
    if names.issuperset(MOONSHINE_FILES):
        return Identified(Engine.MOONSHINE, said("kind-moonshine"))
    if _is_vosk(names):
        return Identified(Engine.VOSK, said("kind-vosk"))
    lower = {name.lower() for name in names}
    return Identified(None, next((what for what, is_it in _FOREIGN if is_it(lower, folder)), None))


def identify_file(path: Path) -> Said | None:
    """What a single file is a model of, with its article; None if nobody knows, or it may be an archive. Blocking."""
    with contextlib.suppress(OSError), path.open("rb") as file:
        if file.read(4) == b"GGUF":
            return said("kind-language-model")
        name = {path.name.lower()}
        return next((what for what, is_it in _FOREIGN if is_it(name, path) and what != _ARCHIVE), None)
    return None


def language_of(folder: Path, name: str = "") -> str:
    """The language of a model, as a tag: by its name, else by what its README says; empty if neither names it."""
    for one in (name, folder.name, folder.resolve().name):
        if tag := language_of_name(one):
            return tag
    for file in ("README", "README.md", "README.txt", "conf/model.conf"):
        with contextlib.suppress(OSError):
            text = read_whole(folder / file, MOST_TEXT_BYTES).decode("utf-8", "replace")
            declared = re.search(r"^\s*(?:language|lang)\s*:\s*\[?\s*[\"']?([A-Za-z_-]{2,8})", text, re.MULTILINE)
            if declared and (tag := language_tag(declared[1])):
                return tag
            named = [tag for tag, english in LANGUAGE_NAMES.items() if re.search(rf"\b{english}\b", text)]
            if len(named) == 1:
                return named[0]
    return ""


def licence_of(folder: Path) -> str:
    """The licence that a model's own files name; empty if they name none that is known."""
    for file in ("LICENSE", "LICENSE.txt", "LICENCE", "COPYING", "README", "README.md"):
        with contextlib.suppress(OSError):
            text = read_whole(folder / file, MOST_TEXT_BYTES).decode("utf-8", "replace")
            for licence, words in _LICENCES:
                if re.search(words, text, re.IGNORECASE):
                    return licence
    return ""


_LICENCES = (
    ("Moonshine Community (not for business use)", r"Moonshine (AI )?Community License"),
    ("AGPL-3.0", r"GNU Affero|AGPL"),
    ("GPL-3.0", r"GNU General Public License|GPL-?v?3"),
    ("CC-BY-NC-SA-4.0", r"CC[ -]BY[ -]NC[ -]SA"),
    ("CC-BY-NC-4.0", r"CC[ -]BY[ -]NC"),
    ("Apache-2.0", r"Apache(-| License,? (Version )?)2\.0"),
    ("MIT", r"\bMIT\b"),
    ("BSD", r"\bBSD\b"),
)
"""The narrower one first: a text may name several."""


def _names(folder: Path) -> set[str]:
    """Files and folders, two floors deep, as `am/final.mdl`."""
    found: set[str] = set()
    with contextlib.suppress(OSError):
        for path in sorted(folder.iterdir()):
            found.add(path.name)
            if path.is_dir():
                with contextlib.suppress(OSError):
                    found.update(f"{path.name}/{inner.name}" for inner in sorted(path.iterdir())[:MOST_LOOKED_AT])
            if len(found) > MOST_LOOKED_AT:
                break
    return found


def _is_vosk(names: set[str]) -> bool:
    newer = "am" in names or {"graph", "conf"} <= names or ("ivector" in names and "graph" in names)
    return newer or ("final.mdl" in names and bool({"HCLG.fst", "HCLr.fst", "Gr.fst", "mfcc.conf"} & names))


def _transformers_kind(folder: Path) -> str:
    with contextlib.suppress(OSError, ValueError, RecursionError):
        config = json.loads(read_whole(folder / "config.json", MOST_TEXT_BYTES))
        if isinstance(config, dict):
            return str(config.get("model_type", "")).lower()
    return ""


def _any(names: set[str], pattern: str) -> bool:
    return any(re.search(pattern, name) for name in names)


_SIZES = "(tiny|base|small|medium|large|turbo|distil)"


def _is_whisper(names: set[str], folder: Path) -> bool:
    faster = "model.bin" in names and _any(names, r"^vocabulary\.")
    ggml_or_sherpa = _any(names, rf"(^|/)(ggml|whisper)[-_.].*\.bin$|{_SIZES}[^/]*-(encoder|decoder)[^/]*\.onnx$")
    original = _any(names, rf"^{_SIZES}([.-](en|v\d[^/]*|turbo))?\.pt$")
    return faster or ggml_or_sherpa or original or _transformers_kind(folder) == "whisper"


def _is_transformers(names: set[str], folder: Path) -> bool:
    del folder
    return "config.json" in names and _any(names, r"\.safetensors$|pytorch_model.*\.bin$|\.index\.json$|tf_model\.h5$")


_ARCHIVE = said("kind-archive")
_FOREIGN: tuple[tuple[Said, Callable[[set[str], Path], bool]], ...] = (
    (said("kind-whisper"), _is_whisper),
    (said("kind-piper"), lambda names, _: _any(names, r"\.onnx\.json$")),
    (said("kind-deepspeech"), lambda names, _: _any(names, r"\.(pbmm|scorer)$")),
    (
        said("kind-moonshine-streaming"),
        lambda names, _: _any(names, r"^(frontend|cross_kv|decoder_kv|streaming_config)[^/]*\.(ort|onnx|json)$"),
    ),
    (
        said("kind-moonshine-incomplete"),
        lambda names, _: _any(names, r"^encoder_model\.") and _any(names, r"^decoder_model_merged\."),
    ),
    (said("kind-moonshine-older"), lambda names, _: _any(names, r"^(un)?cached_decode.*\.onnx$")),
    (said("kind-language-model"), lambda names, _: _any(names, r"\.gguf$")),
    (
        said("kind-speakers"),
        lambda names, _: {"final.ext.raw", "mean.vec", "transform.mat"} <= names,
    ),
    (said("kind-pocketsphinx"), lambda names, _: {"mdef", "means", "variances"} <= names),
    (said("kind-nemo"), lambda names, _: _any(names, r"\.nemo$")),
    (said("kind-hugging-face"), _is_transformers),
    (
        said("kind-sherpa"),
        lambda names, _: _any(names, r"tokens\.txt$") and _any(names, r"\.(onnx|ort)$"),
    ),
    (said("kind-onnx"), lambda names, _: _any(names, r"\.(onnx|ort|tflite)$")),
    (_ARCHIVE, lambda names, _: _any(names, r"\.(zip|tar|tgz|tar\.\w+)$")),
)
