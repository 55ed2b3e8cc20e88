"""The order in which voices are offered."""

from sottovoce.domain.voices import VoiceChoice, for_language


def test_voices_of_the_language_come_first() -> None:
    german, american, english, unknown = voices = tuple(
        VoiceChoice(name=name, language=language, gender="")
        for name, language in (("German", "de"), ("american", "en-us"), ("English", "en"), ("A voice", ""))
    )
    assert for_language(voices, "en") == (american, english, unknown, german)
    assert for_language(voices, "en-US")[:2] == (american, english)
    assert for_language(voices, "de-AT")[0] == german
    assert not unknown.speaks("")
