"""What is inside, as a CycloneDX 1.6 document: the same bytes for the same contents."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from typing import TYPE_CHECKING, Any, Final

from installer.product import LICENCE, MAINTAINER, NAME

if TYPE_CHECKING:
    from pathlib import Path

    from installer.components import Component

NAMESPACE: Final = uuid.UUID("5d1f7c0e-0b3b-4d43-9a0e-7e3a6f0c9b21")
"""Of the numbers that documents get; any will do as long as it stays."""


def write_sbom(file: Path, version: str, parts: tuple[Component, ...], seconds: int) -> Path:
    """Write the document of one package beside it, and return where."""
    target = file.with_name(f"{file.name}.cdx.json")
    target.write_text(json.dumps(document(file, version, parts, seconds), indent=1) + "\n", "utf-8")
    return target


def document(file: Path, version: str, parts: tuple[Component, ...], seconds: int) -> dict[str, Any]:
    """The document of one package that was made at a time."""
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    listed = [_component(part) for part in parts]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(NAMESPACE, digest)}",
        "version": 1,
        "metadata": {
            "timestamp": dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "supplier": {"name": MAINTAINER.partition(" <")[0]},
            "component": {
                "type": "application",
                "bom-ref": NAME,
                "name": NAME,
                "version": version,
                "licenses": [{"license": {"id": LICENCE}}],
                "hashes": [{"alg": "SHA-256", "content": digest}],
                "properties": [{"name": "sottovoce:file", "value": file.name}],
            },
        },
        "components": listed,
        "dependencies": [{"ref": NAME, "dependsOn": [one["bom-ref"] for one in listed]}],
    }


def _component(part: Component) -> dict[str, Any]:
    made: dict[str, Any] = {
        "type": part.kind,
        "bom-ref": part.purl or f"{part.name} {part.version}".strip(),
        "name": part.name,
        "version": part.version,
        "licenses": [{"expression": part.licence}],
    }
    if part.purl:
        made["purl"] = part.purl
    if part.inside:
        made["properties"] = [{"name": "sottovoce:inside", "value": part.inside}]
    return made


def write_checksums(folder: Path) -> Path:
    """Write SHA256SUMS over everything in the folder, as `sha256sum -c` reads it."""
    target = folder / "SHA256SUMS"
    files = sorted(file for file in folder.iterdir() if file.is_file() and file != target)
    lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files]
    target.write_text("".join(lines), "utf-8")
    return target
