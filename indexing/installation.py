"""An installation as one thing: the store, an engine, and what is done with both."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from app.comparison.table import Comparison, ComparisonRequest
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, Principal
from indexing.engines.protocol import Engine
from indexing.ingest.corrections import correct, delete
from indexing.ingest.ingest import ingest, ingest_history, resume
from indexing.ingest.reindexing import reindex
from indexing.ingest.status import status
from indexing.ingest.tasks import Task
from indexing.search.request import SearchRequest, SearchResult
from indexing.settings import Settings
from indexing.store.reading import Store
from indexing.store.rows import CORRECTABLE, StoredDocument
from indexing.works.works import versions_beside
from nlp.annotations import Hints

if TYPE_CHECKING:
    from app.comparison.side_by_side import SideBySide


class Library:
    """What the web, the API and the command line work with; one object may serve several threads."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.store = Store(settings)

    @cached_property
    def engine(self) -> Engine:
        return self.open_engine(self.settings.engine)

    def open_engine(self, name: str) -> Engine:
        """Open the engine ``embedded`` or ``elasticsearch``; ``indexing.no_such_engine`` for any other name."""
        if name == "elasticsearch":
            from indexing.engines.elasticsearch.engine import ElasticEngine

            return ElasticEngine(self.settings.elasticsearch_url)
        if name == "embedded":
            from indexing.engines.embedded.engine import EmbeddedEngine

            return EmbeddedEngine(self.settings.home)
        raise RogatioError("indexing.no_such_engine", engine=name)

    def retrieve(self, request: SearchRequest, principal: Principal = LOCAL_USER) -> SearchResult:
        from indexing.search.parser import parse
        from indexing.search.plans import asked_fields
        from indexing.search.point_in_time import with_versions
        from indexing.search.search import retrieve
        from indexing.vectors.encoder import open_encoder

        access = self.store.access(principal)
        result = retrieve(request, access, self.engine, open_encoder(self.settings))
        return with_versions(result, asked_fields(request, parse(request.query)), self.store, access)

    def build_comparison(self, request: ComparisonRequest, principal: Principal = LOCAL_USER) -> Comparison:
        from app.comparison.comparing import build_comparison
        from indexing.vectors.encoder import open_encoder

        access = self.store.access(principal)
        return build_comparison(request, access, self.engine, open_encoder(self.settings), self.store)

    def pair_clauses(self, left: str, right: str, date: str = "", principal: Principal = LOCAL_USER) -> SideBySide:
        """Return two provisions by their ids, clause by clause; ``date`` is ISO 8601, empty for today."""
        from app.comparison.side_by_side import pair_clauses
        from indexing.vectors.encoder import open_encoder

        encoder = open_encoder(self.settings)
        return pair_clauses(left, right, date, self.store.access(principal), self.engine, encoder, self.store)

    def task(
        self, document: StoredDocument, scratch: Path, password: str = "", *, read: bool = True, annotate: bool = True
    ) -> Task:
        """Return what a worker has to do for ``document``, with what people said of it.

        Without ``read`` it starts from the text that the store has, without ``annotate`` from its annotations.
        """
        access = self.store.access(LOCAL_USER)
        corrections = self.store.corrections(access, document.id)
        corrected = {one.field: one.value for one in corrections if one.field in CORRECTABLE}
        said = Hints(**{**document.hints, **corrected})
        return Task(
            home=self.settings.home,
            scratch=scratch,
            original=self.store.originals.path(document.sha256),
            sha256=document.sha256,
            facts=document.facts(self.store.collection(access, document.collection), said),
            hints=said,
            page_texts=self.store.page_texts(access, document.id),
            password=password,
            read=read,
            annotate=annotate,
            reader=document.reader_version,
            encoder=self.settings.encoder,
            beside=versions_beside(self.store, document.id),
        )

    def evaluate_alerts(self, principal: Principal) -> None:
        """Let every alert of ``principal`` look through what came in; searching is loaded when this is asked."""
        from app.alerts.evaluation import evaluate_alerts

        evaluate_alerts(self, principal)

    def close(self) -> None:
        if "engine" in self.__dict__:
            self.engine.close()
        self.store.close()

    ingest = ingest
    ingest_history = ingest_history
    resume = resume
    delete = delete
    correct = correct
    reindex = reindex
    status = status


def open_library(settings: Settings) -> Library:
    return Library(settings)
