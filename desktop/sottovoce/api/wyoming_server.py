"""The Wyoming protocol, by which Home Assistant and others have speech recognised and said, and ask what is meant.

It knows no keys. So it is served only where it is wanted by itself, on loopback alone, and to programs of this user and
root: the kernel says whose a connection is (Linux).
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import ipaddress
import json
import logging
import os
import sys
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.error import Error
from wyoming.event import Event, async_write_event
from wyoming.handle import Handled, NotHandled
from wyoming.info import (
    AsrModel,
    AsrProgram,
    Attribution,
    Describe,
    HandleModel,
    HandleProgram,
    Info,
    IntentModel,
    IntentProgram,
    TtsProgram,
    TtsVoice,
)
from wyoming.intent import Intent, NotRecognized, Recognize
from wyoming.ping import Ping, Pong
from wyoming.tts import Synthesize

from sottovoce.api.http_server import loopback_socket, written
from sottovoce.api.speech import voices
from sottovoce.domain.audio import SAMPLE_RATE_HZ
from sottovoce.domain.errors import ApiForbidden, ApiRequestWrong, ApiTooLarge, SottovoceError, to_user_error
from sottovoce.domain.turns import Source
from sottovoce.domain.version import VERSION
from sottovoce.memory.finish import finish
from sottovoce.operations.ask import AskText, ask_in_pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from wyoming.event import Eventable

    from sottovoce.api.ports import ApiHost
    from sottovoce.api.speech import ApiSpeech
    from sottovoce.operations.shapes import ReplyShown

log = logging.getLogger(__name__)

PIECE_BYTES: Final = 4096
"""Of speech, in one event."""
SAMPLE_WIDTHS: Final = frozenset({1, 2, 3, 4})
MOST_HZ: Final = 384_000


@dataclass(frozen=True, slots=True, kw_only=True)
class WyomingLimits:
    """How much clients may take."""

    clients: int = 16
    line_bytes: int = 65_536
    data_bytes: int = 1_000_000
    payload_bytes: int = 1_000_000
    sound_bytes: int = 32_000_000
    """Of one recording."""
    idle_s: float = 300.0
    """That a connection may stay open without a whole event."""
    send_s: float = 30.0
    """That a client may take nothing of an answer."""
    spoken_first_s: float = 20.0

    def __post_init__(self) -> None:
        """Refuse what would let nobody in."""
        if min(self.clients, self.line_bytes, self.data_bytes, self.payload_bytes, self.sound_bytes) <= 0:
            raise ValueError("every limit must be above 0")


class WyomingServer:
    """Serves it on a port of loopback."""

    def __init__(
        self,
        host: ApiHost,
        speech: ApiSpeech,
        limits: WyomingLimits | None = None,
        users: frozenset[int] | None = None,
    ) -> None:
        """Answer for `host`; to these users' programs, this user's and root's if None."""
        self._host = host
        self._speech = speech
        self._limits = limits or WyomingLimits()
        self._users = users
        self._server: asyncio.Server | None = None
        self._clients: set[asyncio.Task[None]] = set()

    async def open(self, host: str, port: int) -> str:
        """Listen; returns the address.

        Raises:
            ApiNotLocal, ApiUnservable: It can't be served there.
        """
        listening = loopback_socket(host, port)
        address = f"tcp://{written(host)}:{listening.getsockname()[1]}"
        self._server = await asyncio.start_server(self._serve, sock=listening, limit=self._limits.line_bytes)
        return address

    async def close(self) -> None:
        """Stop listening, and drop the clients. Idempotent."""
        server, self._server = self._server, None
        if server is not None:
            server.close()
        clients = set(self._clients)
        for client in clients:
            client.cancel()
        if clients:
            await finish(asyncio.wait(clients))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._clients.add(task)
            task.add_done_callback(self._clients.discard)
        try:
            if len(self._clients) <= self._limits.clients and self._may_ask(writer):
                await _Client(self._host, self._speech, self._limits, reader, writer).run()
                writer.close()
                async with asyncio.timeout(self._limits.send_s):
                    await writer.wait_closed()
        except (TimeoutError, OSError, asyncio.IncompleteReadError):
            log.debug("a client of Wyoming went away")
        except asyncio.CancelledError:
            pass  # we cancel only to close; the stream's own callback would log it as an error
        finally:
            writer.transport.abort()  # what its client does not take would be kept for ever

    def _may_ask(self, writer: asyncio.StreamWriter) -> bool:
        owner = owner_of(writer.get_extra_info("peername"), writer.get_extra_info("sockname"))
        return owner is None or owner in ({os.getuid(), 0} if self._users is None else self._users)


