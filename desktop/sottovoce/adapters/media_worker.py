"""A helper process that pauses or lowers what other programs play, and gives it back, also when its parent is gone.

JSON lines on stdin: first `{"file"}`, where lowered volumes are noted; then `{"hold": "pause" | "lower"}` and
`{"release": true}`. `{"tell": N}` is answered on stdout by `{"tell": N, "held": [players]}`; `{"keep": true}` leaves
those players paused for good, and `{"add": PLAYER}` lets one more go on. The end of stdin releases, too. Only what was
playing goes on, and a volume is set back only where it is still the lowered one: what the user has done counts.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jeepney import DBusAddress, MessageType, Properties, new_method_call
from jeepney.io.blocking import open_dbus_connection

from sottovoce.adapters.pulse import Pulse, ServerSilent

if TYPE_CHECKING:
    from jeepney.io.blocking import DBusConnection

    from sottovoce.adapters.pulse import Playing

LOWERED: Final = 0.4
"""Of a stream's volume: -24 dB on PulseAudio's scale, still to be heard behind a voice."""
NEVER: Final = frozenset({"phone", "a11y"})
"""Roles of streams that are left alone: a call, and a screen reader."""
ANSWER_S: Final = 0.3
"""Longest wait for one player."""

_PLAYERS: Final = "org.mpris.MediaPlayer2."
_PATH: Final = "/org/mpris/MediaPlayer2"
_INTERFACE: Final = "org.mpris.MediaPlayer2.Player"
_BUS: Final = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")


class Players:
    """Programs that can be paused (MPRIS)."""

    def __init__(self) -> None:
        """Nothing is paused."""
        self._paused: list[str] = []

    def pause(self) -> None:
        """Pause the players that play."""
        with contextlib.suppress(OSError, KeyError, ValueError), open_dbus_connection("SESSION") as bus:
            for name in self._asked(bus, new_method_call(_BUS, "ListNames")) or ():
                if name.startswith(_PLAYERS) and self._status(bus, name) == "Playing":
                    self._paused.append(name)
                    self._asked(bus, new_method_call(_player(name), "Pause"))

    @property
    def held(self) -> list[str]:
        """Those that are to go on."""
        return list(self._paused)

    def keep(self) -> None:
        """Let none of them go on."""
        self._paused.clear()

    def add(self, name: str) -> None:
        """Let this one go on with the others."""
        if name not in self._paused:
            self._paused.append(name)

    def go_on(self) -> None:
        """Let those go on that are as we left them."""
        names, self._paused = self._paused, []
        if names:
            with contextlib.suppress(OSError, KeyError, ValueError), open_dbus_connection("SESSION") as bus:
                for name in names:
                    if self._status(bus, name) == "Paused":
                        self._asked(bus, new_method_call(_player(name), "Play"))

    def _status(self, bus: DBusConnection, name: str) -> str:
        found = self._asked(bus, Properties(_player(name)).get("PlaybackStatus"))
        return str(found[1]) if found else ""

    def _asked(self, bus: DBusConnection, message: Any) -> Any:  # noqa: ANN401 - whatever the method returns
        """The first value of the answer; None if there is none in time."""
        try:
            answer = bus.send_and_get_reply(message, timeout=ANSWER_S)
        except TimeoutError:
            return None
        good = answer.header.message_type is MessageType.method_return
        return answer.body[0] if good and answer.body else None


def _player(name: str) -> DBusAddress:
    return DBusAddress(_PATH, bus_name=name, interface=_INTERFACE)


class Streams:
    """What is played into the sound server."""

    def __init__(self, file: Path) -> None:
        """`file` notes what is lowered, for who comes after a process that was killed."""
        self._file = file

    def lower(self) -> None:
        """Lower what is heard, but for our own voice."""
        with contextlib.suppress(ServerSilent), Pulse() as server:
            held: list[dict[str, Any]] = [
                {"index": stream.index, "process": stream.process, "volumes": stream.volumes, "lowered": lowered}
                for stream in server.playing()
                if stream.role not in NEVER and not _ours(stream) and (lowered := _lowered(stream)) != stream.volumes
            ]
            if held:
                self._note(held)
            for one in held:
                server.set_volumes(one["index"], one["lowered"])

    def give_back(self) -> None:
        """Set back what is still as it was lowered."""
        held = self._noted()
        if not held:
            return
        with contextlib.suppress(ServerSilent), Pulse() as server:
            now = {(stream.index, stream.process): stream.volumes for stream in server.playing()}
            for one in held:
                if now.get((one["index"], one["process"])) == tuple(one["lowered"]):
                    server.set_volumes(one["index"], tuple(one["volumes"]))
        self._file.unlink(missing_ok=True)

    def _note(self, held: list[dict[str, Any]]) -> None:
        with contextlib.suppress(OSError):
            self._file.touch(mode=0o600)
            self._file.write_text(json.dumps(held))

    def _noted(self) -> list[dict[str, Any]]:
        try:
            return list(json.loads(self._file.read_text()))
        except (OSError, ValueError):
            return []


def _lowered(stream: Playing) -> tuple[int, ...]:
    return tuple(int(volume * LOWERED) for volume in stream.volumes)


def _ours(stream: Playing) -> bool:
    """Whether it is the application's own, or that of a process it has started."""
    parent = os.getppid()
    try:
        fields = Path(f"/proc/{stream.process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return False
    return parent in {stream.process, int(fields[1])}


def _do(asked: dict[str, Any], players: Players, streams: Streams) -> None:
    match asked:
        case {"hold": "pause"}:
            players.pause()
        case {"hold": "lower"}:
            streams.lower()
        case {"tell": number}:
            sys.stdout.write(json.dumps({"tell": number, "held": players.held}) + "\n")
            sys.stdout.flush()
        case {"keep": True}:
            players.keep()
        case {"add": str(name)}:
            players.add(name)
        case _:
            players.go_on()
            streams.give_back()


def main() -> int:
    """Do what is asked for until there is nobody to ask."""
    first = sys.stdin.buffer.readline()
    if not first:
        return 0
    players, streams = Players(), Streams(Path(json.loads(first)["file"]))
    streams.give_back()
    for line in sys.stdin.buffer:
        _do(json.loads(line), players, streams)
    players.go_on()
    streams.give_back()
    return 0


if __name__ == "__main__":
    sys.exit(main())
