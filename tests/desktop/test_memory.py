"""What was said before a restart is known after it, by voice and by command; files are read and answered from."""

import pytest

from tests.desktop.app import AT_ONCE_S, App, Overlay
from tests.desktop.deskbox import Desk
from tests.waiting import wait_for

FAST = "speech_rate = 260\n"


@pytest.fixture(scope="module")
def overlay(plain_desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Overlay:
    """What is seen in the module's desk."""
    return Overlay(plain_desk, tmp_path_factory.mktemp("seen"))


@pytest.fixture
def app(desk: Desk, overlay: Overlay) -> App:
    return App(desk, overlay, settings=FAST)


def test_what_was_said_before_a_restart_is_known_after_it(app: App) -> None:
    app.start()
    assert app.turn("remember that i like music") == "I will remember that you like music."
    told = app.json("ask", "my", "sister", "is", "called", "anna")
    assert told["reply"] == "I will remember that your sister is called anna."
    assert app.end() < AT_ONCE_S
    app.start()
    assert app.turn("what do i like") == "You like music."
    asked = app.json("ask", "what", "do", "i", "like")
    assert asked["reply"] == "You like music."
    why = app.json("memory", "why", asked["message"])
    assert [memory["text"] for memory in why["memories"]] == ["i like music"]
    assert app.json("ask", "who", "is", "my", "sister")["reply"] == "Your sister is called anna."
    context = app.json("context", "show")["context"]
    assert context["conversations_count"] == 5
    checks = {check["name"]: check for check in app.json("doctor", code=app.run("doctor").returncode)["checks"]}
    assert checks["memory"]["ok"], checks["memory"]
    app.end()
    assert app.json("ask", "what", "do", "i", "like")["reply"] == "You like music."  # with nobody running


def test_a_forgotten_memory_is_gone_by_command_and_by_word(app: App) -> None:
    app.start()
    app.json("ask", "i", "like", "tea")
    app.json("ask", "i", "like", "snow")
    assert app.json("ask", "forget", "that")["reply"].startswith("I have forgotten that you like snow.")
    (tea,) = app.json("memory", "list")["memories"]
    assert app.json("memory", "forget", tea["id"])["forgotten"] == [tea["id"]]
    assert app.json("memory", "list") == {"memories": []}
    assert app.json("memory", "forget", tea["id"], code=1)["error"]["code"] == "not-found"
    app.end()


def test_files_put_into_the_folder_are_read_and_named(app: App) -> None:
    app.start()
    garden = app.home / "knowledge" / "garden.md"
    garden.write_text("# Tomatoes\n\nPlant tomatoes after the last frost, and water them every evening.\n")

    def known(passages: str) -> bool:
        documents = app.json("knowledge")["documents"]
        return [one["path"] for one in documents if one["passages"]] == [passages] if passages else not documents

    wait_for(lambda: known("garden.md"), 20, "the file is read")
    question = ("ask", "what", "do", "my", "files", "say", "about", "tomatoes")
    first = app.json(*question)
    assert "garden" in first["reply"]
    assert "last frost" in first["reply"]
    assert first["source"] == "skill"
    again = app.json(*question)
    assert (again["source"], again["reply"]) == ("cache", first["reply"])
    assert again["age_s"] >= 0
    garden.write_text("# Tomatoes\n\nPlant tomatoes in the greenhouse in April, and shade them at noon.\n")
    wait_for(lambda: "greenhouse" in app.json(*question)["reply"], 20, "the change is known, and the old answer void")
    garden.unlink()
    wait_for(lambda: known(""), 20, "the file is forgotten")
    assert "greenhouse" not in app.json(*question)["reply"]
    app.end()
