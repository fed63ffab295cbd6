"""Comparisons for Python: what `lineal compare`, `trend` and `used-by` answer."""

from typing import TYPE_CHECKING

from lineal.registry.reader import Reader

if TYPE_CHECKING:
    from lineal.lineage.asked import Kind
    from lineal.lineage.comparison import Comparison
    from lineal.lineage.trend import Trend
    from lineal.lineage.usage import Usage


class Comparisons:
    """What differs between versions, whether they get better, and what they share."""

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

    def used_by(
        self, thing: str, *, kind: "Kind | None" = None, model: str | None = None
    ) -> "Usage":
        """Return which versions, stages and periods something reached.

        Args:
            thing: A file or folder, an md5, a feature, `NAME=VALUE` of a parameter or
                `NAME==VERSION` of a library; without the value, any.
            kind: What it is; by default the first of these that went into a version.
            model: Only versions of this model.

        Raises:
            BadInputError: The text names nothing.
            RefusedError: No version was made with it, or there is no such model.
            OutsideError: Git failed.
        """
        from lineal.bootstrap import usage  # noqa: PLC0415 - few ask
        from lineal.lineage.asked import readings  # noqa: PLC0415 - as above

        return usage.search(self._reader, readings(thing, kind), model)
