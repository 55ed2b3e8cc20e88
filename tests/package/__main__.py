"""`./dev package-test [SUITE…]`: what `./dev package` made, tried where nothing else is. Root only: it mounts.

Without a suite: bookworm, trixie. What it looks at lies in dist/; a deb of an earlier number is made of the same tree,
to be upgraded from. Every step prints one line with its figures; the first that fails ends it with 1.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from installer import contents
from tests.package import families, forbidding, images, old_homes, roots, starts, windows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT: Final = Path(__file__).parents[2]
DIST: Final = Path(os.environ.get("PACKAGE_FOLDER", ROOT / "dist"))
SUITES: Final = ("bookworm", "trixie")
MOST_DEB_MB: Final = 150
MOST_INSTALLED_MB: Final = 400
LARGE_MB: Final = 2
API_PORT: Final = 18719
WITHIN_S: Final = 60.0
"""Until the API of a program that starts answers."""
NEEDS_ON_A_SERVER: Final = {"keyring", "microphone"}
"""Checks of the doctor that can't be well where there is neither sound nor a session."""
OF_BUNDLES: Final = frozenset(
    {
        *("files-duplicated-waste", "incorrect-fsf-address", "invalid-soname", "library-without-ldconfig-postin"),
        *("library-without-ldconfig-postun", "missing-call-to-setgroups-before-setuid", "missing-hash-section"),
        *("no-changelogname-tag", "no-signature", "non-versioned-file-in-library-package"),
        *("shared-library-not-executable", "shared-library-without-dependency-information", "uncompressed-zip"),
    }
)
"""What rpmlint says of libraries as their makers built them, in a folder of their own; and of a build without keys."""
MOST_WASTED_BYTES: Final = 500_000
"""Of files that are there twice: time zones have old names beside the new."""
UNUSED: Final = re.compile("|".join(contents.UNUSED_FILES))
ALLOWED_TAGS: Final = ("no-manual-page", "initial-upload-closes-no-bugs")


def main() -> int:
    """Do every step; returns the exit code."""
    if os.geteuid() != 0:
        say("only root may make a root folder and mount in it")
        return 3
    suites = tuple(sys.argv[1:]) or SUITES
    deb, rpm = the("*.deb"), the("*.rpm")
    with tempfile.TemporaryDirectory(prefix="package-test-") as made:
        earlier = _earlier(Path(made))
        _lint(deb)
        _sizes(deb)
        _rpm(rpm)
        starts.check(deb, Path(made), say)
        images.check(Path(made), say)
        for package in (the("*.whl"), the("*.tar.gz")):
            _by_pip(package, Path(made))
        for suite in suites:
            with roots.fresh(suite) as root:
                _in_root(root, suite, deb, earlier)
    _spoken_turn(deb)
    if shutil.which("wine") and shutil.which("wixl") and shutil.which("makensis"):
        windows.check(say)
    else:
        say("Windows' packages are not looked at: wine, wixl or makensis is not here")
    say("all is well")
    return 0


def say(text: str) -> None:
    """One line of the report."""
    print(text, flush=True)


def the(pattern: str) -> Path:
    """The newest file of `./dev package` of that kind."""
    found = sorted(
        (one for one in DIST.glob(pattern) if "-model-" not in one.name), key=lambda one: one.stat().st_mtime
    )
    if not found:
        say(f"there is no {pattern} in {DIST}: run ./dev package first")
        raise SystemExit(3)
    return found[-1]


