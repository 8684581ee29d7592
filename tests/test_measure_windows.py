"""Long statements one after another, whose windows with context exceed what the encoder reads at once."""

from __future__ import annotations

import pytest

from nlp.requests.network.tokens import letter_tokens

LONG = {
    "es": "se sirva remitir los extractos de la cuenta corriente del investigado desde enero hasta marzo, " * 14,
    "pt": "se digne remeter os extratos da conta corrente do arguido desde janeiro até março do ano findo, " * 14,
    "en": "to obtain the statements of the current account of the suspect from January to the end of March, " * 14,
    "fr": "de bien vouloir transmettre les relevés du compte courant du suspect de janvier à la fin de mars, " * 14,
}


@pytest.mark.parametrize("language", LONG)
@pytest.mark.parametrize("shares", [(1, 1, 0.4), (1, 1, 0.4, 1, 1, 0.4, 1), (0.4, 1, 0.4, 1)])
def test_each_token_of_long_statements_has_a_state(language: str, shares: tuple[float, ...]) -> None:
    texts = [LONG[language][: int(len(LONG[language]) * share)] for share in shares]
    tokens = letter_tokens(texts)
    assert len(tokens.states) == len(tokens.owners)
    assert set(tokens.owners.tolist()) == set(range(len(shares)))
