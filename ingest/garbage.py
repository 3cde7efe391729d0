"""Garbage in cycles: how often Python looks for it.

A process that builds much and throws little away (imports, ledgers of a hundred thousand documents,
readings) spends its time looking at what is still needed.
"""

from __future__ import annotations

import gc

# New objects between two looks, and looks before older ones are gone through too. Python's own 700
# cost a reading process some 7 % of its time, and a refresh some 0.4 of the 3 seconds of its imports.
_NEW_OBJECTS = (50_000, 10, 10)


def look_seldom() -> None:
    """Look for garbage in cycles seldom, in this process from now on."""
    gc.set_threshold(*_NEW_OBJECTS)


def never_at_exit() -> None:
    """Leave all there is unlooked at; for a process that is about to end, which gives it all back."""
    gc.freeze()
