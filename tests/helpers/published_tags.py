"""Tag and model names that gto's tests publish, with what gto 1.10 makes of each.

Whether a row is right was asked of gto 1.10.1 itself, so rows from older editions of its
tests (github.com/iterative/gto, Apache-2.0) say what it reads now. From "odd names" on
the questions are our own. The rows are data; the wording is ours.
"""

from typing import NamedTuple


class Reading(NamedTuple):
    """What gto reads from a tag's name; its words for what was done."""

    action: str
    model: str
    version: str | None = None
    stage: str | None = None
    serial: int | None = None


_HUGE = "99999999999999999999999"

TAGS: tuple[tuple[str, Reading | None], ...] = (
    ("path@v1.2.3", Reading("register", "path", "v1.2.3")),
    ("path@v1.2.3#5", Reading("register", "path", "v1.2.3", serial=5)),
    ("path@v1.2.3!", Reading("deregister", "path", "v1.2.3")),
    ("path@v1.2.3!#2", Reading("deregister", "path", "v1.2.3", serial=2)),
    ("path#stage", Reading("assign", "path", stage="stage")),
    ("path#stage#1", Reading("assign", "path", stage="stage", serial=1)),
    ("path#stage!#2", Reading("unassign", "path", stage="stage", serial=2)),
    ("nn#prod", Reading("assign", "nn", stage="prod")),
    ("nn#prod!", Reading("unassign", "nn", stage="prod")),
    ("nn@v1.0.0-rc.2", Reading("register", "nn", "v1.0.0-rc.2")),
    ("nn@v1.0.0-alpha", Reading("register", "nn", "v1.0.0-alpha")),
    ("nn@v1.0.0-alpha.1", Reading("register", "nn", "v1.0.0-alpha.1")),
    ("nn@v1.0.0-alpha.beta", Reading("register", "nn", "v1.0.0-alpha.beta")),
    ("new-artifact@v1.0.1!", Reading("deregister", "new-artifact", "v1.0.1")),
    ("", None),
    ("###", None),
    ("@@@", None),
    ("model@v1", None),
    ("nn#prod#-1", None),
    ("model@v111", None),
    ("model-prod", None),
    ("model@0.0.1", None),
    ("model-prod-v1", None),
    ("model#prod#1-2", None),
    ("model#prod?#1-2", None),
    ("model#prod@v1.2.3", None),
    ("model@v1.2.3#prod", None),
    ("model-prod-v1-stage", None),
    ("model@prod@v1@stage-1", None),
    ("namespace/model@0.0.1", None),
    ("@namespace/model@0.0.1", None),
    ("model#prod#v1#stage#1-", None),
    ("model#prod-v1-stage@1-2", None),
    ("model#prod-v1-stage@1-2#@", None),
    # Odd names.
    ("m@deprecated", Reading("deprecate", "m")),
    ("m@deprecated#2", Reading("deprecate", "m", serial=2)),
    ("m#deprecated", Reading("assign", "m", stage="deprecated")),
    ("m#created", Reading("assign", "m", stage="created")),
    ("m@v1.0.0!#0", Reading("deregister", "m", "v1.0.0", serial=0)),
    ("m#prod#0", Reading("assign", "m", stage="prod", serial=0)),
    ("m#prod#007", Reading("assign", "m", stage="prod", serial=7)),
    (f"m#prod#{_HUGE}", Reading("assign", "m", stage="prod", serial=int(_HUGE))),
    (f"m@v{_HUGE}.0.0", Reading("register", "m", f"v{_HUGE}.0.0")),
    ("m#1#2", Reading("assign", "m", stage="1", serial=2)),
    ("m#a/b_c", Reading("assign", "m", stage="a/b_c")),
    ("m@v1.0.0--", Reading("register", "m", "v1.0.0--")),
    ("m@v1.0.0-rc.1+b.5", Reading("register", "m", "v1.0.0-rc.1+b.5")),
    ("m@v1.0.0-rc.1!", Reading("deregister", "m", "v1.0.0-rc.1")),
    ("m@v1.0.0+b!#2", Reading("deregister", "m", "v1.0.0+b", serial=2)),
    ("m_1@v1.0.0", Reading("register", "m_1", "v1.0.0")),
    ("a//b@v1.0.0", Reading("register", "a//b", "v1.0.0")),
    ("dir/sub=m@v1.0.0", Reading("register", "dir/sub:m", "v1.0.0")),
    ("dir=sub/m#prod!", Reading("unassign", "dir:sub/m", stage="prod")),
    ("a.b/c_d-e=m@deprecated", Reading("deprecate", "a.b/c_d-e:m")),
    ("../x=m@v1.0.0", Reading("register", "../x:m", "v1.0.0")),
    ("/abs=m@v1.0.0", Reading("register", "/abs:m", "v1.0.0")),
    ("-d=m@v1.0.0", Reading("register", "-d:m", "v1.0.0")),
    ("--upload-pack=x@v1.0.0", Reading("register", "--upload-pack:x", "v1.0.0")),
    ("--upload-pack=x", None),
    ("-d@v1.0.0", None),
    ("_m@v1.0.0", None),
    ("m_@v1.0.0", None),
    ("m-@v1.0.0", None),
    ("m.x@v1.0.0", None),
    ("mé@v1.0.0", None),
    ("a b@v1.0.0", None),
    ("a:b@v1.0.0", None),
    ("=m@v1.0.0", None),
    ("a=b=m@v1.0.0", None),
    ("m@v01.0.0", None),
    ("m@v1.0", None),
    ("m@V1.0.0", None),
    ("m@v1.0.0-", None),
    ("m@v1.0.0+", None),
    ("m@v1.0.0-01", None),
    ("m@v1.0.0#", None),
    ("m@v1.0.0!!", None),
    ("m@v\u0661.0.0", None),
    ("m@latest", None),
    ("m@greatest", None),
    ("m@deprecated!", None),
    ("m@deprecated!#2", None),
    ("m#prod-", None),
    ("m#v1.0.0", None),
    ("m#prod#+1", None),
    ("m#prod#1.0", None),
    ("m#prod#1#2", None),
    ("m#prod#\u0661", None),
    ("review/m/v1.0.0/prod/ann/1", None),
)

