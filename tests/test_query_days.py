"""The day as of which a query asks for the law, in four languages; what is a day of something else."""

from __future__ import annotations

import pytest

from indexing.records.validity import today
from indexing.search.query_days import day_mention, offered_day


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("laundering in force in 2015", "2015"),
        ("decomiso vigente en 2015", "2015"),
        ("decomiso vigente el 1 de marzo de 2015", "2015-03-01"),
        ("lei em vigor em março de 2015", "2015-03"),
        ("loi en vigueur le 1er mars 2015", "2015-03-01"),
        ("law in force on 1 March 2015", "2015-03-01"),
        ("ley en vigor 1/3/2015", "2015-03-01"),
        ("law in force in 2090", "2090"),
    ],
)
def test_a_time_in_force_is_read(query: str, value: str) -> None:
    found = day_mention(query)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("¿Cuál era la pena del lavado en Uruguay en 2015?", "2015"),
        ("¿qué decía el art. 1 de la ley 19.911 en 2017?", "2017"),
        ("pena del cohecho a 1 de enero de 2019", "2019-01-01"),
        ("delito cometido el 3 de mayo de 2014", "2014-05-03"),
        ("decomiso en el año 2011", "2011"),
        ("Qual era a pena da lavagem no Brasil em 2010?", "2010"),
        ("corrupção em Portugal no ano de 2012", "2012"),
        ("branqueamento em 1.º de janeiro de 2011", "2011-01-01"),
        ("What was the penalty for bribery in Ireland in 2005?", "2005"),
        ("money laundering Ireland as at 1 March 2012", "2012-03-01"),
        ("offence committed in May 2014", "2014-05"),
        ("blanchiment en France au 1er janvier 2019", "2019-01-01"),
        ("Quelle était la peine du blanchiment en France en l'année 2010 ?", "2010"),
        ("infraction commise le 3 mai 2014", "2014-05-03"),
    ],
)
def test_a_past_time_at_which_the_law_is_asked_for_is_read(query: str, value: str) -> None:
    found = day_mention(query)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize(
    ("query", "written"),
    [
        ("lavado Perú vigente el 31/02/2015", "31/02/2015"),
        ("lavado al 31 de febrero de 2015", "31 de febrero de 2015"),
        ("lavagem em 30 de fevereiro de 2012", "30 de fevereiro de 2012"),
        ("bribery Jamaica on 30 February 2012", "30 February 2012"),
        ("bribery in force on 2018-13-01", "2018-13-01"),
        ("corruption en Haïti au 31 juin 2015", "31 juin 2015"),
    ],
)
def test_what_is_written_like_a_day_and_is_none_is_kept_as_written(query: str, written: str) -> None:
    found = day_mention(query)
    assert found is not None
    assert found.value == written


@pytest.mark.parametrize(
    "query",
    [
        "laws in force since 2015",
        "entrada en vigor de la ley 2015",
        "ley 19574 de 2017",
        "sentencia dictada en 2015",
        "convención firmada en Palermo en 2000",
        "solicitudes recibidas el 3 de mayo de 2024",
        "lei publicada em 2017",
        "acórdão do STF em 2019",
        "law amended in 2013",
        "letters of Ireland in 2019",
        "loi du 14 mai 2020 article 4",
        "convention adoptée à Vienne en 1988",
        "lavado entre 2010 y 2015",
        "lavado en 2010 y 2015",
        "laundering from 2010",
        f"lavado en {today()[:4]}",
        "corruption in 2090",
    ],
)
def test_a_day_of_a_document_a_range_and_a_time_that_is_not_over_are_not_read(query: str) -> None:
    assert day_mention(query) is None


@pytest.mark.parametrize(
    ("query", "offered"),
    [
        ("lavado Uruguay 2015", ("2015", "lavado Uruguay")),
        ("lavagem 1/3/2015", ("2015-03-01", "lavagem")),
        ("bribery 1 March 2015", ("2015-03-01", "bribery")),
        ("blanchiment 2019", ("2019", "blanchiment")),
        ("lavado 2010 2015", None),
        ("art. 4 1357/2021", None),
        ("año:2015", None),
        ("2015", None),
    ],
)
def test_a_bare_day_or_year_is_offered(query: str, offered: tuple[str, str] | None) -> None:
    assert offered_day(query) == offered
