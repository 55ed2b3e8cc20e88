"""The page of codes that `sottovoce doctor --json` gives: `python -m tools.doctor [--check]`."""

from __future__ import annotations

import sys
from pathlib import Path

from sottovoce.doctor import CHECKS, OWN_CODES
from sottovoce.domain.errors import SottovoceError

FILE = Path(__file__).parents[2] / "docs" / "doctor-codes.md"

OPENING = """<!-- Made by `python -m tools.doctor`: change desktop/sottovoce/doctor.py, or the errors. -->
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
`told:` in the log.

## Checks

| name | what is checked |
|---|---|
"""

CODES = """
## Codes

| code | exit code of a command | what it means | what helps |
|---|---|---|---|
"""


def page() -> str:
    """Markdown."""
    checks = [f"| `{name}` | {text} |" for name, text in CHECKS.items()]
    own = [f"| `{code}` | | {text} | |" for code, text in OWN_CODES.items()]
    errors = [
        f"| `{code}` | {error.exit_code} | {_cell(error.default_sentence)} | {_cell(error.default_remedy)} |"
        for code, error in sorted(errors_by_code().items())
    ]
    return OPENING + "\n".join(checks) + "\n" + CODES + "\n".join([*own, *errors]) + "\n"


def errors_by_code() -> dict[str, type[SottovoceError]]:
    """Every error that a user can meet, the one that first bears its code."""
    found: dict[str, type[SottovoceError]] = {}
    waiting = [SottovoceError]
    while waiting:
        error = waiting.pop(0)
        if "code" in vars(error) and error.__module__ == SottovoceError.__module__:
            found.setdefault(error.code, error)
        waiting += error.__subclasses__()
    return found


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


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
