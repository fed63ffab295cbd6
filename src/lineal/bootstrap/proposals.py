"""What a pull request makes of one model, against the base and against production."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lineal.actions.governing import Governing
from lineal.actions.judging import rehearsal
from lineal.actions.judging.rehearsal import Candidate, Rehearsal
from lineal.bootstrap.fingerprints import Fingerprints
from lineal.doors.dvc.names import UnreadableFileError
from lineal.errors import LinealError
from lineal.lineage.comparison import Comparison
from lineal.registry import facts, grammar
from lineal.registry.grammar import InvalidNameError
from lineal.registry.reader import Reader
from lineal.registry.state import Holder, ModelState
from lineal.reporting.pull_request import Held, Model, Point

_USUAL = ("prod", "production")  # where nobody wrote down a ladder
_VERSIONS = 8  # in a plot


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change of all models.

    Attributes:
        reader: The registry.
        prints: What both commits declare.
        force: The rules in force; None where they cannot be used.
        base: The commit where both part.
        head: The commit in question.
        now: When that was committed, in seconds since 1970.
    """

    reader: Reader
    prints: Fingerprints
    force: Governing | None
    base: str
    head: str
    now: int

    def model(self, name: str) -> Model:
        """Return what becomes of a model."""
        before, after = self._sight(name, self.base), self._sight(name, self.head)
        if after is None:
            return self._gone(name)
        if before == after:
            return Model(name, "unchanged")
        try:
            grammar.check_model(name)
        except InvalidNameError as error:
            return Model(name, "unclear", str(error))
        candidate = rehearsal.imagine(self.reader, name, self.head, self.now)
        found = self._compared(name, candidate.subject.state, is_new=before is None)
        return replace(
            found,
            next=str(candidate.choice.version),
            next_why=candidate.choice.reason or "",
            registered=candidate.registered,
            gates=self._gates(name, candidate),
        )

    def _gone(self, name: str) -> Model:
        try:
            self.prints.library.declared(name, self.head)
        except UnreadableFileError as error:
            return Model(name, "unclear", str(error), unreadable=True)
        state = self.reader.find(name)
        held = self._holder(state) if state else None
        said = "it is declared no more"
        if held is not None:
            said += f", and {held[0]} still holds {held[1].name}"
        return Model(name, "removed", said)

    def _compared(self, name: str, state: ModelState, *, is_new: bool) -> Model:
        """Compare with the base, and with production where that is another one."""
        found = Model(name, "new", "the base has no such model")
        if not is_new:
            found = self._against(found, self.base)
        held = self._holder(state)
        if held is not None:
            found = self._beside(found, *held)
        sides = [each.after for each in (found.base, found.production) if each]
        card = sides[0].facts if sides else self._card(name)
        metric = card.metric or next(iter(card.metrics), "")
        trace = self.prints.library.pedigree(name, self.head)
        return replace(
            found,
            metrics=card.metrics,
            trend=self._trend(state, metric, card.metrics),
            size=trace.made.size if trace and trace.made else None,
        )

    def _against(self, model: Model, before: str) -> Model:
        try:
            found = self._compare(model.name, before)
        except LinealError as error:
            said = f"it could not be compared with the base: {error}"
            return replace(model, verdict="unclear", reason=said)
        word = found.recommendation
        return replace(model, base=found, verdict=word.verdict, reason=word.reason)

    def _beside(self, model: Model, stage: str, holder: Holder) -> Model:
        """Add what production holds."""
        name = model.name
        is_base = self._sight(name, holder.commit) == self._sight(name, self.base)
        asked = f"{name}@{holder.version}" if holder.version else holder.commit
        held = Held(stage, holder.name, is_base=is_base)
        try:
            found = self._compare(name, asked)
        except LinealError as error:
            said = f"it could not be compared with {stage}: {error}"
            return replace(model, held=held, notes=(*model.notes, said))
        held = replace(held, measured=found.before.measured)
        kept = None if is_base and model.base else found
        return replace(model, held=held, production=kept)

    def _compare(self, model: str, before: str) -> Comparison:
        from lineal.bootstrap.comparing import compare  # noqa: PLC0415 - brings numpy

        return compare(self.reader, before, self.head, model=model)

    def _gates(self, model: str, candidate: Candidate) -> tuple[Rehearsal, ...]:
        force = self.force
        if force is None or not force.written:
            return ()
        asked = rehearsal.ladder(force.policy, model)
        return tuple(
            rehearsal.rehearse(self.reader, force, candidate, stage, self.now)
            for stage in asked
        )

    def _holder(self, state: ModelState) -> tuple[str, Holder] | None:
        """Return the highest stage that holds something, and what it holds."""
        ladder = self.force.policy.stages if self.force else ()
        order = [*reversed(ladder), *(s for s in _USUAL if s not in ladder)]
        held = ((stage, state.stages.get(stage)) for stage in order)
        return next(((stage, found) for stage, found in held if found), None)

    def _card(self, model: str) -> facts.Facts:
        found = facts.read(self.reader.store.place.git, model, [self.head])[0]
        return found or facts.Facts()

    def _trend(
        self, state: ModelState, metric: str, ours: Mapping[str, float]
    ) -> tuple[Point, ...]:
        """Return the metric of the last versions, and of the commit at the end."""
        standing = [v for v in state.versions if v.active and v.commit != self.head]
        last = standing[-_VERSIONS:]
        git = self.reader.store.place.git
        cards = facts.read(git, state.model, [each.commit for each in last])
        points = [
            Point(str(each.version), card.metrics[metric])
            for each, card in zip(last, cards, strict=True)
            if card and metric in card.metrics
        ]
        now = [Point("this", ours[metric])] if metric in ours else []
        return (*points, *now) if points and now else ()

    def _sight(self, model: str, commit: str) -> object:
        """Return what tells a commit's model from another's."""
        if commit in {self.base, self.head}:
            return self.prints.of(model, commit)
        git = self.reader.store.place.git
        return Fingerprints.take(git, [commit], [model]).of(model, commit)
