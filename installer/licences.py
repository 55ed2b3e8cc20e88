"""Whose work is inside and under what: Debian's copyright file, and every licence's own words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from installer.product import MAINTAINER, NAME, TITLE

if TYPE_CHECKING:
    from pathlib import Path

    from installer.components import Component

HEAD: Final = f"""Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: {TITLE}
Upstream-Contact: {MAINTAINER}
Comment: The program holds Python, Qt, speech engines and models as their makers built them. Each part is named below;
 its licence's own words, with whose work it is, are in /usr/share/doc/{NAME}/parts/.

Files: *
Copyright: The Sottovoce maintainers
License: Apache-2.0

License: Apache-2.0
 On Debian systems the full text is in /usr/share/common-licenses/Apache-2.0; elsewhere it is in the file
 /usr/share/doc/{NAME}/parts/starter-en.txt.
"""


def copyright_file(parts: tuple[Component, ...]) -> str:
    """Debian's machine-readable file, a paragraph a part."""
    return HEAD + "".join(
        f"\nFiles: usr/lib/{NAME}/*\n"
        f"Copyright: the authors of {part.name} {part.version}, named in parts/{file_name(part)}\n"
        f"License: {short_name(part)}\n"
        f" {part.licence}. {'It lies within ' + part.inside + '. ' if part.inside else ''}"
        f"The text is in /usr/share/doc/{NAME}/parts/{file_name(part)}.\n"
        for part in parts
    )


def short_name(part: Component) -> str:
    """The licence's name in the copyright file: one word a part, since each has its own text."""
    return f"{re.sub(r'[^A-Za-z0-9.+-]+', '-', part.licence)}-{file_name(part).removesuffix('.txt')}"


def file_name(part: Component) -> str:
    """Of the file with a part's licence."""
    return re.sub(r"[^A-Za-z0-9._+-]+", "-", part.name).strip("-") + ".txt"


def texts_folder(folder: Path, parts: tuple[Component, ...]) -> None:
    """Write a file for each part."""
    folder.mkdir(parents=True, exist_ok=True)
    for part in parts:
        head = f"{part.name} {part.version}\nLicence: {part.licence}\n"
        within = f"Lies within: {part.inside}\n" if part.inside else ""
        (folder / file_name(part)).write_text(f"{head}{within}\n{part.text}\n", "utf-8")
