"""The local API: other programs of this machine talk to the assistant by HTTP, or by Wyoming.

Off until somebody wants it, and imported then. `local_api.LocalApi` is all that others need; whoever runs it (the tray
application, or `sottovoce api serve`) gives it a `ports.ApiHost`. It holds no rule of its own about what is asked:
routes are made of the declared operations.
"""
