"""What a window that asks for a secret can be answered with."""

from __future__ import annotations

import enum


class InsteadOfSecret(enum.Enum):
    """What the user wants instead of answering."""

    QUIT = enum.auto()
    CODE = enum.auto()
    BACK = enum.auto()


SecretGiven = str | InsteadOfSecret
