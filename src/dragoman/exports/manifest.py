"""What a folder of tables was made from, and the digest of each file, so that a paper can cite what it used."""

import hashlib
import json
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from dragoman.exports.tables import SCHEMA
from dragoman.records import ReadBy, Record

NAME = "manifest.json"


@dataclass
class Manifest:
    """Gathers versions and files as an export goes on, and writes `manifest.json` at its end."""

    command: str
    versions: dict[ReadBy, None] = field(default_factory=dict)
    rows: dict[Path, int] = field(default_factory=dict)

    def saw(self, record: Record) -> None:
        """Note the versions that made a record."""
        self.versions.setdefault(record.read_by)

    def wrote(self, path: Path, rows: int) -> None:
        """Note a file and how many rows it holds."""
        self.rows[path] = rows

    def metadata(self) -> dict[str, str]:
        """Return what every file says of itself; several versions are joined by `; `."""
        by = list(self.versions)
        return {
            "dragoman.coder": "; ".join(dict.fromkeys(f"{one.dragoman} {one.model}" for one in by)),
            "dragoman.ontology": "; ".join(dict.fromkeys(one.ontology for one in by)),
            "dragoman.knowledge": "; ".join(dict.fromkeys(one.knowledge for one in by)),
            "dragoman.schema": str(SCHEMA),
            "dragoman.command": self.command,
        }

    def write(self, folder: Path) -> None:
        """Write the manifest into the folder: each file with its rows, bytes and SHA-256, in order of path."""
        files = [
            {
                "path": path.relative_to(folder).as_posix(),
                "rows": self.rows[path],
                "bytes": path.stat().st_size,
                "sha256": digest_of(path),
            }
            for path in sorted(self.rows)
        ]
        made = {"dragoman": version("dragoman"), **self.metadata(), "files": files}
        (folder / NAME).write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", "utf-8")


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file as hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