def output(*command: str, code: int = 0) -> str:
    """What a command prints, having ended with `code`."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == code, f"{command}: {done.returncode}\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
    return done.stdout


def _earlier(folder: Path) -> Path:
    """A deb of an earlier number, made of the same tree."""
    subprocess.run(
        ["./dev", "package", "deb", "--keep-tree", "--fast", "--version", "0.0.9", "--out", str(folder)],
        cwd=ROOT, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return next(folder.glob("*.deb"))


# --- what can be seen without installing ------------------------------------------------------------------------------


def _lint(deb: Path) -> None:
    told = output("lintian", "--no-tag-display-limit", "--suppress-tags", ",".join(ALLOWED_TAGS), str(deb))
    assert not re.findall(r"^[EW]: .*", told, re.MULTILINE), told
    with tempfile.TemporaryDirectory() as folder:
        output("dpkg-deb", "-x", str(deb), folder)
        root = Path(folder)
        for entry in (*root.glob("usr/share/applications/*"), *root.glob("etc/xdg/autostart/*")):
            assert output("desktop-file-validate", str(entry)) == ""
        (metainfo,) = root.glob("usr/share/metainfo/*")
        output("appstreamcli", "validate", "--no-net", "--explain", str(metainfo))
        page = output("man", "--warnings", "-l", str(root / "usr/share/man/man1/sottovoce.1.gz"))
        assert "recovery" in page
        _no_trace_of_the_builder(root)
        _whole(root / "usr/lib/sottovoce")
    say(f"lintian, desktop-file-validate, appstreamcli, man: nothing to say of {deb.name}")


def _no_trace_of_the_builder(root: Path) -> None:
    """No run path leads out of the package, and no file names the checkout."""
    for file in (one for one in root.rglob("*") if one.is_file() and not one.is_symlink()):
        content = file.read_bytes()
        assert str(ROOT).encode() not in content, f"{file} names {ROOT}"
        if content.startswith(b"\x7fELF"):
            told = output("objdump", "-p", str(file))
            paths = re.findall(r"R(?:UN)?PATH\s+(\S+)", told)
            assert all(part.startswith("$ORIGIN") for path in paths for part in path.split(":")), f"{file}: {paths}"


def _whole(tree: Path) -> None:
    """Every file that the program reads is there, and all of its code as byte code: nothing is compiled at a start."""
    inside = tree / "_internal"
    missing = [str(file) for file in _read_files() if not (inside / file).is_file()]
    assert not missing, missing
    loose = [str(file.relative_to(tree)) for file in tree.rglob("*.py*") if file.suffix in {".py", ".pyc"}]
    assert not loose, loose


def _read_files() -> Iterator[Path]:
    """What the program reads, as it lies in the tree: pictures, sounds, models, words and grammars of each language."""
    for kept, place in ((ROOT / "resources", "sottovoce/resources"), (ROOT / "desktop/sottovoce", "sottovoce")):
        for file in sorted(one for one in kept.rglob("*") if one.is_file()):
            found = Path(place) / file.relative_to(kept)
            if file.suffix not in {".py", ".pyc"} and not UNUSED.match(found.as_posix()):
                yield found


def _sizes(deb: Path) -> None:
    size = deb.stat().st_size / 1e6
    installed = int(output("dpkg-deb", "-f", str(deb), "Installed-Size")) * 1024 / 1e6
    say(
        f"the deb has {size:.1f} MB (at most {MOST_DEB_MB}), installed {installed:.1f} MB (at most {MOST_INSTALLED_MB})"
    )
    for part, of_it in _parts(deb):
        say(f"  {of_it:6.1f} MB  {part}")
    assert size <= MOST_DEB_MB
    assert installed <= MOST_INSTALLED_MB


def _parts(deb: Path) -> list[tuple[str, float]]:
    """Large parts of what is installed, largest first."""
    sizes: dict[str, float] = {}
    for line in output("dpkg-deb", "-c", str(deb)).splitlines():
        found = re.match(r"-\S+ +\S+ +(\d+) \S+ \S+ \./usr/lib/sottovoce/(.*)", line)
        if found:
            part = re.sub(r"^_internal/(sottovoce/resources/[^/]+/[^/]+|[^/]+).*", r"\1", found[2])
            sizes[part] = sizes.get(part, 0.0) + int(found[1]) / 1e6
    large = ((part, size) for part, size in sizes.items() if size >= LARGE_MB)
    return sorted(large, key=lambda one: -one[1])


def _rpm(rpm: Path) -> None:
    files = set(output("rpm", "-qpl", str(rpm)).split())
    for wanted in (
        "/usr/bin/sottovoce", "/usr/lib/sottovoce/sottovoce", "/usr/share/man/man1/sottovoce.1.gz",
        "/usr/share/applications/sottovoce.desktop", "/etc/xdg/autostart/sottovoce.desktop",
        "/usr/lib/systemd/user/sottovoce.service", "/etc/sottovoce/policies/managed",
        "/usr/share/zsh/site-functions/_sottovoce", "/usr/share/dbus-1/services/org.sottovoce.Sottovoce.service",
    ):  # fmt: skip
        assert wanted in files, wanted
    assert output("rpm", "-qpc", str(rpm)).split() == ["/etc/xdg/autostart/sottovoce.desktop"]
    requires = output("rpm", "-qp", "--requires", str(rpm)).splitlines()
    for name in ("libportaudio.so.2()(64bit)", "libxcb-cursor.so.0()(64bit)", "libssl.so.3()(64bit)", "espeak-ng"):
        assert name in requires, name
    assert output("rpm", "-qp", "--scripts", str(rpm)) == ""
    done = subprocess.run(["rpmlint", str(rpm)], capture_output=True, text=True, check=False)
    found = {tag for tag in re.findall(r": E: (\S+)", done.stdout) if tag not in OF_BUNDLES}
    assert not found, found
    wasted = sum(map(int, re.findall(r": E: files-duplicated-waste (\d+)", done.stdout)))
    assert wasted <= MOST_WASTED_BYTES, wasted
    told = f"the rpm has {rpm.stat().st_size / 1e6:.1f} MB, {len(files)} files, {len(requires)} dependencies"
    say(f"{told}; rpmlint says nothing but that it brings libraries of its own")


def _by_pip(package: Path, folder: Path) -> None:
    """A wheel or an sdist in an environment that has nothing, away from the checkout: it is whole."""
    place = folder / f"venv{package.suffix}"
    output(sys.executable, "-m", "venv", str(place))
    output(str(place / "bin/python"), "-m", "pip", "install", "-q", str(package))
    done = subprocess.run(
        [str(place / "bin/sottovoce"), "demo", "--json"], capture_output=True, text=True, check=False, cwd="/"
    )
    assert done.returncode == 0, done.stderr
    missing = _missing_resources(place)
    assert not missing, missing
    say(f"{package.name}: {package.stat().st_size / 1e6:.1f} MB, every resource is inside, `sottovoce demo` passes")
    shutil.rmtree(place)


def _missing_resources(place: Path) -> set[Path]:
    (installed,) = place.glob("lib/python3*/site-packages/sottovoce/resources")
    wanted = {file.relative_to(ROOT / "resources") for file in (ROOT / "resources").rglob("*") if file.is_file()}
    return wanted - {file.relative_to(installed) for file in installed.rglob("*")}


# --- in a Debian of its own -------------------------------------------------------------------------------------------


def _in_root(root: roots.Root, suite: str, deb: Path, earlier: Path) -> None:
    homes = root.path(f"/home/{roots.USER}")
    for place, source in (("new.deb", deb), ("old.deb", earlier)):
        shutil.copyfile(source, root.path(place))
    step = _timed(suite)
    before = _files(root)
    _apt(root, "install", "/old.deb")
    step(f"the earlier version is installed: {root.run('sottovoce', '--version', user=roots.USER).stdout.strip()}")
    for version in old_homes.versions():
        old_homes.make(homes / f"home-{version}", version)
    old_homes.from_the_future(homes / "home-next")
    families.prepare(homes / "families")
    root.run("chown", "-R", roots.USER, f"/home/{roots.USER}")
    root.path("/etc/xdg/autostart/sottovoce.desktop").open("a").write("Hidden=true\n")
    _apt(root, "install", "/new.deb")
    assert "Hidden=true" in root.path("/etc/xdg/autostart/sottovoce.desktop").read_text()
    step("upgraded; what an administrator had changed in /etc stays")
    _speaks_and_tells(root, step)
    _old_data(root, step)
    _families(root, step)
    _policies(root, step)
    _api(root, step)
    kept = _hashes(homes)
    _apt(root, "remove", "sottovoce")
    _apt(root, "purge", "sottovoce")
    assert _hashes(homes) == kept, "a user's data was touched"
    left = {file for file in _files(root) - before if "sottovoce" in file}
    assert not left, sorted(left)[:9]
    step("removed and purged: nothing is left of it but the users' data, every byte of it")


def _spoken_turn(deb: Path) -> None:
    """The installed tray application in a desk within a root; only the tests come from the checkout."""
    step = _timed("desk")
    with roots.fresh(SUITES[0], more=_desk_packages()) as root:
        shutil.copyfile(deb, root.path("new.deb"))
        _apt(root, "install", "/new.deb")
        base = Path(sys.base_prefix)
        for place in sorted({ROOT, Path(sys.prefix), *([base] if base != Path("/usr") else [])}):  # outer first
            root.bind(place)
        root.path("/root").chmod(0o755)  # Python may be the builder's own there
        command = f"cd {ROOT} && PYTHONDONTWRITEBYTECODE=1 exec {sys.executable} -m tests.package.turn"
        step(root.run("sh", "-c", command, user=roots.USER).stdout.strip())


def _desk_packages() -> tuple[str, ...]:
    """What `./dev test` installs for the virtual desktop."""
    (table,) = re.findall(r"^TEST_NEEDS='\n(.*?)\n'$", (ROOT / "dev").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return ("python3", "libegl1", *(line.split()[1] for line in table.splitlines()))


def _timed(suite: str) -> Callable[[str], None]:
    began = time.monotonic()

    def step(text: str) -> None:
        say(f"{suite}: {text} ({time.monotonic() - began:.0f} s)")

    return step


def _apt(root: roots.Root, *words: str) -> None:
    root.run("apt-get", "-qq", "-y", "--no-install-recommends", *words)


def _speaks_and_tells(root: roots.Root, step: Callable[[str], None]) -> None:
    demo = json.loads(root.run("sottovoce", "demo", "--json", user=roots.USER).stdout)
    assert demo["ok"], demo
    assert demo["heard"] == demo["question"]
    step(f"`sottovoce demo` as a user: {demo['reply']!r} in {demo['total_ms']:.0f} ms")
    told = json.loads(root.run("sottovoce", "doctor", "--json", user=roots.USER, code=None).stdout)
    wrong = {check["name"]: check["remedy"] for check in told["checks"] if not check["ok"]}
    assert set(wrong) == NEEDS_ON_A_SERVER, wrong
    assert all(wrong.values())
    windows = next(check for check in told["checks"] if check["name"] == "windows")
    assert windows["ok"], "a library that windows need is no dependency"
    refused = root.run("sottovoce", user=roots.USER, code=3)
    assert "screen" in refused.stderr
    step(f"`sottovoce doctor` names what this machine lacks ({', '.join(sorted(wrong))}); windows have their libraries")


def _old_data(root: roots.Root, step: Callable[[str], None]) -> None:
    for version in old_homes.versions():
        place = f"/home/{roots.USER}/home-{version}"
        shown = _by_passphrase(root, place, "history", "show", "c1", "--json")
        assert [one["content"] for one in json.loads(shown.stdout)["messages"]] == [old_homes.SAID], version
    step(f"data of every schema from 1 to {old_homes.versions()[-1]} is there after the upgrade")
    future = root.path(f"/home/{roots.USER}/home-next/sottovoce.db")
    before = future.read_bytes()
    refused = _by_passphrase(root, f"/home/{roots.USER}/home-next", "history", "list", code=3)
    assert "newer version" in refused.stderr
    assert future.read_bytes() == before
    step("data of a later version is refused with a sentence, and not changed")


def _families(root: roots.Root, step: Callable[[str], None]) -> None:
    folder = f"/home/{roots.USER}/families"

    def run(*words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        return _by_passphrase(root, f"{folder}/home", *words, code=code)

    step(f"{families.check(run, folder)} commands of every family print what they must")


def _policies(root: roots.Root, step: Callable[[str], None]) -> None:
    """What the folders of the package say is in force, and a file that can't be read closes what it may guard."""
    managed, recommended = (root.path(f"/etc/sottovoce/policies/{name}") for name in ("managed", "recommended"))
    (managed / "site.json").write_text(json.dumps({"Volume": 40, "ExportAllowed": False}))
    (recommended / "site.json").write_text(json.dumps({"Volume": 70, "SpeechRate": 150}))

    def run(*words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        return _by_passphrase(root, f"/home/{roots.USER}/families/home", *words, code=code)

    shown = {one["key"]: one for one in json.loads(run("settings", "list", "--json").stdout)["settings"]}
    assert (shown["volume"]["value"], shown["volume"]["source"]) == (40, "policy")
    assert (shown["speech_rate"]["value"], shown["speech_rate"]["source"]) == (150, "recommended")
    told = json.loads(run("policy", "show", "--json").stdout)
    assert told["sources"]["Volume"] == "/etc/sottovoce/policies/managed/site.json"
    run("settings", "set", "volume", "90", code=3)
    run("export", f"/home/{roots.USER}/exported", code=3)
    (managed / "broken.json").write_text("{")
    run("policy", "show", code=3)
    run("erase", "--everything", "--yes", code=3)
    for file in (managed / "broken.json", recommended / "site.json"):
        file.unlink()
    for policy, words, pattern in forbidding.STEPS:
        (managed / "site.json").write_text(json.dumps(policy))
        told = run(*(word.replace("_", " ") for word in words.split()), code=0 if pattern else 3)
        assert re.search(pattern, told.stdout + told.stderr), f"{policy}: {told.stdout}{told.stderr}"
    (managed / "site.json").unlink()
    step(f"{len(forbidding.STEPS)} acts that a policy forbids are not done, and it is said who forbids them")
    step("policies of both folders are in force, and one that can't be read closes what it may guard")


def _api(root: roots.Root, step: Callable[[str], None]) -> None:
    """The local API of the installed program answers a program with a key, and nobody without."""

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return _by_passphrase(root, f"/home/{roots.USER}/families/home", *words)

    key = json.loads(run("api", "key", "create", "tried", "--json").stdout)["key"]
    asked = urllib.request.Request(
        f"http://127.0.0.1:{API_PORT}/api/v1/conversation",
        data=b'{"message": "what is two plus three"}',
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {key}"},
    )
    with ThreadPoolExecutor(1) as beside:
        served = beside.submit(run, "api", "serve", "--port", str(API_PORT))
        try:
            answered = json.loads(_answer(asked, until=time.monotonic() + WITHIN_S))
            assert "5" in answered["reply"], answered
            asked.remove_header("Authorization")
            with pytest.raises(urllib.error.HTTPError) as refused:
                _answer(asked, until=0)
            assert refused.value.code == HTTPStatus.UNAUTHORIZED
        finally:
            run("quit")
        served.result()
    step("`sottovoce api serve` answers who has a key, and nobody else")


def _answer(asked: urllib.request.Request, *, until: float) -> bytes:
    """What is answered; tried again until somebody listens."""
    while True:
        try:
            with urllib.request.urlopen(asked, timeout=WITHIN_S) as response:  # noqa: S310 - loopback
                return bytes(response.read())
        except urllib.error.HTTPError:
            raise
        except urllib.error.URLError:
            if time.monotonic() > until:
                raise
            threading.Event().wait(0.1)


def _by_passphrase(root: roots.Root, home: str, *words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    typed = f"{old_homes.PASSPHRASE}\n"
    return root.run("sottovoce", "--passphrase-stdin", *words, user=roots.USER, stdin=typed, home=home, code=code)


def _files(root: roots.Root) -> set[str]:
    """Every path outside of homes and of what the system makes anew."""
    skipped = {"proc", "sys", "dev", "home", "tmp", "run"}
    found: set[str] = set()
    for place, folders, names in os.walk(root.folder):
        if Path(place) == root.folder:
            folders[:] = [name for name in folders if name not in skipped]
        found.update(f"{place.removeprefix(str(root.folder))}/{name}" for name in (*folders, *names))
    return {file for file in found if not file.startswith("/var/")}


def _hashes(folder: Path) -> dict[str, str]:
    return dict(_hashed(folder))


def _hashed(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(one for one in folder.rglob("*") if one.is_file() and not one.is_symlink()):
        yield str(file), hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