# gto's grammar knows "created", gto writes it never, and every command of gto stops
# with a KeyError where such a tag is, lightweight or not.
FATAL_TAGS = ("m@created", "m@created#1", "dir=m@created")

# Read by gto's pattern, and refused by gto when it is asked to write them.
LENIENT_TAGS = (
    ("m@v1.0.1\u0662", Reading("register", "m", "v1.0.1\u0662")),
    ("m@v1.0.0\n", Reading("register", "m", "v1.0.0")),
    ("m#prod#1\n", Reading("assign", "m", stage="prod", serial=1)),
)

# Names of models, as users write them: the folder before a colon, not "=".
NAMES: tuple[tuple[str, bool], ...] = (
    ("m", True),
    ("1", True),
    ("nn", True),
    ("m1", True),
    ("1nn", True),
    ("a_model", True),
    ("model-prod", True),
    ("model-prod-v1", True),
    ("namespace/model", True),
    ("dvclive:model", True),
    ("some/folder:some/model", True),
    ("a.b:m", True),
    ("..:m", True),
    ("-dir:m", True),
    ("", False),
    ("m/", False),
    ("/m", False),
    ("###", False),
    ("@@@", False),
    ("a model", False),
    ("-model", False),
    ("model-", False),
    ("model@1", False),
    ("model#1", False),
    ("@namespace/model", False),
    ("a.b", False),
    ("a:b:c", False),
    (":m", False),
    ("m:", False),
    ("dir:-m", False),
    ("dir=m", False),
)
