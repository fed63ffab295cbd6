"""What to write instead of MODEL@VERSION or MODEL#STAGE, where only MODEL fits."""

import re
from collections.abc import Iterator

import click

from lineal.registry import grammar
from lineal.registry.grammar import InvalidNameError

_SIGN = re.compile("[@#]")


def instead(
    text: str, param: click.Parameter | None, ctx: click.Context | None
) -> str | None:
    """Return the command line that was likely meant; None if it cannot be told.

    Args:
        text: What stands where the model's name should.
        param: The argument where it stands.
        ctx: The command.
    """
    model, what, rest = _parts(text)
    if ctx is None or not what:
        return None
    try:
        grammar.check_model(model)
    except InvalidNameError:
        return None
    words = []
    for each in ctx.command.params:
        if each is param:
            words.append(model)
        elif each.name == what:
            words += _named(each, rest or what.upper())
        elif isinstance(each, click.Argument) and each.required:
            words.append(each.make_metavar(ctx))
    return " ".join((ctx.command_path, *words))


def _parts(text: str) -> tuple[str, str, str]:
    """Return the model, what the sign after it begins, and what follows plainly."""
    found = _SIGN.search(text)
    if found is None:
        return text, "", ""
    what = "version" if found[0] == "@" else "stage"
    rest = re.match(r"[\w./+-]*", text[found.end() :])
    return text[: found.start()], what, rest[0] if rest else ""


def _named(param: click.Parameter, value: str) -> Iterator[str]:
    if isinstance(param, click.Option):
        yield param.opts[-1]
    yield value
