"""The user's data in clear, for other programs and for reading: JSON Lines, Markdown, a description of every field.

An export is written into a new folder, for the user alone, and removed again if it comes to nothing. The same tables
describe the files, write them and read them again: a folder is looked at as a whole before anything of it is taken.
"""

from sottovoce.adapters.store.export.exporting import StoreExport

__all__ = ["StoreExport"]
