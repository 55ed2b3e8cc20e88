"""The onnxruntime that sherpa-onnx carries, by its C interface: networks are run step by step, not only whole.

sherpa-onnx has no call for a decoder's probabilities, nor for a text that is begun already. The library it brings does
both, so that no other is needed. Positions in its table of functions are part of the interface (`OrtApi` in
`onnxruntime_c_api.h`): new ones are put behind.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import importlib
import mmap
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_LIBRARY = {"win32": "onnxruntime.dll", "darwin": "libonnxruntime.dylib"}.get(sys.platform, "libonnxruntime.so")
_VERSION = 17
"""Of the interface: all that is called here is older."""
_POINTER, _SIZE = ctypes.c_void_p, ctypes.c_size_t
_OUT = ctypes.POINTER(_POINTER)
_MESSAGE = (2, ctypes.c_char_p, (_POINTER,))
_CALLS: dict[str, tuple[int, tuple[Any, ...]]] = {
    "CreateEnv": (3, (ctypes.c_int, ctypes.c_char_p, _OUT)),
    "CreateSessionFromArray": (8, (_POINTER, _POINTER, _SIZE, _POINTER, _OUT)),
    "Run": (9, (_POINTER, _POINTER, _OUT, _OUT, _SIZE, _OUT, _SIZE, _OUT)),
    "CreateSessionOptions": (10, (_OUT,)),
    "DisableMemPattern": (17, (_POINTER,)),
    "DisableCpuMemArena": (19, (_POINTER,)),
    "SetIntraOpNumThreads": (24, (_POINTER, ctypes.c_int)),
    "SessionGetInputCount": (30, (_POINTER, ctypes.POINTER(_SIZE))),
    "SessionGetOutputCount": (31, (_POINTER, ctypes.POINTER(_SIZE))),
    "SessionGetInputTypeInfo": (33, (_POINTER, _SIZE, _OUT)),
    "SessionGetInputName": (36, (_POINTER, _SIZE, _POINTER, _OUT)),
    "SessionGetOutputName": (37, (_POINTER, _SIZE, _POINTER, _OUT)),
    "CreateTensorWithDataAsOrtValue": (
        49,
        (_POINTER, _POINTER, _SIZE, ctypes.POINTER(ctypes.c_int64), _SIZE, ctypes.c_int, _OUT),
    ),
    "GetTensorMutableData": (51, (_POINTER, _OUT)),
    "CastTypeInfoToTensorInfo": (55, (_POINTER, _OUT)),
    "GetDimensionsCount": (61, (_POINTER, ctypes.POINTER(_SIZE))),
    "GetDimensions": (62, (_POINTER, ctypes.POINTER(ctypes.c_int64), _SIZE)),
    "GetTensorTypeAndShape": (65, (_POINTER, _OUT)),
    "AddSessionConfigEntry": (130, (_POINTER, ctypes.c_char_p, ctypes.c_char_p)),
    "CreateCpuMemoryInfo": (69, (ctypes.c_int, ctypes.c_int, _OUT)),
    "AllocatorFree": (76, (_POINTER, _POINTER)),
    "GetAllocatorWithDefaultOptions": (78, (_OUT,)),
}
_RELEASES = {
    "Status": 93,
    "Session": 95,
    "Value": 96,
    "TypeInfo": 98,
    "TensorTypeAndShapeInfo": 99,
    "SessionOptions": 100,
}
_TYPES = {"float32": 1, "int64": 7, "bool": 9}
"""ONNXTensorElementDataType."""
_FATAL = 4
_IN_PLACE = (b"session.use_ort_model_bytes_directly", b"session.use_ort_model_bytes_for_initializers")
"""Weights are read where the file is mapped, and not copied first: 35 MB less, and no more when it is loaded."""


class OnnxError(Exception):
    """A network cannot be loaded or run; the text is onnxruntime's and may hold paths."""


