"""Languages of legislation and of accepted requests by State."""

from __future__ import annotations

import pytest

from nlp.state_languages import accepted_languages, language_of, legislators, share_a_language


@pytest.mark.parametrize(
    ("state", "language"), [("PE", "es"), ("MO", "pt"), ("TZ", "en"), ("SN", "fr"), ("CA", ""), ("DE", ""), ("", "")]
)
def test_language_of_the_legislation_of_a_state_is_known_if_it_is_one_of_the_four(state: str, language: str) -> None:
    assert language_of(state) == language


def test_states_share_a_language_of_their_legislation() -> None:
    assert share_a_language("CA", "FR")
    assert share_a_language("CA", "GB")
    assert not share_a_language("FR", "GB")


def test_only_states_of_the_four_languages_legislate_in_them() -> None:
    assert {"CA", "RW", "MU"} <= legislators("fr") & legislators("en")
    assert not legislators("de")


@pytest.mark.parametrize(
    ("state", "instruments", "accepted"),
    [
        ("BE", (), ("fr", "nl", "de")),
        ("GB-SCT", (), ("en",)),
        ("US-NY", (), ("en",)),
        ("MA", (), ("ar", "fr")),
        ("NO", (), ("no", "en")),
        ("AR", ("MEDELLIN",), ("es", "pt")),
        ("XX", ("MEDELLIN",), ()),
    ],
)
def test_accepted_languages(state: str, instruments: tuple[str, ...], accepted: tuple[str, ...]) -> None:
    assert accepted_languages(state, instruments) == accepted
