"""What is said to a Wayland compositor to show the overlay, and what becomes of what it says."""

import socket
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from sottovoce.adapters.screen import OverlayPlace, has_layer, overlay_place
from sottovoce.adapters.wayland.announced import announced
from sottovoce.adapters.wayland.layer import Layer, Picture
from sottovoce.adapters.wayland.wire import CompositorGone, connected
from tests.ui.compositor import USUAL, Compositor


class Shown:
    """A layer, and what it has told."""

    def __init__(self, has: dict[str, int] | None = None) -> None:
        self.compositor = Compositor(has)
        self.told: list[str] = []
        self.layer = Layer(
            self.compositor.connection, lambda: self.told.append("room"), lambda: self.told.append("ready")
        )

    def paint(self, *, width: int = 100, height: int = 20, scale: float = 1, at_top: bool = False) -> list[str]:
        """Show a picture; what the compositor was asked for it."""
        wide, high = round(width * scale), round(height * scale)
        pixels = bytes(wide * high * 4)
        self.layer.paint(
            Picture(
                pixels=pixels, pixels_wide=wide, pixels_high=high, width=width, height=height, gap=40, at_top=at_top
            )
        )
        return self.compositor.read()

    def placed(self) -> None:
        """Show it as far as to its first picture."""
        self.layer.show()
        self.compositor.greet()
        self.compositor.tell("zwlr_layer_surface_v1", "configure", 5, 1280, 770)
        self.compositor.read()

    def last(self, request: str) -> list[int]:
        """The arguments of the last such request."""
        return next(found for _, name, found in reversed(self.compositor.asked) if name == request)


@pytest.fixture
def shown() -> Iterator[Shown]:
    made = Shown()
    yield made
    made.compositor.close()


def test_it_asks_for_room_then_shows_a_picture_and_takes_neither_keys_nor_clicks(shown: Shown) -> None:
    shown.layer.show()
    shown.compositor.greet()
    first = [name for _, name, _ in shown.compositor.asked]
    assert "attach" not in first
    assert first.index("create_region") < first.index("set_input_region") < first.index("commit")
    assert "add" not in first  # the region that takes clicks is empty
    assert shown.last("set_keyboard_interactivity") == [0]
    assert shown.last("get_layer_surface")[2:] == [0, 3, "sottovoce"]  # any screen, above all
    assert (shown.last("set_anchor"), shown.last("set_size")) == ([15], [0, 0])
    assert not shown.layer.ready
    shown.compositor.tell("zwlr_layer_surface_v1", "configure", 5, 1280, 770)
    shown.compositor.read()
    assert (shown.told, shown.layer.room, shown.last("ack_configure")) == (["room"], (1280, 770), [5])
    assert shown.layer.ready
    asked = shown.paint()
    assert asked[-1] == "commit"
    assert {"attach", "damage", "frame"} <= set(asked)
    assert (shown.last("set_size"), shown.last("set_anchor")) == ([100, 20], [2])
    assert shown.last("set_margin") == [0, 0, 40, 0]
    shown.layer.hide()
    assert shown.compositor.read().count("destroy") == 3  # buffer, layer surface, surface
    assert shown.layer.room is None


def test_where_something_must_stay_clear_it_is_at_the_upper_edge(shown: Shown) -> None:
    shown.placed()
    shown.paint(at_top=True)
    assert (shown.last("set_anchor"), shown.last("set_margin")) == ([1], [40, 0, 0, 0])


def test_no_more_is_painted_than_the_screen_shows(shown: Shown) -> None:
    shown.placed()
    shown.paint()
    assert not shown.layer.ready
    (frame,) = (found[0] for _, name, found in shown.compositor.asked if name == "frame")
    shown.compositor.tell("wl_callback", "done", 1, number=frame)
    assert shown.told[-1] == "ready"
    assert shown.layer.ready
    made = len([name for _, name, _ in shown.compositor.asked if name == "create_buffer"])
    shown.compositor.tell("wl_buffer", "release")
    assert "create_buffer" not in shown.paint()  # the memory is used again
    assert made == 1
    (*_, frame) = (found[0] for _, name, found in shown.compositor.asked if name == "frame")
    shown.compositor.tell("wl_callback", "done", 1, number=frame)
    shown.compositor.tell("wl_buffer", "release")
    assert shown.paint(height=40).count("create_buffer") == 1  # another size, and the former is given back


@pytest.mark.parametrize(
    ("has", "events", "scale"),
    [
        ({}, [], 1),
        ({}, [("wl_output", "scale", 2)], 2),
        ({"wl_compositor": 6}, [("wl_output", "scale", 2), ("wl_surface", "preferred_buffer_scale", 3)], 3),
        (
            {"wp_viewporter": 1, "wp_fractional_scale_manager_v1": 1},
            [("wl_output", "scale", 2), ("wp_fractional_scale_v1", "preferred_scale", 150)],
            1.25,
        ),
    ],
)
def test_it_is_as_sharp_as_the_screen(has: dict[str, int], events: list[tuple[str, str, int]], scale: float) -> None:
    shown = Shown(USUAL | has)
    shown.placed()
    for name, event, value in events:
        shown.compositor.tell(name, event, value)
    assert shown.layer.scale == scale
    shown.paint(scale=scale)
    if "wp_viewporter" in has:
        assert shown.last("set_destination") == [100, 20]
    else:
        assert shown.last("set_buffer_scale") == [scale]
    assert shown.last("create_buffer")[2:4] == [round(100 * scale), round(20 * scale)]
    shown.compositor.close()


