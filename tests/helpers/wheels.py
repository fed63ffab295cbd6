"""Packages that tests make themselves, in a folder that pip can find them in."""

import hashlib
import io
import shutil
import tarfile
import zipfile
from pathlib import Path

# A build that tells a test that it runs, and then never ends.
_STUCK = """\
import os
import time


def build_wheel(folder, config_settings=None, metadata_directory=None):
    with open(os.environ["WAIT"], "w") as pipe:
        pipe.write("at work\\n")
        pipe.flush()
        time.sleep(600)
"""
_PROJECT = (
    '[build-system]\nrequires = []\nbuild-backend = "stuck"\nbackend-path = ["."]\n'
)


def wheel(folder: Path, name: str, version: str) -> str:
    """Make a wheel that holds nothing but its name; return its hash."""
    info = f"{name}-{version}.dist-info"
    files = {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    files[f"{info}/RECORD"] = "".join(
        f"{each},,\n" for each in (*files, f"{info}/RECORD")
    )
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for each, text in files.items():
            archive.writestr(each, text)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def stuck(folder: Path, name: str, version: str) -> None:
    """Make a source distribution whose build never ends, and writes to $WAIT first."""
    base = f"{name}-{version}"
    with tarfile.open(folder / f"{base}.tar.gz", "w:gz") as archive:
        for each, text in {
            "pyproject.toml": _PROJECT,
            "stuck.py": _STUCK,
            "PKG-INFO": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        }.items():
            about = tarfile.TarInfo(f"{base}/{each}")
            about.size = len(text)
            archive.addfile(about, io.BytesIO(text.encode()))


def unpacked(folder: Path, name: str, version: str) -> Path:
    """Unpack a wheel beside the others, for a Python that is to have it."""
    to = folder / f"{name}-{version}"
    shutil.unpack_archive(folder / f"{to.name}-py3-none-any.whl", to, "zip")
    return to
