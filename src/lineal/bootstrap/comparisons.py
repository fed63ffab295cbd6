"""Comparisons for Python: what `lineal compare` and `lineal trend` answer."""

from typing import TYPE_CHECKING

from lineal.registry.reader import Reader

if TYPE_CHECKING:
    from lineal.lineage.comparison import Comparison
    from lineal.lineage.trend import Trend


class Comparisons:
    """What differs between versions of a model, and whether they get better."""

    _reader: Reader

    def compare(
        self, before: str, after: str, *, model: str | None = None
    ) -> "Comparison":
        """Tell what differs between two versions, and which is better.

        Args:
            before: The one to compare with: `MODEL@VERSION`, `MODEL#STAGE`, a branch,
                tag or commit, or `.` for the working tree.
            after: The one in question, in the same words.
            model: Whose commits; by default what one of them names, or the only one
                declared.

        Raises:
            BadInputError: They name nothing, or nothing that can be compared.
            RefusedError: There is no such model, or nothing of it is known.
            OutsideError: Git failed.
        """
        from lineal.bootstrap import comparing  # noqa: PLC0415 - brings the policy

        return comparing.compare(self._reader, before, after, model=model)

    def trend(
        self,
        model: str,
        metric: str | None = None,
        *,
        segment: str | None = None,
        stage: str | None = None,
    ) -> "Trend":
        """Return a metric over the versions of a model, the lowest version first.

        Args:
            model: Its name.
            metric: Which; by default what the newest version was chosen by.
            segment: Of this segment only.
            stage: Only versions that this stage holds or held.

        Raises:
            BadInputError: No card tells that metric or segment.
            RefusedError: There is no such model or stage, or it has no version.
            OutsideError: Git failed.
        """
        from lineal.bootstrap import trending  # noqa: PLC0415 - brings the policy

        return trending.trend(self._reader, model, metric, segment=segment, stage=stage)
