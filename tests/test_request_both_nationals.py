"""A nationality that is stated for two persons together is that of each."""

from __future__ import annotations

import pytest
from test_request_wishes import reading

from nlp.requests.proposal import RequestReading

BOTH = [
    ("es", "Los imputados Juan Carlos Pérez Soto y Ana María Ruiz Vega, ambos paraguayos, fueron detenidos.", "PY"),
    ("pt", "Os arguidos João Carlos Pires Souto e Ana Maria Reis Veiga, ambos angolanos, foram detidos.", "AO"),
    ("en", "The suspects John Charles Peters and Anne Mary Reeves, both Jamaican nationals, were arrested.", "JM"),
    (
        "fr",
        "Les suspects Karim Youssef BENALI et Anissa TAZI, tous deux de nationalité marocaine, ont été arrêtés.",
        "MA",
    ),
]
ONE = [
    ("es", "Los imputados Juan Carlos Pérez Soto y Ana María Ruiz Vega, paraguaya, fueron detenidos.", "PY"),
    ("en", "The suspects John Charles Peters and Anne Mary Reeves, a Jamaican national, were arrested.", "JM"),
    ("en", "The suspects John Charles Peters and Anne Mary Reeves used both Jamaican banks for it.", "JM"),
]


def _of(read: RequestReading, name: str) -> list[str]:
    values = [one.value for one in read.fields.get("persons", ()) if isinstance(one.value, dict)]
    return [code for value in values if name in str(value["name"]) for code in value["nationality"]]  # type: ignore[union-attr]


@pytest.mark.parametrize(("language", "words", "code"), BOTH)
def test_both_have_the_nationality(language: str, words: str, code: str) -> None:
    read = reading(language, words)
    first, second = words.split()[2], "An"
    assert code in _of(read, first)
    assert code in _of(read, second)


@pytest.mark.parametrize(("language", "words", "code"), ONE)
def test_the_last_one_alone_has_the_nationality(language: str, words: str, code: str) -> None:
    read = reading(language, words)
    assert code not in _of(read, words.split()[2])
