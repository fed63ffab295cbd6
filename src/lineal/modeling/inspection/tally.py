"""What a column holds, counted batch by batch in little memory."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from lineal.modeling import moments, texts
from lineal.modeling.inspection import dates
from lineal.modeling.sections import Csv

Hashes = NDArray[np.uint64]
Meaning = Literal["moment", "number", "boolean", "word", "other"]

KEPT: Final = 1 << 15
"""How many different values are counted exactly."""
CLASSES: Final = 1000
"""From how many different values on a target's are no longer counted one by one."""

_DAY: Final = np.timedelta64(1, "D")
_EXACT: Final = 2.0**53  # float64 holds every whole number up to this
_EMPTY: Final[Hashes] = np.array([], dtype="uint64")
_NONE: Final = np.uint64(0x9E3779B97F4A7C15)  # any number that stands for missing


@dataclass(frozen=True, slots=True)
class Reading:
    """How the values of a column are made of what is stored.

    Attributes:
        kind: `moment`, `number`, `boolean`, `word`; `other` is not looked into.
        csv: How texts are written; None where the storage says it.
        form: How dates are written, where they are texts or numbers.
        unit: Sign that all numbers have.
    """

    kind: Meaning
    csv: Csv | None = None
    form: str | None = None
    unit: str = ""

    def clean(self, values: Any) -> Any:
        """Return a batch of stored values with null for all that are missing."""
        if pa.types.is_dictionary(values.type):
            values = values.dictionary_decode()
        if pa.types.is_decimal(values.type):
            values = pc.cast(values, pa.float64())
        if pa.types.is_floating(values.type):
            gone = pc.is_nan(values)
        elif self.csv and self.csv.missing and is_text(values.type):
            gone = pc.is_in(values, pa.array(self.csv.missing, values.type))
        else:
            return values
        return pc.if_else(gone, pa.scalar(None, values.type), values)

    def read(self, values: Any) -> Any:
        """Return a clean batch of stored values as those that they mean."""
        if self.kind == "moment":
            return self._moments(values)
        if self.csv and self.kind in ("number", "boolean"):
            return self._numbers(values, self.csv)
        return values

    def _numbers(self, values: Any, csv: Csv) -> Any:
        if values.null_count == len(values):
            return pc.cast(values, pa.float64())
        trimmed = texts.bare(values, self.unit)
        if self.kind == "boolean":
            return pc.equal(pc.utf8_lower(trimmed), "true")
        return texts.to_numbers(trimmed, csv.decimal, csv.thousands)

    def _moments(self, values: Any) -> Any:
        """Return microseconds in UTC; what is no date becomes missing."""
        if pa.types.is_timestamp(values.type) or pa.types.is_date(values.type):
            return pc.cast(values, pa.timestamp("us"), safe=False)
        coded = pc.dictionary_encode(values)
        unique = coded.dictionary.to_pandas()
        form = self.form or dates.ISO
        if is_text(values.type):
            found = dates.read(unique.astype(object), form)
        else:
            found = moments.of_numbers(unique, form)
        moment = pa.array(found.to_numpy("datetime64[us]"), from_pandas=True)
        return pc.take(moment, coded.indices)


