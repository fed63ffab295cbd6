"""The JSON Schema of policy.yaml, for editors.

It knows each key and what belongs there, but not what depends on another place of the
file; `lineal.policy.reading` judges that as well.
"""

from importlib.resources import files


def text() -> str:
    """Return the schema as JSON."""
    return files(__package__).joinpath("schema.json").read_text("utf-8")
