"""The page of codes that `sottovoce doctor --json` gives: `python -m tools.doctor [--check]`."""

from __future__ import annotations

import sys
from pathlib import Path

from sottovoce.language import words
from sottovoce.operations.checks import CHECKS, OWN_CODES

FILE = Path(__file__).parents[2] / "docs" / "doctor-codes.md"

OPENING = """<!-- Made by `python -m tools.doctor`: change desktop/sottovoce/operations/checks.py, or the errors. -->
# What `sottovoce doctor --json` tells

For monitoring: one object on stdout, exit code 0 if every part is well, 1 if not.

```json
{
  "checks": [{"name": "policy", "ok": true, "code": "ok", "detail": "There is no policy here.", "remedy": ""}],
  "ok": true
}
```

`name` and `code` are stable: they are never given another meaning, and scripts may rely on them. `detail` and `remedy`
are for people and may change. `ok` with a code other than `ok` is advice: the part works, and something should be done.
The same codes stand in `{"error": {"code": …}}`, which every command prints with `--json` when it fails, and behind
`told:` in the log. A check fails with the code of the error that it met: [all of them](errors.md).

## Checks

| name | what is checked |
|---|---|
"""

CODES = """
## Codes that are no error's

| code | what it means |
|---|---|
"""


def page() -> str:
    """Markdown."""
    checks = [f"| `{name}` | {words(text)} |" for name, text in CHECKS.items()]
    own = [f"| `{code}` | {words(text)} |" for code, text in OWN_CODES.items()]
    return OPENING + "\n".join(checks) + "\n" + CODES + "\n".join(own) + "\n"


def main(words: list[str]) -> int:
    """Exit code: 1 if the page is stale."""
    if words != ["--check"]:
        FILE.write_text(page(), "utf-8")
        return 0
    if FILE.exists() and FILE.read_text("utf-8") == page():
        return 0
    print(f"{FILE.name} is stale: run `python -m tools.doctor`")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