NOBODY: Final = -1
"""Of a connection that is not listed, or whose program has closed it: the kernel tells root for it, whoever it was."""
_USER, _INODE = 4, 6
"""Behind both ends in the kernel's tables; a socket without an inode has no program any more."""


def owner_of(peer: tuple[Any, ...], ours: tuple[Any, ...], tables: str = "/proc/net") -> int | None:
    """Whose the other end of a connection within this machine is; None where the kernel does not say (not Linux)."""
    theirs, here, owner = _in_table(peer), _in_table(ours), None
    for name in ("tcp", "tcp6"):
        with contextlib.suppress(OSError):
            table = (Path(tables) / name).read_text("ascii").splitlines()[1:]
            owner = NOBODY
            for _, local, remote, *more in map(str.split, table):
                if local in theirs and remote in here and more[_INODE] != "0":
                    return int(more[_USER])
    return owner


def _in_table(end: tuple[Any, ...]) -> tuple[str, str]:
    """An address and a port as the kernel's tables have them: as of IPv4, or, in a socket of IPv6, of its own."""
    packed = ipaddress.ip_address(end[0]).packed
    words = (packed[at : at + 4] for at in range(0, len(packed), 4))
    own = "".join(f"{int.from_bytes(word, sys.byteorder):08X}" for word in words)
    mapped = f"{0:016X}{int.from_bytes(bytes(2) + bytes([255, 255]), sys.byteorder):08X}"
    return f"{own}:{end[1]:04X}", f"{mapped}{own}:{end[1]:04X}"


async def read_event(reader: asyncio.StreamReader, limits: WyomingLimits) -> Event | None:
    """The next event; None at the end, or for what is none.

    Raises:
        IncompleteReadError: It ends in the middle.
    """
    try:
        head = json.loads(await reader.readline())
        data = await _read(reader, head.get("data_length"), limits.data_bytes)
        payload = await _read(reader, head.get("payload_length"), limits.payload_bytes)
        found = {**(head.get("data") or {}), **(json.loads(data) if data else {})}
        return Event(type=str(head["type"]), data=found, payload=payload or None)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, ApiTooLarge):
        return None


async def _read(reader: asyncio.StreamReader, length: Any, most: int) -> bytes:  # noqa: ANN401 - whatever JSON holds
    if length is None:
        return b""
    if type(length) is not int or not 0 <= length <= most:
        raise ApiTooLarge
    return await reader.readexactly(length)


