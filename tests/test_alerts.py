"""Alerts: a document that arrived since the last evaluation is reported once, to those who may see it only."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from desk import LETTER, SECOND, Desk, law
from engine_kinds import KINDS, emptied, settings_with

from app.alerts.alerts import alerts, delete_alert, save_search, watch
from app.alerts.evaluation import evaluate_alerts
from app.alerts.notices import mark_seen, notice_counts, notices
from extraction.errors import RogatioError
from indexing.access import Principal
from indexing.ingest.corrections import correct, delete
from indexing.ingest.reindexing import reindex
from indexing.search.request import SearchRequest
from indexing.store.change_log import newest_change

READER = Principal("reader", frozenset({"public"}))
PARIS = Principal("paris", frozenset({"public", "paris"}))
LIMA = Principal("lima", frozenset({"public", "lima"}))


@pytest.fixture(params=KINDS)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path, settings_with(request.param, tmp_path / "home"))
    with emptied(made.installation.engine):
        yield made
    made.installation.close()


def search_for(query: str, **filters: str) -> SearchRequest:
    return SearchRequest(query, {name: (value,) for name, value in filters.items()})


def test_a_saved_search_shows_what_came_in_since_and_that_once(desk: Desk) -> None:
    desk.bring("old.txt", "Informe sobre el lavado de activos.")
    save_search(desk.store, READER, search_for("lavado de activos"))
    assert desk.news(READER) == []
    desk.ingest("new.txt", "Otro informe sobre lavado de activos en 2031.")
    desk.bring("other.txt", "Informe sobre la pesca de altura.")
    assert desk.news(READER) == [("new.txt", "match", "")]
    assert desk.news(READER) == [("new.txt", "match", "")], "it stays new until it was seen"
    desk.seen(READER)
    assert desk.news(READER) == []
    assert desk.news(READER, new=False) == [("new.txt", "match", "")]


def test_nothing_is_recognised_that_has_only_some_of_the_words(desk: Desk) -> None:
    desk.bring("first.txt", "Nada.")
    save_search(desk.store, READER, search_for("lavado activos"))
    desk.bring("part.txt", "Un contrato sobre los activos de una sociedad.")
    assert desk.news(READER) == []


def test_filters_and_a_provision_are_part_of_the_message(desk: Desk) -> None:
    save_search(desk.store, READER, search_for("", jurisdiction="UY"))
    save_search(desk.store, READER, search_for("dinero", jurisdiction="PE"))
    desk.bring("ley.md", law("2018-01-01", "dos"))
    ((source, kind, _),) = desk.news(READER)
    assert (source, kind) == ("ley.md", "match")
    (one,) = notices(desk.store, desk.store.access(READER), READER, [one.id for one in alerts(desk.store, READER)])
    assert one.places >= 2


def test_what_is_indexed_anew_with_the_same_text_is_not_new(desk: Desk) -> None:
    save_search(desk.store, READER, search_for("lavado"))
    document = desk.bring("a.txt", "Sobre el lavado.")
    assert len(desk.news(READER)) == 1
    desk.seen(READER)
    before = newest_change(desk.store.database)
    reindex(desk.installation, workers=1)
    assert newest_change(desk.store.database) == before
    correct(desk.installation, document, {"page_text": "Sobre la pesca y el lavado."}, page=1)
    assert desk.news(READER) == [], "it was told before"
    save_search(desk.store, READER, search_for("pesca"))
    correct(desk.installation, document, {"page_text": "Sobre la pesca."}, page=1)
    assert desk.news(READER) == [("a.txt", "match", "")]


def test_numbers_of_arrivals_are_never_given_twice(desk: Desk) -> None:
    save_search(desk.store, READER, search_for("lavado"))
    first = desk.bring("a.txt", "Sobre el lavado.")
    desk.seen(READER)
    assert len(desk.news(READER)) == 1
    delete(desk.installation, first)
    assert desk.news(READER, new=False) == []
    desk.bring("b.txt", "También sobre el lavado.")
    assert [source for source, _, _ in desk.news(READER)] == ["b.txt"]


def test_two_authorities_never_hear_of_each_other(desk: Desk) -> None:
    for principal in (PARIS, LIMA, READER):
        save_search(desk.store, principal, search_for("lavado de activos"))
    desk.bring("paris.txt", LETTER, "paris")
    desk.bring("lima.txt", LETTER + " Lima.", "lima")
    assert [source for source, _, _ in desk.news(PARIS)] == ["paris.txt"]
    assert [source for source, _, _ in desk.news(LIMA)] == ["lima.txt"]
    assert desk.news(READER) == []
    assert notice_counts(desk.store, desk.store.access(READER), READER) == {}
    (own,) = alerts(desk.store, PARIS)
    for act in (
        lambda: delete_alert(desk.store, LIMA, own.id),
        lambda: mark_seen(desk.store, LIMA, own.id),
    ):
        with pytest.raises(RogatioError, match="no_such_alert"):
            act()
    assert notices(desk.store, desk.store.access(LIMA), LIMA, [own.id]) == ()


def test_who_loses_a_collection_no_longer_sees_it_also_by_number(desk: Desk) -> None:
    save_search(desk.store, PARIS, search_for("lavado"))
    desk.bring("paris.txt", LETTER, "paris")
    assert len(desk.news(PARIS)) == 1
    less = Principal("paris", frozenset({"public"}))
    assert desk.news(less, new=False) == []
    assert notice_counts(desk.store, desk.store.access(less), less) == {}


def test_a_look_asks_only_for_what_came_in(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        desk.bring(f"{number}.txt", f"Informe {number} sobre el lavado.")
    save_search(desk.store, READER, search_for("lavado"))
    request: list[object] = []
    search = desk.installation.engine.search
    monkeypatch.setattr(desk.installation.engine, "search", lambda plan: request.append(plan) or search(plan))
    evaluate_alerts(desk.installation, READER)
    assert request == []
    new = desk.bring("new.txt", "Informe nuevo sobre el lavado.")
    request.clear()
    evaluate_alerts(desk.installation, READER)
    assert request
    assert all(("among", (new,)) in [(name, getattr(f, "values", ())) for name, f in plan.filters] for plan in request)


def test_a_watched_provision_reports_versions_and_whether_it_reads_otherwise(desk: Desk) -> None:
    old = desk.bring("2018.md", law("2018-01-01", "dos"))
    watch(desk.store, READER, old, "art. 1")
    assert desk.news(READER) == []
    desk.bring("2019.md", law("2019-01-01", "dos", SECOND.replace("publicación", "promulgación")))
    assert desk.news(READER) == [("2019.md", "version_same", "art. 1")]
    desk.seen(READER)
    desk.bring("2020.md", law("2020-01-01", "cuatro"))
    assert desk.news(READER) == [("2020.md", "version", "art. 1")]
    desk.seen(READER)
    removed = law("2021-01-01", "x").replace(
        "## Artículo 1\n\nEl que convierta dinero será castigado con x años", "## Nada"
    )
    desk.bring("2021.md", removed)
    assert [kind for _, kind, _ in desk.news(READER)] == ["version_without"]


def test_a_watched_provision_reports_a_changed_text_and_new_citations(desk: Desk) -> None:
    old = desk.bring("2018.md", law("2018-01-01", "dos"))
    watch(desk.store, READER, old, "art. 1")
    watch(desk.store, LIMA, old, "art. 2")
    desk.bring("cites.txt", LETTER)
    desk.bring("letter.txt", LETTER + " Lima.", "lima")
    assert desk.news(READER) == [("cites.txt", "cited", "")]
    assert desk.news(LIMA) == []
    page = desk.store.page_text(desk.store.access(READER), old, 1)
    desk.seen(READER)
    correct(desk.installation, old, {"page_text": page.replace("dos años", "tres años")}, page=1)
    assert desk.news(READER) == [("2018.md", "text", "art. 1")]
    assert desk.news(LIMA) == []
    desk.seen(READER)
    correct(desk.installation, old, {"page_text": page.replace("dos años", "ocho años")}, page=1)
    assert desk.news(READER) == [("2018.md", "text", "art. 1")], "a second change is told again"


def test_a_whole_law_can_be_watched(desk: Desk) -> None:
    old = desk.bring("2018.md", law("2018-01-01", "dos"))
    watch(desk.store, READER, old)
    desk.bring("2019.md", law("2019-01-01", "tres"))
    desk.bring("cites.txt", LETTER)
    assert desk.news(READER) == [("2019.md", "version", ""), ("cites.txt", "cited", "")]


@pytest.mark.parametrize("query", ["", "   ", "***", "*", "¿? …", "** OR ??", '"***"', "()", "=!!", "* country:UY"])
def test_an_alert_asks_something(desk: Desk, query: str) -> None:
    with pytest.raises(RogatioError, match="alert_without_question"):
        save_search(desk.store, READER, SearchRequest(query))


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (SearchRequest("x", {"nosuch": ("y",)}), "no_such_filter"),
        (SearchRequest("x", {"in_force": ("yesterday",)}), "no_such_time_in_force"),
        (SearchRequest("x vigente:2024-99-99"), "no_such_time_in_force"),
        (SearchRequest("x", {"jurisdiction": ("ZZ",)}), "no_such_filter_value"),
        (SearchRequest("lavado país:ZZ"), "no_such_filter_value"),
        (SearchRequest("lavado (país:XA OR idioma:es)"), "no_such_filter_value"),
        (SearchRequest("", {"pays": ("Atlantide",)}), "unknown_filter_value"),
        (SearchRequest("", {"tipo": ("poema",)}), "no_such_filter_value"),
        (SearchRequest("crime", {"ano": ("vinte",)}), "no_such_filter_value"),
        (SearchRequest("", {"concept": ("NADA DE NADA",)}), "no_such_filter_value"),
        (SearchRequest("", {"language": ("klingon",)}), "no_such_filter_value"),
        (SearchRequest("", {"pays": ("Frace",)}), "unknown_filter_value"),
        (SearchRequest("lavado país:Urugay"), "unknown_filter_value"),
    ],
)
def test_what_no_search_answers_is_no_alert(desk: Desk, asked: SearchRequest, code: str) -> None:
    """Else it would be told only when the alerts look, and keep all others from looking."""
    with pytest.raises(RogatioError, match=code):
        save_search(desk.store, READER, asked)


def test_an_alert_may_filter_by_a_language_of_the_texts_that_has_no_name_in_the_interface(desk: Desk) -> None:
    assert save_search(desk.store, READER, SearchRequest("crime", {"language": ("zzj",)})).id


def test_only_a_law_s_provisions_can_be_watched_and_only_those_there_are(desk: Desk) -> None:
    letter = desk.bring("letter.txt", LETTER, "paris")
    old = desk.bring("2018.md", law("2018-01-01", "dos"))
    for principal, document, unit, code in (
        (PARIS, letter, "", "no_law"),
        (LIMA, letter, "", "no_such_document"),
        (PARIS, old, "art. 77", "no_such_provision"),
    ):
        with pytest.raises(RogatioError, match=code):
            watch(desk.store, principal, document, unit)


def test_the_same_question_is_one_alert(desk: Desk) -> None:
    first = save_search(desk.store, READER, search_for("lavado"))
    assert save_search(desk.store, READER, search_for("lavado")).id == first.id
    assert save_search(desk.store, PARIS, search_for("lavado")).id != first.id


def test_two_looks_at_once_report_once(desk: Desk) -> None:
    save_search(desk.store, READER, search_for("lavado"))
    desk.bring("a.txt", "Sobre el lavado.")
    with ThreadPoolExecutor(4) as readers:
        list(readers.map(lambda reader: evaluate_alerts(desk.installation, reader), [READER] * 4))
    assert desk.news(READER) == [("a.txt", "match", "")]
