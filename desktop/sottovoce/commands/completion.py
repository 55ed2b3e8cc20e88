"""`completion`: what a shell needs to complete the command line, made of its grammar."""

import argparse
import enum
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

from sottovoce.domain.effects import Effect
from sottovoce.language import words
from sottovoce.operations.declared import Face, Family, Needs, Positional
from sottovoce.operations.values import Asks, Values, values

if TYPE_CHECKING:
    from sottovoce.adapters.places import Places

PROGRAM: Final = "sottovoce"
SHELLS: Final = ("bash", "zsh", "fish")


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletedOption:
    """One option of a command."""

    names: tuple[str, ...]
    """As they are typed, `--limit`."""
    value: str
    """What its value is called; empty if it takes none."""
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletedCommand:
    """One command, or the program itself where none is named."""

    name: str
    help: str
    words: tuple[str, ...]
    """What its first argument can be, if that is one of few."""
    argument: str
    """What its (further) arguments are called; empty if it takes none."""
    options: tuple[CompletedOption, ...]

    @property
    def takes_files(self) -> bool:
        """Whether an argument is the path of something."""
        return any(word in self.argument for word in ("FILE", "FOLDER", "PATH"))


def commands_of(parser: argparse.ArgumentParser) -> tuple[CompletedCommand, ...]:
    """Everything a parser knows: the program itself first, under an empty name, then each command."""
    every = next(action for action in parser._actions if isinstance(action, argparse._SubParsersAction))  # noqa: SLF001
    helps = {choice.dest: choice.help or "" for choice in every._choices_actions}  # noqa: SLF001
    itself = CompletedCommand(
        name="", help=parser.description or "", words=tuple(every.choices), argument="", options=tuple(_options(parser))
    )
    return (itself, *(_command(name, helps[name], below) for name, below in every.choices.items()))


def _command(name: str, text: str, parser: argparse.ArgumentParser) -> CompletedCommand:
    arguments = [one for one in parser._actions if not one.option_strings]  # noqa: SLF001 - argparse has no other way
    choices = [one for one in arguments if one.choices is not None]
    return CompletedCommand(
        name=name,
        help=text,
        words=tuple(str(word) for one in choices for word in one.choices or ()),
        argument=" ".join(str(one.metavar or one.dest) for one in arguments if one.choices is None),
        options=tuple(_options(parser)),
    )


def _options(parser: argparse.ArgumentParser) -> Iterator[CompletedOption]:
    for action in parser._actions:  # noqa: SLF001 - as above
        if action.option_strings:
            value = "" if action.nargs == 0 else str(action.metavar or action.dest)
            yield CompletedOption(names=tuple(action.option_strings), value=value, help=action.help or "")


def script(shell: str, commands: tuple[CompletedCommand, ...]) -> str:
    """What `shell` reads to complete `commands`."""
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell](commands)


def _bash(commands: tuple[CompletedCommand, ...]) -> str:
    cases = [f"    {one.name or chr(39) * 2}) words='{' '.join(_offered(one))}' ;;" for one in commands]
    return "\n".join(
        [
            f"# {words('clicompletion-of', name='bash', program=PROGRAM)}",
            f"_{PROGRAM}() {{",
            "  local command= words= i",
            "  for ((i = 1; i < COMP_CWORD; i++)); do",
            "    case ${COMP_WORDS[i]} in -*) ;; *) command=${COMP_WORDS[i]}; break ;; esac",
            "  done",
            "  case $command in",
            *cases,
            "  esac",
            '  mapfile -t COMPREPLY < <(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}")',
            "}",
            f"complete -o bashdefault -o default -F _{PROGRAM} {PROGRAM}",
        ]
    )


def _offered(command: CompletedCommand) -> tuple[str, ...]:
    return (*command.words, *(name for option in command.options for name in option.names))


