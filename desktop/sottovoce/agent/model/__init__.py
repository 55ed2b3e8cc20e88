"""Answers of a language model: what it is asked, what of its reply counts, and what it must not claim.

It is asked through the port `LanguageModel` alone; claims of acts and of what was not given are taken out, and the same
question at the same time is asked once.
"""

from sottovoce.agent.model.language_model import ChatMessage, Completion, ModelAnswers, ModelFacts

__all__ = ["ChatMessage", "Completion", "ModelAnswers", "ModelFacts"]
