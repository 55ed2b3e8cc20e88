"""What makes packages: its tables are complete, and what it makes says what the program is."""

from __future__ import annotations

import ast
import configparser
import gzip
import io
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
from importlib.metadata import packages_distributions
from typing import TYPE_CHECKING, Any

import pytest

from installer import contents, dependencies
from installer.components import Component, components
from installer.elf import Asked
from installer.licences import copyright_file, file_name, texts_folder
from installer.linux import deb, packages, root
from installer.manual import manual_page
from installer.product import ROOT
from installer.sbom import document, write_checksums
from installer.tree import forget_how_installed
from sottovoce.adapters.qt_libraries import DEBIAN
from sottovoce.adapters.speech_model import SYSTEM_MODELS
from sottovoce.commands.completion import commands_of, script
from sottovoce.commands.line import grammar
from sottovoce.language import available

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WHEN = 1_764_468_000
COMMANDS = commands_of(grammar())
PART = Component(name="A part", version="1", licence="MIT", text="Copyright somebody", inside="numpy")
ASKED = Asked(
    libraries=frozenset({"libc.so.6", "libm.so.6", "libz.so.1", "libssl.so.3", "libstdc++.so.6"}),
    versions=frozenset({("GLIBC", (2, 4)), ("GLIBC", (2, 35)), ("GLIBCXX", (3, 4, 29)), ("GLIBCXX", (3, 4, 9))}),
)


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installed root around a program that is none."""
    tree = tmp_path_factory.mktemp("tree")
    (tree / "_internal").mkdir()
    (tree / "_internal" / "libthing.so").write_bytes(b"thing")
    (tree / "sottovoce").write_bytes(b"#!/bin/sh\n")
    return root.lay_out(tree, tmp_path_factory.mktemp("packed") / "root", "1.2.3", (PART,), WHEN)


def _plain(name: str) -> str:
    """A distribution's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _imported() -> Iterator[str]:
    """What the program imports, and what it takes out of that: modules and their parts."""
    for file in (ROOT / "desktop" / "sottovoce").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                yield from (one.name for one in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module
                yield from (f"{node.module}.{one.name}" for one in node.names)


def test_nothing_that_the_program_imports_is_left_out_of_the_frozen_one() -> None:
    unused = re.compile("|".join(contents.UNUSED_FILES))
    for name in set(_imported()):
        assert not [one for one in contents.EXCLUDED if f"{name}.".startswith(f"{one}.")], name
        assert not unused.match(f"{name.replace('.', '/')}.abi3.so"), name


def test_what_is_imported_is_declared_and_not_only_brought_by_something_else() -> None:
    of_others = {"_typeshed", "Quartz", "shiboken6"}  # of the type checker, of pynput, of PySide6
    named = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    declared = {_plain(re.split(r"[^\w.-]", one, maxsplit=1)[0]) for one in named}
    imported = {name.partition(".")[0] for name in _imported()}
    brought = packages_distributions()
    ours = {"sottovoce", *sys.stdlib_module_names, *of_others}
    assert [one for one in imported - ours if not declared & {*map(_plain, brought.get(one, [one]))}] == []


def imported_by_name() -> Iterator[str]:
    """Modules that the program names in a string to import them."""
    for file in sorted((ROOT / "desktop").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
                argument = node.args[0]
                if isinstance(argument, ast.Constant):
                    yield str(argument.value)
                elif not isinstance(argument, ast.Name):
                    yield ast.unparse(argument)


def test_the_frozen_program_holds_every_module_that_is_imported_by_name() -> None:
    of_another_system = {"winsound", "pynput.keyboard"}
    known = {*contents.IMPORTED_BY_NAME, *of_another_system}
    ours = {
        "f'sottovoce.commands.{module}'",
        "f'sottovoce.operations.{COMMANDS[command].module}'",
        "PACKAGE_HELPERS[helper]",
        "_FROM[name]",
        "f'sottovoce.language.{tag}.grammar'",
        "f'sottovoce.language.{tag}.{part}'",
    }
    assert set(imported_by_name()) - ours <= known
    assert "sottovoce" in contents.WHOLE_PACKAGES


def test_what_is_left_out_is_named_by_patterns_that_are_good() -> None:
    unused = re.compile("|".join(contents.UNUSED_FILES))
    for gone in (
        "PySide6/Qt/plugins/platforms/libqeglfs.so",
        "PySide6/Qt/plugins/sqldrivers/libqsqlite.so",
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "PySide6/Qt/translations/qtbase_zz.qm",
        "PySide6/translations/qt_de.qm",
        "PySide6/Qt/lib/libQt6EglFsKmsSupport.so.6",
        "PySide6/plugins/../Qt6Quick.dll".replace("plugins/../", ""),
    ):
        assert unused.match(gone), gone
    for kept in (
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/Qt/plugins/platformthemes/libqxdgdesktopportal.so",
        "PySide6/Qt/plugins/imageformats/libqsvg.so",
        "PySide6/Qt/plugins/printsupport/libcupsprintersupport.so",
        "PySide6/Qt/lib/libQt6PrintSupport.so.6",
        "PySide6/Qt/lib/libQt6Widgets.so.6",
        "PySide6/Qt/lib/libicudata.so.73",
        "sherpa_onnx/lib/libonnxruntime.so",
        "sottovoce/resources/models/starter-en/am/final.mdl",
        *(f"PySide6/Qt/translations/qtbase_{tag}.qm" for tag in available()),
        *(f"PySide6/translations/qtbase_{tag}.qm" for tag in available()),
    ):
        assert not unused.match(kept), kept


@pytest.mark.parametrize("kind", packages.KINDS)
def test_a_package_holds_every_file_of_the_root_once(laid: Path, kind: str) -> None:
    made = packages.configuration(laid, kind, "1.2.3", ASKED)
    listed = [one["dst"] for one in made["contents"] if one.get("type") != "dir"]
    there = {f"/{path.relative_to(laid)}" for path in laid.rglob("*") if path.is_symlink() or path.is_file()}
    others = {f"/{file}" for other, files in packages.ONLY.items() if other != kind for file in files}
    assert sorted(listed) == sorted(there - others)
    links = {one["dst"]: one["src"] for one in made["contents"] if one.get("type") == "symlink"}
    assert links == {"/usr/bin/sottovoce": "../lib/sottovoce/sottovoce"}
    assert [one["dst"] for one in made["contents"] if one.get("type") == "config|noreplace"] == [
        "/etc/xdg/autostart/sottovoce.desktop"
    ]
    folders = {one["dst"] for one in made["contents"] if one.get("type") == "dir"}
    assert {"/etc/sottovoce/policies/managed", "/etc/sottovoce/policies/recommended"} <= folders
    modes = {one["dst"]: one["file_info"]["mode"] for one in made["contents"] if "src" in one and "file_info" in one}
    assert modes.pop("/usr/lib/sottovoce/sottovoce") == 0o755
    assert set(modes.values()) == {0o644}


def test_dependencies_name_what_brings_each_library(laid: Path) -> None:
    wanted = packages.configuration(laid, "deb", "1", ASKED)["depends"]
    assert {"libc6 (>= 2.35)", "libstdc++6 (>= 11)", "libssl3 | libssl3t64", "zlib1g", "espeak-ng"} <= set(wanted)
    wanted = packages.configuration(laid, "rpm", "1", ASKED)["depends"]
    assert {"libz.so.1()(64bit)", "libssl.so.3()(64bit)", "libc.so.6(GLIBC_2.35)(64bit)"} <= set(wanted)
    with pytest.raises(KeyError, match="libstrange"):
        dependencies.debian(Asked(libraries=frozenset({"libstrange.so.9"}), versions=ASKED.versions))


def test_every_library_that_the_window_may_miss_is_a_dependency() -> None:
    assert set(DEBIAN) - {"libwayland-server.so.0"} <= set(dependencies.DEBIAN)


def test_the_manual_page_and_the_completions_say_what_the_grammar_says(laid: Path) -> None:
    page = gzip.decompress((laid / "usr/share/man/man1/sottovoce.1.gz").read_bytes()).decode()
    assert page == manual_page(COMMANDS, "1.2.3", WHEN)
    plain = page.replace(r"\-", "-")
    for command in COMMANDS[1:]:
        assert f".SS \\fB{command.name}" in page
        for option in command.options:
            for name in option.names:
                assert f"\\fB{name}\\fR" in plain
    for shell, place in root.COMPLETIONS.items():
        assert (laid / place).read_text() == script(shell, COMMANDS) + "\n"


@pytest.mark.parametrize("name", ["sottovoce.desktop", "autostart.desktop"])
def test_desktop_entries_call_commands_that_there_are(name: str) -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(root.FILES / name, "utf-8")
    for section in entry.values():
        if "exec" in section:
            program, *words = section["exec"].split()
            assert program == "sottovoce"
            grammar().parse_args(words)
    assert entry["Desktop Entry"]["icon"] == "sottovoce"


def test_every_part_has_a_licence_its_words_and_a_place_in_the_copyright_file(tmp_path: Path) -> None:
    parts = components()
    assert {"PySide6_Essentials", "Qt", "vosk", "onnxruntime", "Python", "moonshine-tiny-en"} <= {p.name for p in parts}
    texts_folder(tmp_path, parts)
    told = copyright_file(parts)
    assert len({file_name(part) for part in parts}) == len(parts)
    for part in parts:
        assert part.licence
        assert part.version
        assert f"parts/{file_name(part)}" in told
        assert part.licence in (tmp_path / file_name(part)).read_text("utf-8")
    # What has no text of its own is part of something that has one, or under one that is here.
    assert {part.name for part in parts if not part.text} <= {
        "PySide6_Essentials", "shiboken6", "flatbuffers", "sherpa-onnx-core", "vosk"
    }  # fmt: skip


def test_a_tree_holds_nothing_of_the_folder_that_it_was_made_in(tmp_path: Path) -> None:
    about = tmp_path / "_internal" / "thing-1.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Name: thing\n")
    (about / "RECORD").write_text("../../../bin/thing,sha256=of-a-script-that-names-its-python,227\n")
    (about / "direct_url.json").write_text("{}")
    forget_how_installed(tmp_path)
    assert [file.name for file in about.iterdir()] == ["METADATA"]


def test_the_bill_of_materials_is_the_same_for_the_same_file(tmp_path: Path) -> None:
    file = tmp_path / "x.deb"
    file.write_bytes(b"deb")
    made = document(file, "1.2.3", (PART,), WHEN)
    assert made == document(file, "1.2.3", (PART,), WHEN)
    assert made["metadata"]["timestamp"] == "2025-11-30T02:00:00Z"
    assert made["components"] == [
        {
            "type": "library",
            "bom-ref": "A part 1",
            "name": "A part",
            "version": "1",
            "licenses": [{"expression": "MIT"}],
            "properties": [{"name": "sottovoce:inside", "value": "numpy"}],
        }
    ]
    (tmp_path / "b").write_bytes(b"b")
    sums = write_checksums(tmp_path)
    done = subprocess.run(["sha256sum", "-c", sums.name], cwd=tmp_path, check=True, capture_output=True, timeout=60)
    assert done.stdout == b"b: OK\nx.deb: OK\n"


def test_a_deb_is_compressed_without_a_change_of_what_it_holds(tmp_path: Path) -> None:
    def packed(name: str, content: bytes) -> bytes:
        kept = io.BytesIO()
        with tarfile.open(fileobj=kept, mode="w") as made:
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            made.addfile(entry, io.BytesIO(content))
        return kept.getvalue()

    control = b"Package: x\nVersion: 1\nArchitecture: all\nMaintainer: a <a@b.c>\nDescription: x\n"
    parts = {
        "debian-binary": b"2.0\n",
        "control.tar.gz": gzip.compress(packed("./control", control)),
        "data.tar": packed("./usr/x", b"content"),
    }
    file = tmp_path / "x.deb"
    content = deb.MAGIC
    for name, body in parts.items():
        content += b"%-16s%-12d%-6d%-6d%-8s%-10d`\n" % (name.encode(), WHEN, 0, 0, b"100644", len(body))
        content += body + b"\n" * (len(body) % 2)
    file.write_bytes(content)
    deb.compress(file)
    if shutil.which("dpkg-deb") is None:
        pytest.skip("dpkg-deb is not here")
    done = subprocess.run(["dpkg-deb", "--fsys-tarfile", str(file)], check=True, capture_output=True, timeout=60)
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as unpacked:
        assert unpacked.getnames() == ["./usr/x"]
    with pytest.raises(ValueError, match="no plain data"):
        deb.compress(file)


def test_a_model_gets_a_package_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "vosk-model-small_de-0.15"
    (folder / "am").mkdir(parents=True)
    (folder / "am" / "final.mdl").write_bytes(b"model")
    made: dict[str, Any] = packages.model_configuration(folder, "1.2.3")
    assert made["name"] == "sottovoce-model-vosk-model-small-de-0.15"
    assert made["arch"] == "all"
    places = {one["dst"] for one in made["contents"]}
    top = f"/{packages.MODELS}/{folder.name}"
    assert str(SYSTEM_MODELS) == f"/{packages.MODELS}", "where the program looks"
    assert places == {top, f"{top}/am", f"{top}/am/final.mdl"}
    assert json.dumps(made)
