"""Expressions of a law: at a day, one provision through all of them, and the changes of each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from law_versions import write_versions

from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, AccessFilter
from indexing.ingest.ingest import ingest
from indexing.installation import Installation
from indexing.settings import Settings
from indexing.works.provision_history import law_changes, law_of, provision_versions

VERSIONS = {
    "2010-02-01": {"1": "El que convierta dinero será castigado con cinco años de prisión.", "2": "Rige hoy."},
    "2015-03-01": {
        "1": "El que convierta dinero será castigado con ocho años de prisión y multa.",
        "2": "Rige hoy.",
        "3": "El juez decretará el decomiso.",
    },
    "2020-01-01": {
        "1": "El que convierta dinero será castigado con ocho\naños de prisión y multa.",
        "3": "El juez decretará el decomiso sin demora.",
    },
}


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("versions")
    write_versions(folder, VERSIONS)
    (folder / "letter.txt").write_text("The Central Authority requests service of the summons on the witness.\n")
    opened = Installation(Settings(tmp_path_factory.mktemp("home")))
    ingest(opened, [folder])
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def access(installation: Installation) -> AccessFilter:
    return installation.store.access(LOCAL_USER)


@pytest.fixture(scope="module")
def by_day(installation: Installation, access: AccessFilter) -> dict[str, str]:
    """The documents by the day of their version."""
    return {one.source.rpartition(".")[0]: one.id for one in installation.store.documents(access)}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2009-01-01", None),
        ("2010-02-01", "2010-02-01"),
        ("2015-02-28", "2010-02-01"),
        ("2019-12-31", "2015-03-01"),
        ("2030-01-01", "2020-01-01"),
    ],
)
def test_the_version_at_a_day(
    installation: Installation, access: AccessFilter, by_day: dict[str, str], day: str, expected: str | None
) -> None:
    version = law_of(installation.store, access, by_day["2015-03-01"]).version(day, "es")
    assert (version.document if version else None) == (by_day[expected] if expected else None)


@pytest.mark.parametrize("pinpoint", ["art. 1", "artículo 1", "1", "Art. 1º", "article 1"])
def test_a_provision_is_found_as_a_person_names_it(
    installation: Installation, access: AccessFilter, by_day: dict[str, str], pinpoint: str
) -> None:
    found = provision_versions(installation.store, access, by_day["2020-01-01"], pinpoint)
    assert [one.expression.validity.start for one in found] == list(VERSIONS)
    assert [one.unit for one in found] == ["art. 1"] * 3
    assert ["ocho" in one.text for one in found] == [False, True, True]
    assert all(one.page == 1 and one.start < one.end for one in found)


def test_a_version_without_the_provision_says_so(
    installation: Installation, access: AccessFilter, by_day: dict[str, str]
) -> None:
    found = provision_versions(installation.store, access, by_day["2020-01-01"], "art. 3")
    assert [bool(one.text) for one in found] == [False, True, True]


@pytest.mark.parametrize("day", ["2015-03-01", "2020-01-01"])
def test_an_article_that_was_repealed_is_found_from_any_version(
    installation: Installation, access: AccessFilter, by_day: dict[str, str], day: str
) -> None:
    found = provision_versions(installation.store, access, by_day[day], "art. 2")
    assert [bool(one.text) for one in found] == [True, True, False]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("2010-02-01", "2015-03-01", [("changed", "art. 1"), ("added", "art. 3")]),
        ("2015-03-01", "2020-01-01", [("removed", "art. 2"), ("changed", "art. 3")]),
        ("2020-01-01", "2020-01-01", []),
    ],
)
def test_what_a_version_changed(
    installation: Installation,
    access: AccessFilter,
    by_day: dict[str, str],
    old: str,
    new: str,
    expected: list[tuple[str, str]],
) -> None:
    found = law_changes(installation.store, access, by_day[old], by_day[new])
    assert [(one.kind, one.unit) for one in found] == expected


def test_what_is_no_law_or_has_no_such_provision_is_reported(
    installation: Installation, access: AccessFilter, by_day: dict[str, str]
) -> None:
    with pytest.raises(RogatioError, match="no_law"):
        provision_versions(installation.store, access, by_day["letter"], "art. 1")
    with pytest.raises(RogatioError, match="no_such_provision"):
        provision_versions(installation.store, access, by_day["2010-02-01"], "art. 99")
    with pytest.raises(RogatioError, match="no_such_provision"):
        provision_versions(installation.store, access, by_day["2010-02-01"], "")


def test_nobody_sees_versions_of_a_collection_that_is_not_theirs(
    installation: Installation, by_day: dict[str, str]
) -> None:
    with pytest.raises(RogatioError, match="no_such_document"):
        law_of(installation.store, AccessFilter("nobody"), by_day["2010-02-01"])
