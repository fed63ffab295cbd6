"""How far apart the rows of a series are, and what comes round in them.

Rows lie on a grid of steps: hours, days, weeks or months. Everything that a forecast
counts (its horizon, lags, windows) it counts in steps.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from lineal.modeling.config import Frequency

Moments = npt.NDArray[np.datetime64]
Steps = npt.NDArray[np.int64]

_WEEK: Final = 7  # days
_CYCLES: Final = 8  # by so many of its kind is told what is usual
_FADED: Final = 24  # half-lives after which a weight is lost in rounding


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """One frequency: its steps, its short cycle and its long one.

    Attributes:
        frequency: Its name, which is also what one step is called.
        unit: What NumPy calls the unit that steps are made of.
        count: Units a step.
        cycle: Steps of the short cycle, None where there is none.
        slot: What tells the steps of one cycle apart, in names of features.
        slot_words: The same, in words.
        cycle_name: What one cycle is called.
        season: Steps of the long cycle; where there is a short one, whole ones of it.
        season_name: What that is called.
        recent: Steps that the size of a series is measured by.
        least: How many of them must be known.
        silent: Steps after which a size is forgotten.
        half_lives: Of exponentially weighted means, in steps.
        spans: Windows that are compared with the same a season before.
        fresh: Windows by which it is told how unusual the latest steps were.
        around: Steps around a date that stand for its part of the season.
        around_words: What those are called.
        day: Steps that are resampled together at least, because they are one day.
    """

    frequency: Frequency
    unit: Literal["h", "D", "M"]
    count: int = 1
    cycle: int | None = None
    slot: str = ""
    slot_words: str = ""
    cycle_name: str = ""
    season: int
    season_name: str = "year"
    recent: int
    least: int
    silent: int
    half_lives: tuple[int, ...]
    spans: tuple[int, ...]
    fresh: tuple[int, ...]
    around: int
    around_words: str
    day: int = 1

    @property
    def step(self) -> str:
        """What one step is called."""
        return self.frequency

    @property
    def steps(self) -> str:
        """What several steps are called."""
        return f"{self.frequency}s"

    @property
    def one(self) -> str:
        """One step with its article."""
        return "an hour" if self.frequency == "hour" else f"a {self.frequency}"

    @property
    def manner(self) -> str:
        """What comes once a step, with its article."""
        return "a daily" if self.frequency == "day" else f"{self.one}ly"

    @property
    def turn(self) -> int:
        """Steps from one value to the one before that is like it; 1 without a cycle."""
        return self.cycle or 1

    @property
    def usual(self) -> int:
        """Steps by which it is told what is usual."""
        return _CYCLES * self.turn

    @property
    def lookback(self) -> int:
        """Steps before an origin that its features read.

        Two seasons, what was usual before those, and the size of that time; or as far
        as weighted means go back until what is left does not matter.
        """
        reach = 2 * self.season + self.usual + self.recent
        return max(reach, _FADED * max(self.half_lives))

    @property
    def baseline(self) -> tuple[str, str]:
        """The features that the baseline copies: a season ago, else the latest alike."""
        latest = f"{self.slot}_lag_0" if self.cycle else "lag_0"
        return f"lag_{self.season}_of_date", latest

    @property
    def ago(self) -> str:
        """How long ago the naive forecast of MASE was, in words."""
        return f"a {self.cycle_name} ago" if self.cycle else f"{self.one} ago"

    @property
    def resampled(self) -> str:
        """What is drawn when the errors of origins are resampled, in words."""
        return f"origin {'days' if self.day > 1 else self.steps}"

    def number(self, times: npt.ArrayLike, first: np.datetime64) -> Steps:
        """Return how many steps after the first one times lie, on the grid."""
        unit = f"datetime64[{self.unit}]"
        ahead = np.asarray(times).astype(unit) - first.astype(unit)
        steps: Steps = ahead.astype(np.int64) // self.count
        return steps

    def times(self, first: np.datetime64, steps: Steps) -> Moments:
        """Return the times that lie so many steps after the first one."""
        start = first.astype(f"datetime64[{self.unit}]")
        moved: Moments = start + steps * self.count
        return moved

    def time(self, first: np.datetime64, steps: int) -> np.datetime64:
        """Return the time that lies so many steps after the first one."""
        found: np.datetime64 = self.times(first, np.array([steps]))[0]
        return found

    def between(self, first: np.datetime64, last: np.datetime64) -> Moments:
        """Return every time from the first to the last, both included."""
        size = int(self.number(last, first))
        return self.times(first, np.arange(size + 1))

    def text(self, moment: np.datetime64) -> str:
        """Write a time: a date, or with hours and minutes where steps are hours."""
        unit = "m" if self.unit == "h" else "D"
        return str(np.datetime_as_string(moment.astype(f"datetime64[{unit}]")))

    def moment(self, time: np.datetime64) -> date:
        """Return a time as Python has it: a date, or a datetime where steps are hours."""
        unit = "us" if self.unit == "h" else "D"
        found: date = time.astype(f"datetime64[{unit}]").item()
        return found

    def later(self, text: str, steps: int) -> str:
        """Write the time so many steps after one that is written.

        >>> DAY.later("2024-02-28", 2), MONTH.later("2024-01-01", -1)
        ('2024-03-01', '2023-12-01')
        """
        return self.text(self.time(np.datetime64(text), steps))

    def blocks(self, block: int) -> int:
        """Return how many of what is resampled a block of so many steps has.

        Where origins are several steps apart that is more than needed, never less.
        """
        return -(-block // self.day)


HOUR: Final = Rhythm(
    frequency="hour",
    unit="h",
    cycle=24,
    slot="hour",
    slot_words="hour of the day",
    cycle_name="day",
    season=168,
    season_name="week",
    recent=168,
    least=24,
    silent=336,
    half_lives=(3, 24, 72),
    spans=(24, 168, 336),
    fresh=(1, 24, 48),
    around=3,
    around_words="3 hours",
    day=24,
)
DAY: Final = Rhythm(
    frequency="day",
    unit="D",
    cycle=7,
    slot="weekday",
    slot_words="weekday",
    cycle_name="week",
    season=364,  # whole weeks, so that weekdays agree
    recent=28,
    least=7,
    silent=728,
    half_lives=(3, 14, 30),
    spans=(7, 28, 91),
    fresh=(1, 7, 14),
    around=7,
    around_words="week",
)
WEEK: Final = Rhythm(
    frequency="week",
    unit="D",
    count=_WEEK,
    season=52,
    recent=13,
    least=4,
    silent=104,
    half_lives=(2, 4, 8),
    spans=(4, 13, 26),
    fresh=(1, 4, 8),
    around=3,
    around_words="3 weeks",
)
MONTH: Final = Rhythm(
    frequency="month",
    unit="M",
    season=12,
    recent=12,
    least=3,
    silent=24,
    half_lives=(1, 2, 4),
    spans=(3, 6, 12),
    fresh=(1, 3, 6),
    around=3,
    around_words="3 months",
)

RHYTHMS: Final[Mapping[Frequency, Rhythm]] = MappingProxyType(
    {"hour": HOUR, "day": DAY, "week": WEEK, "month": MONTH}
)
