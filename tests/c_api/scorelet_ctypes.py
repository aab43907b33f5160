"""The shared library through ctypes, with pyarrow at both ends: what a Python host needs, and no more."""

import ctypes
from ctypes import POINTER, byref, c_char_p, c_int32, c_size_t, c_uint32, c_void_p

import pyarrow as pa

OK, REJECTED, BAD_ARGUMENT, MISMATCH = range(4)
NO_ROW = c_size_t(-1).value


class ScoreOptions(ctypes.Structure):
    _fields_ = [("size", c_size_t), ("all_outputs", c_uint32), ("diagnostics", c_uint32), ("details", c_uint32)]


class ArrowStructure(ctypes.Structure):
    """Room for ArrowSchema or ArrowArray; pyarrow knows the members."""

    _fields_ = [("words", ctypes.c_uint64 * 10)]


class Refused(Exception):
    """Carries (severity, code, field, message) of every finding."""

    def __init__(self, findings):
        super().__init__("; ".join(f[3] for f in findings))
        self.findings = findings


class Library:
    def __init__(self, path):
        self.c = ctypes.CDLL(path)
        for name, result, arguments in [
            ("load", c_int32, [c_char_p, c_size_t, c_void_p, POINTER(c_void_p), POINTER(c_void_p)]),
            ("model_release", None, [c_void_p]),
            ("model_input_schema", c_int32, [c_void_p, c_void_p]),
            ("scorer_new", c_int32, [c_void_p, c_void_p, POINTER(c_void_p)]),
            ("scorer_release", None, [c_void_p]),
            ("scorer_diagnostics", c_void_p, [c_void_p, c_size_t]),
            ("score", c_int32, [c_void_p] * 5),
            ("diagnostics_count", c_size_t, [c_void_p]),
            ("diagnostics_release", None, [c_void_p]),
            *((f"diagnostics_{part}", c_char_p, [c_void_p, c_size_t, c_void_p])
              for part in ("severity", "code", "field", "message")),
        ]:
            function = getattr(self.c, "scorelet_" + name)
            function.restype, function.argtypes = result, arguments
            setattr(self, name, function)

    def findings(self, handle):
        parts = (self.diagnostics_severity, self.diagnostics_code, self.diagnostics_field, self.diagnostics_message)
        return [tuple(part(handle, i, None).decode() for part in parts) for i in range(self.diagnostics_count(handle))]


class Scorer:
    def __init__(self, library, pmml, **options):
        self.library = library
        model, faults = c_void_p(), c_void_p()
        if library.load(pmml, len(pmml), None, byref(model), byref(faults)) != OK:
            findings = library.findings(faults)
            library.diagnostics_release(faults)
            raise Refused(findings)
        schema = ArrowStructure()
        library.model_input_schema(model, byref(schema))
        self.input_schema = pa.Schema._import_from_c(ctypes.addressof(schema))
        self.handle = c_void_p()
        library.scorer_new(model, byref(ScoreOptions(ctypes.sizeof(ScoreOptions), **options)), byref(self.handle))
        library.model_release(model)  # the scorer keeps it

    def score(self, batch):
        """A pyarrow RecordBatch in, a validated RecordBatch out."""
        schema, rows, out_schema, out = (ArrowStructure() for _ in range(4))
        batch._export_to_c(ctypes.addressof(rows), ctypes.addressof(schema))
        status = self.library.score(self.handle, byref(schema), byref(rows), byref(out_schema), byref(out))
        pa.Schema._import_from_c(ctypes.addressof(schema))  # takes it back, so that it is released
        if status != OK:
            raise Refused(self.findings())
        result = pa.RecordBatch._import_from_c(ctypes.addressof(out), ctypes.addressof(out_schema))
        result.validate(full=True)
        return result

    def findings(self, row=NO_ROW):
        return self.library.findings(self.library.scorer_diagnostics(self.handle, row))

    def close(self):
        self.library.scorer_release(self.handle)
        self.handle = c_void_p()
