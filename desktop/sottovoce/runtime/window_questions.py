"""What only a window asks of the application: what is in force, what this program is, and voices to be tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce import __version__
from sottovoce.adapters.microphone_trial import Microphones
from sottovoce.adapters.voices import SampleVoice, installed_voices
from sottovoce.adapters.welcome_file import note_welcome
from sottovoce.domain.voices import for_language
from sottovoce.language import shown
from sottovoce.operations.turns import turns_took
from sottovoce.ui.ports import About

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sottovoce.domain.settings import Settings
    from sottovoce.domain.turn_times import TurnTimes
    from sottovoce.domain.voices import VoiceChoice
    from sottovoce.home import Home
    from sottovoce.runtime.settings_in_force import SettingsInForce


class WindowQuestions:
    """The part of `ui.ports.Actions` that is no operation and acts on no turn."""

    def __init__(self, home: Home, in_force: SettingsInForce) -> None:
        """Answer what a window asks about this home and the settings in force there."""
        self._home = home
        self._in_force = in_force
        self._sample = SampleVoice()

    def settings(self) -> Settings:
        """The settings in force."""
        return self._home.policy.applied(self._in_force.settings)

    def usual(self) -> Settings:
        """The settings' defaults, as an administrator may recommend them."""
        return self._home.policy.usual

    def decided(self) -> frozenset[str]:
        """Settings that the administrator's policy leaves no choice of."""
        return self._home.policy.decided

    def forbidden(self) -> Mapping[str, str]:
        """Acts that the administrator's policy forbids, and what to tell about each."""
        return {act: shown(why) for act, why in self._home.policy.forbidden.items()}

    def locked(self) -> Mapping[str, str]:
        """Settings that the administrator's policy decides, and what to tell about each."""
        return {name: shown(why) for name, why in self._home.policy.locked.items()}

    def about(self) -> About:
        """What this program is and where it keeps its data."""
        places = self._home.places
        return About(
            version=__version__,
            licence="Apache-2.0",
            home=str(places.data),
            settings_file=str(places.settings_file),
            logs=str(places.logs),
            model=self._in_force.parts.model if self._in_force.parts else "",
            turns=turns_took(self.last_turns()),
        )

    def last_turns(self) -> tuple[TurnTimes, ...]:
        """When the last turns reached their stages, the newest first."""
        return parts.talk.last_turns.times if (parts := self._in_force.parts) else ()

    def note_welcome(self, step: int | None) -> None:
        """Note how far the welcome has come; None: it never comes again."""
        note_welcome(self._home.places.state, step)

    def microphones(self) -> Microphones:
        """Which microphones there are, and how one sounds."""
        return Microphones()

    async def voices(self) -> tuple[VoiceChoice, ...]:
        """The voices that can be chosen, those of the user's language first."""
        context = await self._home.memory.get_user_context(self._in_force.settings.user)
        return for_language(await installed_voices(), context.language)

    async def say_sample(self, settings: Settings) -> None:
        """Say a sample with settings that need not be saved; a press silences it."""
        await self._sample.say(settings)

    def hush_sample(self) -> None:
        """Silence the sample of a voice. Idempotent."""
        self._sample.hush()
