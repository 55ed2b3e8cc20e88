"""The command line's grammar, and the way from its words to a command."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import importlib
import logging
import os
import signal
import sys
from typing import TYPE_CHECKING, Any, Never

from sottovoce import __version__
from sottovoce.commands import asking
from sottovoce.commands.argparse_words import word_argparse
from sottovoce.commands.printed import Printed, drop, show, show_error, tell, write
from sottovoce.domain.errors import Interrupted, OutputUnwritable, SottovoceError, UsageWrong, to_user_error
from sottovoce.domain.said import said
from sottovoce.language import words
from sottovoce.operations.registry import COMMANDS, family

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from _typeshed import SupportsWrite

    from sottovoce.operations.declared import Family

    Command = Callable[[argparse.Namespace], Awaitable[Printed]]

log = logging.getLogger(__name__)

word_argparse()

INTERRUPTED = 130
"""Exit code of a command ended by Ctrl+C, as shells have it."""


class _ArgumentParser(argparse.ArgumentParser):
    """Wrong usage is told like any other failure; an option counts by its whole name only."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - argparse's own
        super().__init__(allow_abbrev=False, **options)
        self.examples = ""
        """The message of example lines."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:  # noqa: ANN401 - argparse's own
        """Take options wherever they stand: one before or between other words would else end the list of those."""
        if args is not None and self._subparsers is None:
            args = self._options_first(args)
        return super().parse_known_args(args, namespace)

    def _options_first(self, words: Sequence[str]) -> list[str]:
        options, others, rest = list[str](), list[str](), list(words)
        while rest:
            word = rest.pop(0)
            if word == "--":
                others += rest
                break
            if not self._is_option(word):
                others.append(word)
                continue
            options.append(word)
            action = self._option_string_actions.get(word)  # with "=", or unknown, it takes no other word
            if action and rest and (action.nargs is None or (action.nargs == "?" and not self._is_option(rest[0]))):
                options.append(rest.pop(0))
        return [*options, "--", *others] if others else options

    def _is_option(self, word: str) -> bool:
        """As argparse has it."""
        is_text = word in {"", "-"} or " " in word or self._negative_number_matcher.match(word)
        return word.startswith("-") and not is_text

    def format_help(self) -> str:
        """With examples, where there are any."""
        if not self.examples:
            return super().format_help()
        lines = (f"  {self.prog.partition(' ')[0]} {line}" for line in words(self.examples).splitlines())
        return "\n".join([super().format_help(), words("cli-examples"), *lines, ""])

    def print_help(self, file: SupportsWrite[str] | None = None) -> None:
        """Print it; an output that takes nothing is told as of any command."""
        if file is None:
            write(self.format_help().rstrip("\n"))
        else:
            super().print_help(file)

    def error(self, message: str) -> Never:
        sentence = f"{message[:1].upper()}{message[1:]}."
        raise UsageWrong(sentence, said("cli-see-help", command=self.prog))


def _everywhere() -> _ArgumentParser:
    """What every command takes."""
    everywhere = _ArgumentParser(add_help=False)
    # SUPPRESS: given before or after the command's name, it counts.
    everywhere.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=words("cli-json"))
    everywhere.add_argument(
        "--passphrase-stdin", action="store_true", default=argparse.SUPPRESS, help=words("cli-passphrase-stdin")
    )
    return everywhere


def grammar(called: str | None = None) -> argparse.ArgumentParser:
    """Every command with its arguments; of those that are not `called`, if one is, the name may be all.

    `run` holds `module:function` of the one called.
    """
    everywhere = _everywhere()
    parser = _ArgumentParser(
        prog="sottovoce", parents=[everywhere], description=words("cli-program"), epilog=words("cli-exit-codes")
    )
    parser.add_argument("--version", action="store_true", help=words("cli-version"))
    parser.add_argument("--autostart", action="store_true", help=words("cli-autostart"))
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_ArgumentParser)
    for name, command in COMMANDS.items():
        if command.help:
            _add_command(commands, name, everywhere, with_arguments=called in {None, name})
    return parser


def _add_command(
    commands: Any,  # noqa: ANN401 - argparse names it nowhere
    name: str,
    everywhere: _ArgumentParser,
    *,
    with_arguments: bool,
) -> None:
    text = words(COMMANDS[name].help)
    parser = commands.add_parser(name, parents=[everywhere], help=text, description=text)
    if with_arguments:
        from sottovoce.commands.asked import add_arguments  # noqa: PLC0415 - `--help` needs none of it

        parser.examples = COMMANDS[name].examples
        add_arguments(parser, _family(name), everywhere)


def _family(name: str) -> Family:
    """A command's operations; those of the command line alone stand beside it."""
    if COMMANDS[name].module:
        return family(name)
    module = name
    own: Family = importlib.import_module(f"sottovoce.commands.{module}").FAMILY
    return own


