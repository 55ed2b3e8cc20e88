"""A window with a text field; what stands in it is written to a file whenever it changes."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QPlainTextEdit


def main() -> None:
    there = Path(sys.argv[1])
    application = QApplication(sys.argv)
    field = QPlainTextEdit()
    field.setWindowTitle("text field")

    def written() -> None:
        beside = there.with_suffix(".new")
        beside.write_text(field.toPlainText(), "utf-8")
        beside.replace(there)

    field.textChanged.connect(written)
    field.show()
    field.activateWindow()
    field.setFocus()
    written()
    application.exec()


if __name__ == "__main__":
    main()
