"""The command line's grammar, and the way from its words to a command."""

from __future__ import annotations

import argparse
import asyncio
import importlib
import logging
import os
import signal
import sys
from typing import TYPE_CHECKING, Never

from sottovoce import __version__
from sottovoce.commands.printed import Printed, show, tell
from sottovoce.domain.errors import SottovoceError, UsageWrong, told

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    Command = Callable[[argparse.Namespace], Awaitable[Printed]]

log = logging.getLogger(__name__)

INTERRUPTED = 130
"""Exit code of a command ended by Ctrl+C, as shells have it."""


class _Parser(argparse.ArgumentParser):
    """Wrong usage is told like any other failure."""

    def error(self, message: str) -> Never:
        sentence = f"{message[:1].upper()}{message[1:]}."
        raise UsageWrong(sentence, f"Run `{self.prog} --help` for the right form.")


def grammar() -> argparse.ArgumentParser:
    """Every command with its arguments; `run` holds `module:function` of the one called."""
    everywhere = _Parser(add_help=False)
    # SUPPRESS: given before or after the command's name, it counts.
    everywhere.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON object")
    parser = _Parser(
        prog="sottovoce",
        parents=[everywhere],
        description="A desktop voice assistant. Without a command: the tray application.",
        epilog="Exit codes: 0 done, 1 failed, 2 wrong usage, 3 you are needed (key, model or screen missing).",
    )
    parser.add_argument("--version", action="store_true", help="print the version")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)

    def command(name: str, run: str, text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, parents=[everywhere], help=text, description=text)
        added.set_defaults(run=run)
        return added

    command("demo", "demo:demo", "One whole turn on a throw-away home: needs no screen, microphone or keyring.")

    ask = command("ask", "ask:ask", "Answer a question that is typed.")
    ask.add_argument("text", nargs="+", metavar="TEXT", help="the question")
    _of_a_turn(ask)

    listen = command("listen", "ask:listen", "Answer a question that was recorded.")
    listen.add_argument("file", metavar="FILE.wav", help="the recording")
    _of_a_turn(listen)

    transcribe = command("transcribe", "transcribe:transcribe", "Print what is said in recordings; stores nothing.")
    transcribe.add_argument("files", nargs="+", metavar="FILE.wav", help="the recordings")

    history = command("history", "history:history", "What was said before, newest first.")
    history.add_argument("what", choices=("list", "search", "show"), nargs="?", default="list")
    history.add_argument("words", nargs="*", metavar="TEXT|ID", help="what to search for, or the conversation to show")
    history.add_argument("--limit", type=int, metavar="N", help="most rows")

    command("doctor", "doctor:doctor", "Check every part.")
    for name, text in {
        "press": "The key goes down: listen (to the running application).",
        "release": "The key comes up: answer.",
        "toggle": "Press, or release if it is listening.",
        "cancel": "Drop the turn and be silent.",
        "show": "Show the running application.",
        "quit": "End the running application.",
    }.items():
        command(name, "control:control", text)
    return parser


def _of_a_turn(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--user", metavar="U", help="whose conversation it is")
    parser.add_argument("--conversation", metavar="ID", help="go on with this conversation")
    parser.add_argument("--speak", action="store_true", help="say the answer aloud")


def run(words: Sequence[str], application: Callable[[], int]) -> int:
    """Run the command that `words` name.

    Args:
        words: The command line without the program's name.
        application: Runs the tray application; called where no command is named.

    Returns:
        The exit code (see CONTRACT: 0 done, 1 failed, 2 wrong usage, 3 the user is needed).
    """
    as_json = "--json" in words
    try:
        arguments = grammar().parse_args(words)
        if arguments.command is None and not arguments.version:
            return application()
        return show(asyncio.run(_interruptible(_printed(arguments))), as_json=as_json)
    except SottovoceError as error:
        return tell(error, as_json=as_json)
    except (KeyboardInterrupt, asyncio.CancelledError):
        return INTERRUPTED
    except BrokenPipeError:
        # Who read our output has seen enough; without this Python complains once more while it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        log.exception("a command failed")
        return tell(told(error), as_json=as_json)


async def _printed(arguments: argparse.Namespace) -> Printed:
    if arguments.version:
        return Printed(f"sottovoce {__version__}", {"version": __version__})
    # A command's libraries are loaded only when it is called: `sottovoce press` has to be quick.
    module, _, function = arguments.run.partition(":")
    command: Command = getattr(importlib.import_module(f"sottovoce.commands.{module}"), function)
    return await command(arguments)


async def _interruptible(command: Awaitable[Printed]) -> Printed:
    """SIGTERM ends a command like Ctrl+C: through every clean-up."""
    task = asyncio.current_task()
    if task and sys.platform != "win32":
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await command
