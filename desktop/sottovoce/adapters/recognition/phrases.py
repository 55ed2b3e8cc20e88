"""Speech cut into pieces that are decoded while the key is held, so that at release only a short one is left.

A piece ends at a pause once it is long enough to be understood by itself, at a shorter one once it is long, and where
nobody pauses at the quietest place of its last seconds; then the next piece begins a little before, and the words that
both heard are joined. Long silences within a piece are shortened: they make open models lose or invent words.
"""

from __future__ import annotations

import importlib
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from sottovoce.adapters.recognition.joining import followed, joined
from sottovoce.adapters.recognition.nearness import Nearness
from sottovoce.adapters.recognition.normaliser import plain
from sottovoce.domain.audio import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.adapters.recognition.moonshine import Scored

WINDOW = 512
"""Samples that are looked at together (32 ms)."""
WINDOW_S = WINDOW / SAMPLE_RATE_HZ
LIFT = 6.0
"""How much quiet sound is lifted at most (16 dB) before it is looked at."""
LIFTED_PEAK = 0.2
"""Loudest sample up to which sound is quiet."""
CONTEXT = 64
"""Samples before a window that Silero wants along."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseLimits:
    """Where speech is cut into pieces. Decoding takes 0.04 of a piece's length on one processor."""

    glance_s: float = 0.25
    """A silence after which what was said so far is decoded: if it was all, nothing is left to do at release."""
    pause_s: float = 0.6
    """A silence that ends a piece of enough length."""
    enough_s: float = 4.0
    """Length from which a piece is understood as well alone as with what follows."""
    dip_s: float = 0.09
    """A silence that ends a long piece."""
    long_s: float = 5.5
    """Length from which a piece is long."""
    longest_s: float = 8.0
    """A piece without a pause is cut at this length."""
    search_s: float = 2.5
    """Last part of such a piece in which the quietest place is looked for."""
    overlap_s: float = 1.0
    """Sound that such a piece and the next one both get."""
    gap_s: float = 0.5
    """Longest silence within a piece; the rest of a longer one is left out."""
    before_s: float = 0.5
    """Sound given along before the first speech: its first consonant is quiet."""
    after_s: float = 0.2
    """The same behind the last."""
    shortest_s: float = 0.22
    """Less speech than this in a row is none: a knock, a cough; the shortest words take 0.3."""
    phantom_s: float = 0.45
    """In less speech than this in a row, what open models make of a bang is no word."""
    news_s: float = 1.5
    """Speech without a pause after which the words so far are looked at."""
    threshold: float = 0.5
    """Probability of speech from which on it is taken for one."""

    def __post_init__(self) -> None:
        """Refuse what can't work."""
        if not 0 < self.after_s < self.glance_s < self.pause_s < self.enough_s < self.longest_s:
            raise ValueError("pieces must be longer than what ends them")
        if not self.overlap_s + self.search_s < self.longest_s or not 0 < self.threshold < 1:
            raise ValueError("a cut must leave most of a piece")


class Decoded(Protocol):
    """A sound that the open recogniser has decoded."""

    @property
    def text(self) -> str:
        """The text with capitals and punctuation."""


D = TypeVar("D", bound=Decoded)


@dataclass(frozen=True, slots=True)
class OpenText:
    """What the open recogniser made of an utterance."""

    speech: bool
    """Whether anybody near spoke at all."""
    text: str
    """With capitals and punctuation; empty if nobody did."""
    others: tuple[Scored, ...] = ()
    """Texts that it may have been besides, the best first, where it was weighed against the small model's."""

    @property
    def plain(self) -> str:
        """The text as the small model writes it."""
        return plain(self.text)


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    loud_db: float
    overlaps: bool
    """Whether it begins with what the one before ends with."""


PHANTOMS = frozenset({"you", "thank you", "thanks", "thank you for watching", "thanks for watching", "bye", "oh", "so"})
"""What open models hear in bangs and breath."""


def windows(seconds: float) -> int:
    """Windows in so many seconds."""
    return max(1, round(seconds / WINDOW_S))


