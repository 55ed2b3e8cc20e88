"""SQL and rows: the domain's values in and out of the tables, one file for each family of tables.

Every function takes a connection and runs on the thread that owns it; it neither waits nor begins a transaction, and
tells nobody. `calls` has the calls of the store, each as the one function that answers it; `union` adds what another
store holds; `marks` remembers what was erased, so that nothing brings it back, and `powers` ends what may have been
taken back since. Only the store's other rooms use this.
"""

from sottovoce.adapters.store.rows import (
    audit,
    calls,
    clock,
    erase,
    history,
    knowledge,
    marks,
    match,
    memories,
    messages,
    powers,
    records,
    sittings,
    turns,
    union,
)

__all__ = [
    "audit",
    "calls",
    "clock",
    "erase",
    "history",
    "knowledge",
    "marks",
    "match",
    "memories",
    "messages",
    "powers",
    "records",
    "sittings",
    "turns",
    "union",
]
