"""Speech models: what is there, what can be had; install, import and remove one."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.models.library import ModelLibrary
from sottovoce.adapters.places import places
from sottovoce.adapters.policy_files import PolicySource, settings_under
from sottovoce.commands.asking import asker_of_command
from sottovoce.commands.printed import Printed, note
from sottovoce.commands.reach import tell_of_recovery_code, through_app
from sottovoce.domain.errors import AppSilent, NotRunning, UsageWrong
from sottovoce.domain.speech_models import Progress, Step, answered, language_name
from sottovoce.service_models import ModelService

if TYPE_CHECKING:
    import argparse

Json = dict[str, Any]

HOURS_S = 24 * 3600.0
"""The largest model over the slowest line; whoever has enough of it presses Ctrl+C."""
POLL_S = 0.5
"""Between two looks at how far the running application is."""

_WIDTH = 44
"""Of the line that changes: the longest text covers what stood there before."""
_STEPS = {
    Step.LOOKING_UP: "Looking up the checksum",
    Step.DOWNLOADING: "Downloading",
    Step.CHECKING: "Checking",
    Step.UNPACKING: "Unpacking",
    Step.PROVING: "Trying it out",
}


async def models(arguments: argparse.Namespace) -> Printed:
    """`models list|install NAME|import [PATH]|remove NAME`.

    Raises:
        UsageWrong: A name or path is missing, or there are too many.
        SottovoceError: It failed.
    """
    what, words = arguments.what, list(arguments.words)
    if what == "import" and not words:
        return _told_of_preinstalled(await _done("models.import-preinstalled", {}))
    if len(words) != (0 if what == "list" else 1) or not all(words):
        raise UsageWrong(f"`models {what}` needs {'no name' if what == 'list' else 'one name or path'}.")
    if arguments.refresh and what != "list":
        raise UsageWrong("`--refresh` goes with `models list`.")
    if what == "list":
        listed = await _done("models.list", {"refresh": arguments.refresh}, online=arguments.refresh)
        return Printed(_listing(listed, arguments.language), listed)
    if what == "remove":
        removed = await _done("models.remove", {"name": words[0]})
        return Printed(f"The model {removed['removed']} is removed.", removed)
    asked = {"name": words[0]} if what == "install" else {"path": _whole_path(words[0])}
    done = await _done(f"models.{what}", asked, online=what == "install")
    return Printed(_told_of(done["installed"]), done)


def _whole_path(text: str) -> str:
    try:
        return str(Path(text).expanduser().absolute())
    except RuntimeError:
        raise UsageWrong(f"There is no such user: {text}.") from None


async def _done(command: str, asked: Json, *, online: bool = False) -> Json:
    """In the running application, else here; what goes over the network opens the home, which notes what is sent."""
    shown = _Shown()
    try:
        try:
            return await _in_app(command, asked, shown)
        except NotRunning as nobody:
            if isinstance(nobody, AppSilent):
                raise
        if online:
            return await _in_home(command, asked, shown)
        found = places(os.environ)
        found.prepare()
        policies = PolicySource()
        library = ModelLibrary(found, settings_under(policies.now(), found), policies.now)
        try:
            return await ModelService(library, shown.tell).commands[command](asked)
        finally:
            await library.close()
    finally:
        shown.end()


async def _in_home(command: str, asked: Json, shown: _Shown) -> Json:
    from sottovoce.home import open_home  # noqa: PLC0415 - the database engine, when it is needed

    async with open_home(asker=asker_of_command(), maintain=False) as home:
        tell_of_recovery_code(home, command)
        return await ModelService(home.models, shown.tell).commands[command](asked)


async def _in_app(command: str, asked: Json, shown: _Shown) -> Json:
    task = asyncio.create_task(through_app(command, asked, reply_s=HOURS_S))
    try:
        while not (await asyncio.wait({task}, timeout=POLL_S))[0]:
            if command in {"models.install", "models.import", "models.import-preinstalled"}:
                shown.tell(_progress(await through_app("models.progress")))
        return dict(task.result())
    except asyncio.CancelledError:
        with contextlib.suppress(NotRunning):
            await through_app("models.cancel")
        raise
    finally:
        task.cancel()
        await asyncio.wait({task})
        if not task.cancelled():
            task.exception()  # told above, or of no more interest


def _progress(raw: Json) -> Progress | None:
    return Progress(Step(raw["step"]), raw["done_bytes"], raw["total_bytes"]) if raw["step"] else None


class _Shown:
    """How far it is, on stderr: in one line that changes where somebody looks, else a line for each step."""

    def __init__(self) -> None:
        self._step: Step | None = None
        self._line = sys.stderr.isatty()

    def tell(self, progress: Progress | None) -> None:
        """Show it."""
        if progress is None or progress.step not in _STEPS:
            return
        text = _STEPS[progress.step]
        if self._line:
            if progress.done_bytes:
                of = f" of {_size(progress.total_bytes)}" if progress.total_bytes else ""
                text += f" {_size(progress.done_bytes)}{of}"
            note(f"{text} …".ljust(_WIDTH), end="\r")
        elif progress.step is not self._step:
            note(f"{text} …")
        self._step = progress.step

    def end(self) -> None:
        """Go on below."""
        if self._line and self._step is not None:
            note("")


def _size(number: int) -> str:
    return f"{number / 1e9:.1f} GB" if number >= 1e9 else f"{number / 1e6:.0f} MB"  # noqa: PLR2004 - units


def _listing(listed: Json, language: str | None) -> str:
    lines, width = ["Installed:"], max(len(model["name"]) for model in listed["installed"])
    for model in listed["installed"]:
        marks = [word for word in ("shipped", "linked") if model[word]]
        marks += ["in use"] * model["in_use"] + ["not tried out yet"] * (not model["proven"] and not model["trouble"])
        told = model["trouble"] or ", ".join(marks)
        lines.append(f"  {_row(model, width)}  {told}")
    for one in listed["begun"]:
        ways = f"`sottovoce models install {one['name']}` goes on, `models remove` drops it"
        lines.append(f"Begun: {one['name']}, {_size(one['bytes'])} are there; {ways}.")
    there = {model["name"] for model in listed["installed"]}
    offered = [entry for entry in listed["catalogue"] if entry["name"] not in there and _is_in(entry, language)]
    lines.append("Can be installed:" if offered else "Nothing else can be installed.")
    width = max((len(entry["name"]) for entry in offered), default=0)
    lines += [f"  {_row(entry, width)}  {entry['good_for']}" for entry in offered]
    return "\n".join(line.rstrip() for line in lines)


def _is_in(entry: Json, language: str | None) -> bool:
    if language is None:
        return True
    wanted = language.strip().lower()
    return wanted in {entry["language"], entry["language"].partition("-")[0], language_name(entry["language"]).lower()}


def _row(model: Json, width: int) -> str:
    language = language_name(model["language"]) or "language unknown"
    size, licence = _size(model["size_bytes"]), model["licence"] or "licence unknown"
    return f"{model['name']:{width}}  {language:16}  {size:>7}  {licence}"


def _told_of_preinstalled(done: Json) -> Printed:
    imported = done["imported"]
    told = f"Installed: {', '.join(imported)}." if imported else "Every model that the policy names is here."
    return Printed(told, done)


def _told_of(model: Json) -> str:
    lines = [
        f"The model {model['name']} is installed and has been tried out.",
        f"To use it: `sottovoce settings set model {model['name']}`.",
    ]
    if not answered(model["language"]):
        name = language_name(model["language"])
        lines.append(f"It hears {name}; questions are answered in English only, so it is of use for `transcribe`.")
    if not model["licence"]:
        lines.append("Nothing in it tells under which licence it may be used.")
    return "\n".join(lines)
