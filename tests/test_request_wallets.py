"""Addresses of wallets in letters: those that a scan altered are kept, and their check digits are told to be wrong."""

from __future__ import annotations

import pytest

from nlp.requests.identifiers.forms import wallets

WALLETS = [
    ("na carteira bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq.", "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", True),
    ("na carteira bc1qar0srrr7xfkvy5l643iydnw9re59gtzzwf5mdq.", "bc1qar0srrr7xfkvy5l643iydnw9re59gtzzwf5mdq", False),
    ("la billetera bclqar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", "bclqar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", False),
    ("the wallet 1NEDqZPvTWRaoho48qXuLLsrYomMXPABfD", "1NEDqZPvTWRaoho48qXuLLsrYomMXPABfD", True),
    ("le portefeuille 1NEDqZPvTWRaoho48qXuLIsrYomMXPABfD", "1NEDqZPvTWRaoho48qXuLIsrYomMXPABfD", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "address", "valid"), WALLETS)
def test_address_with_the_result_of_its_check_digits(text: str, address: str, valid: bool) -> None:
    assert [(text[one.start : one.end], one.valid) for one in wallets(text)] == [(address, valid)]


@pytest.mark.parametrize(
    "text",
    ["bclassificationofthetransactionsofthecompany", "le dossier 1NEDqZPvTWRaoho48qXuLIsrYomMXPABfD", "the wallet"],
)
def test_other_words_are_no_address(text: str) -> None:
    assert list(wallets(text)) == []
