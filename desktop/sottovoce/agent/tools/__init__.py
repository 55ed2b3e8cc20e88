"""What can be done for a user: tools with typed slots, the questions they may ask back, and what is said of it.

A tool names its slots, its effect and what leave it needs; a skill answers with a `Said` and never with a sentence.
Each call is checked by the same rules, whether a template or a language model made it.
"""

from sottovoce.agent.tools.questions import FirstOf, Question, Reply
from sottovoce.agent.tools.saying import in_words
from sottovoce.agent.tools.tools import Skill

__all__ = ["FirstOf", "Question", "Reply", "Skill", "in_words"]
