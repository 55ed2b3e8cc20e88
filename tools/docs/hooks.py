"""What mkdocs does beside building `docs/`: the pages at the project's root belong to it, too."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, Files

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

PROJECT = Path(__file__).parents[2]
AT_ROOT = {
    "SECURITY.md": "security.md",
    "PRIVACY.md": "privacy.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "desktop/sottovoce/ARCHITECTURE.md": "architecture.md",
}
"""Their place in the project, and in the documentation."""
_PLACE = {page: place for place, page in AT_ROOT.items()}
_LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)#\s]+)(#[^)\s]*)?\)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add them."""
    for place, page in AT_ROOT.items():
        files.append(File.generated(config, page, content=(PROJECT / place).read_text("utf-8")))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 - mkdocs' own form
    """Let links that hold in the repository hold in the documentation; others of the repository become plain text."""
    place = _PLACE.get(page.file.src_uri, f"docs/{page.file.src_uri}")

    def led(found: re.Match[str]) -> str:
        picture, text, target, anchor = found[1], found[2], found[3], found[4] or ""
        if "://" in target or target.startswith("mailto:"):
            return found[0]
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(place), target))
        inside = AT_ROOT.get(whole) or (whole.removeprefix("docs/") if whole.startswith("docs/") else None)
        if inside is None:
            return text
        return f"{picture}[{text}]({inside}{anchor})"

    return _LINK.sub(led, markdown)