class _Client:
    """One connection: events come, and are answered one after another."""

    def __init__(
        self,
        host: ApiHost,
        speech: ApiSpeech,
        limits: WyomingLimits,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self._host = host
        self._speech = speech
        self._limits = limits
        self._reader = reader
        self._writer = writer
        self._sound = bytearray()
        self._form: AudioStart | None = None
        self._conversation: str | None = None
        self._answers: Mapping[Callable[[str], bool], Callable[[Event], Any]] = {
            Describe.is_type: self._describe,
            Ping.is_type: self._ping,
            Transcribe.is_type: self._begin,
            AudioStart.is_type: self._audio_start,
            AudioChunk.is_type: self._audio_chunk,
            AudioStop.is_type: self._audio_stop,
            Synthesize.is_type: self._synthesize,
            Recognize.is_type: self._recognize,
            Transcript.is_type: self._handle,
        }

    async def run(self) -> None:
        """Until it goes away, or sends what is no event."""
        while (event := await self._next()) is not None:
            answer = next((answer for known, answer in self._answers.items() if known(event.type)), None)
            if answer is None:
                continue  # of a later version
            try:
                policy = self._host.home.policy
                if False in {policy.api_allowed, policy.wyoming_allowed}:  # it may say so only now
                    raise ApiForbidden  # noqa: TRY301 - told as any other error
                await answer(event)
            except (KeyError, TypeError, ValueError, AttributeError):
                return await self._send_error(ApiRequestWrong())
            except SottovoceError as error:
                await self._send_error(error)
            except (OSError, TimeoutError):
                raise
            except Exception as error:
                log.exception("a request failed")
                await self._send_error(to_user_error(error))
        return None

    async def _next(self) -> Event | None:
        """The next event; None at the end, or for what is none.

        Raises:
            TimeoutError: It did not come whole in time.
        """
        async with asyncio.timeout(self._limits.idle_s):
            return await read_event(self._reader, self._limits)

    async def _send(self, event: Eventable) -> None:
        async with asyncio.timeout(self._limits.send_s):
            await async_write_event(event.event(), self._writer)

    async def _send_error(self, error: SottovoceError) -> None:
        await self._send(Error(text=f"{error.sentence} {error.remedy}", code=error.code))

    async def _spoken_first(self) -> None:
        async with asyncio.timeout(self._limits.spoken_first_s):
            await self._host.spoken_first()

    # --- what it is ---------------------------------------------------------------------------------------------------

    async def _describe(self, _: Event) -> None:
        own: dict[str, Any] = {
            "name": "sottovoce",
            "attribution": Attribution(name="Sottovoce", url=""),
            "installed": True,
            "description": None,
            "version": VERSION,
        }
        spoken = voices()
        languages = list(spoken)
        await self._send(
            Info(
                asr=[AsrProgram(**own, models=[AsrModel(**own, languages=languages)])],
                tts=[
                    TtsProgram(
                        **own,
                        voices=[TtsVoice(**own | {"name": voice}, languages=[tag]) for tag, voice in spoken.items()],
                    )
                ],
                handle=[HandleProgram(**own, models=[HandleModel(**own, languages=languages)])],
                intent=[IntentProgram(**own, models=[IntentModel(**own, languages=languages)])],
            )
        )

    async def _ping(self, event: Event) -> None:
        await self._send(Pong(text=Ping.from_event(event).text))

    # --- speech to text -----------------------------------------------------------------------------------------------

    async def _begin(self, _: Event) -> None:
        self._sound.clear()
        self._form = None

    async def _audio_start(self, event: Event) -> None:
        self._sound.clear()
        self._form = AudioStart.from_event(event)
        form = self._form
        if form.width not in SAMPLE_WIDTHS or not 0 < form.rate <= MOST_HZ or form.channels not in {1, 2}:
            raise ValueError

    async def _audio_chunk(self, event: Event) -> None:
        self._sound += event.payload or b""
        if len(self._sound) > self._limits.sound_bytes:
            self._sound.clear()
            raise ApiTooLarge

    async def _audio_stop(self, _: Event) -> None:
        form, sound = self._form, bytes(self._sound)
        self._sound.clear()
        if form is None:
            raise ValueError
        whole = io.BytesIO()
        with wave.open(whole, "wb") as file:
            file.setnchannels(form.channels)
            file.setsampwidth(form.width)
            file.setframerate(form.rate)
            file.writeframes(sound)
        await self._spoken_first()
        heard = await self._speech.transcribed(whole.getvalue())
        await self._send(Transcript(text=heard.written, language=heard.language or None))

    # --- text to speech -----------------------------------------------------------------------------------------------

    async def _synthesize(self, event: Event) -> None:
        asked = Synthesize.from_event(event)
        language = (asked.voice.language or asked.voice.name or "") if asked.voice is not None else ""
        await self._spoken_first()
        pcm = await self._speech.pcm(str(asked.text), language)
        form = {"rate": SAMPLE_RATE_HZ, "width": 2, "channels": 1}
        await self._send(AudioStart(**form))
        for at in range(0, len(pcm), PIECE_BYTES):
            await self._send(AudioChunk(**form, audio=pcm[at : at + PIECE_BYTES]))
        await self._send(AudioStop())

    # --- what is meant ------------------------------------------------------------------------------------------------

    async def _recognize(self, event: Event) -> None:
        reply = await self._asked(Recognize.from_event(event).text)
        if reply.source == Source.FALLBACK:
            await self._send(NotRecognized(text=reply.reply))
        else:
            await self._send(Intent(name=reply.intent, text=reply.reply))

    async def _handle(self, event: Event) -> None:
        reply = await self._asked(Transcript.from_event(event).text)
        said = NotHandled(text=reply.reply) if reply.source == Source.FALLBACK else Handled(text=reply.reply)
        await self._send(said)

    async def _asked(self, text: str) -> ReplyShown:
        await self._spoken_first()
        asked = AskText(text=str(text), conversation=self._conversation)
        try:
            with self._host.using("ask"):
                reply = await ask_in_pieces(self._host.home, asked, lambda _piece: None, anew=True)
        finally:
            self._host.changed()
        self._conversation = reply.conversation
        return reply
