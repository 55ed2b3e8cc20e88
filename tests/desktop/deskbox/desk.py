"""A private, throw-away Linux desktop of real parts: no hardware and no stand-ins.

Xvfb, openbox, a tray host, dunst, the Secret Service, and PulseAudio, or PipeWire in its place, with a virtual
microphone (source `virtmic`, which hears the sink `mic_in`) and a virtual speaker (sink `speaker`, heard at
`speaker.monitor`).
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, ClassVar, Self

from Xlib.display import Display

from tests import processes
from tests.desktop.deskbox import parts
from tests.desktop.deskbox.parts import DeskOptions, PartName
from tests.desktop.deskbox.screen import Screen
from tests.desktop.deskbox.seen import Seen
from tests.desktop.deskbox.sound import Sound
from tests.scratch import scratch
from tests.waiting import HANGS_S, wait_for

if TYPE_CHECKING:
    from tests.desktop.shell import Shell

KEYRING_PASSWORD = b"deskbox"
SERVICES = Path("/usr/share/dbus-1/services")
SCRIPTS = Path(__file__).parent / "bin"


class DeskError(Exception):
    """The desk, or a part of it, could not be started."""


class Desk:
    """One desktop, from `with Desk(options) as desk:` to the end of the block.

    Several may run at once and after one another, as root and as a plain user. Nothing stays: no process, no folder.
    """

    up: ClassVar[list["Desk"]] = []
    """Those that are being started or are there."""

    def __init__(self, options: DeskOptions | None = None) -> None:
        self.options = options or DeskOptions()
        # As high up as can be, because a socket's path has 108 bytes.
        self.root = Path(tempfile.mkdtemp(prefix="deskbox-", dir=scratch()))
        self.tied: Sequence[str] = processes.TIED
        """Put before each command: it ends with us, and belongs to whoever uses the desk."""
        self.logs: Path = self.options.logs or self.root / "logs"
        self.home = self.root / "home"
        self.env = self._environment()
        self.sound = Sound(self)
        self.seen = Seen(self)
        self.screen = Screen(self)
        self.shell: Shell | None = None
        """Runs Python's programs in here without loading them anew, where there is one."""
        self._parts: dict[str, subprocess.Popen[bytes]] = {}
        self._commands: list[subprocess.Popen[bytes]] = []
        self._guests = 0
        for folder in (*parts.HOMES.values(), "services", "run/pulse"):
            (self.root / folder).mkdir(parents=True, exist_ok=True, mode=0o700)
        self.logs.mkdir(parents=True, exist_ok=True, mode=0o700)

    def _environment(self) -> dict[str, str]:
        env = {name: value for name, value in os.environ.items() if not name.startswith(parts.FOREIGN)}
        env.update({name: f"{self.root}/{folder}" for name, folder in parts.HOMES.items()})
        env.update(
            parts.FIXED,
            PATH=f"{SCRIPTS}:{os.environ.get('PATH', os.defpath)}",
            DESKBOX=str(self.root),
            DBUS_SESSION_BUS_ADDRESS=f"unix:path={self.root}/run/bus",
            PULSE_SERVER=f"unix:{self.root}/run/pulse/native",
        )
        env.pop("DISPLAY", None)
        return env

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def give(self, path: Path) -> Path:
        """Let a file or folder that a test has made belong to the desk's user; returns it."""
        return path

    @contextlib.contextmanager
    def guest(self) -> Iterator[None]:
        """End at the end of the block what was started with `run` and `popen` inside it; the desk goes on."""
        self._guests += 1
        mark = f"DESKBOX_GUEST={self.root.name}-{self._guests}"
        self.env["DESKBOX_GUEST"] = mark.partition("=")[2]
        before = len(self._commands)
        try:
            yield
        finally:
            commands = self._commands[before:]
            del self._commands[before:], self.env["DESKBOX_GUEST"]
            self._end(mark, commands)

    def _end(self, mark: str, owned: Sequence[subprocess.Popen[bytes]]) -> None:
        """End what carries the mark in its environment or, where that is hidden, belongs to an owned session."""
        sessions = {process.pid for process in owned}
        processes.end(lambda: processes.marked_or_in(mark, sessions))
        for process in owned:
            process.wait(timeout=HANGS_S)
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    stream.close()
        processes.reap_adopted()

    # --- commands -----------------------------------------------------------------------------------------------------

    def run(
        self,
        *argv: str | Path,
        limit_s: float = HANGS_S,
        check: bool = True,
        stdin: str = "",
        env: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run a command in the desk to its end.

        Raises:
            subprocess.CalledProcessError: It failed and `check` is true.
            subprocess.TimeoutExpired: It took longer than `limit_s`; it is dead.
        """
        return subprocess.run(
            (*self.tied, *argv),
            env=self.env | dict(env or {}),
            input=stdin,
            capture_output=True,
            text=True,
            timeout=limit_s,
            check=check,
            cwd=self.root,
        )

    def python(
        self,
        *argv: str | Path,
        limit_s: float = HANGS_S,
        check: bool = True,
        stdin: str = "",
        env: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run `python ARGV…` (`-m MODULE …` or `-c PROGRAM …`) in the desk to its end.

        Raises:
            subprocess.CalledProcessError: As in `run`.
            subprocess.TimeoutExpired: The same.
        """
        if self.shell is None:
            return self.run(sys.executable, *argv, limit_s=limit_s, check=check, stdin=stdin, env=env)
        words = [os.fsdecode(word) for word in argv]
        ended = self.shell.run(words, self.env | dict(env or {}), self.root, stdin=stdin, limit_s=limit_s)
        if check:
            ended.check_returncode()
        return ended

    def command(
        self, *words: str | Path, env: Mapping[str, str], stdin: str = "", limit_s: float = HANGS_S
    ) -> subprocess.CompletedProcess[str]:
        """Run `sottovoce WORDS…` in the desk to its end, whatever its exit code.

        Raises:
            subprocess.TimeoutExpired: As in `run`.
        """
        argv = ("-m", "sottovoce", *words)
        if not words:  # the application: by the very door that its user takes
            return self.run(sys.executable, *argv, env=env, stdin=stdin, check=False, limit_s=limit_s)
        return self.python(*argv, env=env, stdin=stdin, check=False, limit_s=limit_s)

    def popen(
        self,
        *argv: str | Path,
        env: Mapping[str, str] | None = None,
        log: str = "",
        stdin: int = subprocess.DEVNULL,
        stdout: int | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start a command in the desk, in a session of its own; it ends with the desk at the latest.

        Args:
            argv: Command and arguments.
            env: Variables beyond the desk's.
            log: Its output goes to `desk.logs / f"{log}.log"`, by default named after the command.
            stdin: As in subprocess.Popen.
            stdout: The same; the log if None.
        """
        command = self._spawn(log or Path(argv[0]).name, argv, stdin=stdin, stdout=stdout, env=env)
        self._commands.append(command)
        return command

    def popen_python(
        self, *argv: str | Path, env: Mapping[str, str] | None = None, log: str, stdout: int | None = None
    ) -> subprocess.Popen[bytes]:
        """Start `python ARGV…` as `popen` does; it need not load anew what most programs load."""
        if self.shell is None:
            return self.popen(sys.executable, *argv, env=env, log=log, stdout=stdout)
        words = [os.fsdecode(word) for word in argv]
        with (self.logs / f"{log}.log").open("ab") as told, Path(os.devnull).open("rb") as nothing:
            streams = nothing.fileno(), told.fileno() if stdout is None else stdout, told.fileno()
            process = self.shell.popen(words, self.env | dict(env or {}), self.root, streams)
        self._commands.append(process)
        return process

    def log(self, name: str) -> str:
        """What a part or a command has written to its log so far."""
        with contextlib.suppress(FileNotFoundError):
            return (self.logs / f"{name}.log").read_text(errors="replace")
        return ""

    def _spawn(
        self,
        name: str,
        argv: Sequence[str | Path],
        *,
        stdin: int = subprocess.DEVNULL,
        stdout: int | None = None,
        env: Mapping[str, str] | None = None,
        pass_fds: Sequence[int] = (),
    ) -> subprocess.Popen[bytes]:
        with (self.logs / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                (*self.tied, *argv),
                env=self.env | dict(env or {}),
                stdin=stdin,
                stdout=log if stdout is None else stdout,
                stderr=log,
                cwd=self.root,
                start_new_session=True,
                pass_fds=pass_fds,
            )

    # --- parts --------------------------------------------------------------------------------------------------------

    def part(
        self,
        name: str,
        *argv: str,
        up: Callable[[], object] | None = None,
        stdin: int = subprocess.DEVNULL,
        stdout: int | None = None,
        pass_fds: Sequence[int] = (),
    ) -> subprocess.Popen[bytes]:
        """Start a part (again), and wait until it is `up`.

        Raises:
            DeskError: It ended, or was not up in time; its last words are in the text.
        """
        if former := self._parts.get(name):
            former.kill()
            former.wait()
        process = self._parts[name] = self._spawn(name, argv, stdin=stdin, stdout=stdout, pass_fds=pass_fds)
        if up is not None:
            self.await_part(name, up)
        return process

    def await_part(self, name: str, up: Callable[[], object]) -> None:
        """Wait until a part that was started is `up`.

        Raises:
            DeskError: As in `part`.
        """
        process = self._parts[name]
        with contextlib.suppress(TimeoutError):
            wait_for(lambda: process.poll() is not None or up())
        if process.poll() is not None or not up():
            raise DeskError(f"{name} did not come up (exit {process.poll()}):\n{self.log(name)[-800:]}")

    def pid(self, part: PartName) -> int:
        """The part's process id."""
        return self._parts[part].pid

    def freeze(self, part: PartName) -> None:
        """Stop a part as a hanging program would: it stays there and answers nobody."""
        os.kill(self.pid(part), signal.SIGSTOP)

    def thaw(self, part: PartName) -> None:
        """Let a frozen part go on."""
        os.kill(self.pid(part), signal.SIGCONT)

    def kill(self, part: PartName) -> None:
        """Take a part away at once, without a farewell."""
        self._parts[part].kill()
        self._parts[part].wait()

    def owned(self, name: str) -> bool:
        """Whether somebody owns this name on the desk's session bus."""
        bus = "org.freedesktop.DBus"
        query = ("dbus-send", "--print-reply=literal", f"--dest={bus}", "/", f"{bus}.NameHasOwner", f"string:{name}")
        return "true" in self.run(*query, check=False).stdout

    def tray_hosted(self) -> bool:
        """Whether an icon would find a tray."""
        if self.options.tray == "sni":
            return self.owned("org.kde.StatusNotifierWatcher")
        display = Display(self.env["DISPLAY"])
        try:
            return bool(display.get_selection_owner(display.intern_atom("_NET_SYSTEM_TRAY_S0")))
        finally:
            display.close()

    def lock_keyring(self) -> None:
        """Lock the collection, as the user or a time-out would."""
        service = "org.freedesktop.secrets", "/org/freedesktop/secrets", "org.freedesktop.Secret.Service.Lock"
        # `secret-tool lock` crashes in Debian 12.
        locked = f"array:objpath:{service[1]}/collection/login"
        self.run("dbus-send", "--print-reply", f"--dest={service[0]}", *service[1:], locked)

    # --- start and stop -----------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Start every part, each when what it needs is up.

        Raises:
            DeskError: Packages are missing, or a part did not come up.
        """
        self.check_packages()
        processes.adopt_orphans()
        self.up.append(self)
        self._start_screen()
        self._start_bus()
        if self.options.audio:
            self.sound.start()
        self._start_manager()
        if self.options.notifications:
            self._start_notifications()
        if self.options.keyring != "none":
            self.start_keyring()
        self._start_tray()
        if self.options.audio:
            self.sound.await_samples()

    def _start_manager(self) -> None:
        self.part("openbox", "openbox", up=self.screen.managed)

    def check_packages(self) -> None:
        """See that everything is installed.

        Raises:
            DeskError: Packages are missing.
        """
        if missing := parts.missing_packages(self.options):
            raise DeskError("the virtual desktop lacks: " + ", ".join(missing))

    def _start_screen(self) -> None:
        read_end, write_end = os.pipe()
        # X itself picks a free display: no race between desks that start together.
        argv = (
            "-displayfd",
            str(write_end),
            "-screen",
            "0",
            "1280x800x24",
            "-dpi",
            "96",
            "-nolisten",
            "tcp",
            "-noreset",
            "-r",  # no key repeats: who types may be held up between a press and its release (see `Fingers.repeating`)
        )
        try:
            self.part("Xvfb", "Xvfb", *argv, pass_fds=(write_end,))
        finally:
            os.close(write_end)
        # The whole line: X writes number and newline apart, and aborts if we close in between.
        with os.fdopen(read_end) as pipe:
            number = pipe.readline().strip()
        self.await_part("Xvfb", lambda: number)
        self.env["DISPLAY"] = f":{number}"

    def _start_bus(self) -> None:
        (self.root / "bus.conf").write_text(parts.BUS_CONFIG.format(root=self.root))
        services = ["org.a11y.Bus"]  # nothing else starts by being called: no surprises
        services += ["org.xfce.Xfconf"] if self.options.tray == "sni" else []
        services += ["org.gnome.keyring.SystemPrompter"] if self.options.prompter else []
        for name in services:
            source = SERVICES / f"{name}.service"
            if source.exists():
                # There is no systemd to ask in here: the bus must start the service itself.
                text = source.read_text().replace("SystemdService=", "#")
                (self.root / "services" / source.name).write_text(text)
        argv = ("dbus-daemon", f"--config-file={self.root}/bus.conf", "--nofork", "--nopidfile")
        self.part("dbus", *argv, up=lambda: self.owned("org.freedesktop.DBus"))

    def _start_notifications(self) -> None:
        config = self.root / "dunstrc"
        config.write_text(parts.DUNST_CONFIG)
        self.part("dunst", "dunst", "-config", str(config), up=lambda: self.owned("org.freedesktop.Notifications"))

    def start_keyring(self) -> None:
        """Start the Secret Service in the state the options say; also after it was killed."""
        unlock = [] if self.options.keyring == "new" else ["--unlock"]
        argv = ("gnome-keyring-daemon", "--foreground", "--components=secrets", *unlock)
        daemon = self.part("keyring", *argv, stdin=subprocess.PIPE)
        stdin: IO[bytes] | None = daemon.stdin
        if stdin is not None:
            with stdin:  # the password of the throw-away login keyring, ended by EOF
                stdin.write(KEYRING_PASSWORD)
        self.await_part("keyring", lambda: self.owned("org.freedesktop.secrets"))
        if self.options.keyring == "locked":
            self.lock_keyring()

    def _start_tray(self) -> None:
        if self.options.tray == "sni":
            config = self.home / ".config/xfce4/xfconf/xfce-perchannel-xml/xfce4-panel.xml"
            config.parent.mkdir(parents=True)
            config.write_text(parts.XFCE_CONFIG)
            self.part("tray", "xfce4-panel", "--disable-wm-check", up=self.tray_hosted)
        elif self.options.tray == "xembed":
            config = self.root / "tint2rc"
            config.write_text(parts.TINT2_CONFIG)
            self.part("tray", "tint2", "-c", str(config), up=self.tray_hosted)

    def stop(self) -> None:
        """End every process of the desk, whoever's child it is by now, and remove its folder. May be called again."""
        try:
            self._end(f"DESKBOX={self.root}", [*self._commands, *self._parts.values()])
        finally:
            self._commands.clear()
            self._parts.clear()
            if self in self.up:
                self.up.remove(self)
            if not self.options.keep:
                shutil.rmtree(self.root, ignore_errors=True)
        if self.options.keep:
            print("deskbox: kept", self.root, file=sys.stderr)  # noqa: T201 - asked for on the command line