def run(words: Sequence[str], application: Callable[[], Printed]) -> int:
    """Run the command that `words` name.

    Args:
        words: The command line without the program's name.
        application: Runs the tray application to its end; called where no command is named.

    Returns:
        The exit code (see CONTRACT: 0 done, 1 failed, 2 wrong usage, 3 the user is needed).
    """
    options = words[: words.index("--")] if "--" in words else words  # behind it everything is text
    try:
        return _run(words, application, as_json="--json" in options)
    except BrokenPipeError:
        drop(sys.stdout)
        return 0  # who read our output has seen enough
    except OutputUnwritable as error:
        drop(sys.stdout)
        return tell(error, as_json=False)


def _run(words: Sequence[str], application: Callable[[], Printed], *, as_json: bool) -> int:
    try:
        if not words:  # the tray's icon waits for no grammar
            return show(application(), as_json=as_json)
        arguments = grammar(_called(words)).parse_args(words)
        if arguments.command is None and not arguments.version:
            may = not arguments.autostart or _may_start_by_itself()
            return show(application() if may else Printed("", {"ran": False}), as_json=as_json)
        return show(asyncio.run(_interruptible(_printed(arguments))), as_json=as_json)
    except (BrokenPipeError, OutputUnwritable):
        raise
    except SottovoceError as error:
        return tell(error, as_json=as_json)
    except (KeyboardInterrupt, asyncio.CancelledError):
        if as_json:
            show_error(Interrupted())
        return INTERRUPTED
    except Exception as error:
        log.exception("a command failed")
        return tell(to_user_error(error), as_json=as_json)


def _called(words: Sequence[str]) -> str:
    """The command, if there is one: no option before it takes a value."""
    return next((word for word in words if not word.startswith("-")), "")


def _may_start_by_itself() -> bool:
    """Whether the policy lets the application start with the session."""
    from sottovoce.adapters.policy_files import PolicySource  # noqa: PLC0415 - other commands need none of it

    allowed = PolicySource().now().autostart_allowed is not False
    if not allowed:
        log.info("the policy lets nothing start with the session")
    return allowed


def _log_as_decided() -> None:
    """Log as much as the policy says, if it says so, and in the form that the settings name."""
    from sottovoce.adapters.log_file import set_level, write_as  # noqa: PLC0415 - the tray's icon waits for neither
    from sottovoce.adapters.places import places  # noqa: PLC0415 - as above
    from sottovoce.adapters.policy_files import PolicySource  # noqa: PLC0415 - as above
    from sottovoce.adapters.settings_file import read_settings  # noqa: PLC0415 - as above

    if level := PolicySource().now().log_level:
        set_level(level)
    with contextlib.suppress(SottovoceError, OSError):  # told by what needs the settings
        write_as(read_settings(places(os.environ).settings_file).settings.log_format)


async def _printed(arguments: argparse.Namespace) -> Printed:
    if arguments.version:
        return Printed(f"sottovoce {__version__}", {"version": __version__})
    _log_as_decided()
    asking.use_stdin(wanted=getattr(arguments, "passphrase_stdin", False))
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
