"""The demonstration corpus, ingested once for all tests that use the product as a visitor would."""

from __future__ import annotations

import re
from pathlib import Path

from tiny_models import write_encoder

from app.alerts.alerts import save_search
from app.alerts.evaluation import evaluate_alerts
from app.comparison.table import ComparisonRequest
from app.demonstration.corpus import Written, write_corpus
from app.rooms.rooms import open_room
from indexing.access import LOCAL_USER
from indexing.ingest.ingest import ingest
from indexing.installation import Installation, open_installation
from indexing.search.request import SearchRequest
from indexing.settings import Settings

DOCUMENTS = 40  # every kind of document, four of them bilingual; laws of eight countries
_DIMENSIONS = 32


def demonstration_home(folder: Path) -> Settings:
    """Ingest the demonstration corpus with a small test encoder and return the settings of the installation."""
    written = list(write_corpus(folder / "corpus", documents=DOCUMENTS, seed=1))
    encoder = write_encoder(folder / "encoder", _vocabulary(written), dimensions=_DIMENSIONS)
    settings = Settings(folder / "home", encoder=encoder)
    installation = open_installation(settings)
    report = ingest(installation, [folder / "corpus"])
    assert (report.indexed, report.failed) == (DOCUMENTS, 0)
    _use(installation)
    installation.close()
    return settings


def _vocabulary(written: list[Written]) -> list[str]:
    words = (word for one in written for part in one.draft.paragraphs for word in re.findall(r"\w+", part.text))
    return sorted(set(words))


def _use(installation: Installation) -> None:
    """Create the traces of a user: a saved search and a workspace."""
    save_search(installation.store, LOCAL_USER, SearchRequest("decomiso"))
    open_room(installation.store, LOCAL_USER, "Blanqueo", ComparisonRequest(concept="ML", language="es"))
    evaluate_alerts(installation, LOCAL_USER)
