"""Check the event examples against the guide's format: `python training/events/check.py [FILE...]`."""

import collections
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).parent
LEAVES = set(re.findall(r"^\| ([A-Z]+(?:\.[a-z-]+)?) \|", (HERE / "GUIDE.md").read_text("utf-8"), re.M))
STATUSES = {"actual", "historical", "future", "hypothetical", "negated", "standing"}


def faults(row: dict) -> list[str]:
    """What is wrong with one example, in words; nothing where it is well formed."""
    found = []
    text = row["s"]
    for actor, recipient, trigger, leaf, status in row["e"]:
        parts = [p for side in (actor, recipient) if side for p in side.split("; ")] + [trigger]
        found += [f"{part!r} is not in the sentence" for part in parts if part not in text]
        if leaf not in LEAVES:
            found.append(f"no such leaf: {leaf}")
        if (status == "") != (leaf == "NONE") or (status and status not in STATUSES):
            found.append(f"status {status!r} with {leaf}")
    return found if row["e"] else [*found, "no candidate"]


def main(paths: list[str]) -> int:
    """Print each fault and the counts by leaf; 1 if there is a fault."""
    seen: dict[str, str] = {}
    leaves: collections.Counter[str] = collections.Counter()
    bad = sentences = empty = 0
    for path in [pathlib.Path(p) for p in paths] or sorted((HERE / "examples").glob("*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            where = f"{path.name}:{number}"
            try:
                row = json.loads(line)
                problems = faults(row)
            except (ValueError, KeyError, TypeError) as error:
                problems, row = [f"not an example: {error}"], {"s": line, "e": []}
            if row["s"] in seen:
                problems.append(f"the same as {seen[row['s']]}")
            seen[row["s"]] = where
            for problem in problems:
                print(f"{where}: {problem}")
            bad += bool(problems)
            sentences += 1
            leaves.update(c[3] for c in row["e"] if len(c) == 5)
            empty += all(len(c) == 5 and c[3] == "NONE" for c in row["e"])
    print(f"{sentences} sentences, {empty} without an event, {bad} with faults")
    print(", ".join(f"{leaf} {leaves[leaf]}" for leaf in sorted(LEAVES)))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
