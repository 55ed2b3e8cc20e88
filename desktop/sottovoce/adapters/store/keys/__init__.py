"""The key of a home: where it comes from, where it is kept, and another one in its place.

A key comes from the caller, the keyring, a passphrase or a recovery code, in this order. A change of the key makes a
whole copy under the new one and proves it before it takes the old one's place; until then both open, and there is no
moment without a way. A way that has ended opens nothing on this machine any more.
"""

from sottovoce.adapters.store.keys.keys import KeySources, StoreKeys

__all__ = ["KeySources", "StoreKeys"]
