"""Offences that stand under a title where nobody looks for them, and that their law does not name; invented laws."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from desk import Desk

from app.comparison.comparing import build_comparison
from app.comparison.table import Comparison, ComparisonRequest
from indexing.access import LOCAL_USER

LAW = """---
title: "Ley Orgánica 77/2031, del Código Penal"
country: "es"
---
# Ley Orgánica 77/2031, del Código Penal

## TÍTULO III. De las lesiones

### Artículo 150.

El que causare a otro una lesión que menoscabe su salud será castigado con la pena de prisión de tres meses a tres años.

### Artículo 151.

Quienes promovieren, favorecieren o facilitaren la obtención de órganos humanos ajenos o el trasplante de ellos serán \
castigados con la pena de prisión de seis a doce años.

## TÍTULO XIII. Delitos de corrupción en los negocios

### Artículo 286.

El directivo o empleado de una empresa que reciba, solicite o acepte una ventaja no justificada para favorecer a otro \
en la adquisición de mercancías será castigado con la pena de prisión de seis meses a cuatro años.

### Artículo 287.

Quienes, por medio de una ventaja indebida de la clase que sea, corrompieren o trataren de corromper, por sí o por \
otra persona, a quien ejerza como funcionario público, o atendieren lo que pida, para que haga o deje de hacer algo en \
el ejercicio de sus funciones públicas, y lograren así un contrato u otra ventaja en el curso de actividades \
económicas internacionales, serán castigados con la pena de prisión de tres a seis años.

## TÍTULO XIX. Delitos contra la Administración pública

### Artículo 419.

El funcionario público que recibiere o solicitare dádiva para realizar un acto contrario a su cargo será castigado con \
la pena de prisión de tres a seis años.

### Artículo 424.

El particular que ofreciere o entregare dádiva a un funcionario público para que realice un acto contrario a su cargo \
será castigado con la misma pena.

## TÍTULO XXII. Delitos de terrorismo

### Artículo 573.

Se considera delito de terrorismo la comisión de un delito grave con el fin de alterar la paz pública.

### Artículo 576.

El que recabe, adquiera, posea o transmita fondos, bienes o recursos económicos con la intención de que se utilicen, o \
a sabiendas de que serán utilizados, para cometer actos terroristas será castigado con la pena de prisión de cinco a \
diez años.
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("elsewhere"))
    desk.bring("code.md", LAW, document_type="code", jurisdiction="ES")
    yield desk
    desk.installation.close()


def compared(desk: Desk, concept: str) -> Comparison:
    held, request = desk.installation, ComparisonRequest(concept=concept, jurisdictions=("ES",))
    return build_comparison(request, held.store.access(LOCAL_USER), held.engine, held.encoder, held.store)


@pytest.mark.parametrize(
    ("concept", "unit"),
    [("CORR_FOREIGN", "art. 287"), ("ORGANS", "art. 151"), ("TERFIN", "art. 576")],
)
def test_an_offence_under_an_unexpected_title_is_compared(desk: Desk, concept: str, unit: str) -> None:
    (column,) = compared(desk, concept).columns
    assert column.provisions[0].unit == unit
    assert column.provisions[0].role == "basic"


def test_a_law_without_the_offence_has_none(desk: Desk) -> None:
    (column,) = compared(desk, "INSIDER").columns
    assert column.provisions == ()
