"""Articles of a law that a query names by its number without the year."""

from __future__ import annotations

import pytest

from indexing.search.titled_units import shares_title


@pytest.mark.parametrize(
    ("named", "title", "same"),
    [
        ("Ley 1357", "Ley 1357 de 2021, por la cual se dictan disposiciones", True),
        ("Lei 10.275", "Lei nº 10.275/1997, que dispõe sobre o crime organizado", True),
        ("loi 2020-595", "Loi n° 2020-595 relative à la criminalité organisée", True),
        ("Ley 1357 de 2020", "Ley 1357 de 2021, por la cual se dictan disposiciones", False),
        ("loi n° 2020", "Loi n° 2020-595 relative à la criminalité organisée", False),
        ("Ley 13", "Ley 13 de 2021, por la cual se dictan disposiciones", False),
        ("Ley contra la trata de personas", "Ley contra la trata de personas y el tráfico de migrantes", True),
    ],
)
def test_a_law_is_named_by_the_beginning_of_its_title_or_its_number(named: str, title: str, same: bool) -> None:
    assert shares_title(named, title) is same
