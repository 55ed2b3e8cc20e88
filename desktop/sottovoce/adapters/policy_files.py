"""Where the administrator's policy lies, and reading it. One that can't be read keeps everything closed."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from sottovoce.domain.errors import PolicyUnusable
from sottovoce.domain.policy import Policy, parse_policy

MANAGED = Path("/etc/sottovoce/policies/managed")
"""Files `*.json` of root's, merged in the order of their names: the later one wins."""
MOST_BYTES = 1 << 20


def policy_files(folder: Path = MANAGED) -> tuple[Path, ...]:
    """The files in force, in their order.

    Raises:
        PolicyUnusable: The folder is there and can't be listed.
    """
    if sys.platform != "linux":
        return ()
    try:
        return tuple(sorted(file for file in folder.iterdir() if file.suffix == ".json"))
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise PolicyUnusable(f"The policy folder {folder} cannot be read: {error.strerror}.") from None


def read_policy(folder: Path = MANAGED) -> Policy:
    """The policy of this machine; one that sets nothing where there is none.

    Raises:
        PolicyUnusable: A file is there and can't be read or used.
    """
    fields: dict[str, Any] = {}
    for file in policy_files(folder):
        fields |= read_policy_file(file)
    return Policy(**fields)


def read_policy_file(file: Path) -> dict[str, Any]:
    """What one file sets.

    Raises:
        PolicyUnusable: It can't be read or used.
    """
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise PolicyUnusable(f"The policy file {file} is far too large.")
        return parse_policy(json.loads(content), name=str(file))
    except OSError as error:
        raise PolicyUnusable(f"The policy file {file} cannot be read: {error.strerror}.") from None
    except (ValueError, RecursionError):
        raise PolicyUnusable(f"The policy file {file} is not valid JSON.") from None
