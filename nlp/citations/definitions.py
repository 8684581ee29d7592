"""Short names defined in the text for laws: ``(en adelante, LFCDO)``, ``«el CPP»``, ``“Act of 1994” means …``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise

import regex

from extraction.resource import load
from nlp.annotations import Reading
from nlp.citations.initials import initials, is_of_a_body
from nlp.citations.laws import Mention, merge_mentions
from nlp.compiled_patterns import compiled
from nlp.patterns import compile_pattern

_BEFORE = 90
_NUMBERED = compiled(r"(loi|décret|ordonnance|arrêté)\b.*\s(du \d{1,2}(?:er)? \p{L}+ \d{4})$", regex.I)
# "section 50B of the Income Tax Act 1970 (‘50B’)", "section 8 of the Contempt of Court Act 1981 ("Section 8")"
_SECTION = compiled(
    r"(?:(?:sections?|articles?|rules?|regulations?|art[íi]culos?|artigos?|arts?\.?|ss?\.?)\s?)?\d+\p{Lu}{0,2}", regex.I
)
_SHORT = compiled(r"\(\p{Lu}{2}\)")  # names a law only as the initials of its title: "the Data Act (DA)"
_SURE = 0.9
_TITLE = 600  # characters of the title of a law of the Union, up to the law that it repeals
_AFTER = ("after", "after_plain", "after_title")  # patterns of definitions behind a law


def with_defined(text: str, mentions: list[Mention]) -> list[Mention]:
    """Return ``mentions`` with the occurrences of names defined for them; the definitions are no citations."""
    names: dict[str, tuple[Reading, ...]] = {}
    places: set[int] = set()
    numbered = [mention.start for mention in mentions if mention.kind == "statute"]
    for mention, law in _with_defined_law(text, mentions):
        for name, start in (*_names(text, mention), *_far_name(text, mention, numbered)):
            names.setdefault(name, tuple(replace(reading, score=_SURE) for reading in law.readings[:1]))
            places.add(start)
    if not names:
        return mentions
    longest_first = "|".join(regex.escape(name) for name in sorted(names, key=len, reverse=True))
    occurrences = regex.finditer(rf"(?<![\p{{L}}\d])(?:{longest_first})(?![\p{{L}}\d])", text)
    kinds = ((hit, "definition" if hit.start() in places else "defined") for hit in occurrences)
    named = [Mention(hit.start(), hit.end(), kind, names[hit[0]]) for hit, kind in kinds]
    return merge_mentions([*mentions, *named])


def _with_defined_law(text: str, mentions: list[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Yield each law with the one that a name behind it denotes: ``Regulation X repealing Directive Y (GDPR)`` is X."""
    law: Mention | None = None
    for before, mention in pairwise([None, *mentions]):
        if mention is None or mention.label not in ("LAW", "TREATY") or not mention.readings:
            continue
        gap = text[before.end : mention.start] if before else ""
        listed = law is not None and law is not before and _patterns()["and"].fullmatch(gap)
        if not listed and not (len(gap) < _TITLE and _patterns()["changes"].fullmatch(gap)):
            law = mention
        yield mention, law or mention


def general_names(text: str, mentions: Iterable[Mention]) -> Iterator[tuple[str, Mention]]:
    """Yield the general names that a text defines for laws, with the law.

    ``the Companies Act 2015 (the "Act")``, ``“the Act” means the Companies Act``.
    """
    content = _patterns()
    for mention in mentions:
        if mention.label in ("LAW", "TREATY") and mention.readings and mention.kind != "defined":
            keys = (*_AFTER, "after_far") if mention.kind == "statute" else _AFTER
            match = next(filter(None, (content[key].match(text, mention.end) for key in keys)), None)
            match = match or content["before"].search(text[max(0, mention.start - _BEFORE) : mention.start])
            if match and content["generic"].fullmatch(match["name"].strip()):
                yield match["name"].strip(), mention


def _names(text: str, mention: Mention) -> Iterator[tuple[str, int]]:
    """Yield (name, position) of names defined next to a mention; French laws are also named by their date (-1)."""
    if dated := _NUMBERED.match(" ".join(text[mention.start : mention.end].split())):
        yield f"{dated[1].lower()} {dated[2]}", -1
    content = _patterns()
    after = next(filter(None, (content[key].match(text, mention.end) for key in _AFTER)), None)
    before = content["before"].search(text[max(0, mention.start - _BEFORE) : mention.start])
    offset = max(0, mention.start - _BEFORE)
    for match, shift in ((after, 0), (before, offset)):
        name = match["name"].strip() if match else ""
        if match and name and not content["generic"].fullmatch(name) and not _SECTION.fullmatch(name):
            start = shift + match.start("name")
            if match is after and is_of_a_body(text[mention.end : start], name):
                continue
            if not _SHORT.match(text, start - 1) or initials(text[mention.start : mention.end]) == name:
                yield name, start


def _far_name(text: str, law: Mention, numbered: list[int]) -> Iterator[tuple[str, int]]:
    """Yield the name defined behind the title and the publication of a law with a number, the last one before it."""
    match = _patterns()["after_far"].match(text, law.end) if law.kind == "statute" else None
    if match is None or any(law.end <= start < match.start("name") for start in numbered):
        return
    if not _patterns()["generic"].fullmatch(match["name"].strip()):
        yield match["name"].strip(), match.start("name")


@cache
def _patterns() -> dict[str, regex.Pattern[str]]:
    return {
        key: compile_pattern(f"(?s:{row})" if key == "after_far" else row, case_sensitive=key != "generic")
        for key, row in load("nlp.references")["defined"].items()
    }
