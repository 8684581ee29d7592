"""Specifics of the Elasticsearch engine: strict mapping, index names, errors of a cluster."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from engine_records import made

from extraction.errors import LANGUAGES, RogatioError
from indexing.engines.elasticsearch.engine import ElasticEngine
from indexing.engines.elasticsearch.indices import alias_of
from indexing.engines.elasticsearch.mapping import mapping, source
from nlp.annotations import Span


def objects(part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every object of a mapping that may hold fields."""
    if "properties" in part:
        yield part
        for inner in part["properties"].values():
            yield from objects(inner)


def test_no_field_is_made_by_a_document() -> None:
    held = list(objects(mapping()))
    assert len(held) == 3
    assert all(one["dynamic"] == "strict" for one in held)
    assert mapping()["properties"]["shown"] == {"type": "object", "enabled": False}


def test_a_record_has_only_fields_of_the_mapping() -> None:
    spans = (Span(0, 7, "OFFENCE", "ML", 1.0, "test"),)
    records = made("a", "Cohecho. " * 400, date="2010", spans=spans, identity=("ref:es:sts:1:2020",))
    written = [source(record) for record in records]
    assert len(written) > 2
    assert all(set(one) <= set(mapping()["properties"]) for one in written)
    assert {"label": "OFFENCE", "value": "ML"} in written[0]["entities"]


@pytest.mark.parametrize("partition", ["public", "authority-ministerio", 'authority-Fiscalía General/2 *?"<>|,#:'])
def test_an_alias_has_only_letters_that_are_allowed(partition: str) -> None:
    assert re.fullmatch(r"rogatio-[a-z0-9_-]+", alias_of(partition))


def test_partitions_that_look_alike_have_aliases_of_their_own() -> None:
    assert (
        len({alias_of(partition) for partition in ("authority-a", "authority-A", "authority-á", "authority-_61")}) == 4
    )


def test_a_cluster_that_does_not_answer_is_reported_in_a_sentence() -> None:
    engine = ElasticEngine("http://127.0.0.1:9")
    with pytest.raises(RogatioError, match="elasticsearch_unreachable") as caught:
        engine.partitions()
    assert all("ROGATIO_ELASTICSEARCH_URL" in caught.value.sentence(language) for language in LANGUAGES)
