"""A sheet of words on paper, where the system can print."""

from __future__ import annotations

import html
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument

try:
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter
except ImportError:  # an installation without it: there is no button then
    CAN_PRINT = False
else:
    CAN_PRINT = sys.platform != "win32"  # its dialog can only be run by holding everything else up

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from sottovoce.operations.keys import SheetLine

JOB = "Sottovoce"
"""What the print queue calls it."""


def ask_where(parent: QWidget, accepted: Callable[[QPrinter], object]) -> QPrintDialog:
    """Open the system's print dialog over `parent`; `accepted` is given the printer that was chosen."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(JOB)
    dialog = QPrintDialog(printer, parent)
    dialog.accepted.connect(lambda: accepted(printer))
    dialog.finished.connect(dialog.deleteLater)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.show()
    return dialog


def print_sheet(printer: QPrinter, lines: Sequence[SheetLine]) -> None:
    """Print the lines, one below another."""
    document = QTextDocument()
    document.setHtml("".join(map(_line, lines)))
    document.print_(printer)


def _line(line: SheetLine) -> str:
    family = "monospace" if line.monospaced else "sans-serif"
    weight = "bold" if line.bold else "normal"
    style = f"font-family: {family}; font-size: {line.size_pt}pt; font-weight: {weight}; margin: 0 0 6pt 0"
    return f'<p style="{style}">{html.escape(line.text) or "&nbsp;"}</p>'
