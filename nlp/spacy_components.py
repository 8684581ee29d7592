"""The pipeline of spaCy that runs the components of the annotation: each adds its spans to ``doc._.proposals``.

Offsets are those of the text, not of tokens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

import regex

from nlp.annotations import Span
from nlp.components import COMPONENTS, AnalysedText
from nlp.spacy_import import Doc, Language, Vocab, spacy

# A token with the following space.
_TOKEN = regex.compile(r"(?:[\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}])[ ]?")


def proposals(read: AnalysedText) -> list[Span]:
    """Return the spans that the components propose for a text; they may overlap."""
    language = pipeline()
    doc = prepare(language.make_doc(read.text), read)
    for _, component in language.pipeline:
        doc = component(doc)
    found: list[Span] = doc._.proposals
    return found


@cache
def pipeline() -> Language:
    """Return a multilingual pipeline with all components; :func:`prepare` has to be called on each document."""
    language = spacy.blank("xx")
    language.tokenizer = _Tokenizer()
    language.max_length = 10**9
    for name in COMPONENTS:
        language.add_pipe(name)
    return language


def prepare(doc: Doc, read: AnalysedText) -> Doc:
    """Give ``doc`` the analysed text from which the components take languages, jurisdiction and structure."""
    doc._.analysed = read
    doc._.proposals = []
    return doc


class _Tokenizer:
    """Splits at every character other than letters and digits, losslessly.

    Each document has its own vocabulary, because a shared one would grow with every name read.
    """

    def __call__(self, text: str) -> Doc:
        tokens = _TOKEN.findall(text)
        spaces = [token[-1] == " " and len(token) > 1 for token in tokens]
        words = [token[:-1] if space else token for token, space in zip(tokens, spaces, strict=True)]
        return Doc(Vocab(), words=words, spaces=spaces)


def _register(name: str, find: Callable[[AnalysedText], Iterator[Span]]) -> None:
    """Register a component that adds the spans yielded by ``find``."""

    def component(doc: Doc) -> Doc:
        doc._.proposals.extend(find(doc._.analysed))
        return doc

    Language.component(name, func=component)


for _name in ("analysed", "proposals"):
    Doc.set_extension(_name, default=None, force=True)
for _name, _find in COMPONENTS.items():
    _register(_name, _find)
