"""A turn of a conversation: what answers a question back, corrects, goes on, or asks for several things at once.

A request is made whole from what was said before, called with the user's leave, and its answer remembers what it leaves
open. What destroys is asked about, and what rests on a guess is, too.
"""

from sottovoce.agent.dialogue.examples import Examples

__all__ = ["Examples"]
