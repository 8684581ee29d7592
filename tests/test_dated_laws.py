"""Laws that a query cites by their date alone: those of that day in the collection, in the language of the citation."""

from __future__ import annotations

from uuid import uuid4

import pytest
from engine_records import made

from indexing.access import AccessFilter
from indexing.engines.protocol import Engine
from indexing.search.parser import parse
from indexing.search.query_citations import QueryCitations, find_query_citations


@pytest.fixture(scope="module")
def shelf(engine: Engine) -> str:
    """A French, a Spanish and a Portuguese law of one day, and a letter of that day."""
    partition = f"dated-{uuid4().hex[:8]}"
    day = "2020-05-14"
    documents = (
        made("fr", "Le fait de convertir.", language="fr", jurisdiction="FR", document_type="statute", date=day,
             identity=("ref:fr:loi:595:2020#art-4", "ref:fr:loi:595:2020")),
        made("es", "El que convierta bienes.", document_type="statute", date=day,
             identity=("ref:es:lo:60:2020#art-4", "ref:es:lo:60:2020")),
        made("pt", "Quem converter bens.", language="pt", jurisdiction="PT", document_type="statute", date=day,
             identity=("ref:pt:lei:7:2020",)),
        made("letter", "Vu la loi.", language="fr", jurisdiction="FR", document_type="rogatory_letter", date=day,
             identity=("ref:fr:case:9",)),
    )  # fmt: skip
    engine.write(partition, [record for records in documents for record in records])
    engine.refresh(partition)
    return partition


def cited(engine: Engine, partition: str, query: str, language: str) -> QueryCitations:
    access = AccessFilter("tester", ((partition, frozenset({"law"})),))
    return find_query_citations(parse(query), language, access, engine)


@pytest.mark.parametrize(
    ("query", "language", "found"),
    [
        ("loi du 14 mai 2020, article 4", "fr", ("ref:fr:loi:595:2020#art-4",)),
        ("loi du 14 mai 2020", "fr", ("ref:fr:loi:595:2020",)),
        ("Ley de 14 de mayo de 2020, artículo 4", "es", ("ref:es:lo:60:2020#art-4",)),
        ("art. 9 de la Ley de 14 de mayo de 2020", "es", ("ref:es:lo:60:2020",)),
        ("loi du 15 mai 2020, article 4", "fr", ()),
    ],
)
def test_a_law_is_found_by_its_day(
    engine: Engine, shelf: str, query: str, language: str, found: tuple[str, ...]
) -> None:
    citations = cited(engine, shelf, query, language)
    assert citations.pinned == found
    assert len(citations.citations) == 1
