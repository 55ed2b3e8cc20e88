"""A language model in the running application: asked over HTTP within Qt's loop, its facts kept after a yes."""

import contextlib
import http.server
import json
import threading
from collections.abc import Iterator

import pytest

from tests.desktop.app import App, Overlay
from tests.desktop.deskbox import Desk

TALE = ("ask", "yesterday", "my", "sister", "anna", "told", "me", "to", "drop", "sugar", "for", "good")


class Chat(http.server.BaseHTTPRequestHandler):
    """Streams an answer to the first request of two, and a fact to the second."""

    said = ("Less sugar is wise.", "my sister is called anna")
    asked: list[str]

    def do_POST(self) -> None:
        self.asked.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.send_response(200)
        self.end_headers()
        for word in self.said[(len(self.asked) - 1) % 2].split():
            piece = {"choices": [{"delta": {"content": f"{word} "}}]}
            self.wfile.write(f"data: {json.dumps(piece)}\n\n".encode())
        self.wfile.write(b"data: [DONE]\n\n")

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the base class's name
        """Nothing is printed."""


@contextlib.contextmanager
def chat() -> Iterator[tuple[str, list[str]]]:
    """Its address, and what it is asked."""
    asked: list[str] = []
    handler = type("AskedChat", (Chat,), {"asked": asked})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, name="chat")
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", asked
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def overlay(plain_desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Overlay:
    """What is seen in the module's desk."""
    return Overlay(plain_desk, tmp_path_factory.mktemp("seen"))


def test_a_model_answers_proposes_and_what_was_sent_is_listed(desk: Desk, overlay: Overlay) -> None:
    with chat() as (address, asked):
        app = App(desk, overlay, settings=f'speech_rate = 260\nlanguage_model_address = "{address}/v1"\n')
        app.start()
        app.json("ask", "i", "like", "sugar")
        answer = app.json(*TALE)
        assert answer["source"] == "model"
        assert answer["reply"] == "Less sugar is wise. Shall I remember that your sister is called anna?"
        assert "i like sugar" in asked[0]
        assert app.json("ask", "yes")["reply"] == "I will remember that your sister is called anna."
        assert next(one["text"] for one in app.json("memory", "list")["memories"]) == "my sister is called anna"
        sent = app.json("egress")["sent"]
        assert [(one["endpoint"], one["purpose"]) for one in sent] == [(address, "facts"), (address, "answer")]
        assert [one["bytes_out"] for one in sent] == [len(one.encode()) for one in reversed(asked)]
    gone = app.json(*TALE, code=1)["error"]
    assert gone["code"] == "language-model-missing"
    app.end()
