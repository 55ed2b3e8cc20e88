"""The key file: which key belongs to a database, and the ways to it that need no keyring. Never the key itself.

A key is sealed under a secret of the user (a recovery code, a passphrase) by AES-256-GCM under Argon2id; whatever a
file says of the cost is capped. A key file is replaced whole or not at all, has a copy beside it, and says in which
folder it was last opened and what state the home was last seen in. This room imports none of the others.
"""

from sottovoce.adapters.store.sealed.key_file import KeyFile, KeyFileNewer, KeyFileUnreadable, SlotKind
from sottovoce.adapters.store.sealed.key_file_access import copy_of, read_key_file

__all__ = ["KeyFile", "KeyFileNewer", "KeyFileUnreadable", "SlotKind", "copy_of", "read_key_file"]
