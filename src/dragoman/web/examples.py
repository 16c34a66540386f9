"""Answers of the API as its description shows them: mostly rows of a ledger of `examples/`, kept in `examples.json`."""

import json
from importlib.resources import files
from typing import Any

EXAMPLES: dict[str, Any] = json.loads((files(__package__) / "examples.json").read_text("utf-8"))
