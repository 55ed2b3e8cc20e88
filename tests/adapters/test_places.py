"""Folders are this user's alone, a socket's path may be long, and one process holds a home."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from sottovoce.adapters import process_lock
from sottovoce.adapters.durable_file import sync_folder, write_durably
from sottovoce.adapters.places import Places, keep_new_files_private, make_private_folder, places, socket_address
from sottovoce.domain.errors import PlacesUnusable, StoreInUse
from tests.adapters.homes import permissions_count
from tests.waiting import wait_for

HOLDER = """
import sys
from pathlib import Path
from sottovoce.adapters import process_lock
lock = process_lock.hold(Path(sys.argv[1]), 0)
print("held", flush=True)
sys.stdin.read()
"""


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_one_variable_puts_everything_under_one_folder(tmp_path: Path) -> None:
    found = places({"SOTTOVOCE_HOME": str(tmp_path / "home")})
    assert found == Places.under(tmp_path / "home")
    files = (found.settings_file, found.database, found.key_file, found.lock_file, found.socket)
    for path in (*found.folders, *files, found.backups):
        assert path.is_relative_to(tmp_path / "home")
    assert found.database.name == "sottovoce.db"
    assert found.key_file.name == "sottovoce.keys"
    assert found.settings_file.name == "settings.toml"


def test_without_it_the_system_says_where() -> None:
    found = places({})
    assert places({"SOTTOVOCE_HOME": ""}) == found
    assert all(folder.is_absolute() for folder in found.folders)
    assert found.database.parent.name == "sottovoce"
    assert found.lock_file.parent == found.database.parent


def test_a_relative_folder_is_made_absolute() -> None:
    assert places({"SOTTOVOCE_HOME": "here"}).data == Path.cwd() / "here"


def test_a_folder_of_nobody_is_told() -> None:
    with pytest.raises(PlacesUnusable, match="no such user"):
        places({"SOTTOVOCE_HOME": "~nobody-at-all/home"})


def test_looking_makes_nothing_and_preparing_makes_all_of_it_private(tmp_path: Path) -> None:
    found = Places.under(tmp_path / "a" / "home")
    assert not (tmp_path / "a").exists()
    found.prepare()
    found.prepare()
    assert {_mode(folder) for folder in found.folders} == {0o700}


def test_an_empty_folder_open_to_readers_is_closed(tmp_path: Path) -> None:
    folder = tmp_path / "home"
    folder.mkdir(mode=0o755)
    make_private_folder(folder)
    assert _mode(folder) == 0o700


def test_our_own_folder_open_to_readers_is_closed(tmp_path: Path) -> None:
    folder = tmp_path / "home"
    folder.mkdir(mode=0o755)
    (folder / "settings.toml").touch()
    make_private_folder(folder)
    assert _mode(folder) == 0o700


@pytest.mark.parametrize("name", ["knowledge", "models"])
@pytest.mark.parametrize("mode", [0o755, 0o775, 0o777, 0o500])
def test_a_folder_that_the_user_made_for_files_stays_as_it_is(tmp_path: Path, name: str, mode: int) -> None:
    """`mkdir -p home/knowledge`, before anything else was there: with the usual umask it is open to readers."""
    home = tmp_path / "home"
    home.mkdir(mode=0o755)
    (home / name).mkdir()
    (home / name / "mine.md").write_text("mine")
    (home / name).chmod(mode)
    found = Places.under(home)
    found.prepare()
    assert (home / name).stat().st_mode & 0o777 == mode
    assert home.stat().st_mode & 0o777 == 0o700
    found.prepare()


def test_a_folder_of_files_may_be_a_link_to_a_disk_that_is_not_there(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    (home / "knowledge").symlink_to(tmp_path / "disk")
    Places.under(home).prepare()
    assert not (tmp_path / "disk").exists()
    assert (home / "knowledge").is_symlink()


def test_a_strangers_folder_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "usr"
    (folder / "bin").mkdir(parents=True)
    folder.chmod(0o755)
    with pytest.raises(PlacesUnusable, match="open to other users"):
        make_private_folder(folder)
    assert _mode(folder) == 0o755


def test_a_folder_others_can_write_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "home"
    folder.mkdir()
    folder.chmod(0o777)
    with pytest.raises(PlacesUnusable, match="written by other users"):
        make_private_folder(folder)


def test_a_disk_that_keeps_no_permissions_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "stick").mkdir(mode=0o755)
    monkeypatch.setattr(Path, "chmod", lambda *_: None)  # as FAT, mounted with `quiet`
    with pytest.raises(PlacesUnusable, match="another one"):
        make_private_folder(tmp_path / "stick")


@pytest.mark.skipif(sys.platform != "linux", reason="asks a file system of Linux that syncs no folders")
def test_a_disk_that_syncs_no_folders_is_used_all_the_same(tmp_path: Path) -> None:
    sync_folder(Path("/proc/self"))
    with pytest.raises(FileNotFoundError):
        sync_folder(tmp_path / "gone")


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    with pytest.raises(PlacesUnusable, match="not a folder"):
        Places.under(tmp_path / "home").prepare()
    with pytest.raises(PlacesUnusable):
        Places.under(tmp_path / "home" / "below").prepare()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with permissions_count(), pytest.raises(PlacesUnusable, match="Permission denied"):
        Places.under(tmp_path / "home").prepare()
    tmp_path.chmod(0o700)


def test_a_name_that_no_disk_has_room_for_is_told(tmp_path: Path) -> None:
    found = Places.under(tmp_path / ("long" * 100))
    with pytest.raises(PlacesUnusable):
        found.prepare()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
def test_only_a_plain_file_is_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="no-plain-file"):
        write_durably(pipe, b"x")
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]


def test_new_files_are_private(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        keep_new_files_private()
        (tmp_path / "file").touch()
    finally:
        os.umask(before)
    assert _mode(tmp_path / "file") == 0o600


@pytest.mark.parametrize("depth", [0, 30])
def test_a_socket_works_however_long_its_path(tmp_path: Path, depth: int) -> None:
    folder = tmp_path.joinpath(*(["a long name"] * depth))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "sottovoce.sock"
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        with socket_address(path) as address:
            assert len(os.fsencode(address)) <= 103
            server.bind(address)
        server.listen()
        assert stat.S_ISSOCK(path.stat().st_mode)
        with socket_address(path) as address:
            client.connect(address)


def test_a_socket_in_no_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(PlacesUnusable), socket_address(tmp_path.joinpath(*["missing"] * 30, "s")):
        pass


def test_a_lock_has_one_holder(tmp_path: Path) -> None:
    lock = process_lock.hold(tmp_path / "lock", 0)
    with pytest.raises(StoreInUse):
        process_lock.hold(tmp_path / "lock", 0.02)
    lock.release()
    lock.release()
    process_lock.hold(tmp_path / "lock", 0).release()
    assert _mode(tmp_path / "lock") == 0o600


def test_waiting_for_a_lock_ends_when_it_is_free(tmp_path: Path) -> None:
    first = process_lock.hold(tmp_path / "lock", 0)
    held: list[process_lock.ProcessLock] = []
    waiter = threading.Thread(target=lambda: held.append(process_lock.hold(tmp_path / "lock", 30)))
    waiter.start()
    first.release()
    waiter.join()
    assert len(held) == 1
    held[0].release()


def test_waiting_for_a_lock_can_be_given_up(tmp_path: Path) -> None:
    lock = process_lock.hold(tmp_path / "lock", 0)
    give_up = threading.Event()
    give_up.set()
    with pytest.raises(StoreInUse):
        process_lock.hold(tmp_path / "lock", 30, give_up)
    lock.release()


def test_a_lock_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    with pytest.raises(PlacesUnusable):
        process_lock.hold(tmp_path / "missing" / "lock", 0)


def test_a_killed_holder_lets_go(tmp_path: Path) -> None:
    command = (sys.executable, "-c", HOLDER, str(tmp_path / "lock"))
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(StoreInUse):
            process_lock.hold(tmp_path / "lock", 0)
        process.kill()
    process_lock.hold(tmp_path / "lock", 0).release()


def test_a_child_process_does_not_keep_the_lock(tmp_path: Path) -> None:
    lock = process_lock.hold(tmp_path / "lock", 0)
    with subprocess.Popen(("sleep", "30"), close_fds=False) as process:
        lock.release()
        again = wait_for(lambda: process_lock.hold(tmp_path / "lock", 0))
        again.release()
        process.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="permissions")
def test_a_home_that_anybody_can_replace_is_refused(tmp_path: Path) -> None:
    open_to_all = tmp_path / "open"
    open_to_all.mkdir()
    open_to_all.chmod(0o777)
    link = tmp_path / "link"
    link.symlink_to(open_to_all)
    for folder in (open_to_all / "home", open_to_all / "a" / "b", link / "home"):
        with pytest.raises(PlacesUnusable, match="any user can put another one"):
            make_private_folder(folder)
    assert list(open_to_all.iterdir()) == [], "nothing was made there"
    open_to_all.chmod(0o1777)
    make_private_folder(open_to_all / "home")
    open_to_all.chmod(0o777)
    with pytest.raises(PlacesUnusable, match="any user"):
        make_private_folder(open_to_all / "home")


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes")
def test_nothing_is_written_through_a_link_in_the_locks_place(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "mine")
    (tmp_path / "dangling").symlink_to(tmp_path / "made")
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "dangling", "pipe"):
        with pytest.raises(PlacesUnusable, match="cannot be used"):
            process_lock.hold(tmp_path / name, 0)
    assert (tmp_path / "mine").read_text() == "mine"
    assert not (tmp_path / "made").exists()
