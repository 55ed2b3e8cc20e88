"""What goes into the frozen program, and what stays out: plain tables, read by `sottovoce.spec` and by the tests."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

LANGUAGES: Final = sorted(
    folder.parent.name
    for folder in (Path(__file__).parents[1] / "desktop" / "sottovoce" / "language").glob("*/compiled")
)
"""Tags of those that the program shows: Qt's own words go in for them."""

SPEECH_DRIVERS: Final = {"linux": "espeak", "win32": "sapi5", "darwin": "nsss"}
"""Of pyttsx3, by `sys.platform`."""

IMPORTED_BY_NAME: Final = (
    "numpy",
    "onnxruntime",
    "pyttsx3",
    f"pyttsx3.drivers.{SPEECH_DRIVERS.get(sys.platform, 'espeak')}",
    "sherpa_onnx",
    "sounddevice",
    "soundfile",
    "soxr",
    "tzdata",  # for zones that the system does not know, as calendars name them by old names
    "uvicorn.lifespan.off",
    "vosk",
    *(("winsound",) if sys.platform == "win32" else ()),
    *(("pynput.keyboard",) if sys.platform in {"win32", "darwin"} else ()),
    *(("secretstorage", "jeepney") if sys.platform == "linux" else ()),
)
"""Modules that the program imports by a name in a string, which no analysis of imports finds."""

WHOLE_PACKAGES: Final = ("sottovoce", "keyring.backends", *(("dbus_fast",) if sys.platform == "linux" else ()))
"""Packages of which every module goes in: they find their own by name, or from modules in machine code."""

WITH_LIBRARIES: Final = ("vosk", "sherpa_onnx")
"""Packages with shared libraries that they load themselves."""

WITH_FILES: Final = ("sottovoce", "unicode_rbnf")
"""Packages with files that they read."""

WITH_METADATA: Final = ("keyring", "sherpa-onnx", "vosk", "wyoming")
"""Distributions whose metadata is asked for: keyring's entry points, the engine of a proof, a protocol's version."""

EXCLUDED: Final = (
    "IPython",
    "PySide6.QtOpenGL",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtSql",
    "PySide6.QtTest",
    "PySide6.QtXml",
    "_tkinter",
    "distutils",
    "doctest",
    "lib2to3",
    "numpy.f2py",
    "onnxruntime.quantization",
    "onnxruntime.tools",
    "onnxruntime.transformers",
    "pip",
    "pydoc",
    "readline",
    "setuptools",
    "test",
    "tkinter",
    "vosk.transcriber",
)
"""Modules that something names and the program never needs."""

UNUSED_FILES: Final = (
    (
        r"PySide6/Qt/plugins/(?!platforms/|iconengines/|imageformats/|platforminputcontexts/|platformthemes/|printsupport/|styles/|tls/"
        r"|wayland-|xcbglintegrations/)"
    ),
    r"PySide6/Qt/plugins/platforms/\w*q(eglfs|linuxfb|minimal|minimalegl|vkkhrdisplay|vnc|direct2d)\b",
    r"PySide6/Qt/plugins/platforminputcontexts/\w*qtvirtualkeyboard",
    r"PySide6/Qt/plugins/platformthemes/\w*qgtk3",
    r"PySide6/Qt/plugins/imageformats/\w*q(icns|pdf|tga|tiff|wbmp|webp)\b",
    (
        r"PySide6/(Qt/lib/)?\w*Qt6?(EglF[Ss]\w*|Quick|Qml|Pdf|VirtualKeyboard|WaylandCompositor|WaylandEglCompositor|Test"
        r"|Sql|Designer|OpenGLWidgets|ShaderTools)"
    ),
    rf"PySide6/(Qt/)?translations/(?!qtbase_({'|'.join(LANGUAGES)})\.qm$)",
    r"PySide6/(Qt/)?(qml|libexec|metatypes)/",
    r"sherpa_onnx/(include|bin)/",
    r"sherpa_onnx/lib/\w*sherpa-onnx-c(xx)?-api",
    r"onnxruntime/(tools|transformers|quantization|datasets)/",
    r"sottovoce/ARCHITECTURE\.md",
    r"sottovoce/language/\w+/(say|show|try)/",
)
"""Paths in the tree, as patterns from their beginning, of what is collected and never used."""

FROM_THE_SYSTEM: Final = frozenset({"libbz2.so.1.0"})
"""Libraries of the building Linux that go into the tree; every other stays the system's own.

So that sound and graphics plug-ins match, and security updates count. This one has another name on other distributions.
"""
