"""Carry objects between a cache and a remote: a program, run by ...dvc.carrying.

It is told by a file of JSON what to do, and tells what happens in lines of JSON, at
least one a second while bytes move. Every object is hashed on this side: before it is
sent, and before it lies where it was sent to. It ends when whoever started it is gone.
"""

import json
import os
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lineal.doors.dvc import causes, leash
from lineal.doors.dvc.carrier import Carrier
from lineal.doors.dvc.configs import (
    ChildError,
    RemoteError,
    address,
    chosen,
    configured,
    explained,
    knock,
    opened,
)
from lineal.doors.dvc.parcels import Parcel, Tell


def run(question: Mapping[str, Any], tell: Tell) -> None:
    """Do what was asked.

    Args:
        question: `layers` as in lineal.doors.dvc.child; `verb` is send, bring or reach;
            `remote` a name or null; `parcels` hashes with their files and kinds; `to` a
            folder for what arrives; `repair`: whether to hash what the remote has.
        tell: Told of what happens.

    Raises:
        ChildError: The configuration forbids it, or the disk failed.
        RemoteError: The remote cannot be used.
    """
    config, relative = configured(question["layers"])
    name = chosen(config, relative, question["remote"])
    tell("remote", address=address(config, name))
    parcels = [Parcel(*each) for each in question["parcels"]]
    with explained(config, name):
        carrier = Carrier(*opened(config, name), tell, lambda: knock(config, name))
        if question["verb"] == "send":
            carrier.send(parcels, repair=question["repair"])
        elif question["verb"] == "bring":
            carrier.bring(parcels, question["to"])
        else:
            carrier.reach()
            there = carrier.look(parcels)
            for each in parcels:
                if each.md5 not in there:
                    tell("lost", md5=each.md5)


def main(file: str) -> None:
    """Do what a file asks for; tell it on stdout, which DVC does not get."""
    leash.hold()
    reply = os.dup(1)
    os.dup2(2, 1)
    lock = threading.Lock()

    def tell(event: str, **facts: object) -> None:
        line = json.dumps({"event": event, **facts}) + "\n"
        with lock:
            os.write(reply, line.encode())

    try:
        run(json.loads(Path(file).read_text("utf-8")), tell)
        tell("done")
    except ChildError as error:
        tell("failed", error=error.kind, reason=str(error))
    except RemoteError as error:
        tell("failed", **error.facts)
    except Exception as error:  # noqa: BLE001 - whatever plug-in of DVC failed
        tell("failed", error="failed", reason=causes.reason(error))
    os._exit(0)  # threads may wait for a server that does not answer


if __name__ == "__main__":
    main(*sys.argv[1:])