def test_of_two_screens_that_on_which_it_is_shown_tells_the_scale() -> None:
    shown = Shown({**USUAL, "wl_output": 2})
    shown.placed()
    first = shown.compositor.number("wl_output")
    shown.compositor.tell("wl_registry", "global", 9, "wl_output", 2)
    shown.compositor.read()
    second = shown.compositor.number("wl_output")
    shown.compositor.tell("wl_output", "scale", 2, number=second)
    assert shown.layer.scale == 2  # rather too sharp than too coarse, before it is told
    shown.compositor.tell("wl_surface", "enter", first)
    assert shown.layer.scale == 1
    shown.compositor.tell("wl_surface", "leave", first)
    shown.compositor.tell("wl_surface", "enter", second)
    assert shown.layer.scale == 2
    shown.compositor.tell("wl_registry", "global_remove", 9)
    assert shown.layer.scale == 1
    shown.compositor.close()


def test_closed_with_its_screen_it_goes_to_another_and_not_for_ever(shown: Shown) -> None:
    shown.placed()
    shown.paint()
    opened: list[bool] = []
    for _ in range(4):
        if shown.layer.room is None and opened and not opened[-1]:
            break
        shown.compositor.tell("zwlr_layer_surface_v1", "closed")
        opened.append("create_surface" in shown.compositor.read())
    assert opened == [True, True, False]


def test_wanted_while_there_was_no_screen_it_is_shown_on_the_next_one(shown: Shown) -> None:
    shown.placed()
    number = next(one for one, (name, _) in shown.compositor.connection.globals.items() if name == "wl_output")
    shown.compositor.tell("wl_registry", "global_remove", number)
    shown.compositor.tell("zwlr_layer_surface_v1", "closed")
    assert "create_surface" not in shown.compositor.read()
    shown.compositor.tell("wl_registry", "global", 99, "wl_output", 2)
    assert "create_surface" in shown.compositor.read()


def test_where_there_is_no_layer_nothing_is_asked() -> None:
    shown = Shown({"wl_compositor": 6, "wl_shm": 1, "wl_output": 4})
    assert shown.layer.possible
    shown.layer.show()
    shown.compositor.greet()
    assert not shown.layer.possible
    assert "create_surface" not in [name for _, name, _ in shown.compositor.asked]
    shown.compositor.close()


@pytest.mark.parametrize(
    "said",
    [
        struct.pack("=II", 1, 4 << 16),  # shorter than its own head
        struct.pack("=IIII", 1, 12 << 16 | 0, 0, 0)[:12],  # an error without its words
        struct.pack("=IIIIII", 1, 24 << 16, 1, 0, 4, 0),  # an error
        b"",
    ],
)
def test_a_compositor_that_ends_or_finds_fault_is_gone(said: bytes) -> None:
    compositor = Compositor()
    if said:
        compositor.send(said)
    else:
        compositor.gone()
    with pytest.raises(CompositorGone):
        compositor.connection.receive()
    compositor.close()


def test_one_that_reads_nothing_holds_nobody_up_and_is_given_up() -> None:
    compositor = Compositor()

    def ask_on() -> None:
        while True:
            compositor.connection.sync(lambda: None)
            compositor.connection.flush()

    with pytest.raises(CompositorGone):
        ask_on()
    compositor.close()


def test_events_of_what_is_done_with_and_of_newer_protocols_are_passed_over(shown: Shown) -> None:
    shown.placed()
    surface = shown.compositor.number("wl_surface")
    shown.layer.hide()
    shown.compositor.send(struct.pack("=III", surface, 12 << 16, 77))  # entered an output nobody knows
    shown.compositor.send(struct.pack("=II", surface, 8 << 16 | 99))
    shown.compositor.send(struct.pack("=II", 4711, 8 << 16))
    shown.compositor.connection.receive()
    shown.compositor.tell("wl_display", "delete_id", surface)
    shown.layer.show()
    shown.compositor.read()
    assert shown.compositor.number("wl_surface") == surface  # its number is used again


def test_who_says_nothing_has_no_layers(tmp_path: Path) -> None:
    here = {"WAYLAND_DISPLAY": str(tmp_path / "wayland-7")}
    assert announced(here, 0.05) is None
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(here["WAYLAND_DISPLAY"])
        assert connected(here, 0.05) is None
        silent.listen(1)
        assert announced(here, 0.05) is None
    assert not has_layer({})
    assert not has_layer({"WAYLAND_DISPLAY": "wayland-7"})


@pytest.mark.parametrize(
    ("platform", "wanted", "layers", "place"),
    [
        ("wayland", "auto", True, OverlayPlace.LAYER),
        ("wayland", "auto", False, OverlayPlace.NOTICE),
        ("wayland-egl", "auto", True, OverlayPlace.LAYER),
        ("wayland", "window", True, OverlayPlace.LAYER),
        ("wayland", "notification", True, OverlayPlace.NOTICE),
        ("xcb", "auto", False, OverlayPlace.WINDOW),
        ("xcb", "auto", True, OverlayPlace.WINDOW),
        ("xcb", "window", True, OverlayPlace.WINDOW),
        ("windows", "notification", False, OverlayPlace.NOTICE),
    ],
)
def test_where_the_overlay_is_shown(
    platform: str,
    wanted: str,
    layers: bool,  # noqa: FBT001 - a parameter of the test
    place: OverlayPlace,
) -> None:
    assert overlay_place(platform, wanted, layers=layers) is place
