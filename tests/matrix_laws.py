"""Short laws of three countries for the tests of gap matrices, ingested within the process of the test."""

from __future__ import annotations

from pathlib import Path

from desk import Desk

from app.gap_matrix.stored_proposals import compute_proposals
from indexing.access import LOCAL_USER
from indexing.settings import Settings
from nlp.elements.instruments import instrument

PERU = """---
title: "Ley contra el lavado de activos"
country: "pe"
{days}
---
# Ley 40001

## Artículo 1. Actos de conversión
El que convierte o transfiere bienes cuyo origen ilícito conoce, para evitar la identificación de su origen, será
reprimido con pena privativa de libertad no menor de ocho años.

## Artículo 2. Actos de ocultamiento
El que oculta la naturaleza o el origen de bienes de origen ilícito será reprimido con la misma pena.

## Artículo 3. Autonomía
El lavado de activos es un delito autónomo: no es necesario que exista condena por las actividades delictivas previas.

## Artículo 4. Registro
Las notarías llevan un registro de sus operaciones y lo conservan durante diez años.
"""
IRELAND = """---
title: "Criminal Justice (Money Laundering) Act 2021"
country: "ie"
---
## PART 2 Money Laundering Offences

##### 7. **Money laundering**

**7.** (1) A person commits an offence if—

(a) the person engages in converting or transferring property that is the proceeds of criminal conduct, and

(b) the person knows, or is reckless as to whether, the property is the proceeds of criminal conduct.

(2) A person guilty of an offence under this section is liable to imprisonment for 14 years.

##### 8. **Regulations**

**8.** The Minister may make regulations for the purposes of this Act.
"""
FILES = """Oficio de la autoridad central

El que convierte o transfiere bienes de origen ilícito es investigado en este expediente.
"""


SPAIN = """---
title: "Ley 5/2031 contra el blanqueo de capitales"
country: "es"
official_type: "Ley"
official_number: "5"
year: "2031"
in_force_from: "{start}"
---
# Ley 5/2031

## Artículo 1. Blanqueo de capitales

El que {verbs} bienes, sabiendo que tienen su origen en un delito, para ocultar o encubrir su origen ilícito, será \
castigado con la pena de prisión de seis meses a seis años.
"""
TREATY = """# United Nations Convention against Transnational Organized Crime

Article 5

Criminalization of participation in an organized criminal group

1. Each State Party shall adopt such measures as may be necessary.

Article 6

Criminalization of the laundering of proceeds of crime

1. Each State Party shall adopt measures to establish as criminal offences the conversion or transfer of property.
"""
COUNTRIES = ("ES", "IE", "PE")
MODEL = instrument("UNTOC_6")


def bring_laws(desk: Desk) -> None:
    """Bring in the laws of Peru and Ireland as public law, and a letter as an authority's file."""
    desk.bring("ley-40001.md", PERU.format(days='publication_date: "2011-01-01"'), document_type="statute")
    desk.bring("act-2031.md", IRELAND, document_type="statute")
    desk.bring("oficio.txt", FILES, "lima", jurisdiction="PE")


def matrix_desk(folder: Path, settings: Settings | None = None) -> Desk:
    """Return an installation with these and a Spanish law in two versions, looked through as of today."""
    desk = Desk(folder, settings)
    bring_laws(desk)
    for start, verbs in (("2012-01-01", "adquiera"), ("2020-01-01", "convierta o transmita")):
        desk.bring(f"ley-5-{start}.md", SPAIN.format(start=start, verbs=verbs), document_type="statute")
    desk.bring("untoc.md", TREATY, document_type="treaty")
    compute_proposals(desk.store, desk.installation.engine, desk.store.access(LOCAL_USER), MODEL, COUNTRIES)
    return desk
