"""The encrypted store: `open_store` gives a `Store` in a SQLCipher file whose key is in the keyring.

Nine rooms, each importing only those before it: `sealed`, `rows`, `engine`, `export`, `folder`, `keys`, `backups`,
`opening`, `erasing`. Code outside imports from here or from a room's face, never from what is inside a room.
"""

from sottovoce.adapters.store.engine import EncryptedStore, GroupLimits
from sottovoce.adapters.store.erasing import StoreCare
from sottovoce.adapters.store.keys import KeySources, StoreKeys
from sottovoce.adapters.store.opening import StoreLimits, open_store

__all__ = ["EncryptedStore", "GroupLimits", "KeySources", "StoreCare", "StoreKeys", "StoreLimits", "open_store"]
