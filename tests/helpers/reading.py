"""A registry of one model, as the tests of the reading commands ask it."""

from pathlib import Path

from helpers.sandbox import START, Sandbox

DAY = 86_400
HELD = "v1.0.0\n"
READ = (("show",), ("which", "m", "prod"), ("history",), ("show", "m"))


def registry(root: Path) -> Sandbox:
    """Make a model whose first version held prod for a day, and then its second."""
    made = Sandbox.create(root)
    for number in (1, 2):
        made.commit()
        at = START + number * DAY
        made.tag(f"m@v{number}.0.0", at=at)
        made.tag(f"m#prod#{number}", at=at + 60, message=f"reason {number}")
    return made


def held(sandbox: Sandbox, *words: str, **env: str) -> tuple[int, str]:
    """Return the exit code and the answer of `lineal which m prod`."""
    done = sandbox.run("lineal", "which", "m", "prod", *words, ok=False, env=env)
    return done.returncode, done.stdout


def answers(user: Sandbox, folder: Path) -> None:
    """Check that every reader answers in a folder, twice, as in the repository."""
    for words in (*READ, ("show", "--json"), ("history", "--json")):
        expected = user.lineal(*words).stdout
        for _ in range(2):
            assert user.lineal("--repo", str(folder), *words).stdout == expected
