"""Dictionaries of lemmas (simplemma) as files that are mapped into memory.

simplemma unpacks a whole dictionary before the first word, which takes half a second for the four languages, and each
process has its own copy of it. The mapped form is made once, and shared by all processes. A dictionary is a table of
buckets by the checksum of a word; a bucket is a text of lines ``word NUL lemma``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import accumulate
from typing import Any
from zlib import crc32

import numpy as np

from extraction.build_cache import code_digest, map_entry, write_mapped


class MappedDictionary(Mapping[str, str]):
    """A dictionary in the form of :func:`packed`."""

    def __init__(self, content: memoryview) -> None:
        buckets = int.from_bytes(content[:8], "little")
        self._starts = content[8 : 8 + 4 * (buckets + 1)].cast("I")
        self._lines = content[8 + 4 * (buckets + 1) :]
        self._mask = buckets - 1

    def get(self, word: str, default: Any = None) -> Any:
        """Return the entry of a word, ``default`` without one."""
        key = word.encode("utf-8", "surrogatepass")
        bucket = crc32(key) & self._mask
        lines = bytes(self._lines[self._starts[bucket] : self._starts[bucket + 1]])
        found = lines.find(b"\n" + key + b"\0")
        if found < 0:
            return default
        begin = found + len(key) + 2
        return lines[begin : lines.index(b"\n", begin)].decode()

    def __getitem__(self, word: str) -> str:
        lemma: str | None = self.get(word)
        if lemma is None:
            raise KeyError(word)
        return lemma

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self.get(word) is not None

    def __iter__(self) -> Iterator[str]:
        yield from (line.partition(b"\0")[0].decode() for line in bytes(self._lines).split(b"\n") if line)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def packed(dictionary: Mapping[bytes, bytes]) -> bytes:
    """Return the mapped form of a dictionary: number of buckets, where each begins, and their lines."""
    words = list(dictionary)
    buckets = 1 << max(1, len(words).bit_length())
    places = np.array([crc32(word) for word in words], np.uint32) & np.uint32(buckets - 1)
    order = np.argsort(places, kind="stable")
    lines = [b"\n%b\0%b\n" % (words[place], dictionary[words[place]]) for place in order]
    ends = np.array([0, *accumulate(map(len, lines))], np.uint32)
    starts = ends[np.searchsorted(places[order], np.arange(buckets + 1))].astype(np.uint32)
    return buckets.to_bytes(8, "little") + starts.tobytes() + b"".join(lines)


class _Dictionaries:
    """The dictionaries by language, in the interface of simplemma."""

    def __init__(self) -> None:
        self._known: dict[str, Mapping[str, str]] = {}

    def get_dictionary(self, lang: str) -> Mapping[str, str]:
        if lang not in self._known:
            self._known[lang] = _dictionary(lang)
        return self._known[lang]


def _dictionary(language: str) -> Mapping[str, str]:
    import simplemma
    from simplemma.strategies.dictionaries import dictionary_factory

    name = f"nlp.lemmas.{language}"
    source = f"{simplemma.__version__} {np.little_endian}".encode() + code_digest(__file__)
    content = map_entry(name, source)
    if content is None:
        write_mapped(name, source, packed(dictionary_factory._load_dictionary_from_disk(language)))
        content = map_entry(name, source)
    if content is None:  # where nothing can be written
        return dictionary_factory.DefaultDictionaryFactory().get_dictionary(language)
    return MappedDictionary(content)


@cache
def _lookup() -> Any:
    from simplemma.strategies import DictionaryLookupStrategy

    return DictionaryLookupStrategy(_dictionaries())


@cache
def _lemmatizer() -> Any:
    from simplemma import Lemmatizer
    from simplemma.strategies import DefaultStrategy

    return Lemmatizer(lemmatization_strategy=DefaultStrategy(dictionary_factory=_dictionaries()))


@cache
def _dictionaries() -> _Dictionaries:
    return _Dictionaries()


def lemmatize(word: str, language: str) -> str:
    """Return the lemma of ``word``, not empty, in ``language`` (es, pt, en or fr)."""
    lemma: str = _lemmatizer().lemmatize(word, lang=language)
    return lemma


def is_known(word: str, language: str) -> bool:
    """Return whether ``word``, not empty, is in the dictionary of ``language``, in any case."""
    return _lookup().get_lemma(word, language) is not None
