"""How a sentence is answered: rooms from its words up to a turn of a conversation, and `agent.py` over them.

A room imports only those before it: `sentences`, `slots`, `intents`, `tools`, `planning` and `desktop`, `skills`,
`model` and `dialogue`. The rest of the program imports their faces alone.
"""
