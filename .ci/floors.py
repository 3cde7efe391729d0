"""Compare a score with its floors: exit status 1 and a line for each figure that fell below.

usage: floors.py SCORE.json FLOORS.toml SET
"""

import json
import sys
import tomllib
from pathlib import Path


def main() -> int:
    """Print what fell below its floor; 1 if anything did."""
    score = json.loads(Path(sys.argv[1]).read_text(encoding="utf8"))
    floors = tomllib.loads(Path(sys.argv[2]).read_text(encoding="utf8"))[sys.argv[3]]
    below = []
    for name, floor in floors.items():
        if name == "traps_sprung":
            sprung = score["totals"].get("traps_sprung", 0)
            if sprung > floor:
                below.append(f"traps sprung: {sprung}, allowed {floor}")
            continue
        if name in score:
            reached = score[name]
        else:
            reached = score["identity"][name + "_ok"] / score["identity"][name + "_n"]
        if reached < floor:
            below.append(f"{name}: {reached:.4f}, floor {floor}")
    print("\n".join(below) or f"{sys.argv[3]}: every figure at or above its floor")
    return bool(below)


if __name__ == "__main__":
    sys.exit(main())
