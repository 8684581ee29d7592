"""Stems indicative of concepts, as the recipe of the classifier learns them from described facts."""

import numpy as np
import pytest

from models.encoder.told_stems import telling_stems

TOLD = (
    (0, ("veneno", "cafe", "muer")),
    (0, ("veneno", "agua")),
    (1, ("bolso", "cafe", "rob")),
    (1, ("bolso", "bolso", "rob")),
    (1, ("bolso", "calle")),
)


def says(stem: str) -> dict[int, float]:
    """Return the weights of a stem by concept."""
    learned = telling_stems([stems for _, stems in TOLD], np.array([owner for owner, _ in TOLD]))
    place = learned["stems"].tolist().index(stem)
    own = slice(*learned["starts"][place : place + 2].tolist())
    return dict(zip(learned["holders"][own].tolist(), learned["says"][own].tolist(), strict=True))


@pytest.mark.parametrize(("stem", "owner"), [("veneno", 0), ("bolso", 1), ("rob", 1)])
def test_a_stem_indicates_the_concept_whose_texts_hold_it(stem: str, owner: int) -> None:
    assert [*says(stem)] == [owner]


def test_what_both_indicate_supports_the_one_that_says_it_oftener_than_usual() -> None:
    assert 0 < says("cafe")[0] < says("veneno")[0]
    assert 1 not in says("cafe")


def test_a_stem_of_one_text_is_not_kept() -> None:
    learned = telling_stems([stems for _, stems in TOLD], np.array([owner for owner, _ in TOLD]))
    assert learned["stems"].tolist() == ["bolso", "cafe", "rob", "veneno"]


def test_a_stem_said_twice_in_a_text_counts_once() -> None:
    assert says("bolso")[1] == pytest.approx(0.13 * np.log((3 / 0.6 + 1) / 4), rel=1e-3)
