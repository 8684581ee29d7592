"""Speed of a comparison of six countries over 200,000 passages, from the query to the table and the page.

``python -m benchmarks.comparison [--engine embedded|elasticsearch] [--passages N] [--home DIRECTORY]``

The passages are those of ``benchmarks/search.py``: generated text in four languages. They include invented laws of six
countries with several articles on money laundering each. ``first`` is the first comparison of a concept in a server that
was warmed up (``app.web.warm_up``) with another concept; in the others, provisions are split already. ``processor`` is the
processor time of this process. With ``--home``, an existing index is reused.
"""

# ruff: noqa: E501 (each provision is on one line)
from __future__ import annotations

import json
import os
import platform
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from app.comparison.comparing import build_comparison, warm_up
from app.comparison.table import Comparison, ComparisonRequest
from app.comparison.view import row_groups
from app.web import create_app
from benchmarks.search import PARTITION, arguments, batches, blocks, open_engine
from extraction.document import Document, Page
from indexing.access import AccessFilter
from indexing.engines.protocol import Engine
from indexing.records.passages import document_records
from indexing.records.record import DocumentFacts, Record
from indexing.records.validity import exactly
from indexing.search.request import SearchRequest
from indexing.search.search import retrieve
from indexing.settings import Settings
from indexing.store.reading import Store
from indexing.vectors.encoder import open_encoder
from nlp.annotations import Annotations, DocumentType, Segment
from nlp.structure.structure import find_structure

EVERYTHING = AccessFilter("benchmark", ((PARTITION, frozenset({"law", "cases"})),))
DATE = "2024-01-01"
ROUNDS = 20
WARMING = "CORR_PASS"
OFFENCES = {
    "es": """Artículo 1. Blanqueo. El que adquiera, posea, utilice, convierta o transmita bienes, sabiendo que provienen \
de un delito de {n}, o realice cualquier acto para ocultar su origen, será castigado con prisión de {n} meses a {m} años y \
multa de cien a mil días multa.

Artículo 2. Agravación. La pena se aumentará hasta en una mitad cuando los hechos se cometan por una organización, de \
forma habitual o por un funcionario público.

Artículo 3. Tentativa. La tentativa del blanqueo se castigará con la misma pena.

Artículo 4. Personas jurídicas. Las personas jurídicas responsables del blanqueo serán castigadas con multa y disolución.

Artículo 5. Exención. Estará exento de pena quien denuncie el blanqueo a la autoridad antes de su descubrimiento.
""",
    "pt": """Art. 1º Ocultar ou dissimular, na lavagem de dinheiro, a natureza, origem ou propriedade de bens, direitos ou \
valores provenientes de {n} infrações penais.

Pena: reclusão, de {n} a {m} anos, e multa.

Art. 2º A pena da lavagem de dinheiro será aumentada de um a dois terços se o crime for cometido por organização criminosa.

Art. 3º A tentativa de lavagem de dinheiro é punida com a mesma pena.
""",
    "en": """1.—(1) A person commits an offence of money laundering if—

(a) the person conceals, converts, transfers, acquires, possesses or uses property that is the proceeds of {n} crimes, and

(b) the person knows or is reckless as to that fact.

(2) A person guilty of an offence under this section is liable on conviction on indictment to imprisonment for a term not \
exceeding {m} years.

2.—(1) A person who attempts to commit money laundering commits an offence.
""",
    "fr": """Article 1

Le blanchiment est le fait de dissimuler ou de convertir le produit direct ou indirect de {n} délits en connaissance de \
cause.

Le blanchiment est puni de {m} ans d'emprisonnement et de 375 000 euros d'amende.

Article 2

Le blanchiment est puni de vingt ans d'emprisonnement lorsqu'il est commis en bande organisée.

Article 3

La tentative du blanchiment est punie des mêmes peines.
""",
}
SIX = {"ES": "es", "MX": "es", "BR": "pt", "IE": "en", "FR": "fr", "PE": "es"}


def main() -> None:
    options = arguments(__doc__)
    with tempfile.TemporaryDirectory() as scratch:
        home = options.home or Path(scratch)
        engine = open_engine(options.engine, home)
        if engine.count(PARTITION) < options.passages:
            engine.rebuild(PARTITION, dated(options.passages))
        rows = measure(engine, Store(Settings(home=home / "store")), home / "store")
    report(options.engine, options.passages, rows)


