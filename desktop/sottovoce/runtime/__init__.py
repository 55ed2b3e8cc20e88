"""The tray application: its start (`app`), the socket's answers until it is there (`reception`), and what runs in it.

Nothing is loaded here: the icon comes first. No rules either; what is asked for stands with the operations.
"""
