"""Which intent a sentence has, and with which slots: templates by their words, then cues and values in any order.

A sentence is given its likeliest intent, and how surely; the same sentence has the same one, whatever was said before.
Only what the templates and frames of a language foresee is found, and what forbids, asks about or supposes is not.
"""

from sottovoce.agent.intents.intents import IntentRecognizer
from sottovoce.agent.intents.recognizers import IntentRecognizers

__all__ = ["IntentRecognizer", "IntentRecognizers"]
