"""Moonshine step by step: what is said, what is said behind a known beginning, and how likely other words are."""

from __future__ import annotations

import base64
import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.recognition.onnx import NeuralNetwork, the_runtime
from sottovoce.domain.audio import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sottovoce.adapters.recognition.onnx import Tensor

BEGIN, END = 1, 2
"""Numbers of the tokens around a text."""
TOKENS_PER_S = 6.5
"""Nobody speaks faster: more is a decoder that goes round in circles (Moonshine's own limit for Latin letters)."""
ENOUGH_TOKENS = 8
"""That a text of any length may have."""
CLEAR = 1.0
"""Difference of logarithms from which on a token is clearly the likeliest: many steps at once are less exact."""
_STOPS = (b".", b"?", b"!")


@dataclass(frozen=True, slots=True)
class Scored:
    """A text and how likely it is."""

    text: str
    """With capitals and punctuation."""
    log_p: float
    """Natural logarithm of its probability, given the sound; the most likely texts of clear speech have -0.5 to -4."""


class Tokens:
    """The pieces that texts are made of, and how a text is cut into them."""

    def __init__(self, lines: Sequence[str]) -> None:
        """Read them.

        Args:
            lines: Of a file as sherpa-onnx has it: a piece in base64, a space, its number.
        """
        self._pieces: dict[int, bytes] = {}
        self._numbers: dict[bytes, int] = {}
        for line in lines:
            encoded, _, number = line.rpartition(" ")
            self._pieces[int(number)] = piece = base64.b64decode(encoded)
            self._numbers[piece] = int(number)  # the last one: single bytes stand before the letters
        self.stops = [END, *(self._numbers[stop] for stop in _STOPS if stop in self._numbers)]

    def text(self, numbers: Sequence[int]) -> str:
        """Return the text of these tokens."""
        return b"".join(self._pieces.get(number, b"") for number in numbers).decode("utf-8", "replace").strip()

    def numbers(self, text: str) -> list[int]:
        """A text's tokens: of neighbours that make a piece, those of the one with the lowest number are joined first.

        Letters that no token has are left out.
        """
        parts = [letter.encode() for letter in f" {text}" if letter.encode() in self._numbers]
        while pairs := [
            (number, at)
            for at in range(len(parts) - 1)
            if (number := self._numbers.get(parts[at] + parts[at + 1])) is not None
        ]:
            at = min(pairs)[1]
            parts[at : at + 2] = [parts[at] + parts[at + 1]]
        return [self._numbers[part] for part in parts]


class Moonshine:
    """A loaded model; lives on one thread."""

    def __init__(self, folder: Path) -> None:
        """Load `encoder_model.ort`, `decoder_model_merged.ort` and `tokens.txt` of a folder.

        Raises:
            OnnxError: onnxruntime can't be reached, or can't use them.
            OSError: One of them can't be read.
        """
        runtime = the_runtime()
        self.tokens = Tokens((folder / "tokens.txt").read_text("ascii").splitlines())
        self.encoder = NeuralNetwork(folder / "encoder_model.ort", runtime)
        self.decoder = NeuralNetwork(folder / "decoder_model_merged.ort", runtime)
        self.np: Any = importlib.import_module("numpy")

    def logs(self, logits: Tensor) -> Any:  # noqa: ANN401 - NumPy, loaded late
        """Logarithms of the probabilities of each next token, by place."""
        numbers = logits.array()[0]
        numbers -= numbers.max(-1, keepdims=True)
        return numbers - self.np.log(self.np.exp(numbers).sum(-1, keepdims=True))


