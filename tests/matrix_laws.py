"""Small laws of three countries for the tests of gap matrices, ingested by the real library."""

from __future__ import annotations

from pathlib import Path

from indexing.incoming import IngestOptions
from indexing.library import Library

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
title: "Criminal Justice (Money Laundering) Act 2031"
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


def write_laws(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "ley-40001.md").write_text(PERU.format(days='publication_date: "2011-01-01"'), encoding="utf-8")
    (folder / "act-2031.md").write_text(IRELAND, encoding="utf-8")
    return folder


def fill(library: Library, folder: Path) -> None:
    """Ingest the laws as public law, and a letter as an authority's file."""
    library.ingest([write_laws(folder / "laws")], IngestOptions(document_type="statute"), workers=1)
    letter = folder / "oficio.txt"
    letter.write_text(FILES, encoding="utf-8")
    library.ingest([letter], IngestOptions(collection="lima", jurisdiction="PE"), workers=1)
