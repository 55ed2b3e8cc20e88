"""Fresh Debians in folders: made by debootstrap once, unpacked for each test, with nothing but the smallest set."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

MIRROR: Final = os.environ.get("BARE_MIRROR", "http://deb.debian.org/debian")
KEPT: Final = Path(os.environ.get("BARE_FOLDER", "/var/tmp/sottovoce-bare"))  # noqa: S108 - of root's own, told in ./dev
PATH: Final = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
USER: Final = "somebody"
NETWORK: Final = ("/etc/resolv.conf", "/etc/hosts", "/etc/ssl/certs/ca-certificates.crt")
PASSED_ON: Final = ("http_proxy", "https_proxy", "SSL_CERT_FILE", "PIP_CERT")
"""How this machine reaches the network is the surroundings', not the test's."""


class Root:
    """One Debian in a folder, mounted."""

    def __init__(self, folder: Path) -> None:
        """Of the folder."""
        self.folder = folder

    def run(
        self, *command: str, user: str = "root", stdin: str = "", code: int | None = 0, home: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run a command in it to its end.

        Args:
            command: The words.
            user: As whom.
            stdin: What it reads.
            code: With what it must end; None for whatever.
            home: `SOTTOVOCE_HOME`, if one is meant.

        Raises:
            AssertionError: It ended otherwise.
        """
        where = "/root" if user == "root" else f"/home/{user}"
        environment = {"PATH": PATH, "HOME": where, "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
        environment |= {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        environment |= {"SOTTOVOCE_HOME": home} if home else {}
        within = ["chroot", f"--userspec={user}", str(self.folder), *command]
        done = subprocess.run(within, env=environment, input=stdin, capture_output=True, text=True, check=False)
        assert code is None or done.returncode == code, f"{command}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done

    def path(self, place: str) -> Path:
        """A file of it, from outside."""
        return self.folder / place.lstrip("/")

    def bind(self, place: str | Path) -> None:
        """Let it see a folder of this machine, which it can't change, at the same place."""
        target = self.path(str(place))
        target.mkdir(parents=True, exist_ok=True)
        _run("mount", "--bind", str(place), str(target))
        _run("mount", "-o", "remount,ro,bind", str(target))


@contextlib.contextmanager
def fresh(suite: str, *, more: tuple[str, ...] = ()) -> Iterator[Root]:
    """A Debian of that name, fresh; gone at the end of the block.

    Args:
        suite: bookworm, trixie, …
        more: Packages to have installed beforehand.
    """
    folder = KEPT / f"package-{suite}"
    _clean_up(folder)
    folder.mkdir(parents=True)
    try:
        _run("tar", "-C", str(folder), "-xf", str(_tarball(suite)))
        root = Root(folder)
        _mount(folder)
        for file in filter(os.path.exists, NETWORK):
            root.path(file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, root.path(file))
        root.path("/etc/apt/apt.conf.d/99mirror").write_text('Acquire::Check-Valid-Until "false";\n')
        root.run("useradd", "--create-home", USER)
        root.run("apt-get", "-qq", "update")
        if more:
            root.run("apt-get", "-qq", "-y", "--no-install-recommends", "install", *more)
        yield root
    finally:
        _clean_up(folder)


def _tarball(suite: str) -> Path:
    """The suite's smallest set, as debootstrap made it when it was first asked for."""
    kept = KEPT / "kept" / f"{suite}.tar"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        making = KEPT / f"making-{suite}"
        shutil.rmtree(making, ignore_errors=True)
        scripts = Path("/usr/share/debootstrap/scripts")
        script = scripts / (suite if (scripts / suite).exists() else "sid")  # newer than this debootstrap
        _run("debootstrap", "--variant=minbase", "--include=ca-certificates", suite, str(making), MIRROR, str(script))
        _run("tar", "-C", str(making), "-cf", f"{kept}.new", ".")
        shutil.rmtree(making)
        Path(f"{kept}.new").replace(kept)
    return kept


def _mount(folder: Path) -> None:
    _run("mount", "-t", "proc", "proc", str(folder / "proc"))
    _run("mount", "-t", "sysfs", "sys", str(folder / "sys"))
    _run("mount", "-t", "tmpfs", "-o", "mode=755", "dev", str(folder / "dev"))
    for node in ("null", "zero", "full", "random", "urandom", "tty"):
        _run("cp", "-a", f"/dev/{node}", str(folder / "dev" / node))
        (folder / "dev" / node).chmod(0o666)  # whatever this machine's own are
    for name in ("pts", "shm"):
        (folder / "dev" / name).mkdir()
    _run("mount", "-t", "devpts", "-o", "newinstance,ptmxmode=0666", "devpts", str(folder / "dev/pts"))
    _run("mount", "-t", "tmpfs", "shm", str(folder / "dev/shm"))
    (folder / "dev/ptmx").symlink_to("pts/ptmx")
    (folder / "dev/fd").symlink_to("/proc/self/fd")
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        (folder / "dev" / name).symlink_to(f"/proc/self/fd/{number}")


def _clean_up(folder: Path) -> None:
    mounted = [line.split()[1] for line in Path("/proc/mounts").read_text().splitlines()]
    for place in reversed([one for one in mounted if one.startswith(f"{folder}/")]):  # the last may hide others
        subprocess.run(["umount", "-l", place], check=True)
    subprocess.run(["rm", "-rf", "--one-file-system", str(folder)], check=True)


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
