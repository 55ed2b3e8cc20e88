"""What was seen of a key that was tried, in the form of the doctor's findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sottovoce.domain.errors import HotkeyTrouble
from sottovoce.language import words
from sottovoce.operations.checks import PRESS_UNSEEN, RELEASE_UNSEEN, Finding, no_hotkey

if TYPE_CHECKING:
    from sottovoce.domain.hotkeys import KeyProof


def key_findings(key: str, found: KeyProof | HotkeyTrouble, within_s: float) -> dict[str, Any]:
    """What was seen of a key that was tried, in the form of `examine`, with the modes that it can serve.

    Args:
        key: Its name; empty for what the desktop's settings bind to the commands.
        found: What was seen of it, or why it can't be had.
        within_s: How long a press was waited for.
    """
    named = key or words("doctor-key-of-desktop")
    if isinstance(found, HotkeyTrouble):
        findings = [Finding("hotkey", ok=False, detail=found.sentence, remedy=found.remedy, code=found.code)]
        modes: tuple[str, ...] = ()
    else:
        modes = found.modes
        findings = [
            Finding("hotkey", ok=True, detail=words("doctor-key-had", key=named))
            if key
            else Finding("hotkey", ok=True, detail=no_hotkey()),
            Finding("press", ok=True, detail=words("doctor-key-down", key=named))
            if found.presses
            else Finding(
                "press",
                ok=False,
                detail=words("doctor-key-unseen", seconds=f"{within_s:g}"),
                remedy=words("doctor-key-press-now"),
                code=PRESS_UNSEEN,
            ),
        ]
        if found.presses:
            findings.append(_release_finding(found))
            repeats = (
                words("doctor-key-repeats", times=found.repeats) if found.repeats else words("doctor-key-no-repeat")
            )
            findings.append(Finding("repeat", ok=True, detail=repeats))
    checks = [finding.to_json() for finding in findings]
    return {"checks": checks, "ok": all(one.ok for one in findings), "key": key, "modes": list(modes)}


def _release_finding(found: KeyProof) -> Finding:
    if found.releases:
        return Finding("release", ok=True, detail=words("doctor-key-up"))
    return Finding(
        "release",
        ok=False,
        code=RELEASE_UNSEEN,
        detail=words("doctor-key-not-up"),
        remedy=words("doctor-key-toggle"),
    )