def _zsh(commands: tuple[CompletedCommand, ...]) -> str:
    itself, *named = commands
    lines = [f"#compdef {PROGRAM}", "", f"_{PROGRAM}() {{", "  local -a commands", "  commands=("]
    lines += [f"    {_quoted(f'{one.name}:{one.help}')}" for one in named]
    lines += ["  )", "  if (( CURRENT == 2 )); then", "    _describe command commands"]
    lines += [f"    _arguments {_zsh_options(itself)}", "    return", "  fi", "  local command=$words[2]"]
    lines += ["  shift words", "  (( CURRENT-- ))", "  case $command in"]
    for one in named:
        first = [_quoted(f"1:what:({' '.join(one.words)})")] if one.words else []
        rest = [_quoted(f"*:{_colonless(one.argument)}:{'_files' if one.takes_files else ' '}")] if one.argument else []
        lines.append(f"    {one.name}) _arguments {' '.join([_zsh_options(one), *first, *rest])} ;;")
    return "\n".join([*lines, "  esac", "}", "", f'_{PROGRAM} "$@"'])


def _zsh_options(command: CompletedCommand) -> str:
    specs = []
    for option in command.options:
        value = f":{_colonless(option.value)}:{'_files' if 'FILE' in option.value else ' '}" if option.value else ""
        text = option.help.replace("[", "(").replace("]", ")")
        specs += [_quoted(f"{name}[{text}]{value}") for name in option.names]
    return " ".join(specs)


def _colonless(text: str) -> str:
    return text.replace(":", " ")


def _fish(commands: tuple[CompletedCommand, ...]) -> str:
    itself, *named = commands
    lines = [f"# {words('clicompletion-of', name='fish', program=PROGRAM)}", f"complete -c {PROGRAM} -f"]
    lines += [_fish_option(option, "__fish_use_subcommand") for option in itself.options]
    for one in named:
        seen = f"__fish_seen_subcommand_from {one.name}"
        lines.append(f"complete -c {PROGRAM} -n __fish_use_subcommand -a {one.name} -d {_quoted(one.help)}")
        if one.words:
            alone = f"{seen}; and not __fish_seen_subcommand_from {' '.join(one.words)}"
            lines.append(f"complete -c {PROGRAM} -n '{alone}' -a '{' '.join(one.words)}'")
        if one.takes_files:
            lines.append(f"complete -c {PROGRAM} -n '{seen}' -F")
        lines += [_fish_option(option, seen) for option in one.options]
    return "\n".join(lines)


def _fish_option(option: CompletedOption, condition: str) -> str:
    names = " ".join(f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names)
    takes = " -r" + (" -F" if "FILE" in option.value else "") if option.value else ""
    return f"complete -c {PROGRAM} -n '{condition}' {names}{takes} -d {_quoted(option.help)}"


def _quoted(text: str) -> str:
    """One word of a shell; fish knows no other quote within quotes than an escaped one."""
    return "'" + text.replace("'", "’") + "'"


# --- the command ------------------------------------------------------------------------------------------------------

FAMILY: Final = Family("completion")
"""Declared as every command, but here: it is the command line's alone."""


class Shell(enum.StrEnum):
    """What can complete."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


@values
class Script(Values):
    """What a shell reads to complete the command line."""

    shell: Shell
    script: str


@values
class MakeScript(Asks[Script]):
    """What a shell reads to complete the command line."""

    shell: Annotated[Shell, Positional()]


@FAMILY.operation(
    "completion",
    MakeScript,
    Script,
    effect=Effect.READ,
    needs=Needs.NOTHING,
    faces=Face.LINE,
    prints=lambda answered: answered.script,
)
async def make_script(_: "Places", asked: MakeScript) -> Script:
    """Make it of the grammar."""
    from sottovoce.commands.line import grammar  # noqa: PLC0415 - the grammar names this module

    return Script(shell=asked.shell, script=script(asked.shell, commands_of(grammar())))