class Runtime:
    """The library, loaded once a process (sherpa-onnx has it loaded already)."""

    def __init__(self) -> None:
        """Find it beside sherpa-onnx.

        Raises:
            OnnxError: It is not there, or too old.
        """
        base = _library().OrtGetApiBase
        base.restype = _OUT
        get_api = ctypes.CFUNCTYPE(_POINTER, ctypes.c_uint32)(base()[0] or 0)
        table = get_api(_VERSION)
        if not table:
            message = "the onnxruntime of sherpa-onnx is too old"
            raise OnnxError(message)
        functions = ctypes.cast(table, _OUT)
        at, result, arguments = _MESSAGE
        self._message = ctypes.CFUNCTYPE(result, *arguments)(functions[at] or 0)
        self._calls = {
            name: ctypes.CFUNCTYPE(_POINTER, *types)(functions[at] or 0) for name, (at, types) in _CALLS.items()
        }
        self._releases = {name: ctypes.CFUNCTYPE(None, _POINTER)(functions[at] or 0) for name, at in _RELEASES.items()}
        self.environment = self.made("CreateEnv", _FATAL, b"sottovoce")
        self.memory = self.made("CreateCpuMemoryInfo", 0, 0)
        self.allocator = self.made("GetAllocatorWithDefaultOptions")

    def call(self, name: str, *arguments: Any) -> None:  # noqa: ANN401 - as ctypes takes them
        """Call a function of the table.

        Raises:
            OnnxError: It failed.
        """
        status = self._calls[name](*arguments)
        if status:
            message = self._message(status).decode("utf-8", "replace")
            self.release("Status", status)
            raise OnnxError(message)

    def made(self, name: str, *arguments: Any) -> int:  # noqa: ANN401 - as above
        """Call a function whose last argument takes a pointer; returns the pointer."""
        out = _POINTER()
        self.call(name, *arguments, ctypes.byref(out))
        return out.value or 0

    def count(self, name: str, owner: int) -> int:
        """Call a function that counts."""
        out = _SIZE()
        self.call(name, owner, ctypes.byref(out))
        return out.value

    def release(self, kind: str, pointer: int) -> None:
        """Free an object that the runtime has made."""
        self._releases[kind](pointer)

    def dimensions(self, shape: int) -> tuple[int, ...]:
        """Return the sizes of a tensor's shape; -1 where any will do."""
        count = self.count("GetDimensionsCount", shape)
        sizes = (ctypes.c_int64 * count)()
        self.call("GetDimensions", shape, sizes, count)
        return tuple(sizes)


@functools.cache
def the_runtime() -> Runtime:
    """Return the process's one onnxruntime.

    Raises:
        OnnxError: It can't be had.
    """
    return Runtime()


class Tensor:
    """A value that onnxruntime owns, to be handed on or read."""

    def __init__(self, runtime: Runtime, value: int, *, kept: object = None) -> None:
        """Own `value`; `kept` is the memory behind it, if that is not onnxruntime's."""
        self.value = value
        self._runtime = runtime
        self._kept = kept

    def __del__(self) -> None:
        """Free it."""
        self._runtime.release("Value", self.value)

    def array(self) -> Any:  # noqa: ANN401 - NumPy, loaded late
        """Copy the numbers into an array (float32)."""
        shape = self._runtime.made("GetTensorTypeAndShape", self.value)
        try:
            sizes = self._runtime.dimensions(shape)
        finally:
            self._runtime.release("TensorTypeAndShapeInfo", shape)
        data = self._runtime.made("GetTensorMutableData", self.value)
        numbers = ctypes.cast(data, ctypes.POINTER(ctypes.c_float))
        return importlib.import_module("numpy").ctypeslib.as_array(numbers, sizes).copy()


