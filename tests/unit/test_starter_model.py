"""What of the starter model's recipe can be proven without training."""

from __future__ import annotations

import itertools
import random
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from sottovoce.resources import starter_model
from tools.starter_model import augmentation, evaluate, features, kaldi, lfmmi
from tools.starter_model.batches import Batches
from tools.starter_model.build_graph import DIGITS, whole_corpus
from tools.starter_model.texts import Texts, as_read
from tools.starter_model.utterances import LONGEST, MARGIN, Utterance, read_utterances, trimmed, write_utterances
from tools.starter_model.voices import espeak, festival, noise

if TYPE_CHECKING:
    from pathlib import Path

    from tools.starter_model.texts import Style

Array = np.ndarray[Any, np.dtype[Any]]
LEXICON: dict[str, list[tuple[str, ...]]] = {
    "a": [("AH",), ("EY",)],
    "hat": [("HH", "AE", "T")],
    "the": [("DH", "AH"), ("DH", "IY")],
}


def drawing(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - no secret


def randomly() -> np.random.Generator:
    return np.random.default_rng(7)


def layers() -> list[kaldi.Layer]:
    random_ = randomly()
    sizes = (((-2, 0, 2), 4, 6, True), ((-3, 0), 6, 5, True), ((0,), 5, 3, False))
    return [
        kaldi.Layer(
            offsets,
            random_.standard_normal((outputs, len(offsets) * inputs)).astype(np.float32),
            random_.standard_normal(outputs).astype(np.float32),
            rectified=rectified,
        )
        for offsets, inputs, outputs, rectified in sizes
    ]


def test_a_network_is_read_as_it_was_written(tmp_path: Path) -> None:
    kaldi.write_model(tmp_path / "final.mdl", layers(), 4)
    for read, written in zip(kaldi.read_model(tmp_path / "final.mdl"), layers(), strict=True):
        assert (read.offsets, read.rectified) == (written.offsets, written.rectified)
        assert np.array_equal(read.weights, written.weights)
        assert np.array_equal(read.bias, written.bias)


def test_the_model_that_ships_is_written_to_the_same_bytes(tmp_path: Path) -> None:
    shipped = starter_model() / "am"
    kaldi.write_model(tmp_path / "final.mdl", kaldi.read_model(shipped / "final.mdl"), features.BINS)
    kaldi.write_cmvn(tmp_path / "cmvn", kaldi.read_cmvn(shipped / "global_cmvn.stats"))
    assert (tmp_path / "final.mdl").read_bytes() == (shipped / "final.mdl").read_bytes()
    assert (tmp_path / "cmvn").read_bytes() == (shipped / "global_cmvn.stats").read_bytes()


def test_a_model_of_another_make_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "final.mdl"
    other.write_bytes(b"\0B<TransitionModel> of somebody else")
    with pytest.raises(kaldi.NotOurs):
        kaldi.read_model(other)
    with pytest.raises(kaldi.NotOurs):
        kaldi.read_cmvn(other)


def toy_graph() -> lfmmi.PhoneGraph:
    random_ = randomly()
    return lfmmi.PhoneGraph(np.array([1, 0, 1]), random_.random((3, 3)), random_.random(3), random_.random(3))


def by_hand(outputs: Array, graph: lfmmi.PhoneGraph) -> tuple[float, Array]:
    """Every path of states and of "enter" and "stay", one after another."""
    frames, count = len(outputs), len(graph.phones)
    whole, visited = 0.0, np.zeros_like(outputs)
    for states in itertools.product(range(count), repeat=frames):
        for enters in itertools.product((True, False), repeat=frames - 1):
            steps = list(zip(states, states[1:], enters, strict=False))
            if any(not enter and before != after for before, after, enter in steps):
                continue
            chosen = [2 * graph.phones[states[0]]]
            likely = graph.begins[states[0]] * graph.ends[states[-1]]
            for before, after, enter in steps:
                likely *= graph.follows[before, after] if enter else 1
                chosen.append(2 * graph.phones[after] + (not enter))
            likely *= np.exp(sum(outputs[frame, output] for frame, output in enumerate(chosen)))
            whole += likely
            visited[range(frames), chosen] += likely
    return float(np.log(whole)), visited / whole


def test_all_paths_are_summed_as_by_hand() -> None:
    outputs = randomly().standard_normal((2, 4, lfmmi.OUTPUTS))
    total, visited = lfmmi.visits(outputs, toy_graph())
    for row in range(2):
        expected, expected_visits = by_hand(outputs[row], toy_graph())
        assert total[row] == pytest.approx(expected)
        assert np.allclose(visited[row], expected_visits)


def test_visits_are_the_gradient() -> None:
    outputs, moved = randomly().standard_normal((1, 5, lfmmi.OUTPUTS)), 1e-5
    _, visited = lfmmi.visits(outputs, toy_graph())
    for frame, output in ((0, 2), (2, 3), (4, 0), (4, 1), (3, 7)):
        more = outputs.copy()
        more[0, frame, output] += moved
        change = (lfmmi.visits(more, toy_graph())[0] - lfmmi.visits(outputs, toy_graph())[0]) / moved
        assert visited[0, frame, output] == pytest.approx(change[0], abs=1e-4)


def test_a_batch_is_as_each_alone() -> None:
    bigram = lfmmi.phone_bigram(["a hat", "the hat"], LEXICON, drawing(1))
    graphs = [lfmmi.numerator(text, LEXICON, bigram) for text in ("the hat", "")]
    outputs = randomly().standard_normal((2, 9, lfmmi.OUTPUTS))
    total, visited = lfmmi.visits(outputs, lfmmi.together(graphs))
    for row, graph in enumerate(graphs):
        alone, visited_alone = lfmmi.visits(outputs[row : row + 1], graph)
        assert total[row] == pytest.approx(alone[0])
        assert np.allclose(visited[row], visited_alone[0])


def spelled(graph: lfmmi.PhoneGraph) -> set[tuple[int, ...]]:
    """Every order of phones that a graph without circles allows."""
    found = set()
    open_: list[tuple[int, ...]] = [(int(state),) for state in np.flatnonzero(graph.begins)]
    while open_:
        path = open_.pop()
        if graph.ends[path[-1]]:
            found.add(tuple(int(graph.phones[state]) for state in path))
        open_ += [(*path, int(state)) for state in np.flatnonzero(graph.follows[path[-1]])]
    return found


def test_what_is_said_may_have_any_pronunciation_and_pauses() -> None:
    bigram = lfmmi.phone_bigram(["a hat"], LEXICON, drawing(1))
    pauses = ((), (lfmmi.SILENCE,))
    words = [[tuple(lfmmi.NUMBERS[name] for name in way) for way in LEXICON[word]] for word in ("a", "hat")]
    expected = {
        (*begin, *first, *middle, *second, *end)
        for begin, first, middle, second, end in itertools.product(pauses, words[0], pauses, words[1], pauses)
    }
    assert spelled(lfmmi.numerator("a hat", LEXICON, bigram)) == expected
    assert spelled(lfmmi.numerator("", LEXICON, bigram)) == {(lfmmi.SILENCE,)}


def test_nothing_is_impossible_to_the_denominator() -> None:
    bigram = lfmmi.phone_bigram(["a hat"], LEXICON, drawing(1))
    assert np.allclose(bigram.sum(axis=1), 1)
    assert (lfmmi.denominator(bigram).follows > 1e-6).all()


@pytest.mark.parametrize("hertz", [400, 1000, 6000])
def test_a_tone_is_in_the_band_it_belongs_to(hertz: int) -> None:
    tone = (8000 * np.sin(2 * np.pi * hertz * np.arange(16_000) / 16_000)).astype(np.float32)[None]
    found = features.fbank(tone, features.mel_bank())
    assert found.shape == (1, 98, features.BINS)
    low, high, at = (1127 * np.log(1 + edge / 700) for edge in (features.LOWEST_HZ, features.HIGHEST_HZ, hertz))
    expected = (at - low) / (high - low) * (features.BINS + 1) - 1
    assert abs(int(found[0, 50].argmax()) - expected) < 1
    higher = features.fbank(tone, features.mel_bank(1.2))
    assert higher[0, 50].argmax() > found[0, 50].argmax()


def test_the_mean_is_taken_away_as_frames_come() -> None:
    frames = features.WINDOW + 50
    found, mean = randomly().standard_normal((1, frames, 3)).astype(np.float32), np.array([1.0, 2.0, 3.0])
    normal = features.normalised(found.copy(), mean)
    for frame in (0, 1, 450, 599, 600, frames - 1):
        seen = found[0, max(0, frame + 1 - features.WINDOW) : frame + 1]
        missing = min(features.GLOBAL_FRAMES, features.WINDOW - len(seen))
        expected = found[0, frame] - (seen.sum(axis=0) + missing * mean) / (len(seen) + missing)
        assert np.allclose(normal[0, frame], expected, atol=1e-4)


def test_a_history_is_as_if_it_had_been_heard() -> None:
    found, mean = np.full((1, 4, 2), 5.0, np.float32), np.zeros(2)
    alone = features.normalised(found.copy(), mean)
    after = features.normalised(found.copy(), mean, np.array([596.0], np.float32))
    assert (alone[0, -1] > 4.8).all()
    assert np.allclose(after[0, -1], 0)


def heard(seed: int) -> Array:
    random_ = np.random.default_rng(seed)
    sounds = [augmentation.resampled(noise_of(length), random_) for length in (9000, 16_000, 12_000)]
    rows = augmentation.placed(sounds, random_)
    return augmentation.augmented(rows, [len(one) for one in sounds], random_)


def noise_of(length: int) -> Array:
    return (randomly().standard_normal(length) * 3000).astype(np.int16)


def test_augmented_speech_has_its_shape_and_range() -> None:
    rows = heard(1)
    assert rows.shape[0] == 3
    assert (rows.shape[1] - features.FRAME) % features.STEP == 0
    assert rows.dtype == np.float32
    assert np.isfinite(rows).all()
    assert 0 < np.abs(rows).max() <= 32_767


def test_a_seed_decides_what_happens_to_speech() -> None:
    assert np.array_equal(heard(1), heard(1))
    assert not np.array_equal(heard(1), heard(2)[:, : heard(1).shape[1]])


def test_a_mask_hides_little() -> None:
    found = np.ones((50, 100, features.BINS), np.float32)
    augmentation.mask(found, randomly())
    assert 0 < (found == 0).mean() < 0.15


def test_batches_are_decided_by_their_seed() -> None:
    said = [Utterance(noise_of(length), text, "nobody") for length, text in ((8000, "a hat"), (9000, "the hat"))] * 3
    bigram = lfmmi.phone_bigram(["a hat"], LEXICON, drawing(1))
    mean = np.zeros(features.BINS, np.float32)
    several = [Batches(said, LEXICON, bigram, seed, size=2, mean=mean) for seed in (1, 1, 2)]
    one, same, other = (next(iter(batches)) for batches in several)
    assert one.features.shape[::2] == (2, features.BINS)
    assert one.said.follows.shape[0] == 2
    assert np.array_equal(one.features, same.features)
    assert one.features.shape != other.features.shape or not np.array_equal(one.features, other.features)


def test_the_mean_of_all_features_is_measured() -> None:
    said = [Utterance(noise_of(8000), "a hat", "nobody")] * 4
    bigram = lfmmi.phone_bigram(["a hat"], LEXICON, drawing(1))
    assert np.isfinite(Batches(said, LEXICON, bigram, size=2).mean).all()  # type: ignore[arg-type]


def test_utterances_are_kept(tmp_path: Path) -> None:
    said = [Utterance(noise_of(500), "a hat", "one"), Utterance(noise_of(300), "", "two")]
    write_utterances(tmp_path / "said.npz", said)
    read = read_utterances(tmp_path / "said.npz")
    assert [(one.text, one.voice) for one in read] == [("a hat", "one"), ("", "two")]
    assert all(np.array_equal(one.samples, other.samples) for one, other in zip(read, said, strict=True))
    assert [file.name for file in tmp_path.iterdir()] == ["said.npz"]


def test_silence_around_speech_is_cut_and_failures_are_left_out() -> None:
    silence, speech = np.zeros(8000, np.float32), noise_of(16_000).astype(np.float32)
    cut = trimmed(np.concatenate([silence, speech, silence]), 16_000)
    assert cut is not None
    assert len(cut) == pytest.approx(16_000 + 2 * MARGIN, abs=200)
    assert np.abs(cut).max() == pytest.approx(20_000, rel=0.01)
    assert trimmed(silence, 16_000) is None
    assert trimmed(np.tile(speech, LONGEST // 16_000 + 1), 16_000) is None
    halved = trimmed(speech, 32_000)
    assert halved is not None
    assert len(halved) == pytest.approx(8000, abs=200)


@pytest.mark.parametrize("style", ["sentences", "mixed", "isolated", "short"])
def test_texts_are_of_words_that_can_be_said(style: Style) -> None:
    corpus = whole_corpus()
    texts = Texts(corpus, tuple(sorted(corpus.words())), ("lantern", "meadow"), ("stop", "louder"))
    draw, again = drawing(3), drawing(3)
    drawn = [texts.draw(draw, style) for _ in range(200)]
    assert drawn == [texts.draw(again, style) for _ in range(200)]
    assert {word for text in drawn for word in text.split()} <= corpus.words() | {"lantern", "meadow", "oh", *DIGITS}
    assert all(drawn)


def test_a_text_is_written_as_it_is_read_right() -> None:
    assert as_read("i wake at six a m in italy") == "I wake at six A M in italy"


def test_a_foreigner_has_other_sounds_for_ours() -> None:
    good, strong = (dict.fromkeys(espeak.SIGNS, accent) for accent in (False, True))
    assert espeak.signs(("TH", "IH", "NG", "K"), good, drawing(1)) == "[[T'iNk]]"
    assert espeak.signs(("W", "AE", "T"), strong, drawing(1)) == "[[v'at]]"


def test_festival_s_sounds_are_read_and_spoken_anew() -> None:
    segments = festival.read_segments("separator ;\nnfields 1\n#\n    0.2200    26    pau\n    0.3000   26    th\n")
    assert segments == [("pau", 0.22), ("th", pytest.approx(0.08))]
    spoken = {festival.respoken(segments, 1.0, drawing(seed)) for seed in range(20)}
    assert {one.partition("(")[2] and sound for one in spoken for sound in ("(t ", "(s ", "(f ") if sound in one}
    assert all(one.startswith("(set! u (utt.synth (Utterance Segments ((pau ") for one in spoken)


def test_noises_are_of_a_few_seconds_and_wordless() -> None:
    made = list(noise.made(24, drawing(4)))
    assert all(one.text == "" and 16_000 <= len(one.samples) <= 64_000 for one in made)
    assert all(np.abs(one.samples).max() > 10_000 for one in made)


def test_every_word_of_the_corpus_can_be_heard() -> None:
    known = {line.split()[0] for line in (starter_model() / "graph" / "words.txt").read_text("utf-8").splitlines()}
    assert whole_corpus().words() - known == set()


def test_the_rates_are_the_last_section_of_the_readme(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"# A model\n\n{evaluate.SECTION}\n\nold figures\n", "utf-8")
    voices = {voice: {"wer": 0.031, "right": 0.9} for voice in evaluate.VOICES}
    evaluate.tell(readme, {"/somewhere/starter-en": {"digits": voices}})
    written = readme.read_text("utf-8")
    assert written.startswith(f"# A model\n\n{evaluate.SECTION}\n\n| model | sentences | espeak:en-us |")
    assert written.endswith("| starter-en | digits |" + " 3.1 % |" * len(evaluate.VOICES) + "\n")


def test_errors_are_counted_in_words() -> None:
    assert evaluate.errors(["set", "a", "timer"], ["set", "a", "timer"]) == 0
    assert evaluate.errors(["set", "a", "timer"], ["get", "timer", "now"]) == 3
    assert evaluate.errors([], ["no"]) == 1