class EncodedSound:
    """What the encoder makes of a piece of sound, and what may have been said in it."""

    def __init__(
        self,
        model: Moonshine,
        samples: Any,  # noqa: ANN401 - NumPy, loaded late
        dropped: Callable[[], bool] = lambda: False,
        before: EncodedSound | None = None,
    ) -> None:
        """Decode it.

        Args:
            model: Loaded.
            samples: float32, -1 to 1.
            dropped: Whether nobody wants the text any more; then it is cut short.
            before: A beginning of the same sound: what was heard in that is tried first, which spares most steps.
        """
        self._model = model
        self._dropped = dropped
        self._most = ENOUGH_TOKENS + int(len(samples) / SAMPLE_RATE_HZ * TOKENS_PER_S)
        self._given = self._encoded(samples)
        self.numbers: list[int]
        self.numbers, log_p = self._said(before.numbers if before else [])
        self.best = Scored(model.tokens.text(self.numbers), log_p)

    @property
    def text(self) -> str:
        """The likeliest, taking the likeliest token after each."""
        return self.best.text

    def behind(self, beginning: str, least: float) -> Scored | None:
        """The likeliest text that begins so, the beginning included, in text and likelihood.

        Args:
            beginning: Whole words.
            least: A less likely one is not looked for.
        """
        known = self._model.tokens.numbers(beginning)
        result = self._first(known)
        likely = self._model.logs(result["logits"])
        begun = sum(float(likely[at, number]) for at, number in enumerate(known))
        found, log_p = self._goes_on(known, likely[-1], result, least - begun)
        return Scored(self._model.tokens.text(found), begun + log_p) if begun + log_p >= least else None

    def likelihood(self, text: str) -> float:
        """Logarithm of the probability that this is said, with any or no mark at its end."""
        known = self._model.tokens.numbers(text)
        likely = self._model.logs(self._first(known)["logits"])
        ends = self._model.np.logaddexp.reduce(likely[-1, self._model.tokens.stops])
        return sum(float(likely[at, number]) for at, number in enumerate(known)) + float(ends)

    def _said(self, tried: Sequence[int]) -> tuple[list[int], float]:
        """The likeliest tokens and their likelihood; those of `tried` that clearly are the likeliest take one step."""
        result = self._first(tried)
        likely = self._model.logs(result["logits"])
        seconds = self._model.np.partition(likely, -2)[:, -2]
        same = next((at for at, number in enumerate(tried) if likely[at, number] < seconds[at] + CLEAR), len(tried))
        known = list(tried[:same])
        if same < len(tried):
            result = self._first(known)
            likely = self._model.logs(result["logits"])
        begun = sum(float(likely[at, number]) for at, number in enumerate(known))
        found, log_p = self._goes_on(known, likely[-1], result, -self._model.np.inf)
        return found, begun + log_p

    def _goes_on(
        self,
        known: list[int],
        likely: Any,  # noqa: ANN401 - as above
        result: dict[str, Tensor],
        least: float,
    ) -> tuple[list[int], float]:
        """Tokens behind known ones until the end, and the likelihood of the new ones; cut short below `least`."""
        said, log_p = list(known), 0.0
        kept = {name: tensor for name, tensor in result.items() if ".encoder." in name}
        while not self._dropped():
            number = int(likely.argmax())
            log_p += float(likely[number])
            if number == END or len(said) >= self._most or log_p < least:
                break
            said.append(number)
            result = self._next(number, kept | result)
            likely = self._model.logs(result["logits"])[-1]
        return said, log_p

    def _encoded(self, samples: Any) -> dict[str, Tensor]:  # noqa: ANN401 - as above
        np, encoder, decoder = self._model.np, self._model.encoder, self._model.decoder
        sound = np.asarray(samples, np.float32)[None]
        inputs = {"input_values": sound, "attention_mask": np.ones(sound.shape, np.int64)}
        given = {name: encoder.tensor(array) for name, array in inputs.items() if name in encoder.inputs}
        (states,) = encoder.run(given, list(encoder.outputs)).values()
        masks = {"encoder_attention_mask"} & decoder.inputs.keys()
        return {"encoder_hidden_states": states} | {mask: decoder.tensor(inputs["attention_mask"]) for mask in masks}

    def _first(self, known: Sequence[int]) -> dict[str, Tensor]:
        """A step with nothing kept from one before; tells of the token behind each of the known ones."""
        decoder, np = self._model.decoder, self._model.np
        past = {
            name: decoder.tensor(np.zeros([1, *(max(0, size) for size in sizes[1:])], np.float32))
            for name, sizes in decoder.inputs.items()
            if name.startswith("past_key_values")
        }
        return self._run(past, [BEGIN, *known], list(decoder.outputs), goes_on=False)

    def _next(self, number: int, before: dict[str, Tensor]) -> dict[str, Tensor]:
        past = {name.replace("present", "past_key_values"): before[name] for name in before if name != "logits"}
        wanted = [name for name in self._model.decoder.outputs if ".encoder." not in name]
        return self._run(past, [number], wanted, goes_on=True)

    def _run(
        self, past: dict[str, Tensor], numbers: list[int], wanted: Sequence[str], *, goes_on: bool
    ) -> dict[str, Tensor]:
        decoder, np = self._model.decoder, self._model.np
        given = {
            "input_ids": decoder.tensor(np.array([numbers], np.int64)),
            "use_cache_branch": decoder.tensor(np.array([goes_on])),
        }
        return decoder.run(given | self._given | past, wanted)
