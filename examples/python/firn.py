"""Firn in Python: the part of the C API that applies batches, through ctypes and nothing else.

    from firn import FirnError, Snapshot, Batch

    snapshot = Snapshot(b"one\\ntwo\\n")          # bytes in, bytes out
    patched = snapshot.apply(Batch(b'[{"op": "delete", "line": 1}]'))
    patched.bytes()                             # b"two\\n"

The library is the one that FIRN_LIBRARY names, else the one that the system finds. What Firn refuses
raises FirnError; its `fields` are those of every other binding (code, message, line, law, ...).
firn.h says what holds for handles, text and errors.
"""

import ctypes
import ctypes.util
import json
import os
from ctypes import POINTER, byref, c_char_p, c_int, c_size_t, c_uint32, c_uint64, c_void_p


class View(ctypes.Structure):
    """Borrowed bytes: the caller keeps them alive."""

    _fields_ = [("data", c_char_p), ("size", c_size_t)]


class Buffer(ctypes.Structure):
    """Bytes that are ours to free. A c_char_p would lose what stands behind a NUL."""

    _fields_ = [("data", c_void_p), ("size", c_size_t)]


class ApplyOptions(ctypes.Structure):
    _fields_ = [
        ("struct_size", c_size_t),
        ("policy", c_uint32),
        ("ties", c_uint32),
        ("revision", POINTER(c_uint64)),
    ]


FINGERPRINT_CHARS = 33
POLICIES = {"fail-fast": 0, "atomic": 1, "best-effort": 2}
TIES = {"reject": 0, "keep-order": 1}


def _load():
    name = os.environ.get("FIRN_LIBRARY") or ctypes.util.find_library("firn")
    if name is None:
        raise ImportError("libfirn.so is not installed; FIRN_LIBRARY may say where it is")
    try:
        library = ctypes.CDLL(name)
    except OSError as error:
        raise ImportError(f"libfirn.so cannot be loaded: {error}") from error
    out = POINTER(c_void_p)  # a handle that the function makes
    signatures = {
        "firn_buffer_free": (None, [POINTER(Buffer)]),
        "firn_error_free": (None, [c_void_p]),
        "firn_error_to_json": (c_int, [c_void_p, POINTER(Buffer), out]),
        "firn_snapshot_freeze": (c_int, [View, out, out]),
        "firn_snapshot_free": (None, [c_void_p]),
        "firn_snapshot_line_count": (c_uint64, [c_void_p]),
        "firn_snapshot_fingerprint": (None, [c_void_p, c_char_p]),
        "firn_batch_parse": (c_int, [View, c_void_p, out, out]),
        "firn_batch_free": (None, [c_void_p]),
        "firn_apply": (c_int, [c_void_p, c_void_p, POINTER(ApplyOptions), out, out]),
        "firn_patched_free": (None, [c_void_p]),
        "firn_patched_bytes": (c_int, [c_void_p, POINTER(Buffer), out]),
        "firn_patched_fingerprint": (None, [c_void_p, c_char_p]),
        "firn_patched_unified_diff": (c_int, [c_void_p, c_void_p, POINTER(Buffer), out]),
    }
    for function, (result, arguments) in signatures.items():
        getattr(library, function).restype = result
        getattr(library, function).argtypes = arguments
    return library


_firn = _load()


class FirnError(Exception):
    """What Firn refused. `violations`: one dictionary for each reason, at least one."""

    def __init__(self, fields):
        super().__init__(fields["message"])
        self.fields = fields
        self.code = fields["code"]
        self.violations = fields.get("violations") or [fields]


def _taken(buffer):
    try:
        return ctypes.string_at(buffer.data, buffer.size) if buffer.size else b""
    finally:
        _firn.firn_buffer_free(byref(buffer))


def _call(function, *arguments):
    """Calls what can fail; the error is its last argument."""
    error = c_void_p()
    if function(*arguments, byref(error)) == 0:
        return
    try:
        text = Buffer()
        if _firn.firn_error_to_json(error, byref(text), None) != 0:
            raise MemoryError(function.__name__)
        raise FirnError(json.loads(_taken(text)))
    finally:
        _firn.firn_error_free(error)


def _made(function, *arguments):
    handle = c_void_p()
    _call(function, *arguments, byref(handle))
    return handle


def _written(function, *arguments):
    buffer = Buffer()
    _call(function, *arguments, byref(buffer))
    return _taken(buffer)


def _fingerprint(function, handle):
    text = ctypes.create_string_buffer(FINGERPRINT_CHARS)
    function(handle, text)
    return text.value.decode("ascii")


class _Handle:
    """A value of the engine, freed with the object that holds it."""

    _free = None

    def __init__(self, handle):
        self._handle = handle

    def __del__(self):
        # Nothing to free where making it failed.
        if "_handle" in self.__dict__:
            type(self)._free(self._handle)


class Snapshot(_Handle):
    """Frozen bytes. Line numbers of a batch always mean these, and count from 1."""

    _free = _firn.firn_snapshot_free

    def __init__(self, text: bytes):
        super().__init__(_made(_firn.firn_snapshot_freeze, View(text, len(text))))

    @property
    def line_count(self):
        return _firn.firn_snapshot_line_count(self._handle)

    @property
    def fingerprint(self):
        return _fingerprint(_firn.firn_snapshot_fingerprint, self._handle)

    def apply(self, batch, policy="fail-fast", ties="reject"):
        options = ApplyOptions(ctypes.sizeof(ApplyOptions), POLICIES[policy], TIES[ties], None)
        return Patched(_made(_firn.firn_apply, self._handle, batch._handle, byref(options)))


class Batch(_Handle):
    """Patches, read from JSON."""

    _free = _firn.firn_batch_free

    def __init__(self, text: bytes):
        super().__init__(_made(_firn.firn_batch_parse, View(text, len(text)), None))


class Patched(_Handle):
    """A snapshot with a batch applied."""

    _free = _firn.firn_patched_free

    @property
    def fingerprint(self):
        return _fingerprint(_firn.firn_patched_fingerprint, self._handle)

    def bytes(self):
        return _written(_firn.firn_patched_bytes, self._handle)

    def unified_diff(self):
        return _written(_firn.firn_patched_unified_diff, self._handle, None)