class SpeechPieces(Generic[D]):
    """The pieces of one utterance; lives on the recogniser's thread."""

    def __init__(
        self,
        is_speech: Callable[[Any], bool],
        decode: Callable[[Any, D | None], D],
        limits: PhraseLimits,
        dropped: Callable[[], bool],
    ) -> None:
        """Begin an utterance.

        Args:
            is_speech: Whether there is speech in CONTEXT + WINDOW samples (float32, -1 to 1), in their order.
            decode: Decodes samples; also gets what was decoded of their beginning.
            limits: Where pieces end.
            dropped: Whether nobody wants the result any more.
        """
        self._np: Any = importlib.import_module("numpy")
        self._is_speech = is_speech
        self._decode = decode
        self._limits = limits
        self._dropped = dropped
        self._rest = self._np.zeros(CONTEXT, self._np.float32)  # what has not been looked at yet, with its context
        self._before: deque[Any] = deque(maxlen=windows(limits.before_s))
        self._done: list[_Piece] = []
        self._last: D | None = None  # of the pieces that are done
        self._nearness = Nearness()
        self._peak = LIFTED_PEAK / LIFT
        self._begin_piece()

    def _begin_piece(self) -> None:
        self._sound: list[Any] = []  # windows up to the last one with speech
        self._gap: list[Any] = []  # the silence since
        self._levels: list[float] = []  # of the windows with speech
        self._longest = 0  # windows of speech in a row
        self._overlaps = False
        self._lead = 0  # windows of silence to put before it
        self._text: str | None = None  # of `_sound` as it is
        self._decoded: D | None = None  # of `_sound` as it was when it was last looked at
        self._news = 0  # windows of speech since the words were looked at
        self._words = ""
        self._run = 0

    # Hearing.

    def hear(self, pcm: bytes, *, more: bool = False) -> str | None:
        """Take a piece of any length (whole int16 samples).

        Args:
            pcm: The sound.
            more: Whether more is waiting: then nothing is decoded that is only looked at.

        Returns:
            The words so far, if there is news of them.
        """
        np = self._np
        samples = np.frombuffer(pcm, "<i2").astype(np.float32) / 32768
        self._rest = np.concatenate([self._rest, samples])
        news = False
        while len(self._rest) >= CONTEXT + WINDOW and not self._dropped():
            looked, self._rest = self._rest[: CONTEXT + WINDOW], self._rest[WINDOW:]
            news = self._take(looked[CONTEXT:], self._heard(looked), more=more) or news
        return self.words if news else None

    @property
    def words(self) -> str:
        """What was said so far, as far as it has been decoded."""
        return self._joined([*self._done, self._piece(self._words)])

    @property
    def only(self) -> D | None:
        """What was decoded, if it is one piece that has ended."""
        return self._last if len(self._done) == 1 else None

    @property
    def speech(self) -> bool:
        """Whether anybody near has spoken."""
        return self._nearness.is_near() and bool(self._done or self._enough())

    def listened(self) -> OpenText:
        """Whether anybody near has spoken; decodes nothing more."""
        return OpenText(speech=self.speech, text="")

    def final(self) -> OpenText:
        """Decode what is left, and return the whole text."""
        if len(self._rest) > CONTEXT:
            whole = self._np.zeros(CONTEXT + WINDOW, self._np.float32)
            whole[: len(self._rest)] = self._rest
            self._take(whole[CONTEXT:], self._heard(whole), more=True)
            self._rest = self._rest[:0]
        if not self.speech:
            return OpenText(speech=False, text="")
        if self._enough():
            self._end_piece()
        text = self._joined(self._done)
        return OpenText(speech=bool(text), text=text)

    def _heard(self, looked: Any) -> bool:  # noqa: ANN401 - NumPy, loaded late
        """Whether there is speech in it; quiet sound is lifted, or the first words of it are not noticed."""
        loudest = float(self._np.abs(looked).max())
        self._peak = max(self._peak, loudest)
        return self._is_speech(looked * min(LIFT, max(1.0, LIFTED_PEAK / self._peak)))

    # Pieces.

    def _take(self, window: Any, speech: bool, *, more: bool) -> bool:  # noqa: ANN401, FBT001 - NumPy, loaded late
        """Add a window; returns whether there is news of the words."""
        level_db = self._nearness.hear(window, speech=speech)
        if speech:
            self._add_speech(window, level_db)
            if len(self._sound) >= windows(self._limits.longest_s):
                self._cut()
                return True
            return not more and self._news >= windows(self._limits.news_s) and self._look()
        if not self._sound:
            self._before.append(window)
            return False
        self._gap.append(window)
        return self._at_silence(len(self._gap), more=more)

    def _add_speech(self, window: Any, level_db: float) -> None:  # noqa: ANN401 - as above
        if not self._sound:
            self._lead = windows(self._limits.before_s) - len(self._before)
            self._sound += self._before
            self._before.clear()
        self._run = 1 if self._gap or not self._levels else self._run + 1
        self._longest = max(self._longest, self._run)
        half = windows(self._limits.gap_s / 2)
        self._sound += self._gap if len(self._gap) <= 2 * half else [*self._gap[:half], *self._gap[-half:]]
        self._gap = []
        self._sound.append(window)
        self._levels.append(level_db)
        self._text = None
        self._news += 1

    def _at_silence(self, length: int, *, more: bool) -> bool:
        limits = self._limits
        if not self._enough():
            if length >= windows(limits.pause_s):  # a click
                self._before.extend(self._gap)
                self._begin_piece()
            return False
        spoken = len(self._sound)
        if (length >= windows(limits.pause_s) and spoken >= windows(limits.enough_s)) or (
            length >= windows(limits.dip_s) and spoken >= windows(limits.long_s)
        ):
            self._end_piece()
            return True
        return not more and length == windows(limits.glance_s) and self._look()

    def _enough(self) -> bool:
        return self._longest >= windows(self._limits.shortest_s)

    def _look(self) -> bool:
        text = self._text_now()
        self._words = text if self._gap else text.rpartition(" ")[0]  # its last word is being spoken
        self._news = 0
        return True

    def _text_now(self) -> str:
        if self._text is None:
            self._decoded = self._decode(self._padded(), self._decoded)
            text = self._decoded.text
            phantom = self._longest < windows(self._limits.phantom_s) and plain(text) in PHANTOMS
            self._text = "" if phantom else text
        return self._text

    def _padded(self) -> Any:  # noqa: ANN401 - as above
        """The piece with silence around it: of a word that begins at once, open models make two or another one."""
        behind = self._gap[: windows(self._limits.after_s)]
        missing = windows(self._limits.after_s) - len(behind)
        nothing = self._np.zeros(WINDOW, self._np.float32)
        return self._np.concatenate([*[nothing] * self._lead, *self._sound, *behind, *[nothing] * missing])

    def _piece(self, text: str) -> _Piece:
        levels = sorted(self._levels) or [0.0]
        return _Piece(text, levels[len(levels) * 9 // 10], self._overlaps)

    def _end_piece(self) -> None:
        gap = self._gap
        self._done.append(self._piece(self._text_now()))
        self._last = self._decoded
        self._begin_piece()
        self._before.extend(gap)

    def _cut(self) -> None:
        """End a piece where nobody pauses, at its quietest place."""
        np, limits = self._np, self._limits
        loudness = np.array([float(np.square(window).mean()) for window in self._sound])
        smooth = np.convolve(loudness, np.ones(3) / 3, "same")
        first, last = len(smooth) - windows(limits.search_s), len(smooth) - windows(limits.after_s) - 1
        at = first + int(np.argmin(smooth[first:last])) + 1
        sound, levels = self._sound, self._levels
        self._sound, self._gap, self._text = sound[:at], [], None
        self._done.append(self._piece(self._text_now()))
        self._begin_piece()
        self._sound = sound[max(0, at - windows(limits.overlap_s)) :]
        self._levels = levels[-(len(sound) - at) :]
        self._longest = windows(limits.longest_s)  # in the middle of speech
        self._overlaps = True

    def _joined(self, pieces: list[_Piece]) -> str:
        near = [piece for piece in pieces if self._nearness.is_same(piece.loud_db)]
        text = ""
        for piece in near:
            text = (joined if piece.overlaps else followed)(text, piece.text)
        return text
