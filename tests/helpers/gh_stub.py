"""What `gh api` answers where there is no GitHub; it remembers what it was told.

Only what the workflows ask: comments of a pull request, and pull requests. It is run as a
program, with its memory in the file that GH_STATE names.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

BOT = "github-actions[bot]"


def main(words: list[str]) -> str:
    """Do what was asked, and return what gh would print."""
    file = Path(os.environ["GH_STATE"])
    state: dict[str, Any] = {"comments": [], "pulls": [], "calls": []}
    if file.exists():
        state = json.loads(file.read_text("utf-8"))
    path = next(word for word in words if word.startswith("repos/"))
    method = _option(words, "--method") or "GET"
    state["calls"].append({"method": method, "path": path})
    kind = "comments" if "/comments" in path else "pulls"
    if method == "GET":
        said = _jq(_option(words, "--jq"), state[kind])
    else:
        body = json.loads(Path(_option(words, "--input")).read_text("utf-8"))
        said = _write(state[kind], path if method == "PATCH" else "", body)
    file.write_text(json.dumps(state), encoding="utf-8")
    return said


def _write(those: list[dict[str, Any]], path: str, body: dict[str, Any]) -> str:
    if path:
        number = int(path.rpartition("/")[2])
        next(one for one in those if one["number"] == number).update(body)
        return ""
    number = len(those) + 1
    those.append({"id": number, "number": number, "user": {"login": BOT}, **body})
    return ""


def _jq(expression: str, value: object) -> str:
    done = subprocess.run(
        ("jq", "-r", expression),
        input=json.dumps(value),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def _option(words: list[str], name: str) -> str:
    return words[words.index(name) + 1] if name in words else ""


if __name__ == "__main__":
    sys.stdout.write(main(sys.argv[1:]))
