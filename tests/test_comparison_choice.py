"""Which of the provisions of a country that answer are compared."""

from __future__ import annotations

import pytest

from app.comparison.question import best_provisions
from app.comparison.table import Provision

ABOUT, NAMED = ("about:CORR_PASS",), ("about:CORR_PASS", "name:cohecho pasivo")
PUNISHED = "El funcionario que acepta donativo será reprimido con pena privativa de libertad de cinco a ocho años."
ADDS = "El funcionario entregará su declaración jurada al juez."


def provision(number: int, unit: str, text: str, why: tuple[str, ...], chapter: str = "Sección IV") -> Provision:
    start, whole = number * 1_000, f"Artículo {unit}.- {text}"
    return Provision(
        f"d:{number}", "d", "public", "Código Penal", "PE", f"art. {unit}", (chapter,), "es", "", 1, start,
        start + len(whole), whole, why=why,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("found", "chosen"),
    [
        # Peru: what is about foreign officials stands nearer to 394 than 393 does, but bears no name of the offence
        (
            [
                (3, "394", PUNISHED, NAMED),
                (1, "393", PUNISHED, NAMED),
                (2, "393-A", PUNISHED, ABOUT),
                (4, "395", PUNISHED, NAMED),
            ],
            ["art. 393", "art. 394", "art. 395"],
        ),
        # a law of one offence, of which every provision bears the name: the nearest ones
        (
            [(number, str(number), PUNISHED, NAMED) for number in (2, 6, 3, 1)],
            ["art. 1", "art. 2", "art. 3"],
        ),
        ([(2, "2", ADDS, NAMED), (5, "5", PUNISHED, ABOUT)], ["art. 5"]),
        ([(2, "2", PUNISHED, ()), (5, "5", PUNISHED, ABOUT)], ["art. 5"]),
    ],
)  # fmt: skip
def test_an_offence_is_compared_with_what_bears_its_name_and_is_near(
    found: list[tuple[int, str, str, tuple[str, ...]]], chosen: list[str]
) -> None:
    assert [one.unit for one in best_provisions([provision(*one) for one in found], ("CORR_PASS",), 3)] == chosen


def test_another_chapter_is_not_compared() -> None:
    other = provision(2, "400", PUNISHED, NAMED, "Sección V")
    assert [one.unit for one in best_provisions([provision(1, "393", PUNISHED, NAMED), other], ("CORR_PASS",), 3)] == [
        "art. 393"
    ]
