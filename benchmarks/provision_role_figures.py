"""Figures of the selection of provisions for a comparison: precision of those shown, and cells left empty."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.provision_role_labels import Cell
from nlp.provision_roles.classifier import BASIC, NONE, SPECIAL, RoleScore, choose

LIMIT = 3


def figures(
    cells: Sequence[Cell], scores: Sequence[Sequence[RoleScore]], least_basic: float, least_shown: float
) -> dict[str, float]:
    """Return the figures of the selection with two thresholds; a share of nothing is 1."""
    shown = right = first = filled = full = basic = empty = left = reported = same = 0
    for cell, own in zip(cells, scores, strict=True):
        chosen = choose(own, LIMIT, least_basic, least_shown)
        choice = [cell.roles[place] for place, _ in chosen]
        same += sum(cell.roles[place] == role for place, role in chosen)
        shown += len(choice)
        right += sum(role in (BASIC, SPECIAL) for role in choice)
        filled += bool(choice)
        first += choice[:1] in ([BASIC], [SPECIAL])
        full += cell.expected == BASIC
        basic += cell.expected == BASIC and BASIC in choice
        empty += cell.expected == NONE
        left += cell.expected == NONE and not choice
        reported += cell.expected != SPECIAL and not choice
    return {
        "precision": _share(right, shown),
        "first right": _share(first, filled),
        "role right": _share(same, right),
        "basic found": _share(basic, full),
        "empty left empty": _share(left, empty),
        "nothing found right": _share(left, reported),
        "shown": shown,
        "cells": len(cells),
    }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 1.0
