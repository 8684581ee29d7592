"""Names of States in letters: official ones beside the usual ones, and cities in the names of treaties."""

from __future__ import annotations

import pytest

from nlp.requests.states.mentions import state_mentions

NAMED = [
    ("To the 24/7 contact point, Republic of Korea", {"KR"}),
    ("A la Autoridad Central de la República de Corea", {"KR"}),
    ("À Autoridade Central da República da Coreia", {"KR"}),
    ("À l'autorité centrale de la République de Corée", {"KR"}),
    ("The Democratic People's Republic of Korea", {"KP"}),
    ("A la Santa Sede", {"VA"}),
    ("Preservation under the Budapest Convention, article 29", set()),
    ("The seminar in Budapest", {"HU"}),
]


@pytest.mark.parametrize(("words", "states"), NAMED)
def test_states_are_known_by_their_official_names(words: str, states: set[str]) -> None:
    assert {mention.code for mention in state_mentions(words, 0, len(words))} == states
