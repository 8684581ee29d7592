"""``rogatio treaty-path``: instruments available to a request between two states on a day, and their certainty."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from click.testing import CliRunner

from app.cli import rogatio
from app.i18n import OWN_NAMES
from app.labels import concept_in
from app.requests.treaty_request import read_treaty_request
from app.requests.treaty_rows import points_to_check, short_name
from extraction.errors import LANGUAGES, RogatioError
from extraction.resource import load
from nlp.concepts.layer import concepts
from nlp.treaties.bilateral import PREFIX, treaties_between
from nlp.treaties.instruments import instruments, measures
from nlp.treaties.participation import MARGIN, Standing, participation, sources, standing_on
from nlp.treaties.path import Certainty, Path, TreatyRequest, treaty_paths

DAY = date(2020, 5, 1)


def paths(route: str, day: str, measure: str, offence: str = "") -> dict[str, Path]:
    requesting, requested = route.split()
    found = treaty_paths(TreatyRequest(requesting, requested, date.fromisoformat(day), measure, offence))
    return {path.instrument: path for path in found}


APPLIES, CONDITIONAL, UNVERIFIED = Certainty


@pytest.mark.parametrize(
    ("route", "day", "measure", "offence", "instrument", "certainty"),
    [
        # Palermo: serious, transnational, organised; from 29 September 2003, thirty days after a later deposit.
        ("ES CO", "2020-05-01", "bank_information", "ML", "UNTOC", CONDITIONAL),
        ("ES CO", "2004-09-02", "bank_information", "ML", "UNTOC", None),
        ("ES CO", "2004-09-03", "bank_information", "ML", "UNTOC", CONDITIONAL),
        ("ES PE", "2003-09-28", "bank_information", "ML", "UNTOC", None),
        # A convention on certain offences serves those alone.
        ("BR PT", "2015-06-01", "hearing_witness", "peculato", "UNCAC", APPLIES),
        ("BR PT", "2015-06-01", "hearing_witness", "homicidio", "UNCAC", None),
        ("BR PT", "2015-06-01", "hearing_witness", "", "UNCAC", CONDITIONAL),
        ("MX PE", "2012-01-01", "controlled_delivery", "narcotráfico", "VIENNA88", APPLIES),
        ("MX PE", "2012-01-01", "controlled_delivery", "ML", "VIENNA88", CONDITIONAL),
        ("MX PE", "2012-01-01", "hearing_witness", "trata de personas", "UNTOC-TIP", CONDITIONAL),
        # The European Investigation Order: not in Denmark and Ireland, not before national law had it, not for service.
        ("ES FR", "2020-05-01", "search_seizure", "", "EIO", APPLIES),
        ("ES FR", "2017-06-01", "search_seizure", "", "EIO", None),
        ("ES IE", "2020-05-01", "search_seizure", "", "EIO", None),
        # An act of the Union counts to the day from which it applied in both; before, the conventions do.
        ("ES PT", "2018-07-01", "hearing_witness", "", "EIO", None),
        ("ES PT", "2018-07-01", "hearing_witness", "", "EU-MLA2000", APPLIES),
        ("ES PT", "2018-07-02", "hearing_witness", "", "EIO", APPLIES),
        ("ES PT", "2018-07-02", "hearing_witness", "", "EU-MLA2000", CONDITIONAL),
        ("LU AT", "2018-09-14", "hearing_witness", "", "EIO", None),
        ("LU AT", "2018-09-15", "hearing_witness", "", "EIO", APPLIES),
        ("ES PT", "2020-12-18", "freezing", "", "EU-FREEZE", None),
        ("ES PT", "2020-12-19", "freezing", "", "EU-FREEZE", APPLIES),
        ("GB FR", "2020-12-31", "hearing_witness", "", "EIO", APPLIES),
        ("GB FR", "2021-01-01", "hearing_witness", "", "EU-TCA", APPLIES),
        ("DK FR", "2020-05-01", "search_seizure", "", "EIO", None),
        ("ES FR", "2020-05-01", "service_of_documents", "", "EIO", None),
        ("ES FR", "2020-05-01", "service_of_documents", "", "EU-MLA2000", APPLIES),
        ("GB FR", "2022-05-01", "search_seizure", "", "EIO", None),
        ("GB FR", "2022-05-01", "hearing_witness", "", "EU-TCA", APPLIES),
        ("GB FR", "2019-05-01", "hearing_witness", "", "EU-TCA", None),
        ("DE FR", "2022-05-01", "hearing_witness", "", "EU-TCA", None),
        ("ES IT", "2022-05-01", "freezing", "", "EU-FREEZE", APPLIES),
        ("ES IE", "2022-05-01", "freezing", "", "EU-FREEZE", None),
        ("ES IT", "2025-05-01", "content_data", "", "E-EVIDENCE", None),
        # The Regulation replaced the framework decisions between those that it binds; Denmark and Ireland are not.
        ("ES IT", "2022-05-01", "freezing", "", "EU 2003/577/JHA", CONDITIONAL),
        ("DK DE", "2022-05-01", "freezing", "", "EU 2003/577/JHA", APPLIES),
        ("IE FR", "2022-05-01", "confiscation", "", "EU 2006/783/JHA", APPLIES),
        ("GB FR", "2022-05-01", "freezing", "", "EU 2003/577/JHA", None),
        ("GB FR", "2022-05-01", "jit", "", "EU-TCA", APPLIES),
        # Iceland and Norway with the Member States, not these among themselves.
        ("NO ES", "2022-05-01", "extradition", "", "EU-ISNO-SURRENDER", APPLIES),
        ("NO ES", "2022-05-01", "extradition", "", "ECE57", CONDITIONAL),
        ("NO ES", "2019-10-31", "extradition", "", "EU-ISNO-SURRENDER", None),
        ("ES FR", "2022-05-01", "extradition", "", "EU-ISNO-SURRENDER", None),
        # Electronic evidence of any offence; other evidence only where it is electronic.
        ("FR AT", "2014-01-01", "data_preservation", "estafa", "BUD", APPLIES),
        ("FR AT", "2014-01-01", "search_seizure", "estafa", "BUD", CONDITIONAL),
        ("FR AT", "2014-01-01", "hearing_witness", "estafa", "BUD", None),
        ("FR AT", "2012-09-30", "data_preservation", "estafa", "BUD", None),
        # Closed circles.
        ("AR UY", "2018-01-01", "hearing_witness", "", "SANLUIS", APPLIES),
        ("AR CL", "2018-01-01", "hearing_witness", "", "SANLUIS", None),
        ("AR CL", "2018-01-01", "hearing_witness", "", "MERC-MLA-BOCL", APPLIES),
        ("AR CL", "2009-02-07", "hearing_witness", "", "MERC-MLA-BOCL", None),
        ("UY CL", "2018-01-01", "hearing_witness", "", "MERC-MLA-BOCL", UNVERIFIED),
        ("PE CL", "2018-01-01", "hearing_witness", "", "MERC-MLA-BOCL", None),
        ("PT BR", "2018-01-01", "extradition", "", "CPLP-EXT", APPLIES),
        ("PT GW", "2018-01-01", "extradition", "", "CPLP-EXT", UNVERIFIED),
        ("PT ES", "2018-01-01", "extradition", "", "CPLP-EXT", None),
        ("ES CL", "2018-01-01", "hearing_witness", "", "ECMA59", APPLIES),
        ("ES PE", "2018-01-01", "hearing_witness", "", "ECMA59", None),
        ("GB-SCT JM", "2018-01-01", "hearing_witness", "", "HARARE", CONDITIONAL),
        # Not in force at all when last seen.
        ("ES CL", "2025-01-01", "subscriber_data", "CYB", "BUD2", None),
        ("ES CL", "2026-01-01", "subscriber_data", "CYB", "UNCC", None),
    ],
)
def test_an_instrument_and_how_surely_it_serves(
    route: str, day: str, measure: str, offence: str, instrument: str, certainty: Certainty | None
) -> None:
    found = paths(route, day, measure, offence).get(instrument)
    assert (found.certainty if found else None) is certainty


def test_between_members_the_investigation_order_comes_first_and_displaces_the_conventions() -> None:
    found = paths("ES FR", "2020-05-01", "search_seizure")
    assert next(iter(found)) == "EIO"
    for displaced in ("ECMA59", "EU-MLA2000", "CISA"):
        assert found[displaced].displaced_by == "EIO"
        assert found[displaced].certainty is Certainty.CONDITIONAL
    before = paths("ES FR", "2016-05-01", "search_seizure")
    assert before["ECMA59"].certainty is Certainty.APPLIES
    assert paths("ES IE", "2020-05-01", "search_seizure")["ECMA59"].certainty is Certainty.APPLIES


def test_a_bilateral_treaty_comes_before_the_conventions_of_the_united_nations() -> None:
    order = list(paths("ES CO", "2020-05-01", "bank_information", "ML"))
    assert order[0] == "BILATERAL:CO-ES:assistance:1997"
    assert order.index("UNCAC") < order.index("UNTOC")


def test_unknown_participation_is_unverified_and_comes_last() -> None:
    found = paths("AR BO", "2026-01-01", "data_preservation", "CYB")
    assert found["BUD"].certainty is Certainty.UNVERIFIED
    assert [path.certainty for path in found.values()] == sorted(
        (path.certainty for path in found.values()), key=lambda one: one is Certainty.UNVERIFIED
    )


def test_what_no_participation_is_recorded_of_is_last() -> None:
    found = paths("ES CO", "2026-01-01", "hearing_witness")
    assert {code for code, path in found.items() if not path.is_recorded} == {"ECMA59", "NASSAU", "CICC"}
    assert all(path.certainty is Certainty.UNVERIFIED for path in found.values() if not path.is_recorded)
    assert [path.is_recorded for path in found.values()] == sorted(
        (path.is_recorded for path in found.values()), reverse=True
    )
    code, out, _ = run("ES", "CO", "--date", "2026-01-01", "--measure", "hearing_witness")
    assert code == 0
    assert "(3): " in out.splitlines()[-1]


def test_a_protocol_binds_only_parties_to_its_convention() -> None:
    assert "NASSAU-P" not in paths("ES FR", "2020-01-01", "tax_information", "TAX")


STATES = ("ES", "FR", "DK", "IE", "GB", "AR", "BO", "BR", "CL", "CO", "MX", "PE", "UY", "JM", "HT", "US", "CH", "BB")
DAYS = ("1989-01-01", "2003-09-29", "2010-06-15", "2017-06-01", "2021-01-01", "2026-11-01")


@pytest.mark.parametrize("day", DAYS)
def test_nothing_that_is_not_in_force_for_both_is_relied_on(day: str) -> None:
    on, relied = date.fromisoformat(day), 0
    for requesting, requested in product(STATES, STATES):
        if requesting == requested:
            continue
        for measure in ("bank_information", "freezing", "subscriber_data", "extradition"):
            for path in treaty_paths(TreatyRequest(requesting, requested, on, measure, "CORR")):
                if path.certainty is Certainty.UNVERIFIED:
                    continue
                relied += 1
                for party in path.parties:
                    assert party.source is not None, path
                    listed = party.source.verified and party.source.as_of <= on
                    late = party.latest is not None and party.latest <= on
                    assert party.since <= on if party.since else listed or late, path
                    assert party.until is None or on < party.until, path
    assert relied > 0


def test_a_day_that_was_not_verified_counts_only_from_a_year_after_it() -> None:
    since = date(2000, 1, 1)
    assert standing_on(since, since, None, verified=True) is Standing.BOUND
    assert standing_on(since, since, None, verified=False) is Standing.UNKNOWN
    assert standing_on(since + MARGIN, since, None, verified=False) is Standing.BOUND
    assert standing_on(since - timedelta(1), since, None, verified=False) is Standing.UNKNOWN
    assert standing_on(since - MARGIN - timedelta(1), since, None, verified=False) is Standing.NOT_BOUND
    assert standing_on(date(2021, 1, 1), since, date(2021, 1, 1), verified=True) is Standing.NOT_BOUND


def test_a_complete_list_proves_absence_up_to_its_day() -> None:
    palermo = instruments()["UNTOC"]
    assert participation(palermo, "SO", date(2013, 1, 1)).standing is Standing.NOT_BOUND
    assert participation(palermo, "SO", date(2024, 1, 1)).standing is Standing.UNKNOWN


# Deposits that the depositary's charts have, and the day that the convention gives for each.
@pytest.mark.parametrize(
    ("instrument", "state", "since"),
    [
        ("UNTOC", "ES", "2003-09-29"),
        ("UNTOC", "UY", "2005-04-03"),
        ("UNCAC", "MX", "2005-12-14"),
        ("UNCAC", "CO", "2006-11-26"),
        ("VIENNA88", "CO", "1994-09-08"),
        ("VIENNA88", "CH", "2005-12-13"),
        ("BUD", "FR", "2006-05-01"),
        ("BUD", "ES", "2010-10-01"),
        ("NASSAU-P", "EC", "2002-04-07"),
    ],
)
def test_when_a_state_is_bound(instrument: str, state: str, since: str) -> None:
    assert participation(instruments()[instrument], state, DAY).since == date.fromisoformat(since)


def test_the_data_name_only_what_there_is() -> None:
    known = load("nlp.treaty_instruments")
    assert set(load("nlp.treaty_parties")) == set(instruments())
    assert set(measures()) <= set(concepts())
    names = load("app.instrument_names")["treaties"].keys() | load("app.treaty_path")["names"].keys()
    assert set(instruments()) <= names
    conditions = load("app.treaty_path")["conditions"].keys()
    notes = load("app.treaty_path")["notes"].keys()
    for one in instruments().values():
        assert set(one.articles) - {"other"} <= set(measures()), one.id
        assert one.outside <= set(measures()), one.id
        assert one.offences | one.partly <= set(concepts()), one.id
        assert {*one.conditions, *(key for keys in one.when.values() for key in keys)} <= conditions, one.id
        assert set(one.notes) <= notes, one.id
        assert one.channel in load("app.treaty_path")["channels"], one.id
        assert set(one.displaces) <= set(instruments()), one.id
    for code, lists in load("nlp.treaty_parties").items():
        members = instruments()[code].members
        for entry in lists:
            assert entry["source"] in sources(), code
            assert all(isinstance(state, str) and len(state) == 2 for state in entry["parties"]), code
            assert not members or set(entry["parties"]) <= members, code
    assert set(known["groups"]["EU"]) < set(known["groups"]["EU_GB"])
    for entry in load("nlp.treaty_declarations"):
        assert entry["key"] in load("app.treaty_path")["declarations"]
        assert entry["instrument"] in instruments()


@pytest.mark.parametrize(
    ("route", "day", "measure", "instrument", "certainty"),
    [
        ("BR ES", "2008-01-31", "hearing_witness", "BILATERAL:BR-ES:assistance:2006", None),
        ("BR ES", "2008-02-01", "hearing_witness", "BILATERAL:BR-ES:assistance:2006", APPLIES),
        ("US CO", "2019-01-01", "hearing_witness", "BILATERAL:CO-US:assistance:1980", None),
        ("US CO", "2024-01-01", "hearing_witness", "BILATERAL:CO-US:assistance:1980", UNVERIFIED),
        ("AR CO", "2015-01-01", "hearing_witness", "BILATERAL:AR-CO:assistance:1997", UNVERIFIED),
        ("AR CO", "2022-01-01", "hearing_witness", "BILATERAL:AR-CO:assistance:1997", APPLIES),
        ("ES MX", "2006-01-01", "hearing_witness", "BILATERAL:ES-MX:assistance:1978", APPLIES),
        ("ES MX", "2010-01-01", "hearing_witness", "BILATERAL:ES-MX:assistance:1978", None),
        ("ES MX", "2010-01-01", "hearing_witness", "BILATERAL:ES-MX:assistance:2006", APPLIES),
        ("ES MX", "2010-01-01", "extradition", "BILATERAL:ES-MX:assistance:2006", None),
        ("ES MX", "2010-01-01", "extradition", "BILATERAL:ES-MX:extradition:1978", APPLIES),
        ("GB AR", "2010-01-01", "hearing_witness", "BILATERAL:AR-GB:drugs:1991", CONDITIONAL),
    ],
)
def test_bilateral_treaties(route: str, day: str, measure: str, instrument: str, certainty: Certainty | None) -> None:
    found = paths(route, day, measure).get(instrument)
    assert (found.certainty if found else None) is certainty


@pytest.mark.parametrize(
    ("route", "day", "measure", "certainty", "verification"),
    [
        # The promulgation of Chile and the compendium of its Supreme Court agree on the treaty with Italy.
        ("CL IT", "2017-05-31", "extradition", None, ""),
        ("CL IT", "2017-06-01", "extradition", APPLIES, "verified"),
        # The Swiss compilation and the register of Colombia.
        ("CH CO", "2014-04-26", "hearing_witness", None, ""),
        ("CH CO", "2014-04-27", "hearing_witness", APPLIES, "verified"),
        # The publication of the United States and its later list.
        ("US BB", "2000-03-03", "hearing_witness", APPLIES, "verified"),
        ("US BB", "2000-03-02", "hearing_witness", None, ""),
        # Read in one gazette: certain only from a year after the day.
        ("FR AR", "2007-02-01", "hearing_witness", UNVERIFIED, "one_source"),
        ("FR AR", "2010-02-01", "hearing_witness", APPLIES, "one_source"),
        ("CH EC", "2001-01-01", "hearing_witness", APPLIES, "one_source"),
        ("CH CL", "2014-01-01", "hearing_witness", None, ""),
        ("CH CL", "2018-01-01", "hearing_witness", APPLIES, "one_source"),
        ("PA CH", "2024-06-01", "hearing_witness", UNVERIFIED, "one_source"),
        # Italy received the second notification of Mexico after 6 August 2015.
        ("IT MX", "2015-06-01", "hearing_witness", UNVERIFIED, "one_source"),
        ("IT MX", "2016-06-01", "hearing_witness", APPLIES, "one_source"),
        # A list shows that the treaty was in force on its day; the day of entry into force is not verified.
        ("AR GB", "2008-01-01", "hearing_witness", CONDITIONAL, "verified"),
        ("GB BR", "2006-01-01", "hearing_witness", None, ""),
        ("BR VE", "2019-01-01", "extradition", APPLIES, "verified"),
        ("CL MX", "1995-01-01", "hearing_witness", APPLIES, "verified"),
        ("ES PE", "2015-01-01", "hearing_witness", APPLIES, "unverified"),
        # Signed in 2017 and approved by Uruguay in 2018; the entry into force was not read.
        ("PT UY", "2017-10-24", "extradition", None, ""),
        ("PT UY", "2020-10-24", "extradition", UNVERIFIED, "unverified"),
    ],
)
def test_a_day_is_verified_by_two_sources(
    route: str, day: str, measure: str, certainty: Certainty | None, verification: str
) -> None:
    kind = "extradition" if measure == "extradition" else ""
    found = [
        path
        for path in paths(route, day, measure).values()
        if path.instrument.startswith(PREFIX) and kind in path.instrument
    ]
    assert [(path.certainty, path.verification) for path in found] == ([(certainty, verification)] if certainty else [])


def test_a_list_does_not_verify_the_day_of_entry_into_force() -> None:
    found = paths("BR VE", "2019-01-01", "extradition")["BILATERAL:BR-VE:extradition:1938"]
    assert found.parties[0].since is None
    assert [source.id for source in found.sources] == ["br_prosecutor"]
    both = paths("CL IT", "2019-01-01", "extradition")["BILATERAL:CL-IT:extradition:2002"]
    assert both.parties[0].since == date(2017, 6, 1)
    assert [source.id for source in both.sources] == ["cl_promulgations", "cl_court_2020"]


def test_a_second_source_is_another_one_and_later_than_the_day() -> None:
    for entry in load("nlp.treaty_bilateral"):
        first, second = sources()[entry["source"]], sources().get(entry.get("listed_by", ""))
        stated = entry.get("in_force") or entry.get("latest")
        if second is not None:
            assert second.verified, entry
            assert second.id != first.id, entry
            assert stated is None or stated <= second.as_of, entry
        if first.verified and stated is not None:
            assert stated <= first.as_of, entry


@pytest.mark.parametrize(
    ("route", "day", "instrument", "certainty"),
    [
        ("DO EC", "2020-10-23", "MONTEVIDEO33", APPLIES),
        ("DO EC", "2020-10-23", "BUSTAMANTE28", APPLIES),
        ("PE BO", "2020-10-23", "MONTEVIDEO33", None),
        ("ES EC", "2020-10-23", "MONTEVIDEO33", None),
        ("PA VE", "2020-10-23", "OAS-EXT81", APPLIES),
        ("PA ES", "2020-10-23", "OAS-EXT81", None),
        ("BR CL", "2020-10-23", "MERC-EXT-BOCL", UNVERIFIED),
        ("BR UY", "2020-10-23", "MERC-EXT", APPLIES),
        ("BR CL", "2020-10-23", "MERC-EXT", None),
    ],
)
def test_extradition_between_american_states(
    route: str, day: str, instrument: str, certainty: Certainty | None
) -> None:
    found = paths(route, day, "extradition").get(instrument)
    assert (found.certainty if found else None) is certainty
    assert instrument not in paths(route, day, "hearing_witness")


def test_the_caribbean_treaty_was_ratified_by_fewer_states_than_it_needs() -> None:
    found = paths("TT BZ", "2015-01-01", "bank_information")["CARI-MLA"]
    assert found.certainty is UNVERIFIED
    assert [party.deposited for party in found.parties] == [date(2005, 12, 13), date(2006, 7, 4)]


@pytest.mark.parametrize(
    ("state", "partner", "name", "verification", "read_in"),
    [
        ("BR", "ES", "Departamento de Recuperação de Ativos", "verified", ["br_ministry", "ch_treaties"]),
        ("PE", "ES", "Ministerio Público", "verified", ["pe_laws", "ch_treaties"]),
        ("MX", "ES", "Fiscalía General", "verified", ["ch_treaties", "pt_parliament"]),
        ("NL", "CO", "Ministerie van Justitie en Veiligheid", "one_source", ["nl_airs"]),
        ("UY", "ES", "Autoridad Central de Cooperación", "one_source", ["uy_law"]),
        ("CL", "CH", "Dirección de Asuntos Jurídicos", "one_source", ["ch_treaties"]),
        ("CL", "ES", "Ministerio Público", "unverified", []),
        ("ES", "CO", "Ministerio de la Presidencia", "unverified", []),
    ],
)
def test_a_central_authority_is_stated_with_the_sources_that_name_it(
    state: str, partner: str, name: str, verification: str, read_in: list[str]
) -> None:
    _, output, _ = run(partner, state, "--date", "2024-01-01", "--measure", "hearing_witness", "--json")
    row = json.loads(output)["instruments"][0]
    first = row["central_authority_sources"]["requested"][0]
    assert first["name"] == row["central_authorities"]["requested"][0]
    assert first["name"].startswith(name)
    assert (first["verification"], [source["id"] for source in first["sources"]]) == (verification, read_in)


def test_bilateral_treaties_are_distinguished() -> None:
    entries = load("nlp.treaty_bilateral")
    ids = {treaty.id for entry in entries for treaty in treaties_between(*entry["states"])}
    assert len(ids) == len(entries)
    for entry in entries:
        assert entry.get("in_force") is None or entry["in_force"] >= entry["signed"], entry
        assert entry.get("ended") is None or entry["ended"] > entry["signed"], entry


def run(*arguments: str, given: str = "") -> tuple[int, str, str]:
    result = CliRunner().invoke(rogatio, ["--language", "en", "treaty-path", *arguments], input=given)
    return result.exit_code, result.stdout, result.stderr


def test_the_command_says_what_applies_by_which_article_and_what_is_not_verified() -> None:
    code, output, _ = run("ES", "Colombia", "--date", "2020-05-01", "--measure", "bank_information", "--offence", "ML")
    assert code == 0
    assert "Palermo Convention, art. 18(3)(f), art. 18(8)  [Participation checked against the source]" in output


def test_one_row_a_line_in_order_and_a_bad_row_fails_alone() -> None:
    rows: list[Any] = [
        {
            "id": 1,
            "from": "ES",
            "to": "CO",
            "date": "2020-05-01",
            "measure": "freezing",
            "offence": "lavado de activos",
        },
        {"id": 2, "from": "ES", "to": "ES", "date": "2020-05-01", "measure": "freezing", "offence": None},
        {"id": 3, "from": "ES", "to": "Narnia", "date": "2020-05-01", "measure": "freezing"},
        {"id": 4, "from": "ES", "to": "CO", "date": "31/05/2020", "measure": "freezing"},
        {"id": 5, "from": "ES", "to": "CO", "date": "2020-05-01", "measure": "everything"},
        {"id": 6, "from": ["ES"], "to": "CO"},
        {"id": 7, "from": "ES", "to": "CO", "mesure": "freezing"},
        "ES CO",
    ]
    code, output, result = run("--jsonl", given="\n".join(map(json.dumps, rows)) + "\n{\n")
    answers = [json.loads(line) for line in output.splitlines()]
    assert code == 1
    assert [answer["id"] for answer in answers] == [1, 2, 3, 4, 5, 6, 7, None, None]
    assert [answer.get("error") for answer in answers] == [
        None,
        "app.same_states",
        "app.bad_state",
        "app.bad_date",
        "app.bad_measure",
        "app.row_unreadable",
        "app.argument_missing",
        "app.row_unreadable",
        "app.row_unreadable",
    ]
    assert answers[6]["ignored"] == ["mesure"]
    first = answers[0]["instruments"][0]
    assert {"instrument", "articles", "certainty", "parties", "languages", "channel", "verification"} <= set(first)
    assert first["languages"]["accepted"] == ["es"]
    assert first["languages"]["verification"] == "unverified"
    assert first["central_authorities"]["requested"][0].startswith("Fiscalía General de la Nación")
    assert "Narnia" in result


DUAL_CRIMINALITY = [
    # Directive 2014/41/EU art. 11(1)(g), by art. 11(2) not for hearings, non-coercive measures and subscribers.
    ("PT ES", "search_seizure", "EIO", ["11(1)(g)"], ["11(1)(g)"]),
    ("PT ES", "interception", "EIO", ["11(1)(g)"], ["11(1)(g)"]),
    ("ES FR", "bank_information", "EIO", ["11(1)(g)"], ["11(1)(g)"]),
    ("PT ES", "hearing_witness", "EIO", [], []),
    ("PT ES", "subscriber_data", "EIO", [], []),
    # Framework Decision 2002/584/JHA
    ("PT ES", "extradition", "EAW", ["2(4)", "4(1)"], ["2(2)"]),
    # Regulation (EU) 2018/1805
    ("ES IT", "freezing", "EU-FREEZE", ["3(2)", "8(1)(e)"], ["3(1)"]),
    ("ES IT", "confiscation", "EU-FREEZE", ["3(2)", "19(1)(f)"], ["3(1)"]),
    ("DK DE", "freezing", "EU 2003/577/JHA", ["3(4)", "7(1)(d)"], ["3(2)"]),
    ("IE FR", "confiscation", "EU 2006/783/JHA", ["6(3)", "8(2)(b)"], ["6(1)"]),
    ("NO ES", "extradition", "EU-ISNO-SURRENDER", ["3(2)"], []),
    ("ES CH", "search_seizure", "CISA", ["51(a)"], []),
    ("ES CO", "search_seizure", "UNTOC", ["18(9)"], []),
    ("ES CO", "hearing_witness", "UNTOC", [], []),
]


@pytest.mark.parametrize(("route", "measure", "instrument", "required", "exempt"), DUAL_CRIMINALITY)
def test_where_dual_criminality_may_be_required(
    route: str, measure: str, instrument: str, required: list[str], exempt: list[str]
) -> None:
    path = paths(route, "2022-05-01", measure)[instrument]
    assert (list(path.dual_criminality), list(path.dual_exempt)) == (required, exempt)


@pytest.mark.parametrize(
    ("variety", "said"),
    [
        ("es", "Según el art. 11.1 g), no puede exigirse para los delitos de las categorías del anexo D"),
        ("pt", "Segundo o art. 11, § 1º, al. g, não pode ser exigida para os crimes das categorias do anexo D"),
        ("pt-PT", "Nos termos do art. 11.º, n.º 1, al. g), não pode ser exigida para as infrações das categorias do"),
        ("en", "Under art. 11(1)(g), it cannot be required for offences of the categories in Annex D"),
        (
            "fr",
            "Selon l’art. 11, par. 1 g), elle ne peut être exigée pour les infractions des catégories de l’annexe D",
        ),
    ],
)
def test_the_listed_offences_are_named_with_their_article(variety: str, said: str) -> None:
    points = points_to_check(paths("PT ES", "2022-05-01", "search_seizure")["EIO"], variety)
    assert any(said in point for point in points), points


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_command_says_under_which_conditions(language: str) -> None:
    arguments = ["--language", language, "treaty-path", "PT", "ES", "--date", "2026-01-01", "--measure"]
    output = CliRunner().invoke(rogatio, [*arguments, "search_seizure"]).stdout
    shown = output.partition(short_name("ECMA59", language))[2].splitlines()[1]
    words = load("app.treaty_path")["conditions"]["displaced"][language]
    assert shown.strip() == words.format(instrument=short_name("EIO", language))
    freezing = CliRunner().invoke(rogatio, [*arguments, "freezing"]).stdout
    assert short_name("EU-FREEZE", language) in freezing.partition(short_name("EU 2003/577/JHA", language))[2]


MEASURES = [
    ("search_seizure", "search_seizure"),
    ("registro", "search_seizure"),
    ("entrada y registro", "search_seizure"),
    ("busca e apreensão", "search_seizure"),
    ("revista", "search_seizure"),
    ("perquisition", "search_seizure"),
    ("search and seizure", "search_seizure"),
    ("Extradição", "extradition"),
    ("interceção de comunicações", "interception"),
    ("interceptação telefônica", "interception"),
    ("equipo conjunto de investigación", "jit"),
    ("équipe commune d'enquête", "jit"),
    ("vidéoconférence", "videoconference"),
    ("inquirição de testemunha", "hearing_witness"),
    ("audition de témoin", "hearing_witness"),
    ("xyzzy", ""),
    ("carta rogatória", ""),
]


@pytest.mark.parametrize(("given", "measure"), MEASURES)
def test_a_measure_is_understood_by_its_names(given: str, measure: str) -> None:
    if measure:
        assert read_treaty_request("PT", "ES", "", given, "").measure == measure
        return
    with pytest.raises(RogatioError, match="bad_measure"):
        read_treaty_request("PT", "ES", "", given, "")


@pytest.mark.parametrize("measure", measures())
def test_a_measure_is_understood_by_the_name_that_a_page_shows(measure: str) -> None:
    for variety in OWN_NAMES:
        assert read_treaty_request("PT", "ES", "", concept_in(variety, measure), "").measure == measure


@pytest.mark.parametrize(
    ("given", "state"), [("UK", "GB"), ("U.K.", "GB"), ("Reino Unido", "GB"), ("USA", "US"), ("EE. UU.", "US")]
)
def test_a_state_is_known_by_its_usual_short_name(given: str, state: str) -> None:
    assert read_treaty_request("PT", given, "", "jit", "").requested == state


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_offence_that_is_not_recognised_is_said_to_be_so(language: str) -> None:
    begin = ["--language", language, "treaty-path", "PT", "ES", "--measure", "search_seizure", "--offence"]
    said = load("app.treaty_path")["offence_unknown"][language].format(offence="xyzzy")
    assert CliRunner().invoke(rogatio, [*begin, "xyzzy"]).stdout.splitlines()[0] == said
    assert said not in CliRunner().invoke(rogatio, [*begin, "homicidio"]).stdout
    answer = json.loads(CliRunner().invoke(rogatio, [*begin, "xyzzy", "--json"]).stdout)
    assert (answer["offence"], answer["notices"]) == (None, [said])
    known = json.loads(CliRunner().invoke(rogatio, [*begin, "corrupción", "--json"]).stdout)
    assert (known["offence"], known["notices"]) == ("CORR", [])


@pytest.mark.parametrize(
    ("arguments", "environment", "verification"),
    [
        (["--language", "pt-PT"], {}, "Participação verificada na fonte"),
        ([], {"LANG": "pt_PT.UTF-8", "LC_ALL": "", "LC_MESSAGES": ""}, "Participação verificada na fonte"),
        (["--language", "pt"], {}, "Participação conferida com a fonte"),
        ([], {"LANG": "pt_BR.UTF-8", "LC_ALL": "", "LC_MESSAGES": ""}, "Participação conferida com a fonte"),
    ],
)
def test_the_command_speaks_the_portuguese_of_its_reader(
    arguments: list[str], environment: dict[str, str], verification: str
) -> None:
    asked = [*arguments, "treaty-path", "PT", "BR", "--date", "2024-01-01", "--measure", "bank_information"]
    output = CliRunner().invoke(rogatio, asked, env=environment).stdout
    assert verification in output
    place = "art. 18.º, n.º 3, al. f)" if "verificada" in verification else "art. 18, § 3º, al. f"
    assert place in output


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_each_language(language: str) -> None:
    arguments = ["--language", language, "treaty-path", "ES", "FR", "--date", "2020-05-01", "--measure", "freezing"]
    result = CliRunner().invoke(rogatio, arguments)
    assert result.exit_code == 0
    assert load("app.treaty_path")["names"]["EIO"][language] in result.stdout


def test_what_a_state_reserved_is_reported_with_its_article() -> None:
    _, output, _ = run("MX", "CO", "--date", "2010-01-01", "--measure", "jit", "--offence", "DRUG", "--json")
    vienna = next(row for row in json.loads(output)["instruments"] if row["instrument"] == "VIENNA88")
    assert vienna["declarations"][0]["state"] == "CO"
    assert vienna["declarations"][0]["verification"] == "verified"


@pytest.mark.parametrize(
    ("instrument", "state", "since"),
    [
        ("BUD", "CO", date(2020, 7, 1)),
        ("BUD", "BR", date(2023, 3, 1)),
        ("NASSAU", "CR", date(2012, 4, 13)),
        ("NASSAU", "GT", date(2003, 6, 4)),
        ("NASSAU", "JM", date(2004, 9, 11)),
        ("CICC", "BB", date(2018, 2, 4)),
        ("PAN75", "ES", date(1987, 8, 13)),
        ("PAN75-P", "PA", date(1991, 9, 27)),
        ("ECMA59", "IE", date(1997, 2, 26)),
        ("CETS141", "ES", date(1998, 12, 1)),
        ("OECD1997", "AR", date(2001, 4, 9)),
        ("OECD1997", "MX", date(1999, 7, 26)),
        ("BUD", "CH", date(2012, 1, 1)),
        ("BUD", "ES", date(2010, 10, 1)),
        ("BUD", "PE", date(2019, 12, 1)),
        ("ECMA59", "ES", date(1982, 11, 16)),
        ("ECMA59", "CL", date(2011, 8, 28)),
        ("ECMA59-AP2", "ES", date(2018, 7, 1)),
        ("EU-MLA2000", "PT", date(2005, 8, 23)),
        ("SANLUIS", "BR", date(2000, 4, 27)),
        ("CPLP-AJ", "CV", date(2018, 9, 1)),
        ("MEDELLIN", "ES", date(2022, 5, 9)),
        ("MEDELLIN", "PT", date(2024, 2, 11)),
        ("CIFTA", "CL", date(2003, 11, 22)),
        ("APOSTILLE", "BO", date(2018, 5, 7)),
        ("UNTOC", "BB", date(2014, 12, 11)),
        ("UNCAC", "BB", date(2023, 11, 9)),
        ("UNCAC", "BZ", date(2017, 1, 11)),
    ],
)
def test_dates_read_in_a_list_of_the_depositary(instrument: str, state: str, since: date) -> None:
    of = instruments()[instrument]
    known = participation(of, state, since)
    assert (known.standing, known.since) == (Standing.BOUND, since)
    assert known.source is not None
    assert known.source.verified
    assert participation(of, state, since - timedelta(1)).standing is Standing.NOT_BOUND


@pytest.mark.parametrize(("instrument", "state"), [("NASSAU", "DO"), ("NASSAU", "ES"), ("CICC", "CU"), ("PAN75", "NI")])
def test_a_state_missing_in_the_list_of_the_depositary_was_not_bound(instrument: str, state: str) -> None:
    known = participation(instruments()[instrument], state, date(2005, 1, 1))
    assert known.standing is Standing.NOT_BOUND
    assert known.source is not None
    assert known.source.verified


@pytest.mark.parametrize(
    ("route", "is_proposed"), [("ES CO", False), ("PE FR", False), ("PT MX", False), ("CO PE", True)]
)
def test_conventions_without_accession_are_proposed_between_members_of_the_oas_alone(
    route: str, is_proposed: bool
) -> None:
    assert ("CIAT" in paths(route, "2026-05-01", "hearing_witness", "TERR")) == is_proposed
    assert ("CIFTA" in paths(route, "2026-05-01", "hearing_witness", "ARMS")) == is_proposed
    assert "NASSAU" in paths(route, "2026-05-01", "hearing_witness", "ARMS")  # open to the accession of any State
