"""Write the vectors of all examples of what can be said, beside the model: `python -m tools.embeddings.make_examples`.

Some 10 s, and the same bytes for the same sentences on the same processor. Examples that came to the templates since
are made when they are first needed; `tests/adapters/test_embedding.py` tells when those are many.
"""

from __future__ import annotations

from sottovoce.adapters.embedding.minilm import DIMENSIONS, FOLDER, MiniLmEncoder
from sottovoce.adapters.embedding.ready import FILE, write_ready
from sottovoce.agent.dialogue.examples import NEVER
from sottovoce.agent.intents.recognizers import IntentRecognizers
from sottovoce.language import ENGLISH
from sottovoce.resources import resource
from tools.embeddings.sums import write_sums


def examples() -> tuple[str, ...]:
    """Every sentence that may be compared with what was said, each once."""
    made = IntentRecognizers().of(ENGLISH).samples
    return tuple(dict.fromkeys(one.sentence for one in made if one.intent.partition(".")[0] not in NEVER))


def main() -> None:
    """Make the file and its sums anew."""
    folder, texts = resource(*FOLDER), examples()
    encoder = MiniLmEncoder()
    write_ready(folder / FILE, texts, encoder.made(texts))
    write_sums(folder, ("model.onnx", "vocab.txt", FILE))
    print(f"{len(texts)} examples, {(folder / FILE).stat().st_size} bytes of {DIMENSIONS} dimensions each")


if __name__ == "__main__":
    main()
