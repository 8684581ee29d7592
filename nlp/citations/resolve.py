"""Resolution of "that Act", "dicha ley", "ibid." and of articles without a law.

The results are inferences from the preceding text; their spans have the attribute ``inferred``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Reading
from nlp.citations.amendments import OwnText, begins_amendment
from nlp.citations.back_references import SELF, BackReference
from nlp.citations.canonical import slug
from nlp.citations.foreign import beginning_people, ending_state, reading_before_bracket
from nlp.citations.law_kinds import is_decree, is_of_kind, kind_of
from nlp.citations.laws import Mention
from nlp.citations.numbered_codes import code_of, codes_with, is_codified
from nlp.compiled_patterns import compiled
from nlp.folding import fold
from nlp.pattern_bank import Setting
from nlp.patterns import compile_pattern

EUROPEAN_CONVENTION = "ref:int:treaty:ECHR"
_REACH = 6000
_LEGISLATION_SIGNS = 4
_CLAUSE = 500
_CLAUSE_ENDS = compiled(r";|\n\s*\n|[.]\s+\p{Lu}\p{Ll}")
_POSSESSIVE = compiled(r"(?<!\p{L})(?:son|ses|sus?|seus?|its)\s+\Z", regex.I)
_RECITAL = compiled(r"(?<!\p{L})(?:Vue?s?|VU|Vist[oa]s?|VIST[OA]S?|Having regard to)(?!\p{L})")
_ARTICLE = compiled(r"^(?:the|el|la|le|o|a|l’)\s?(?=\S{3})")
_DISTINCT = compiled(r"-\p{L}?\d{2}")
_RARE = compiled(r"\d{3}")  # an article that few of the laws of a text have
_UNNAMED_CODE = ":code"  # end of the id of a code that a text does not name
_POINTS = compiled(r"[\s.]+")
_LAW = compiled(r"(?:ley|lei|loi)(?!\p{L})", regex.I)
# Words that alone name a law itself in its articles.
_OF_ITSELF = {"law": ("Ley", "Lei"), "rules": ("Reglamento", "Règlement", "Regulamento")}
_BESIDE = compiled(r"[\s,(]{1,3}")
_AMENDING = 4000
_BEFORE = 40


@dataclass(frozen=True, slots=True)
class Cited:
    """A law cited at ``start``, with its article, if any."""

    start: int
    kind: str
    reading: Reading
    pinpoint: str = ""


class Memory:
    """The laws cited so far in a text, to which back references are resolved."""

    def __init__(
        self, text: str, signs: int, setting: Setting, law: bool | None = None, own: OwnText | None = None
    ) -> None:
        self._cited: list[Cited] = []
        self._laws: list[Cited] = []  # of them those of other texts
        self._amended: Cited | None = None
        self._amended_until = 0
        self._own = own or OwnText()
        self._end = 0  # of the law cited last
        self._text = text
        self._legislation = signs >= _LEGISLATION_SIGNS if law is None else law
        self._quotes = law is False  # "this Act" is in a quotation: the text has units, and none is a provision
        self._european = any(cue in text for cue in load("nlp.references")["european"])
        self._setting = setting
        self._defined: dict[str, Cited] = {}
        self._initials: Mapping[str, Reading] = {}
        self._owners: Mapping[str, Mention] = {}

    def define(
        self, names: Iterable[tuple[str, Mention]], initials: Mapping[str, Reading], owners: Mapping[str, Mention]
    ) -> None:
        """Record the laws for which the text defines a general name (``the "Act"``), and those named by initials.

        ``owners`` are the laws of articles that the text anywhere cites of one law only, by article.
        """
        self._initials, self._owners = initials, owners
        for name, law in names:
            self._defined.setdefault(_plain_name(name), Cited(law.start, _noun(law), law.readings[0]))

    def cite(self, mention: Mention, pinpoint: str) -> None:
        """Record an explicit citation."""
        if mention.readings and mention.label in ("LAW", "TREATY") and not self._is_chapter(mention):
            self._end = mention.end
            self._record(Cited(mention.start, _noun(mention), mention.readings[0], pinpoint))
            self._note_amended(mention.start, mention.end)

    def _record(self, cited: Cited) -> None:
        self._cited.append(cited)
        if cited.kind != SELF and not cited.reading.canonical.endswith(_UNNAMED_CODE):
            self._laws.append(cited)

    def _is_chapter(self, mention: Mention) -> bool:
        """Return whether a mention is the chapter of the Act before it: ``Summary Courts Act, Chap. 4:20``."""
        beside = self._end and _BESIDE.fullmatch(self._text, self._end, mention.start)
        return mention.kind == "statute_id" and bool(beside)

    def _note_amended(self, start: int, end: int) -> None:
        """Record the law cited last as the one that is amended, until the end of a provision of the text itself."""
        cited = self._cited[-1]
        until = self._own.provision_end(start) if self._legislation and cited.kind != SELF else -1
        if until > 0 and begins_amendment(self._text, start, end, with_articles=bool(cited.pinpoint)):
            self._amended, self._amended_until = cited, until
        elif not cited.pinpoint and start >= self._amended_until and self._is_amended(start, end):
            self._amended, self._amended_until = cited, 0

    def _is_amended(self, start: int, end: int) -> bool:
        before = self._text[max(0, start - _BEFORE) : start]
        return bool(_amending("behind").match(self._text, end) or _amending("before").search(before))

    def again(self, cited: Cited, start: int, pinpoint: str, end: int = 0) -> None:
        """Record a resolved back reference from ``start`` to ``end``, if any."""
        self._record(Cited(start, cited.kind, cited.reading, pinpoint or cited.pinpoint))
        if end:
            self._note_amended(start, end)

    def mention(self, back: BackReference) -> bool:
        """Record a law named without article, no citation (``The principal Act is amended``); return False."""
        if back.noun == "principal" and (cited := self.resolve(back, articled=False)):
            self.again(cited, back.start, "", back.end)
        return False

    def resolve(self, back: BackReference, articled: bool) -> Cited | None:
        """Return the law to which ``back`` refers, or None if nothing compatible was cited.

        With an article (``articled``) it is always a citation, if necessary of a law identified only by these words.
        "The 1996 Act" alone is one only if an Act of that year was cited.
        """
        if back.noun == SELF:
            if self._amended and back.start < self._amended_until and self._own.is_quoted(back.start):
                return self._amended
            return (self._quoted(back) if self._quotes else None) or Cited(back.start, SELF, _self_reading())
        if defined := self._defined.get(_plain_name(back.name)):
            return defined
        if back.noun == "defined":
            return self._of_kind(back)
        if back.noun == "article" and self._legislation:
            return None
        if back.name in _OF_ITSELF.get(back.noun, ()) and self._legislation:
            return Cited(back.start, SELF, _self_reading())
        if back.noun in ("protocol", "named", "rules"):
            return self._by_name(back)
        if back.noun == "year":
            dated = (item for item in reversed(self._cited) if item.reading.year == back.year)
            return next(dated, None) or (self._unknown(back, f"law:{back.year}") if articled else None)
        fits = [item for item in reversed(self._cited) if _compatible(back, item)]
        if _LAW.search(back.name):  # "dicha ley" is no decree if a law was cited
            fits.sort(key=lambda item: is_decree(item.reading.canonical))
        name = f"law:{kind_of(back.name)}" if back.noun == "kind" else back.noun
        return next(iter(fits), None) or self._default(back) or (self._unknown(back, name) if articled else None)

    def _quoted(self, back: BackReference) -> Cited | None:
        """Return the law to which ``this Act`` in a quotation refers: the last one of that kind, cited nearby."""
        kind = next((noun for word, noun in load("nlp.references")["quoted"].items() if word in fold(back.name)), "")
        near = (item for item in reversed(self._cited) if back.start - item.start < _REACH)
        return next((item for item in near if item.kind == kind), None)

    def _most_cited(self) -> Cited | None:
        """Return the law cited most often so far, the later one of several."""
        count = Counter(item.reading.canonical for item in self._cited if item.kind != SELF)
        most = max(count.values(), default=0)
        return next((item for item in reversed(self._cited) if count[item.reading.canonical] == most), None)

    def bare(self, start: int, item: str = "") -> Cited:
        """Return the law of an article without one: this text if it is a law, else the last law cited nearby.

        With a possessive it is that of the law cited in the same clause, in the items of an amendment the amended law.
        An ``item`` with two figures that was cited before is of its law, as is one that a law itself lacks.
        """
        if (amended := self._amended) and start < self._amended_until:
            return amended
        if (
            amended
            and start - amended.start < _AMENDING
            and _amending("item").search(self._text[max(0, start - 2 * _BEFORE) : start])
        ):
            return amended
        if item not in self._own.items and (code := code_of(item, self._setting.home)):
            return Cited(start, "code", code)
        last = next((law for law in reversed(self._laws) if start - law.start < _REACH), None)
        named = self._constitution() if last and last.kind == "constitution" else "law"
        if foreign := reading_before_bracket(self._text, start, self._setting.home, named):
            return Cited(start, "law", foreign)
        if possessor := self._possessor(start):
            return possessor
        if last is None and self._quotes:
            last = self._most_cited()
        again = (law for law in reversed(self._laws) if law.pinpoint == item and start - law.start < _REACH)
        if self._legislation and self._own.items and item not in self._own.items and (law := next(again, None)):
            return law
        if not self._legislation and _RARE.search(item) and (owner := self._owners.get(item)):
            return Cited(start, _noun(owner), owner.readings[0])
        if self._legislation or (last is None and not self._quotes):
            return Cited(start, SELF, _self_reading())
        if last is None:  # in a text that is no law and cites none the law is not told
            return self._unknown(BackReference(start, start, "law", True), "law")
        return (next(again, None) if _DISTINCT.search(item) else None) or self._codified(item, start) or last

    def _codified(self, item: str, start: int) -> Cited | None:
        """Return the code of an article with the letter of its part (``L. 2413-1``), which no other law has."""
        if not is_codified(item):
            return None
        codes = [law for law in self._laws if law.kind == "code"]
        fits = codes_with(item, [(law.reading.canonical, law.pinpoint) for law in codes])
        return next((law for law in reversed(codes) if law.reading.canonical in fits), None) or self._unknown(
            BackReference(start, start, "law", True), _UNNAMED_CODE[1:], "code"
        )

    def _possessor(self, start: int) -> Cited | None:
        """Return the law of a clause in which a possessive stands before ``start``, else None.

        In a recital it is the law with which that begins (``Vu la loi n° 1, modifiée par la loi n° 2, notamment son
        article 3``), or one without a name.
        """
        begin = max(0, start - _CLAUSE)
        if not _POSSESSIVE.search(self._text, begin, start):
            return None
        begin = max((end.end() for end in _CLAUSE_ENDS.finditer(self._text, begin, start)), default=begin)
        recital = max((sign.end() for sign in _RECITAL.finditer(self._text, begin, start)), default=0)
        named = [item for item in self._cited if max(begin, recital) <= item.start < start]
        if named:
            return named[0 if recital else -1]
        if recital:
            return self._unknown(BackReference(start, start, "law", True), "law")
        return next((item for item in reversed(self._laws) if _is_near(item, start)), None)

    def _of_kind(self, back: BackReference) -> Cited | None:
        """Return the last law of the kind that a general name says (``the Regulations``), or this text if it is one."""
        kind = kind_of(back.name)
        fits = (item for item in reversed(self._cited) if is_of_kind(item.reading.canonical, kind))
        if last := next(fits, None):
            return last
        return Cited(back.start, SELF, _self_reading()) if self._legislation else self._unknown(back, f"law:{kind}")

    def _default(self, back: BackReference) -> Cited | None:
        if back.noun == "treaty" and self._european:
            return Cited(
                back.start, "treaty", Reading(EUROPEAN_CONVENTION, "INT", "treaty", score=0.7, rule="european")
            )
        if back.noun == "constitution":
            country, kind = self._setting.at(back.start).jurisdiction, self._constitution()
            return Cited(back.start, "constitution", Reading(f"ref:{country.lower()}:{kind}", country, kind, score=0.6))
        if back.noun in ("law", "code") and self._legislation:
            return Cited(back.start, SELF, _self_reading())
        return None

    def _constitution(self) -> str:
        return str(load("nlp.references")["constitutions"].get(self._setting.language, "constitution"))

    def _by_name(self, back: BackReference) -> Cited:
        if back.noun == "protocol":
            return self._unknown(back, f"protocol:{back.year}", "protocol")
        initials = _POINTS.sub("", back.name.lower())
        name = slug(back.name) or initials
        if code := load("nlp.references")["abbreviations"].get(self._setting.language, {}).get(initials):
            return self._unknown(back, code, "code")
        if law := self._initials.get(_POINTS.sub("", back.name)):
            return Cited(back.start, "law", replace(law, score=0.5, rule="initials"))
        return self._unknown(back, f"law:{name}" if back.noun == "named" else "rules-of-court")

    def _unknown(self, back: BackReference, name: str, kind: str = "law") -> Cited:
        """Return a law that the text does not identify, with an id from the words that name it."""
        country = (
            ending_state(back.name) or beginning_people(back.name) or self._setting.at(back.start).jurisdiction
        ).lower()
        if self._european and name.startswith(("protocol", "rules")):
            country = "coe"
        elif _treaty().match(name):
            country = "int"
        reading = Reading(f"ref:{country or 'xx'}:{name}", country.upper(), kind, score=0.5, rule="named")
        return Cited(back.start, kind, reading)


def _is_near(item: Cited, start: int) -> bool:
    return item.kind != SELF and start - item.start < _CLAUSE


def _plain_name(name: str) -> str:
    return _ARTICLE.sub("", " ".join(name.casefold().split())).strip('“”"')


def _self_reading() -> Reading:
    return Reading(SELF, "", SELF, score=0.6, rule=SELF)


def _noun(mention: Mention) -> str:
    identity = mention.readings[0].canonical
    if mention.label == "TREATY":
        return "treaty"
    if ":codigo:" in identity or ":code:" in identity:
        return "code"
    return "constitution" if ":constitu" in identity else "law"


def _compatible(back: BackReference, item: Cited) -> bool:
    """Return whether ``item`` can be what ``back`` refers to; "dicho decreto" is a decree, not the law cited last."""
    if back.noun == "same":
        return True
    if back.noun == "article":
        return bool(item.pinpoint)
    if back.noun in ("any", "principal"):
        return item.kind in ("law", "code")
    if back.noun == "kind":
        return is_of_kind(item.reading.canonical, kind_of(back.name))
    return item.kind == back.noun


@cache
def _treaty() -> regex.Pattern[str]:
    """Match the slug of a treaty that no list has; a collective agreement is none."""
    return compile_pattern(f"law:(?:{load('nlp.references')['unlisted_treaty']})(?:-|$)")


@cache
def _amending(name: str) -> regex.Pattern[str]:
    return compile_pattern(load("nlp.references")["amending"][name], case_sensitive=name == "item")
