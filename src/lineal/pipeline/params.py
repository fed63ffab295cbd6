"""How params.yaml is read, as DVC reads it."""

import re
from pathlib import Path
from typing import Any, Final

import yaml

from lineal.modeling.params import Params
from lineal.modeling.parsing import parse
from lineal.modeling.sections import InvalidParamsError

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc] # the base is chosen at run time
    """Safe YAML that reads 1e-3 as a number, as YAML 1.2 and DVC do."""


_FLOAT: Final = re.compile(r"[-+]?[0-9]+(\.[0-9]*)?[eE][-+]?[0-9]+$")
_Loader.add_implicit_resolver("tag:yaml.org,2002:float", _FLOAT, list("-+0123456789"))


def load_params(path: Path | str = "params.yaml") -> Params:
    """Read params.yaml.

    Raises:
        InvalidParamsError: There is none, it is not YAML, or it says what it may not.
    """
    path = Path(path)
    if not path.is_file():
        msg = f"{path} is not there: run in the folder of the repository that has it"
        raise InvalidParamsError(msg)
    return parse_params(path.read_bytes(), str(path))


def parse_params(content: bytes, name: str = "params.yaml") -> Params:
    """Read the text of a params.yaml, such as that of a version.

    Raises:
        InvalidParamsError: It is not YAML, or it says what it may not.
    """
    try:
        document = yaml.load(content, _Loader)  # noqa: S506 - it is a safe one
    except yaml.YAMLError as error:
        msg = f"{name} is not YAML{_place(error)}: {_problem(error)}"
        raise InvalidParamsError(msg) from error
    if not isinstance(document, dict):
        msg = f"{name} must map `runtime` and `models` to their parts"
        raise InvalidParamsError(msg)
    return parse(document)


def _place(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f" at line {mark.line + 1}, column {mark.column + 1}" if mark else ""


def _problem(error: yaml.YAMLError) -> str:
    problem = getattr(error, "problem", None) or str(error)
    return " ".join(problem.split())
