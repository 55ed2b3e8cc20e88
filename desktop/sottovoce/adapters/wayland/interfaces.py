"""What is said to a compositor and what it says, as far as we need it: opcodes and arguments, by the protocols' XML.

The letters of arguments: i number, u unsigned number, s text, o object or none, n new object, h file descriptor.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class ProtocolInterface:
    """A kind of object."""

    name: str
    version: int = 1
    """The newest that we speak."""
    requests: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    """Opcode and arguments, by name."""
    events: tuple[tuple[str, str], ...] = ()
    """Name and arguments, by opcode."""


def _interface(
    name: str, version: int, requests: Mapping[str, tuple[int, str]], *events: tuple[str, str]
) -> ProtocolInterface:
    return ProtocolInterface(name, version, MappingProxyType(dict(requests)), events)


DESTROY = {"destroy": (0, "")}

DISPLAY = _interface(
    "wl_display", 1, {"sync": (0, "n"), "get_registry": (1, "n")}, ("error", "ous"), ("delete_id", "u")
)
REGISTRY = _interface("wl_registry", 1, {"bind": (0, "usun")}, ("global", "usu"), ("global_remove", "u"))
CALLBACK = _interface("wl_callback", 1, {}, ("done", "u"))
COMPOSITOR = _interface("wl_compositor", 6, {"create_surface": (0, "n"), "create_region": (1, "n")})
SHM = _interface("wl_shm", 1, {"create_pool": (0, "nhi")}, ("format", "u"))
SHM_POOL = _interface("wl_shm_pool", 1, {"create_buffer": (0, "niiiiu"), "destroy": (1, "")})
BUFFER = _interface("wl_buffer", 1, DESTROY, ("release", ""))
REGION = _interface("wl_region", 1, DESTROY)
SURFACE = _interface(
    "wl_surface",
    6,
    {
        "destroy": (0, ""),
        "attach": (1, "oii"),
        "damage": (2, "iiii"),
        "frame": (3, "n"),
        "set_input_region": (5, "o"),
        "commit": (6, ""),
        "set_buffer_scale": (8, "i"),
    },
    ("enter", "o"),
    ("leave", "o"),
    ("preferred_buffer_scale", "i"),
    ("preferred_buffer_transform", "u"),
)
OUTPUT = _interface(
    "wl_output", 2, {}, ("geometry", "iiiiissi"), ("mode", "uiii"), ("done", ""), ("scale", "i"),
)  # fmt: skip
LAYER_SHELL = _interface("zwlr_layer_shell_v1", 4, {"get_layer_surface": (0, "noous")})
LAYER_SURFACE = _interface(
    "zwlr_layer_surface_v1",
    4,
    {
        "set_size": (0, "uu"),
        "set_anchor": (1, "u"),
        "set_exclusive_zone": (2, "i"),
        "set_margin": (3, "iiii"),
        "set_keyboard_interactivity": (4, "u"),
        "ack_configure": (6, "u"),
        "destroy": (7, ""),
    },
    ("configure", "uuu"),
    ("closed", ""),
)
VIEWPORTER = _interface("wp_viewporter", 1, {"get_viewport": (1, "no")})
VIEWPORT = _interface("wp_viewport", 1, {"destroy": (0, ""), "set_destination": (2, "ii")})
FRACTIONAL_SCALES = _interface("wp_fractional_scale_manager_v1", 1, {"get_fractional_scale": (1, "no")})
FRACTIONAL_SCALE = _interface("wp_fractional_scale_v1", 1, DESTROY, ("preferred_scale", "u"))
