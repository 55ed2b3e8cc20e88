"""A window with the recorder of keys alone: records at once, prints each key that it takes."""

import sys

from PySide6.QtCore import QTimer

from sottovoce.ui.key_recorder import KeyRecorder
from sottovoce.ui.loop import QtApplication


def main() -> int:
    application = QtApplication(sys.argv)
    recorder = KeyRecorder()
    recorder.setWindowTitle("Recorder")

    def take(key: str) -> None:
        print(key, flush=True)  # noqa: T201 - what the test reads
        recorder.record()

    recorder.recorded.connect(take)
    recorder.show()
    recorder.activateWindow()

    def begin() -> None:
        if recorder.isActiveWindow():
            recorder.record()
            print("recording", flush=True)  # noqa: T201 - as above
        else:
            QTimer.singleShot(50, begin)

    QTimer.singleShot(50, begin)
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
