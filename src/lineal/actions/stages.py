"""Stages that a version may enter: the team's, or those that were used before."""

from collections.abc import Iterable

from lineal.actions import similar
from lineal.actions.governing import Governing
from lineal.actions.subject import Subject, UnknownStageError
from lineal.errors import RefusedError
from lineal.registry import grammar, trusted
from lineal.registry.reader import Reader

_SHOWN = 5  # names that a note lists


class MistypedStageError(RefusedError):
    """Nothing ever held the stage, and its name is close to another's."""

    def __init__(self, stage: str, meant: str) -> None:
        super().__init__(
            f"{stage} is no stage of this registry yet, did you mean {meant}? Pass "
            "--force to begin a new stage"
        )


def noted(
    reader: Reader, subject: Subject, stage: str, rules: Governing, *, force: bool
) -> tuple[str, ...]:
    """Refuse a stage that cannot be; one that the policy does not list, its rules do.

    Returns:
        What to say of one that the registry did not have.

    Raises:
        InvalidNameError: Nothing can have that name.
        UnknownStageError: `.gto` of the trusted branch lists others.
        MistypedStageError: Nobody lists any, it was probably meant to be another, and
            is not forced.
    """
    listed, policy = allowed(rules, stage), rules.policy
    if (
        listed is not None
        or policy.stages
        or stage in policy.ruled(subject.state.model)
    ):
        return ()  # what somebody listed is not mistyped
    return entered(reader, subject, stage, force=force)


def allowed(rules: Governing, stage: str) -> tuple[str, ...] | None:
    """Refuse a stage that cannot be, or that the team does not have.

    Returns:
        The stages that the team has; None: any.

    Raises:
        InvalidNameError: Nothing can have that name.
        UnknownStageError: `.gto` of the trusted branch lists others.
    """
    grammar.check_stage(stage)
    listed = None if rules.gto is None else trusted.listed(rules.gto)
    if listed is not None and stage not in listed:
        raise UnknownStageError(stage, listed)
    return listed


def entered(
    reader: Reader, subject: Subject, stage: str, *, force: bool
) -> tuple[str, ...]:
    """Return what to say of a stage that the registry did not have.

    Raises:
        MistypedStageError: It was probably meant to be another, and is not forced.
    """
    if stage in subject.state.stages:
        return ()
    others = _used(reader)
    if not others or stage in others:
        return ()
    meant = similar.meant(stage, others)
    if meant is not None and not force:
        raise MistypedStageError(stage, meant)
    return (f"{stage} is a new stage here; the others are {_listed(others)}",)


def _used(reader: Reader) -> frozenset[str]:
    words = (grammar.read(tag) for tag in reader.store.tags())
    return frozenset(said.stage for said in words if said and said.stage)


def _listed(names: Iterable[str]) -> str:
    shown = sorted(names)
    more = f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
    return ", ".join(shown[:_SHOWN]) + more