class NeuralNetwork:
    """One network, loaded, on one processor; not to be run by two threads at once."""

    def __init__(self, file: Path, runtime: Runtime) -> None:
        """Load a file of onnxruntime's.

        Raises:
            OnnxError: It can't be used.
        """
        self._runtime = runtime
        options = runtime.made("CreateSessionOptions")
        try:
            runtime.call("SetIntraOpNumThreads", options, 1)  # a second one costs twice the work for no time
            runtime.call("DisableCpuMemArena", options)  # it keeps the most that was ever needed
            runtime.call("DisableMemPattern", options)  # sizes are never the same twice
            for entry in _IN_PLACE:
                runtime.call("AddSessionConfigEntry", options, entry, b"1")
            with file.open("rb") as opened:
                self._bytes = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_COPY)
            start = ctypes.addressof(ctypes.c_char.from_buffer(self._bytes))
            self._session = runtime.made(
                "CreateSessionFromArray", runtime.environment, start, len(self._bytes), options
            )
            if hasattr(mmap, "MADV_DONTNEED"):  # most weights have been copied into another order by now
                self._bytes.madvise(mmap.MADV_DONTNEED)
        finally:
            runtime.release("SessionOptions", options)
        self.inputs = self._names("Input")
        self.outputs = self._names("Output")

    def __del__(self) -> None:
        """Free it."""
        with contextlib.suppress(AttributeError):  # it was never loaded
            self._runtime.release("Session", self._session)

    def tensor(self, array: Any) -> Tensor:  # noqa: ANN401 - NumPy, loaded late
        """An array (float32, int64 or bool) as its input."""
        array = importlib.import_module("numpy").ascontiguousarray(array)
        sizes = (ctypes.c_int64 * array.ndim)(*array.shape)
        value = self._runtime.made(
            "CreateTensorWithDataAsOrtValue",
            *(self._runtime.memory, array.ctypes.data, array.nbytes, sizes, array.ndim, _TYPES[str(array.dtype)]),
        )
        return Tensor(self._runtime, value, kept=array)

    def run(self, inputs: Mapping[str, Tensor], outputs: Sequence[str]) -> dict[str, Tensor]:
        """Run the network once.

        Raises:
            OnnxError: It failed.
        """
        values = (_POINTER * len(outputs))()
        self._runtime.call(
            "Run", self._session, None,
            _names_of(inputs), (_POINTER * len(inputs))(*(tensor.value for tensor in inputs.values())), len(inputs),
            _names_of(outputs), len(outputs), values,
        )  # fmt: skip
        return {name: Tensor(self._runtime, value) for name, value in zip(outputs, values, strict=True)}

    def _names(self, kind: str) -> dict[str, tuple[int, ...]]:
        """Inputs or outputs by name; with inputs their dimensions."""
        count = self._runtime.count(f"SessionGet{kind}Count", self._session)
        return {self._name(kind, at): self._shape(at) if kind == "Input" else () for at in range(count)}

    def _name(self, kind: str, at: int) -> str:
        pointer = self._runtime.made(f"SessionGet{kind}Name", self._session, at, self._runtime.allocator)
        try:
            return ctypes.string_at(pointer).decode()
        finally:
            self._runtime.call("AllocatorFree", self._runtime.allocator, pointer)

    def _shape(self, at: int) -> tuple[int, ...]:
        info = self._runtime.made("SessionGetInputTypeInfo", self._session, at)
        try:
            return self._runtime.dimensions(self._runtime.made("CastTypeInfoToTensorInfo", info))
        finally:
            self._runtime.release("TypeInfo", info)


def _names_of(names: Iterable[str]) -> Any:  # noqa: ANN401 - an array of ctypes
    encoded = [name.encode() for name in names]
    return ctypes.cast((ctypes.c_char_p * len(encoded))(*encoded), _OUT)


def _library() -> ctypes.CDLL:
    try:
        sherpa = importlib.import_module("sherpa_onnx")  # brings it into the process
        return ctypes.CDLL(str(Path(sherpa.__file__ or "").parent / "lib" / _LIBRARY))
    except (ImportError, OSError) as error:
        raise OnnxError(type(error).__name__) from None
