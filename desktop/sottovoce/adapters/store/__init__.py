"""The encrypted store: `open_store` gives a `Store` in a SQLCipher file whose key is in the keyring."""

from sottovoce.adapters.store.care import StoreCare
from sottovoce.adapters.store.encrypted_store import EncryptedStore
from sottovoce.adapters.store.keys import KeyStatus, StoreKeys
from sottovoce.adapters.store.opening import StoreLimits, open_store
from sottovoce.adapters.store.threads import GroupLimits

__all__ = ["EncryptedStore", "GroupLimits", "KeyStatus", "StoreCare", "StoreKeys", "StoreLimits", "open_store"]
