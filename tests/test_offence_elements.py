"""The benchmark of the elements of offences: labels by word numbers, and what makes a cell right."""

from __future__ import annotations

import json

import pytest

from benchmarks.offence_elements import ELEMENTS, LABELS, LabelledProvision, figures, is_right

TEXT = "El que hurte un reloj, a sabiendas, en la noche, será castigado con prisión de dos a seis años."
WORDS = {"subject": {0, 1}, "conduct": {2, 3, 4}, "object": {3, 4}, "mental_element": {5, 6}, "may": {7, 8, 9}}
LABELLED = LabelledProvision("es/x.md art. 1", "es", TEXT, {name: frozenset(words) for name, words in WORDS.items()})


@pytest.mark.parametrize(
    ("element", "quoted", "right"),
    [
        ("conduct", {2, 3, 4}, True),
        ("conduct", {2, 3, 4, 7, 8, 9}, True),  # may be quoted
        ("conduct", {2, 4}, False),
        ("conduct", {2, 3, 4, 10}, False),
        ("object", {3, 4, 5}, True),  # "a" does not count
        ("mental_element", {6}, True),
        ("mental_element", set(), False),
    ],
)
def test_a_cell_is_right_with_all_words_that_count_and_no_others(element: str, quoted: set[int], right: bool) -> None:
    assert is_right(LABELLED, element, frozenset(quoted)) is right


def test_a_provision_is_read_as_a_comparison_reads_it() -> None:
    found = dict(line.split(": ") for line in figures([LABELLED]))
    assert found["subject"] == found["object"] == "1/1 (1.000)"
    assert found["all"].partition("/")[2].startswith("4 ")


def test_labels_name_words_in_order_and_no_text() -> None:
    rows = [json.loads(line) for line in LABELS.read_text("utf-8").splitlines()]
    assert len(rows) == 1_150
    for row in rows:
        assert {"id", "language", "text"} <= set(row)
        ranges = [one for name in ELEMENTS for one in row.get(name, [])]
        assert all(0 <= first <= last for first, last in ranges)