@dataclass(slots=True)
class Tally:
    """Counts of one column."""

    reading: Reading
    rows: int = 0
    missing: int = 0
    damaged: int = 0
    lowest: Any = None
    highest: Any = None
    zeros: int = 0
    negatives: int = 0
    whole: bool = True
    midnights: bool = True
    zoned: bool = False
    classes: Counter[str] | None = field(default_factory=Counter)
    kept: Hashes = field(default_factory=_EMPTY.copy)
    full: bool = False

    def add(self, stored: Any, *, counted: bool = False) -> Any:
        """Count a batch, and return it as it was read.

        Args:
            stored: As the file has it.
            counted: Whether values are counted one by one, too.
        """
        clean = self.reading.clean(stored)
        zone = pa.types.is_timestamp(clean.type) and clean.type.tz
        self.zoned = self.zoned or bool(zone)
        values = self.reading.read(clean)
        self.rows += len(values)
        self.missing += clean.null_count
        if self.reading.kind == "other":
            return values
        self.damaged += values.null_count - clean.null_count
        present = values.drop_null()
        if len(present):
            self._measure(present)
            self._distinguish(hashes(pc.unique(present)))
            if counted:
                self._count(present)
        return values

    @property
    def distinct(self) -> int:
        """How many different values there are, or about how many."""
        if not self.full:
            return len(self.kept)
        # The share of all hashes below the largest kept tells how dense they lie.
        return round((len(self.kept) - 1) / (float(self.kept[-1]) / 2.0**64))

    def _measure(self, values: Any) -> None:
        if self.reading.kind == "word":
            return
        if self.reading.kind == "boolean":
            values = pc.cast(values, pa.int8())
        ends = pc.min_max(values).as_py() if self.reading.kind != "moment" else None
        low, high = _ends(values) if ends is None else (ends["min"], ends["max"])
        self.lowest = low if self.lowest is None else min(low, self.lowest)
        self.highest = high if self.highest is None else max(high, self.highest)
        if self.reading.kind == "moment":
            self.midnights = self.midnights and _midnights(values)
            return
        self.whole = self.whole and pa.types.is_integer(values.type)
        self.zeros += pc.sum(pc.equal(values, 0)).as_py()
        self.negatives += pc.sum(pc.less(values, 0)).as_py()

    def _distinguish(self, found: Hashes) -> None:
        if self.full:
            found = found[found < self.kept[-1]]
        kept = np.union1d(self.kept, found)
        self.full = self.full or len(kept) > KEPT
        self.kept = kept[:KEPT]

    def _count(self, values: Any) -> None:
        if self.classes is None:
            return
        if self.distinct > CLASSES:
            self.classes = None
            return
        for each in pc.value_counts(values).to_pylist():
            self.classes[str(each["values"])] += each["counts"]


def hashes(values: Any) -> Hashes:
    """Return a number for each value that is as good as its own; equal for equals."""
    frame = values.to_pandas()
    if pa.types.is_floating(values.type) or pa.types.is_integer(values.type):
        # Whole numbers may come as floats in another batch.
        raw = frame.to_numpy(dtype="float64") + 0.0
        if pa.types.is_integer(values.type):
            exact = frame.to_numpy()
            large = np.abs(raw) >= _EXACT
            return np.where(large, _hashed(exact), _hashed(raw))
        return _hashed(raw)
    if pa.types.is_timestamp(values.type):
        return _hashed(frame.to_numpy("datetime64[us]").view("int64"))
    return _hashed(frame.astype(str).to_numpy(dtype=object))


def _hashed(raw: NDArray[Any]) -> Hashes:
    found: Hashes = pd.util.hash_array(raw, categorize=False)
    return found


def keys(values: Any) -> Hashes:
    """Return the hash of every value of a batch, missing ones among them."""
    coded = pc.dictionary_encode(values)
    table = np.append(hashes(coded.dictionary), _NONE)
    places = pc.fill_null(coded.indices, len(table) - 1).to_numpy(zero_copy_only=False)
    found: Hashes = table[places]
    return found


def combine(columns: list[Hashes], rows: int) -> Hashes:
    """Return one hash for each row of several columns; the same for all of none."""
    mixed = np.zeros(rows, dtype="uint64")
    for column in columns:
        mixed = (mixed * np.uint64(0x9DDFEA08EB382D69)) ^ column
        mixed ^= mixed >> np.uint64(29)
    return mixed


def is_text(kind: Any) -> bool:
    """Tell whether Arrow stores text."""
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _ends(values: Any) -> tuple[Any, Any]:
    """Return the earliest and the latest; Python's own moments end at 1 and 9999."""
    moments_ = values.to_numpy(zero_copy_only=False)
    return moments_.min(), moments_.max()


def _midnights(values: Any) -> bool:
    raw = values.to_numpy(zero_copy_only=False).astype("int64")
    return not (raw % (_DAY // np.timedelta64(1, "us"))).any()