def dated(passages: int) -> Iterator[list[Record]]:
    """Yield the records of the invented laws, then generated ones, laws being in force since their date."""
    for number, (country, language) in enumerate(SIX.items()):
        yield written(country, language, number)
    for batch in batches(passages):
        yield [replace(record, facts=_dated(record.facts)) for record in batch]


def _dated(facts: DocumentFacts) -> DocumentFacts:
    return replace(facts, validity=exactly(facts.date)) if facts.document_type == "statute" else facts


def written(country: str, language: str, number: int) -> list[Record]:
    text = OFFENCES[language].format(n=number + 2, m=number + 8)
    units = find_structure(text, blocks(text), document_type="statute", language=language, jurisdiction=country)
    annotations = Annotations(
        DocumentType("statute", 1.0, "benchmark"),
        (Segment(0, len(text), language, 1.0, "benchmark"),),
        units,
        (),
        f"Code {country}",
        country,
        "2001-01-01",
        (),
        "benchmark",
    )
    facts = DocumentFacts(
        f"made-{country}", "law", PARTITION, f"{country}.txt", f"Code {country}", "statute", country, "2001-01-01", language,
        validity=exactly("2001-01-01"),
    )  # fmt: skip
    return document_records(
        Document(text, (Page(1, 0, len(text)),), blocks(text), "text/plain", "benchmark"), annotations, facts
    )


def measure(engine: Engine, store: Store, home: Path) -> list[dict[str, object]]:
    """Return the times of the table by concept, treaty and words and of its page, and of the first comparison."""
    encoder = open_encoder(Settings(home=home))
    retrieve(SearchRequest("rogatio", limit=1), EVERYTHING, engine, encoder)
    warm_up()
    build_comparison(ComparisonRequest(concept=WARMING), EVERYTHING, engine, encoder, store)
    countries = tuple(SIX)
    requests = {
        "concept": ComparisonRequest(concept="ML", jurisdictions=countries, date=DATE, language="es"),
        "treaty": ComparisonRequest(treaty="UNTOC 6", jurisdictions=countries, date=DATE, language="fr"),
        "words": ComparisonRequest(query="money laundering", jurisdictions=countries, date=DATE, language="en"),
    }

    def table(request: ComparisonRequest) -> Comparison:
        return build_comparison(request, EVERYTHING, engine, encoder, store)

    app = create_app({"SETTINGS": Settings(home=home)})
    first = requests["concept"]
    rows = [timed("concept, first", lambda: table(first), 1)]
    rows += [timed(name, partial(table, request), ROUNDS) for name, request in requests.items()]
    comparison = table(first)
    with app.test_request_context("/compare/"):
        rows.append(timed("the rows of its page", lambda: row_groups(comparison, countries), ROUNDS))
    structure = sum(row.source == "structure" for row in comparison.rows)
    quoted = sum(len(cell.quotations) for row in comparison.rows for cell in row.cells)
    print(
        f"{len(comparison.columns)} countries, {structure} elements of structure, {len(comparison.rows) - structure} of the treaty, {quoted} quotations"
    )
    return rows


def timed(name: str, action: Callable[[], object], rounds: int) -> dict[str, object]:
    times, own = [], []
    for _ in range(rounds):
        started, used = time.perf_counter(), time.process_time()
        action()
        times.append((time.perf_counter() - started) * 1000)
        own.append((time.process_time() - used) * 1000)
    p50, p95 = (round(float(np.percentile(times, share)), 1) for share in (50, 95))
    return {"kind": name, "p50_ms": p50, "p95_ms": p95, "processor_p95_ms": round(float(np.percentile(own, 95)), 1)}


def report(engine: str, passages: int, rows: list[dict[str, object]]) -> None:
    for row in rows:
        print(
            f"{row['kind']:22} p50 {row['p50_ms']:>7} ms  p95 {row['p95_ms']:>7} ms, processor p95 {row['processor_p95_ms']:>7} ms"
        )
    path = Path(__file__).parent / "results" / "comparison.json"
    results = json.loads(path.read_text()) if path.exists() else {}
    results[engine] = {
        "passages": passages,
        "machine": f"{platform.machine()}, {os.cpu_count()} processors, one client, {ROUNDS} rounds",
        "load_of_the_machine": round(os.getloadavg()[0], 1),
        "comparisons": rows,
    }
    path.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
