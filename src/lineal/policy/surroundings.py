"""Whether a policy fits the repository: whose keys there are, which models, stages."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lineal.policy.config import (
    ANY,
    Policy,
    ReproductionGate,
    StageRules,
    VersusGate,
)
from lineal.policy.faults import Fault, quoted
from lineal.policy.signers import Signer

# What errors.json tells: of numbers, and of classes.
_BY_DAY = ("brier", "error_rate", "log_loss", "mae", "rmse", "wape")


@dataclass(frozen=True, slots=True)
class Around:
    """What only the repository knows.

    Attributes:
        signers: What its file of SSH keys says.
        models: Those that the registry has.
        stages: Those that `.gto` of the trusted branch allows; None: any.
        absent: What the branches that rules name, and that are not there, would be
            called here, by what the rules call them.
    """

    signers: tuple[Signer, ...] = ()
    models: frozenset[str] = frozenset()
    stages: tuple[str, ...] | None = None
    absent: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Located:
    """A fault, and the file that has it.

    Attributes:
        file: What the file is called.
        fault: What is wrong, and where in it.
    """

    file: str
    fault: Fault

    def __str__(self) -> str:
        return self.fault.at(self.file)


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found out about one policy.

    Attributes:
        name: What it is called.
        policy: What it says; None if that cannot be told.
        faults: What must be mended.
        warnings: What is probably not meant, a sentence each.
    """

    name: str
    policy: Policy | None
    faults: tuple[Located, ...] = ()
    warnings: tuple[str, ...] = ()


def warn(policy: Policy, around: Around) -> Iterator[str]:
    """Say what is probably not meant."""
    yield from dict.fromkeys(_of_keys(policy, around.signers))
    known = sorted(around.models)
    for model in policy.models:
        if model != ANY and model not in around.models:
            near = difflib.get_close_matches(model, known, 1)
            hint = f", did you mean {near[0]!r}?" if near else ""
            yield f"the registry has no model {quoted(model)}{hint}"
    for branch, name in around.absent.items():
        yield (
            f"rules ask for the branch {quoted(branch)}, and there is no {name} here, "
            "so nothing can enter by them: `git fetch` it, or mend its name"
        )
    yield from dict.fromkeys(_resampled(policy))
    theirs = around.stages
    if theirs is not None and policy.stages and set(theirs) != set(policy.stages):
        ours, listed = ", ".join(policy.stages), ", ".join(theirs)
        yield (
            f".gto allows the stages {listed or 'none'}, and the policy has {ours}: "
            "gto refuses, or lets in, what the policy does not"
        )


def rules(policy: Policy) -> Iterator[StageRules]:
    """Yield the rules of each stage of each model."""
    for stages in policy.models.values():
        yield from stages.values()


def _resampled(policy: Policy) -> Iterator[str]:
    """Say which metrics are to be resampled, and are not known day by day."""
    for gate in (gate for each in rules(policy) for gate in each.gates):
        if not isinstance(gate, VersusGate) or gate.confidence is None:
            continue
        if gate.metric not in _BY_DAY:
            yield (
                f"confidence needs {quoted(gate.metric)} day by day, and the errors.json "
                f"of lineal tells {', '.join(_BY_DAY)}: name one of them, or leave out "
                "confidence"
            )


def _of_keys(policy: Policy, signers: tuple[Signer, ...]) -> Iterator[str]:
    """Say whose signature could not count, and which keys count for two people."""
    for each in rules(policy):
        for of in _signing(each):
            keys = {who: _keys(policy, signers, who) for who in of}
            yield from _lacking(policy, keys)
            yield from _shared(keys)


def _signing(rules: StageRules) -> Iterator[tuple[str, ...]]:
    """Yield each group of people whose signatures are asked for."""
    for asked in (rules.approvals, rules.bypass):
        if asked is not None and asked.signed:
            yield asked.of
    for gate in rules.gates:
        if isinstance(gate, ReproductionGate) and gate.signed:
            yield gate.of


def _keys(policy: Policy, signers: tuple[Signer, ...], who: str) -> frozenset[str]:
    ssh = (each.key for each in signers if each.proves(who))
    return frozenset((*ssh, *policy.gpg.get(who, ())))


def _lacking(policy: Policy, keys: Mapping[str, frozenset[str]]) -> Iterator[str]:
    places = [policy.signers or "", "gpg" if policy.gpg else ""]
    where = " or ".join(place for place in places if place)
    for who, theirs in keys.items():
        if not theirs:
            yield f"{who} has no key in {where}, so no signature of theirs can count"


def _shared(keys: Mapping[str, frozenset[str]]) -> Iterator[str]:
    first: dict[str, str] = {}
    for who, theirs in keys.items():
        for key in theirs:
            other = first.setdefault(key, who)
            if other != who:
                yield f"one key proves {other} and {who}, so one person counts as two"
