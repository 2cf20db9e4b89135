"""A model in one file: arrays of numbers and a page of JSON, in a zip. Loading runs nothing.

The page names the form (a later form is refused, never guessed) and carries a SHA-256 over labels
and numbers: a file that was changed on the way is refused. The same model gives the same bytes.

NumPy's own format can carry pickled objects; it is read with those forbidden, every array is
checked for its kind and size, and what the zip would unpack to is weighed first.
"""

import json
import zipfile
from dataclasses import asdict
from hashlib import sha256
from io import BytesIO

import numpy as np

from .route_features import MOST, NAMES, Space
from .route_model import Model, Quality, RouteError

FORM = "biaochi-route-2"
LARGEST = 2**30


def save(model, target):
    """Write a model to a path or an open binary file."""
    told = {
        "form": FORM,
        "digest": digest(model),
        "labels": model.labels,
        "slip": model.slip,
        "quality": asdict(model.quality),
    }
    page = np.frombuffer(json.dumps(told, ensure_ascii=False).encode(), np.uint8)
    np.savez_compressed(target, told=page, **_arrays(model))


def digest(model):
    """Return the SHA-256 (64 hex letters) of all a model decides by."""
    said = [model.slip, *model.labels]
    seal = sha256(json.dumps(said, ensure_ascii=False).encode())
    for name, array in sorted(_arrays(model).items()):
        seal.update(f"{name} {array.shape}".encode())
        seal.update(np.ascontiguousarray(array).tobytes())
    return seal.hexdigest()


def _arrays(model):
    """The arrays of a model by name, in the byte order of the file."""
    arrays = {
        "weights": model.weights.astype("<f4"),
        "offsets": model.offsets.astype("<f4"),
    }
    for space in model.spaces:
        arrays[f"{space.name}_codes"] = space.codes.astype("<u8")
        arrays[f"{space.name}_idf"] = space.idf.astype("<f4")
    return arrays


def load(source):
    """Return the Model in a path, bytes or an open binary file. Raises RouteError: not_a_model."""
    if isinstance(source, bytes | bytearray | memoryview):
        source = BytesIO(source)
    try:
        with zipfile.ZipFile(source) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST:
                raise RouteError("not_a_model", because="too_large")
        if hasattr(source, "seek"):
            source.seek(0)
        with np.load(source, allow_pickle=False) as arrays:
            return _model(arrays)
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        if isinstance(error, RouteError | FileNotFoundError):
            raise
        raise RouteError("not_a_model", because="damaged") from error


def _model(arrays):
    told = json.loads(_array(arrays, "told", np.uint8, 1).tobytes())
    labels = tuple(map(str, told["labels"]))
    if told["form"] != FORM or len(labels) < 2:
        raise RouteError("not_a_model", because="other_form")
    spaces = tuple(
        Space(
            name,
            _array(arrays, f"{name}_codes", np.uint64, 1),
            _array(arrays, f"{name}_idf", np.float32, 1),
        )
        for name in NAMES
    )
    weights = _array(arrays, "weights", np.float32, 2)
    offsets = _array(arrays, "offsets", np.float32, 1)
    fits = all(
        len(space.codes) == len(space.idf) <= MOST
        and (space.codes[1:] > space.codes[:-1]).all()
        and np.isfinite(space.idf).all()
        for space in spaces
    ) and weights.shape == (sum(len(space.codes) for space in spaces), len(labels))
    if not fits or offsets.shape != (len(labels),) or not _finite(weights, offsets):
        raise RouteError("not_a_model", because="shapes")
    slip = float(told["slip"])
    if not 0 <= slip < 1:
        raise RouteError("not_a_model", because="slip")
    model = Model(labels, spaces, weights, offsets, slip, Quality(**told["quality"]))
    if told["digest"] != digest(model):
        raise RouteError("not_a_model", because="changed")
    return model


def _finite(*arrays):
    return all(np.isfinite(array).all() for array in arrays)


def _array(arrays, name, kind, axes):
    array = arrays[name]
    if array.dtype != kind or array.ndim != axes:
        raise RouteError("not_a_model", because=name)
    return array
