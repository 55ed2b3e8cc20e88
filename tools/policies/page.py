"""The page of reference for administrators."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tools.policies.table import SAYS

if TYPE_CHECKING:
    from tools.policies.table import Row, Table


def page(table: Table) -> str:
    """Markdown."""
    parts = [_opening(table)]
    for category, title in table.categories.items():
        parts.append(f"## {title}\n")
        parts += [_policy(row) for row in table.of(category)]
    parts.append(_ending(table))
    return "\n".join(parts)


def _opening(table: Table) -> str:
    return f"""<!-- {SAYS} -->
# Policies

What an administrator may decide for all users of a machine.

| system | managed: the user can't change it | recommended: a default that the user may change |
|---|---|---|
| Linux | `/etc/sottovoce/policies/managed/*.json` | `/etc/sottovoce/policies/recommended/*.json` |
| Windows | `HKLM\\{table.registry}`, then `HKCU\\{table.registry}` | the key `Recommended` below each |
| macOS | managed preferences of `{table.bundle}` | the dictionary `Recommended` in them |

- **Files** are merged in the order of their names; a later one wins. They hold one JSON object each, flat, with the
  names below. The machine's part of the registry wins over the user's, and so do a Mac's managed preferences for all
  users.
- **A Flatpak** reads the host's files, at `/run/host/etc` of its sandbox. Whoever takes that permission from it
  closes everything that any policy could forbid.
- **Managed beats the user**: a setting that is decided is shown as locked in the settings, by `sottovoce settings
  list`, and by the assistant when it is asked to change it. The user's own choice is kept, and is in force again
  when the policy ends.
- **Recommended** can be each policy that decides a setting. It takes the place of the setting's default.
- **Changes** are in force at once, without a restart: each act looks at the policy in the moment it begins. Under
  Linux the windows, the key to talk and the log follow in that moment, too; elsewhere with the next act, or within an
  hour.
- **What can't be read is closed.** A file that can't be read, is no JSON object, or has a name that is no policy
  closes everything that any policy could forbid: nobody can tell what it was to guard. A value that can't be used
  closes what that policy guards, and all others hold. It is told in the window, by `sottovoce doctor`
  (`policy-unusable`) and by `sottovoce policy show`, which exits with 3. Nothing is erased on account of what can't
  be read.
- **Recorded**: each change of the policy is a line in the audit log (`sottovoce audit`), and so is each recovery
  code that is kept for the administrator.

`sottovoce policy show` prints what is in force, and which file or key says so; `sottovoce policy check FILE` tells
whether a file would do. Templates: `installer/policy/` has ADMX and ADML, a configuration profile, a JSON Schema and
a sample.

## Fleets

`sottovoce prepare`, run once as each user (a login script, an autostart entry), makes that user's home ready from
the policy alone: it asks nothing, fetches nothing, and may be run again. It makes the encrypted store, whose key the
user's keyring keeps; puts the recovery code where `RecoveryEscrowFolder` and `RecoveryEscrowKey` say; and imports
the models of `PreinstalledModels`. Where no keyring answers, `--passphrase-stdin` takes a passphrase from the first
line of its input. The first start by hand does the same, in its own time. The user is told that the code is kept,
and neither the welcome nor the window of the recovery code comes. `--json` prints whether the home is `ready`; exit
code 0 if so.

`sottovoce key escrow new FILE`, on the administrator's own machine, makes a pair of keys and prints the policy's
line; `sottovoce key escrow open FILE --key PRIVATE` prints the code in a file that is kept, which `sottovoce key
recover` takes. Each new code has a file of its own: the newest one opens the store, older ones open backups of their
time.

There is **no telemetry**, and so no policy about it: the program sends nothing about itself or its use to anybody.
What is sent at all (questions to a language model that was named, speech models that were asked for, whether there is
a newer version where somebody is named for that) is listed by `sottovoce egress`.
"""


def _policy(row: Row) -> str:
    lines = [f"### {row.name}\n", f"{row.title}. {row.text}\n"]
    if row.planned:
        lines.append(
            "*Planned*: the name is reserved. It is accepted and shown; there is nothing yet that it guards.\n"
        )
    facts = {
        "Type": row.kind_in_words,
        "Guards" if not row.planned else "Will guard": row.guards,
        "Recommended": "may be" if row.may_be_recommended else "",
        "While it can't be read": _closed(row),
        "Since": "" if row.planned else row.since,
        "Example": f"`{json.dumps({row.name: row.example}, ensure_ascii=False)}`",
    }
    lines += [f"- {name}: {text}" for name, text in facts.items() if text]
    return "\n".join(lines) + "\n"


def _closed(row: Row) -> str:
    if row.closed is not None:
        return f"`{json.dumps(row.closed)}`"
    if row.erases:
        return "not in force"
    return "no new store is made" if row.category == "Recovery" else ""


def _ending(table: Table) -> str:
    row = next(row for row in table.rows if row.name == "ExportAllowed")
    return f"""## What is in no policy

A user who may write to the managed folder, or to the machine's part of the registry, is the administrator. A policy
steers this program; it doesn't keep a user with a debugger, or with another program, from what that user may read
anyway: `{row.name}`, for instance, takes the export out of this program's hands, and not the screen out of the
user's sight.
"""
