"""What may lie in a home's folder, and what a start does about it.

`states` is the whole table (database × key file × key in the keyring): exactly one state makes a database, each other
one opens it, goes on with what was interrupted, or refuses and changes no byte. The rest looks at the files, mends what
has another form beside it, and puts the files of a restore into place, whole or not at all. Only the rooms to the right
use this.
"""

__all__: list[str] = []
