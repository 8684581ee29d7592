"""Labels of accounts that go on below their name: ``312100000 Results of earlier`` and, further in, ``years``.

The second line begins where the name behind the number of the account does, and has no value of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extraction.layout.page_lines import Sides

SAME_PLACE = 1.0  # points


def joined_lines(lines: Sequence[list[int]], is_number: Callable[[int], bool], sides: Sides) -> list[list[int]]:
    """Return the ``lines`` of a table (words from left to right), with those that go on below a name in one.

    ``is_number`` says of a word whether it is a number; ``sides`` are those of the words.
    """
    joined: list[list[int]] = []
    name = None  # where the name of the last account begins
    for line in lines:
        goes_on = name is not None and abs(sides.lefts[line[0]] - name) <= SAME_PLACE
        if goes_on and not any(map(is_number, line)):
            joined[-1] = [*joined[-1], *line]
            continue
        joined.append(line)
        name = sides.lefts[line[1]] if len(line) > 2 and is_number(line[0]) and not is_number(line[1]) else None
    return joined
