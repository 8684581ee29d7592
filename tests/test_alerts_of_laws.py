"""Alerts about laws over time: future and ended expressions, and expressions already in another file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk import SECOND, Desk, law

from app.alerts.alerts import alerts, save_search, watch
from app.alerts.notices import notices
from indexing.access import LOCAL_USER, Principal
from indexing.ingest.reindexing import reindex
from indexing.records.validity import in_a_manifest
from indexing.search.request import SearchRequest
from indexing.store.writing import writing
from indexing.works.bitemporal_claims import record_claim

READER = Principal("reader", frozenset({"public"}))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.installation.close()


def of_one_article(start: str) -> str:
    whole = law(start, "dos")
    return whole[: whole.index("## Artículo 1")] + SECOND


def repealed(day: str) -> str:
    return law("", "dos").replace('in_force_from: ""', f'status: "repealed"\nlast_updated: "{day}"')


def test_a_saved_search_reports_a_law_that_is_to_come_and_not_one_that_is_over(desk: Desk) -> None:
    save_search(desk.store, READER, SearchRequest("convierta dinero"))
    save_search(desk.store, READER, SearchRequest("convierta", {"in_force": ("today",)}))
    desk.bring("2999.md", law("2999-01-01", "nueve"))
    desk.bring("1990.md", law("1990-01-01", "uno"))
    desk.bring("1980.md", law("1980-01-01", "medio"))
    reindex(desk.installation)
    news = desk.news(READER)
    assert news.count(("2999.md", "match", "art. 1")) == 1, "not by the search that says of which day"
    assert ("1980.md", "match", "art. 1") not in news
    own = [one.id for one in alerts(desk.store, READER)]
    found = notices(desk.store, desk.store.access(READER), READER, own)
    assert {one.validity.start for one in found if one.validity} == {"1990-01-01", "2999-01-01"}


def test_the_end_of_a_law_is_reported_once_to_who_watches_it_or_a_provision_of_it(desk: Desk) -> None:
    old = desk.bring("2018.md", law("2018-01-01", "dos"))
    watch(desk.store, READER, old)
    watch(desk.store, READER, old, "art. 1")
    desk.bring("over.md", repealed("2024-11-20"))
    ended = [(source, kind) for source, kind, _ in desk.news(READER) if kind == "ended"]
    assert ended == [("2018.md", "ended")] * 2
    desk.seen(READER)
    assert desk.news(READER) == []


def test_an_end_that_only_a_list_beside_the_file_gives_is_reported(desk: Desk) -> None:
    old = desk.bring("2018.md", law("2018-01-01", "dos"))
    watch(desk.store, READER, old, "art. 1")
    assert desk.news(READER) == []
    with writing(desk.store) as session:
        record_claim(session, {old: in_a_manifest("2018-01-01", "2024-11-19")})
    assert desk.news(READER) == [("2018.md", "ended", "")]
    desk.seen(READER)
    with writing(desk.store) as session:
        record_claim(session, {old: in_a_manifest("2018-01-01", "2025-12-31")})
    assert desk.news(READER) == [("2018.md", "ended", "")], "another day is told again"


def test_a_second_file_of_a_version_is_no_other_text(desk: Desk) -> None:
    old = desk.bring("2018.md", law("2018-01-01", "dos"))
    watch(desk.store, READER, old, "art. 1")
    desk.bring("2020.md", law("2020-01-01", "tres"))
    desk.bring("copy.md", law("2020-01-01", "tres").replace("country:", 'source: "otra"\ncountry:'))
    assert desk.news(READER) == [("2020.md", "version", "art. 1"), ("copy.md", "version_same", "art. 1")]


def test_that_a_provision_is_gone_is_reported_once(desk: Desk) -> None:
    old = desk.bring("2018.md", law("2018-01-01", "dos"))
    watch(desk.store, READER, old, "artículo 1")
    desk.bring("2020.md", of_one_article("2020-01-01"))
    desk.bring("2022.md", of_one_article("2022-01-01"))
    assert desk.news(READER) == [("2020.md", "version_without", "")]


def test_a_provision_is_watched_by_the_number_a_person_gives(desk: Desk) -> None:
    old = desk.bring("2018.md", law("2018-01-01", "dos"))
    request = [watch(desk.store, READER, old, named).id for named in ("art. 1", "1", "Artículo 1º")]
    assert len(set(request)) == 1


def test_nobody_hears_of_a_law_that_may_not_be_seen(desk: Desk) -> None:
    paris = Principal("paris", frozenset({"public", "paris"}))
    old = desk.bring("2018.md", law("2018-01-01", "dos"), "paris")
    watch(desk.store, paris, old)
    desk.bring("over.md", repealed("2024-11-20"), "paris")
    less = Principal("paris", frozenset({"public"}))
    assert desk.news(less) == []
    assert ("2018.md", "ended", "") in desk.news(paris)
    assert desk.news(LOCAL_USER) == []
