"""Detokenisation: the text of the tokens of a corpus, with the offsets of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

_LEFT = re.compile(
    r"[)\]}.,;:?!%…”’]+|\.{2,}|''|[)\"”'.,;:]+[.,;:)]|'s|n't|'(?:d|re|ve|ll|m)|’s"
    r"|-(?:se|me|te|lhes?|nos|vos|l?[oa]s?|n[oa]s?)"  # the pronoun after a verb in Portuguese
)
_LEFT_FRENCH = re.compile(r"[)\]}.,…”]+|\.{2,}")  # a space precedes ; : ? ! % »
_RIGHT = re.compile(r"[(\[{“‘¿¡]+|``|[(\[][$\"“]|\$|#")
_ELISION = re.compile(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|aujourd|presqu|entr)", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
# Words that begin a parenthesis between dashes, not the second part of a compound.
_AFTER_DASH = frozenset(
    "a à au aux ce ces comme dans de des du elle en et il la le les mais ou où par pour qui que se si soit sur un "
    "une and as at but by for from in not of on or that the to which with".split()
)
_POINTING = (
    "este", "esta", "estes", "estas", "esse", "essa", "esses", "essas", "isto", "isso", "aquele", "aquela", "aqueles",
    "aquelas", "aquilo", "ele", "ela", "eles", "elas",
)  # fmt: skip
_CONTRACTIONS = {
    ("de", "o"): "do", ("de", "a"): "da", ("de", "os"): "dos", ("de", "as"): "das", ("em", "o"): "no",
    ("em", "a"): "na", ("em", "os"): "nos", ("em", "as"): "nas", ("por", "o"): "pelo", ("por", "a"): "pela",
    ("por", "os"): "pelos", ("por", "as"): "pelas", ("a", "o"): "ao", ("a", "os"): "aos", ("a", "a"): "à",
    ("a", "as"): "às", ("em", "um"): "num", ("em", "uma"): "numa",
    **{("de", word): f"d{word}" for word in _POINTING}, **{("em", word): f"n{word}" for word in _POINTING},
}  # fmt: skip


def joined(words: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """Return the words separated by spaces, and the range of each."""
    return _text(words, [" "] * len(words))


def detokenise(words: Sequence[str], language: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the text of ``words`` with its spaces restored by rule, and the range of each word.

    Quotation marks of the Penn Treebank (two backquotes, two apostrophes) become straight ones.
    """
    gaps = [_gap(words, place, language) for place in range(len(words))]
    for place, opening in _straight_quotes(words):
        if opening and place + 1 < len(words):
            gaps[place + 1] = ""
        elif not opening:
            gaps[place] = ""
    return _text([{"``": '"', "''": '"'}.get(word, word) for word in words], gaps)


def contract(words: list[str], ranges: list[tuple[int, int, str]]) -> tuple[list[str], list[tuple[int, int, str]]]:
    """Return words and ranges with Portuguese prepositions and articles contracted, except across range edges."""
    edges = {edge for start, end, _ in ranges for edge in (start, end)}
    kept: list[str] = []
    moved: list[int] = []
    for place, word in enumerate(words):
        pair = (words[place - 1].lower(), word) if place and place not in edges else ("", "")
        together = _CONTRACTIONS.get(pair) if kept and kept[-1].lower() == pair[0] else None
        if together:
            kept[-1] = together.capitalize() if kept[-1][0].isupper() else together
        else:
            kept.append(word)
        moved.append(len(kept) - 1)
    moved.append(len(kept))
    return kept, [(moved[start], moved[end - 1] + 1, label) for start, end, label in ranges]


def _text(words: Iterable[str], gaps: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    text = ""
    offsets: list[tuple[int, int]] = []
    for place, (word, gap) in enumerate(zip(words, gaps, strict=True)):
        text += gap if place else ""
        offsets.append((len(text), len(text) + len(word)))
        text += word
    return text, offsets


def _gap(words: Sequence[str], place: int, language: str) -> str:
    """Return the gap before the word at ``place``: a space or nothing."""
    word, before = words[place], words[place - 1] if place else ""
    after = words[place + 1] if place + 1 < len(words) else ""
    left = _LEFT_FRENCH if language == "fr" else _LEFT
    if left.fullmatch(word) or _RIGHT.fullmatch(before) or "/" in (word, before) or word == "⁄" or before == "⁄":
        return ""
    if word == "'":
        return "" if language != "es" or before.endswith("s") or after == "s" else " "
    if before == "'" and (_ELISION.fullmatch(words[place - 2]) if language == "fr" else word == "s"):
        return ""
    if (word == "$" and before == "R") or (before == ":" and word.startswith("//")):
        return ""
    if language == "en" and before in (".", ",") and _is_number(words, place, before):
        return ""
    if before == ":" and word.isdecimal() and words[place - 2].isdecimal():
        return ""
    if "-" in (word, before) and _is_compound(words, place if word == "-" else place - 1, language):
        return ""
    return " "


def _is_number(words: Sequence[str], place: int, mark: str) -> bool:
    """Return whether two numbers separated by a point or comma are one number: ``250 , 000``, ``3 . 1``."""
    if place < 2 or not (words[place - 2].isdecimal() and words[place].isdecimal()):
        return False
    return mark == "." or len(words[place]) == 3


def _is_compound(words: Sequence[str], dash: int, language: str) -> bool:
    if language == "pt" or not 0 < dash < len(words) - 1:
        return False
    before, after = words[dash - 1], words[dash + 1]
    if not (_WORD.fullmatch(before) and _WORD.fullmatch(after)) or after in _AFTER_DASH:
        return False
    return language != "es" or (before[0].isupper() and after[0].isupper()) or (before + after).isdecimal()


def _straight_quotes(words: Sequence[str]) -> Iterator[tuple[int, bool]]:
    """Yield the positions of straight quotation marks, and whether each opens."""
    opening = True
    for place, word in enumerate(words):
        if word == '"':
            yield place, opening
            opening = not opening
