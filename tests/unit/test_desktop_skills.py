"""What is done on the desktop when it is asked for: the skills on a desktop of which nothing is real."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from sottovoce.agent.desktop.naming import SURE, likeness_of
from sottovoce.agent.desktop.ports import (
    Act,
    Battery,
    Cannot,
    DesktopWindow,
    Level,
    Network,
    NothingHeld,
    Player,
    Status,
    Usage,
)
from sottovoce.agent.skills.desktop import desktop_skills
from sottovoce.agent.skills.opening import Opening
from sottovoce.agent.tools.questions import NotMeant, Question, SkillAnswer
from sottovoce.agent.tools.tools import Tool, ToolCall, Tools
from sottovoce.domain.contexts import UserContext
from sottovoce.domain.effects import Effect
from sottovoce.domain.said import Said, said
from tests.fakes_desktop import FIREFOX, HOME, MUSIC, FakeDesktop
from tests.unit.parts import Typed

if TYPE_CHECKING:
    from pathlib import Path

ME = UserContext(user_id="me")
PAUSED = Player(id="org.mpris.MediaPlayer2.vlc", name="VLC", status=Status.PAUSED, title="Cats")
STOPPED = Player(id="org.mpris.MediaPlayer2.old", name="Old", status=Status.STOPPED)


@dataclass
class Asking:
    """Asks tools of all the skills on one desktop."""

    fake: FakeDesktop

    def __post_init__(self) -> None:
        self.tools = Tools(desktop_skills(self.fake.desktop()))

    def tool(self, name: str) -> Tool:
        found = self.tools.get(name)
        assert found is not None
        return found

    async def ask(self, name: str, **words: str) -> Said:
        answer = await self.whole(ToolCall(name, {}, words))
        assert isinstance(answer, Said)
        return answer

    async def whole(self, call: ToolCall, text: str = "") -> object:
        tool, question = self.tool(call.name), Question(text=text, context=ME)
        instead = await tool.check(question, call) if tool.check else None
        return instead or await tool.run(question, call)

    async def run(self, name: str, **words: str) -> object:
        """What a tool says that was called without being checked."""
        return await self.tool(name).run(Question(text="", context=ME), ToolCall(name, {}, words))


@pytest.fixture
def fake() -> FakeDesktop:
    return FakeDesktop()


@pytest.fixture
def asking(fake: FakeDesktop) -> Asking:
    return Asking(fake)


@pytest.mark.parametrize(
    ("words", "done"),
    [
        ("firefox", "open firefox"),
        ("fire fox", "open firefox"),
        ("web browser", "open firefox"),
        ("browser", "open firefox"),
        ("image editor", "open gimp"),
        ("gimp", "open gimp"),
        ("word", "open libreoffice-writer"),
        ("vs code", "open code"),
        ("libre office writer", "open libreoffice-writer"),
        ("documents", "place documents"),
        ("example dot org slash news", "address https://example.org/news"),
        ("http://example.org", "address http://example.org"),
    ],
)
async def test_what_is_opened(asking: Asking, fake: FakeDesktop, words: str, done: str) -> None:
    await asking.ask("open.application", application=words)
    assert fake.done == [done]


@pytest.mark.parametrize("words", ["garage door", "can of beans", "door", "mind", "question", "budget.ods"])
async def test_what_is_no_program_is_not_meant(asking: Asking, fake: FakeDesktop, words: str) -> None:
    with pytest.raises(NotMeant):
        await asking.ask("open.application", application=words)
    assert fake.done == []


async def test_a_name_that_is_only_like_one_opens_nothing_and_names_it(asking: Asking, fake: FakeDesktop) -> None:
    assert likeness_of("up", "Up And Away") < SURE  # two letters are no part of a name
    assert await asking.ask("open.application", application="thunder") == said(
        "open-unknown-near", what="thunder", near="Thunderbird"
    )
    assert fake.done == []


async def test_a_program_that_went_meanwhile_is_unknown(asking: Asking, fake: FakeDesktop) -> None:
    assert await asking.run("open.application", application="garage door") == said("open-unknown", what="garage door")
    assert await asking.run("window.switch", application="spotify") == said("windows-not-open", what="Spotify")


async def test_where_nobody_knows_the_programs_that_is_told(asking: Asking, fake: FakeDesktop) -> None:
    fake.trouble = said("desktop-forbidden")
    assert await asking.ask("open.application", application="firefox") == said("desktop-forbidden")
    assert await asking.ask("window.list") == said("desktop-forbidden")
    assert await asking.ask("window.switch", application="firefox") == said("desktop-forbidden")


async def test_folders(asking: Asking, fake: FakeDesktop) -> None:
    assert await asking.ask("open.folder", folder="downloads") == said("open-place", place="downloads")
    assert await asking.ask("open.folder", folder="project") == said("open-shown", what="Projects")
    assert await asking.ask("open.folder", place="pictures") == said("open-place", place="pictures")
    assert await asking.ask("open.folder", folder="shoes") == said("open-no-folder", what="shoes")
    with pytest.raises(NotMeant):
        await asking.ask("open.folder", place="shoes")
    assert fake.done == ["place downloads", f"path {HOME / 'Projects'}", "place pictures"]


async def test_files(fake: FakeDesktop) -> None:
    async def find(topic: str, tag: str) -> Path | None:
        return HOME / "insurance.pdf" if topic == "insurance" and tag == "en" else None

    (tool,) = (one for one in Opening(fake.desktop(), find).tools if one.name == "open.file")
    question = Question(text="", context=ME)
    assert await tool.run(question, ToolCall("open.file", {}, {"file": "insurance"})) == said(
        "open-shown", what="insurance.pdf"
    )
    assert await tool.run(question, ToolCall("open.file", {}, {"file": "taxes"})) == said("open-no-file", topic="taxes")
    assert fake.done == [f"path {HOME / 'insurance.pdf'}"]


async def test_addresses(asking: Asking, fake: FakeDesktop) -> None:
    assert await asking.ask("open.address", address="wikipedia dot org") == said("open-shown", what="wikipedia.org")
    with pytest.raises(NotMeant):
        await asking.ask("open.address", address="the door")
    assert await asking.ask("open.file", file="taxes") == said("open-no-file", topic="taxes")


async def test_what_is_asked_before(asking: Asking) -> None:
    async def asked(name: str, **words: str) -> SkillAnswer | Said:
        confirm = asking.tool(name).confirm
        assert confirm is not None
        return await confirm(Question(text="", context=UserContext()), ToolCall(name, {}, words))

    assert await asked("open.application", application="firefox") == said("open-ask", what="firefox")
    assert await asked("open.address", address="example dot org") == said("open-ask", what="example.org")
    assert await asked("open.file", file="taxes") == said("open-ask-file", topic="taxes")
    assert await asked("open.close", application="firefox") == said("windows-ask-close", what="firefox")
    assert await asked("open.close") == said("windows-ask-close-this")
    assert await asked("window.switch", application="firefox") == said("windows-ask-switch", what="firefox")
    assert await asked("window.switch") == await asked("window.minimise") == said("windows-ask")
    assert await asked("window.close_all") == said("windows-ask-close-all")
    assert await asked("system.sleep") == said("system-ask-sleep")
    assert await asked("system.lock") == said("system-ask-lock")
    assert await asked("system.screenshot") == said("system-ask-screenshot")


def test_what_can_not_be_taken_back_is_always_asked(asking: Asking) -> None:
    always = {tool.name for tool in asking.tools if tool.effect is Effect.DESTROY}
    assert always == {"open.close", "window.close_all", "system.sleep"}
    once = {tool.name: tool.permission for tool in asking.tools if tool.permission}
    assert set(once.values()) == {"open", "windows", "screenshot", "lock"}
    assert all(tool.confirm for tool in asking.tools if tool.permission or tool.effect is Effect.DESTROY)


@pytest.mark.parametrize(
    ("tool", "words", "done"),
    [
        ("window.switch", {"application": "firefox"}, ["activate 2"]),
        ("window.switch", {"application": "gimp"}, ["activate 3"]),
        ("window.switch", {"application": "notes"}, ["activate 4"]),
        ("window.switch", {}, ["activate 2"]),
        ("window.minimise", {}, ["minimise 1"]),
        ("window.minimise", {"application": "terminal"}, ["minimise 4"]),
        ("window.maximise", {"application": "browser"}, ["maximise 2"]),
        ("window.desktop", {}, ["desktop"]),
        ("open.close", {"application": "gimp"}, ["close 3"]),
        ("open.close", {}, ["close 1"]),
        ("window.switch", {"application": "spotify"}, []),
    ],
)
async def test_windows(asking: Asking, fake: FakeDesktop, tool: str, words: dict[str, str], done: list[str]) -> None:
    await asking.ask(tool, **words)
    assert fake.done == done


async def test_windows_that_are_not_there(asking: Asking, fake: FakeDesktop) -> None:
    with pytest.raises(NotMeant):
        await asking.ask("window.switch", application="decaf")
    fake.windows = ()
    assert await asking.ask("window.switch") == said("windows-no-other")
    assert await asking.ask("window.minimise") == said("windows-none-in-front")
    assert await asking.ask("window.list") == said("windows-none")
    assert await asking.ask("open.close", application="firefox") == said("windows-not-open", what="Firefox")


async def test_a_window_of_an_unknown_program_is_found_by_its_title(asking: Asking, fake: FakeDesktop) -> None:
    fake.windows = (DesktopWindow(id=7, title="Tax Helper"), DesktopWindow(id=8, title="", application="Weather"))
    assert await asking.ask("open.close", application="tax helper") == said("windows-closed", what="tax helper")
    assert fake.done == ["close 7"]
    assert await asking.ask("window.list") == said("windows-list", names=("Tax Helper", "Weather"))


async def test_windows_have_titles_where_nobody_knows_the_programs(asking: Asking, fake: FakeDesktop) -> None:
    fake.no_menu = True
    assert await asking.ask("open.close", application="firefox") == said("windows-closed", what="firefox")
    assert fake.done == ["close 2"]


async def test_all_windows_are_closed(asking: Asking, fake: FakeDesktop) -> None:
    assert await asking.ask("window.close_all") == said("windows-all-closed")
    assert fake.done == ["close 1", "close 2", "close 3", "close 4"]
    fake.windows = ()
    assert await asking.ask("window.close_all") == said("windows-none")


async def test_what_is_not_done_for_safety_says_what_is(asking: Asking, fake: FakeDesktop) -> None:
    assert await asking.ask("system.off") == said("system-no-off")
    assert await asking.ask("system.radio") == said("system-no-radio")
    assert fake.done == []


async def test_a_well_known_program_that_is_not_here_is_named(asking: Asking, fake: FakeDesktop) -> None:
    for name in ("vlc", "Google Chrome", "settings"):
        assert await asking.ask("open.application", application=name) == said("open-unknown", what=name)
    assert fake.done == []


async def test_all_windows_of_a_program_are_closed_and_many_are_counted(asking: Asking, fake: FakeDesktop) -> None:
    fake.windows = tuple(DesktopWindow(id=number, title=f"page {number}", application="firefox") for number in range(8))
    await asking.ask("open.close", application=FIREFOX.name)
    assert fake.done == [f"close {number}" for number in range(8)]
    listed = await asking.ask("window.list")
    assert (listed.key, listed.facts["count"]) == ("windows-list-more", 2)


@pytest.mark.parametrize(
    ("tool", "text", "percent", "then"),
    [
        ("volume.up", "turn it up", None, 50),
        ("volume.up", "turn it up a bit", None, 45),
        ("volume.up", "turn it up a lot", None, 65),
        ("volume.up", "turn it up by twenty", 20, 60),
        ("volume.down", "turn it down by five percent", 5, 35),
        ("volume.down", "turn it down", None, 30),
        ("volume.set", "volume seventy", 70, 70),
        ("volume.set", "volume to half", None, 50),
        ("volume.set", "set the volume to full", None, 100),
        ("volume.set", "volume to zero", 0, 0),
        ("volume.set", "volume to the minimum", None, 0),
        ("volume.set", "volume three hundred", 300, 100),
        ("volume.most", "max volume", None, 100),
    ],
)
async def test_volume(asking: Asking, fake: FakeDesktop, tool: str, text: str, percent: int | None, then: int) -> None:
    await asking.whole(ToolCall(tool, {} if percent is None else {"percent": Fraction(percent)}), text)
    assert fake.loud == Level(then)


async def test_volume_is_told(asking: Asking, fake: FakeDesktop) -> None:
    assert await asking.ask("volume.tell") == said("volume-now", percent=40)
    assert await asking.ask("volume.mute") == said("volume-muted")
    assert await asking.ask("volume.tell") == said("volume-is-muted", percent=40)
    assert await asking.ask("volume.unmute") == said("volume-unmuted", percent=40)
    fake.loud = Level(95)
    assert await asking.ask("volume.up") == said("volume-most")


async def test_how_loud_is_asked_back(asking: Asking) -> None:
    for tool in ("volume.set", "brightness.set"):
        answer = await asking.whole(ToolCall(tool), "set it")
        assert isinstance(answer, SkillAnswer)
        assert answer.pending is not None
        assert (answer.pending.asked.tool, answer.pending.slot) == (tool, "percent")


async def test_what_plays_is_steered(asking: Asking, fake: FakeDesktop) -> None:
    fake.playing = (PAUSED, MUSIC)
    for tool in ("pause", "next", "previous", "forward", "back", "shuffle", "in_order", "again"):
        await asking.ask(f"media.{tool}")
    await asking.whole(ToolCall("media.forward", {"duration": timedelta(minutes=2)}, {"duration": "two minutes"}))
    assert fake.done == [
        "Pause Spotify",
        "keep paused",
        "Next Spotify",
        "Previous Spotify",
        "seek Spotify 10.0",
        "seek Spotify -10.0",
        "shuffle Spotify",
        "in order Spotify",
        "seek Spotify -100000.0",
        "seek Spotify 120.0",
    ]


async def test_a_paused_player_goes_on_rather_than_a_stopped_one(asking: Asking, fake: FakeDesktop) -> None:
    fake.playing = (STOPPED, PAUSED)
    assert await asking.ask("media.tell") == said(
        "media-is-paused", what=said("media-what-alone", title="Cats"), player="VLC"
    )
    assert await asking.ask("media.pause") == said("media-nothing-plays")
    await asking.ask("media.play")
    assert fake.done == ["Play VLC"]


async def test_while_players_are_held_pause_lasts_and_play_waits(asking: Asking, fake: FakeDesktop) -> None:
    held = Player(id=MUSIC.id, name="Spotify", status=Status.PAUSED, title="So What", artist="Miles")
    fake.playing, fake.held_now, fake.hold = (PAUSED, held), (held.id,), True
    what = said("media-what", title="So What", artist="Miles")
    assert await asking.ask("media.tell") == said("media-plays-what", what=what, player="Spotify")
    assert await asking.ask("media.play") == said("media-plays-what", what=what, player="Spotify")
    assert fake.done == []  # it goes on by itself
    assert await asking.ask("media.pause") == said("media-paused")
    assert fake.done == ["keep paused"]
    fake.held_now = ()
    await asking.ask("media.play")
    assert fake.done == ["keep paused", f"go on with {PAUSED.id}"]


async def test_where_nothing_plays(asking: Asking, fake: FakeDesktop) -> None:
    fake.playing = ()
    for tool in ("play", "pause", "next", "tell"):
        assert await asking.ask(f"media.{tool}") == said("media-none")
    fake.playing = (STOPPED,)
    assert await asking.ask("media.tell") == said("media-nothing-plays")
    assert await asking.ask("media.play") == said("media-plays", player="Old")


async def test_nobody_holds_players_without_an_application() -> None:
    nobody = NothingHeld()
    nobody.keep_paused()
    assert list(await nobody.held()) == []
    assert not nobody.go_on_with("any")


@pytest.mark.parametrize(
    ("battery", "key"),
    [
        (None, "system-no-battery"),
        (Battery(percent=80, charging=True), "system-charging"),
        (Battery(percent=80, charging=True, left_s=600), "system-charging-until"),
        (Battery(percent=10, charging=False), "system-battery"),
        (Battery(percent=80, charging=False, left_s=600), "system-battery-left"),
    ],
)
async def test_the_battery(asking: Asking, fake: FakeDesktop, battery: Battery | None, key: str) -> None:
    fake.battery_now = battery
    assert (await asking.ask("system.battery")).key == key


@pytest.mark.parametrize(
    ("network", "told"),
    [
        (Network(connected=False), said("system-offline")),
        (Network(connected=True), said("system-online")),
        (Network(connected=True, name="Attic", wireless=True), said("system-wireless", what="Attic")),
        (
            Network(connected=True, name="Attic", wireless=True, signal=60),
            said("system-wireless-signal", what="Attic", percent=60),
        ),
    ],
)
async def test_the_network(asking: Asking, fake: FakeDesktop, network: Network, told: Said) -> None:
    fake.network_now = network
    assert await asking.ask("system.network") == told
    assert await asking.ask("system.address") == said("system-offline")


async def test_what_the_machine_tells(asking: Asking, fake: FakeDesktop) -> None:
    assert await asking.ask("system.address") == said("system-addresses", addresses=("192.168.1.20",))
    assert await asking.ask("system.disk") == said("system-disk", free=120, total=500, how="enough")
    fake.share = Usage(free=4_200_000_000, total=500_000_000_000)
    assert await asking.ask("system.disk") == said("system-disk", free=4.2, total=500, how="little")
    assert await asking.ask("system.memory") == said("system-memory", free=4, total=16)
    assert await asking.ask("system.load") == said("system-load", percent=12)
    assert await asking.ask("system.uptime") == said("system-uptime", up_s=259_200.0)
    assert await asking.ask("brightness.tell") == said("system-brightness", percent=50)


async def test_what_the_machine_does(asking: Asking, fake: FakeDesktop) -> None:
    await asking.ask("brightness.up")
    await asking.whole(ToolCall("brightness.down"), "dim the screen a lot")
    await asking.whole(ToolCall("brightness.set", {"percent": Fraction(0)}), "brightness zero")
    await asking.ask("system.quiet")
    await asking.ask("system.not_quiet")
    await asking.ask("system.lock")
    await asking.ask("system.sleep")
    told = await asking.ask("system.screenshot")
    assert told == said("system-screenshot", folder="Screenshots", file="Screenshot 1.png")
    assert fake.done == [
        "brightness 60",
        "brightness 35",
        "brightness 5",
        "quiet",
        "not quiet",
        "lock",
        "sleep",
        "screenshot",
    ]


@pytest.mark.parametrize(
    ("act", "tool", "words"),
    [
        (Act.OPEN, "open.application", {"application": "firefox"}),
        (Act.OPEN, "window.minimise", {}),
        (Act.MEDIA, "volume.up", {}),
        (Act.MEDIA, "media.pause", {}),
        (Act.SYSTEM, "system.lock", {}),
        (Act.SYSTEM, "brightness.up", {}),
    ],
)
async def test_what_the_administrator_forbids(act: Act, tool: str, words: dict[str, str]) -> None:
    fake = FakeDesktop(forbidden=frozenset({act}))
    assert await Asking(fake).ask(tool, **words) == said("desktop-forbidden")
    assert fake.done == []
    assert (await Asking(fake).ask("system.disk")).key == "system-disk"


def test_everything_may_be_done_where_nobody_says_otherwise(fake: FakeDesktop) -> None:
    whole = fake.desktop()
    kept = type(whole)(
        applications=whole.applications,
        opener=whole.opener,
        windows=whole.windows,
        sound=whole.sound,
        media=whole.media,
        machine=whole.machine,
    )
    for act in Act:
        kept.refuse_forbidden(act)


async def test_what_is_not_meant_is_answered_as_if_nobody_could(fake: FakeDesktop) -> None:
    async with Typed(desktop_skills(fake.desktop())) as typed:
        answer = await typed.ask("open the garage door")
        assert answer.intent == "fallback"
        assert "garage" not in answer.reply
        assert (await typed.ask("open firefox")).reply == "Shall I open firefox?"
        assert fake.done == []
        assert (await typed.ask("yes")).reply.startswith("Opening Firefox.")
        assert fake.done == ["open firefox"]


def test_what_can_not_be_done_says_why() -> None:
    assert Cannot(said("desktop-forbidden")).said.key == "desktop-forbidden"
