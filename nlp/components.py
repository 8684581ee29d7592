"""spaCy components, each of which adds its spans to ``doc._.proposals``.

A ``Doc`` is a whole document, whose segments (``doc._.segments``) may be in several languages; language-dependent
components work by segment. Offsets are those of the text, not of tokens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

import regex
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from nlp.annotations import Segment, Span, Unit
from nlp.citations.citations import find_citations
from nlp.concepts.concepts import find_concepts
from nlp.entities import legal_ner
from nlp.entities.dates import find_dates
from nlp.entities.gazetteers import find_courts, find_gazetteer
from nlp.entities.identifiers import find_identifiers
from nlp.entities.money import find_money
from nlp.entities.name_lists import find_name_lists
from nlp.entities.names import find_names
from nlp.folding import Words, fold, folded_words
from nlp.language import UNDETERMINED
from nlp.language_model import SUPPORTED

# Components in order. ``legal_ner`` is the trained model, which runs only if it is installed.
COMPONENTS = (
    "citations", "identifiers", "dates", "money", "gazetteer", "courts", "concepts", "names", "name_lists", "legal_ner",
)  # fmt: skip

# A token with the following space.
_TOKEN = regex.compile(r"(?:[\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}])[ ]?")

# Longest request file (characters); longer documents are laws, which name only their own authorities.
_LETTER = 300_000
_TREATY = "ref:int:treaty:"

Finder = Callable[[str, str], list[Span]]


def prepare(
    doc: Doc,
    text: str,
    segments: tuple[Segment, ...],
    language: str,
    jurisdiction: str,
    units: tuple[Unit, ...] = (),
) -> Doc:
    """Set the custom attributes of ``doc`` for the components and return it; ``units`` are its structure.

    ``text`` is the text of the document, because spaCy would join it from tokens at every access.
    """
    doc._.segments = segments
    doc._.language = language
    doc._.jurisdiction = jurisdiction
    doc._.units = units
    doc._.text = text
    doc._.folded = fold(text)
    doc._.folded_words = folded_words(doc._.folded)
    doc._.proposals = []
    return doc


@cache
def pipeline() -> Language:
    """Return the pipeline, built once; it is multilingual because letters often have two languages."""
    language = spacy.blank("xx")
    language.tokenizer = _Tokenizer()
    language.max_length = 10**9
    for name in COMPONENTS:
        if name != "legal_ner" or legal_ner.origin():
            language.add_pipe(name)
    return language


class _Tokenizer:
    """Splits at every character other than letters and digits, losslessly.

    Each document has its own vocabulary, because a shared one would grow with every name read.
    """

    def __call__(self, text: str) -> Doc:
        tokens = _TOKEN.findall(text)
        spaces = [token[-1] == " " and len(token) > 1 for token in tokens]
        words = [token[:-1] if space else token for token, space in zip(tokens, spaces, strict=True)]
        return Doc(Vocab(), words=words, spaces=spaces)


def _register(name: str, find: Callable[[Doc], Iterator[Span]]) -> None:
    """Register a component that adds the spans yielded by ``find``."""

    def component(doc: Doc) -> Doc:
        doc._.proposals.extend(find(doc))
        return doc

    Language.component(name, func=component)


def _by_segment(doc: Doc, find: Finder) -> Iterator[Span]:
    """Yield the results of ``find`` for each segment in its language; ``und`` stands for the document's language."""
    text = doc._.text
    for segment in doc._.segments:
        language = doc._.language if segment.label == UNDETERMINED else segment.label
        for span in find(text[segment.start : segment.end], language):
            yield replace(span, start=span.start + segment.start, end=span.end + segment.start)


def _citations(doc: Doc) -> Iterator[Span]:
    """Yield citations; the value of a treaty is its key, as in the gazetteer; its readings have the canonical id."""
    known = {"jurisdiction": doc._.jurisdiction, "language": doc._.language, "units": doc._.units}
    for span in find_citations(doc._.text, **known):
        key = span.value.removeprefix(_TREATY).partition("#")[0]
        yield replace(span, value=key) if span.label == "TREATY" and span.value.startswith(_TREATY) else span


def _identifiers(doc: Doc) -> Iterator[Span]:
    yield from find_identifiers(doc._.text, jurisdiction=doc._.jurisdiction, language=doc._.language)


def _dates(doc: Doc) -> Iterator[Span]:
    yield from _by_segment(doc, lambda text, _: find_dates(text, doc._.jurisdiction))


def _money(doc: Doc) -> Iterator[Span]:
    yield from _by_segment(doc, lambda text, language: find_money(text, language, doc._.jurisdiction))


def _names(doc: Doc) -> Iterator[Span]:
    yield from _by_segment(doc, find_names)


def _name_lists(doc: Doc) -> Iterator[Span]:
    yield from find_name_lists(doc._.text)


def _gazetteer(doc: Doc) -> Iterator[Span]:
    yield from find_gazetteer(doc._.text, doc._.folded_words)


def _courts(doc: Doc) -> Iterator[Span]:
    """Yield courts and authorities; in a letter in all languages, because it names those of the other state."""
    if len(doc._.text) > _LETTER:
        yield from _by_segment(doc, find_courts)
        return
    for language in SUPPORTED:
        yield from find_courts(doc._.text, language)


def _concepts(doc: Doc) -> Iterator[Span]:
    words: Words = doc._.folded_words
    for segment in doc._.segments:
        part = words.within(segment.start, segment.end)
        yield from find_concepts(doc._.text, part, segment.label, doc._.jurisdiction, folded=doc._.folded)


def _legal_ner(doc: Doc) -> Iterator[Span]:
    if (model := legal_ner.model()) is not None:
        yield from legal_ner.find_entities(doc._.text, model, doc._.segments, doc._.jurisdiction)


for _name in ("text", "segments", "language", "jurisdiction", "units", "folded", "folded_words", "proposals"):
    Doc.set_extension(_name, default=None, force=True)
for _name, _find in {
    "citations": _citations,
    "identifiers": _identifiers,
    "dates": _dates,
    "money": _money,
    "gazetteer": _gazetteer,
    "courts": _courts,
    "concepts": _concepts,
    "names": _names,
    "name_lists": _name_lists,
    "legal_ner": _legal_ner,
}.items():
    _register(_name, _find)
