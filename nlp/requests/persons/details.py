"""Details of a person or company next to the name: birth, nationality, documents, other names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.folding import fold
from nlp.requests.birth_places import is_birth_place
from nlp.requests.columns import column_head
from nlp.requests.context import RequestContext
from nlp.requests.dates.letter_date import letter_date
from nlp.requests.flow import open_before_date
from nlp.requests.identifiers.forms import Identifier
from nlp.requests.persons.nationalities import nationalities
from nlp.requests.persons.nicknames import is_own_nickname
from nlp.requests.persons.other_names import (
    QUOTES,
    alias,
    alias_before,
    bracketed,
    called_so,
    own_other_name,
    presumed,
    quotation_end,
)
from nlp.requests.persons.parties import LEGAL, NATURAL, Mention, Party, things_called

_REACH, _FORM_REACH, _BIRTH_REACH = 320, 700, 40
_KINDS = {NATURAL: ("national_id", "passport"), LEGAL: ("company_number", "national_id")}
_NAME = r"\p{Lu}[\p{L}\p{M}'’\-]*\.?(?:[ ](?:(?:de|del|la|el|da|dos|do|du|van|von)[ ])?\p{Lu}[\p{L}\p{M}'’\-]*){0,3}"
_OTHER = regex.compile(
    rf"[\s:]+(?:(?:y|o|e|and|or|et|ou)\s)?(?:[{QUOTES}]\s?(?P<quoted>[^\"”»'’\n]{{2,40}})[\"”»'’]"
    rf"|(?P<name>(?:(?:el|la|o|a|le)\s)?{_NAME}))"
)
# "A, British subject, 18/04/1972, ...", "A: Brazilian, 12/10/1972" and the last year of birth that is told by the place
# of a date
_BEFORE_DATE = regex.compile(
    r"\s*[,:(–—-]\s*(?:\p{L}[\p{L} ]{2,30}[,–—-]\s*)?"
    r"|(?:, alias [^,();\n]{2,30})?\s*\([^();\n]{2,40};\s*"  # behind the first particular in brackets
)
_AFTER_DATE = regex.compile(r"\s*[,;).\n–—-]")
LAST_YEAR = 2010


_LABEL = regex.compile(r"(?:(?<=\n)|(?<=[.;] ))(?P<name>\p{L}{4,}):(?= )")
# The end of a sentence before another name; how far before that name its bearer is named at most.
_SENTENCE_END = regex.compile(r"\p{Ll}{3,}[.;]\s+(?=\p{Lu})|\n\s*\n")
_ALIAS_REACH = 250
# Characters before a name that may say that it is a relative.
_RELATIVE_REACH = 60


@dataclass(frozen=True, slots=True)
class Details:
    """Birth date (ISO) or None; nationalities (ISO 3166-1 alpha-2); numbers and other names as written."""

    birth_date: str | None
    nationality: tuple[str, ...]
    documents: tuple[str, ...]
    aliases: tuple[str, ...]


class DetailReader:
    """Reads the details of the parties of one letter; they follow the name to which they belong."""

    def __init__(self, context: RequestContext, mentions: Sequence[Mention], identifiers: Sequence[Identifier]) -> None:
        self._context = context
        self._folded = fold(context.text)
        self._peoples = list(context.spans("NATIONALITY", "COUNTRY"))
        self._letter_date = letter_date(context)
        self._identifiers = identifiers
        self._ends = frozenset(mention.end for mention in mentions)
        self._natural = [mention for mention in mentions if mention.kind == NATURAL]
        self.parents = [mention for mention in mentions if self._is_parent(mention)]
        aliases = [mention for mention in mentions if self._is_alias(mention, mentions)]
        known = {fold(mention.name) for mention in aliases}
        self.aliases = [one for one in mentions if one in aliases or self._is_known_nickname(one, known)]
        self._named = [mention for mention in mentions if mention.kind == NATURAL and mention not in self.parents]
        self._referring = [Mention(*found.span(), found[0], NATURAL) for found in _referring().finditer(self._folded)]
        self._relatives = [mention for mention in mentions if self._is_relative(mention)]
        self.birth_places = [mention for mention in mentions if is_birth_place(self._folded, mention.start)]
        beside = {*self.parents, *self.aliases, *self._relatives, *self.birth_places}
        self._starts = [one.start for one in mentions if one not in beside]

    def details(self, party: Party) -> Details:
        """Return the details after any mention of a party."""
        mentions = [
            *party.mentions,
            *(mention for mention in self._referring if self._referred(mention) in party.mentions),
            *self._labels(party),
        ]
        windows = [(mention, self._end(mention)) for mention in mentions]
        births = (
            [date for mention, end in windows if (date := self._birth(mention, end))] if party.kind == NATURAL else []
        )
        return Details(
            birth_date=births[0] if births else self._birth_year(party, windows),
            nationality=nationalities(self._folded, self._peoples, windows, self._starts)
            if party.kind == NATURAL
            else (),
            documents=tuple(dict.fromkeys(self._numbers(party, windows))),
            aliases=tuple(
                dict.fromkeys(
                    [
                        *self._nicknames(party),
                        *self._presumed(party),
                        *(name for mention, end in windows for name in self._other_names(mention, end)),
                    ]
                )
            ),
        )

    def _labels(self, party: Party) -> Iterator[Mention]:
        """Yield parts of a person's name before a colon ("Picado: born ...") or a birth ("and Picado, born ...")."""
        if party.kind != NATURAL:
            return
        known = {word for mention in party.mentions for word in regex.findall(r"\p{L}{4,}", fold(mention.name))}
        taken = {mention.start for mention in party.mentions}
        for found in _LABEL.finditer(self._folded):
            if found["name"] in known and found.start() not in taken:
                yield Mention(*found.span("name"), found["name"], NATURAL)
        shared = {word for one in self._named if one not in party.mentions for word in fold(one.name).split()}
        for found in _surname_born().finditer(self._folded):
            if found["name"] in known - shared and found.start() not in taken:
                yield Mention(*found.span("name"), found["name"], NATURAL)

    def _referred(self, referring: Mention) -> Mention | None:
        """Return the last person named before words that refer to a person ("The accused, born on ...")."""
        return max(
            (mention for mention in self._named if mention.end <= referring.start),
            key=lambda mention: mention.start,
            default=None,
        )

    def _is_parent(self, mention: Mention) -> bool:
        start = max(self._folded.rfind("\n\n", 0, mention.start) + 1, mention.start - 110)
        return _filiation().search(self._folded, start, mention.start) is not None

    def _is_alias(self, mention: Mention, mentions: Sequence[Mention]) -> bool:
        """Return whether a name is another name of somebody named before ("a driver known as Papito" names him)."""
        before = max(0, mention.start - 90)
        if is_own_nickname(self._folded, mention.start, self._ends):
            return False
        if own_other_name().search(self._folded, max(0, mention.start - 60), mention.start):
            return True
        before_it = [other for other in mentions if other.end <= mention.start and other.kind == NATURAL]
        if before_it and bracketed().fullmatch(
            self._folded, before_it[-1].end, quotation_end(self._folded, mention.end)
        ):
            return True
        if self._is_presumed(mention):
            return True
        if before_it and called_so().fullmatch(self._folded, before_it[-1].end, mention.start):
            return True
        if not alias_before().search(self._folded, before, mention.start):
            return False
        ends = [found.end() for found in _SENTENCE_END.finditer(self._context.text, before, mention.start)]
        first = ends[-1] if ends else max(0, mention.start - _ALIAS_REACH)
        if before_it and before_it[-1].in_form and mention.start - before_it[-1].end < _FORM_REACH:
            return True  # a field of the form that names the person
        return any(first <= other.start < mention.start for other in mentions if other.kind == NATURAL)

    def _presumed(self, party: Party) -> Iterator[str]:
        """Yield the names behind which the letter presumes a person ("saved as 'Chepe', believed to be A")."""
        for mention in party.mentions:
            if found := presumed().search(self._folded, max(0, mention.start - _ALIAS_REACH), mention.start):
                yield " ".join(self._context.text[slice(*found.span("name"))].split())

    def _is_presumed(self, mention: Mention) -> bool:
        """Return whether a name is, or is part of, one behind which the letter presumes somebody named after it."""
        after = (other.start for other in self._natural if other.start > mention.end)
        bearer = next(after, mention.end)
        found = presumed().search(self._folded, max(0, mention.start - _RELATIVE_REACH), bearer)
        return found is not None and found.start("name") <= mention.start < found.end("name")

    def _is_known_nickname(self, mention: Mention, known: Collection[str]) -> bool:
        """Return whether a letter speaks of somebody by a nickname that is another name of a person whom it names."""
        return fold(mention.name) in known and is_own_nickname(self._folded, mention.start, self._ends)

    def _is_relative(self, mention: Mention) -> bool:
        """Return whether a name only tells whose relative the person before it is ("A, aunt of B, born on ...")."""
        return _relative().search(self._folded, max(0, mention.start - _RELATIVE_REACH), mention.start) is not None

    def _is_owner(self, mention: Mention, place: int) -> bool:
        """Return whether the details at a place are those of the person of a mention before it.

        Only details in brackets behind a relative's name are the relative's: "A, daughter of B (born on ...), born
        on ...".
        """
        bracketed = [one for one in self._relatives if one.end <= place and self._in_brackets(one, place)]
        return mention in bracketed if bracketed or mention in self._relatives else True

    def _in_brackets(self, mention: Mention, place: int) -> bool:
        between = self._context.text[mention.end : place].lstrip()
        return between.startswith("(") and ")" not in between

    def _end(self, mention: Mention) -> int:
        """Return the end of the details after a mention: the next name or the end of its paragraph."""
        end = min(len(self._folded), mention.end + (_FORM_REACH if mention.in_form else _REACH))
        if not mention.in_form and (stop := _paragraph_end().search(self._context.text, mention.end, end)):
            end = stop.start()
        return next((start for start in self._starts if mention.end <= start < end), end)

    def _birth(self, mention: Mention, end: int) -> str | None:
        for span in self._context.spans("DATE"):
            whole = mention.end <= span.start < end and len(span.value) == 10
            is_birth = whole and self._is_owner(mention, span.start) and self._is_birth(mention, span)
            if is_birth and not self._is_later(span):
                return span.value
        return None

    def _birth_year(self, party: Party, windows: Sequence[tuple[Mention, int]]) -> str | None:
        """Return the year of birth that stands without day and month ("né vers 1986")."""
        if party.kind != NATURAL:
            return None
        found = ((mention, _year_of_birth().search(self._folded, mention.end, end)) for mention, end in windows)
        years = (year for mention, year in found if year and self._is_owner(mention, year.start()))
        return next((year["year"] for year in years), None)

    def _is_later(self, span: Span) -> bool:
        """Return whether a date is later than that of the letter, so that nobody who is named was born then."""
        return bool(self._letter_date) and span.value > self._letter_date

    def _is_birth(self, mention: Mention, span: Span) -> bool:
        """Return whether words before a date, or the head of its column, tell that it is one of birth."""
        if _born().search(self._folded, max(mention.end, span.start - 60), span.start):
            return True
        if _born().search(column_head(self._context.text, span.start)):
            return True
        between = self._folded[mention.end : span.start]
        apposed = _BEFORE_DATE.fullmatch(between) and _AFTER_DATE.match(self._folded, span.end)
        return bool(apposed) and int(span.value[:4]) <= LAST_YEAR

    def _numbers(self, party: Party, windows: Sequence[tuple[Mention, int]]) -> Iterator[str]:
        for identifier in self._identifiers:
            if identifier.kind in _KINDS[party.kind]:
                place = identifier.start
                owner = next(
                    (one for one, end in windows if one.end <= place < end and self._is_owner(one, place)), None
                )
                if owner and not _foreign().search(self._folded, owner.end, place):
                    yield " ".join(self._context.text[identifier.start : identifier.end].split())

    def _other_names(self, mention: Mention, end: int) -> Iterator[str]:
        if nickname := bracketed().match(self._context.text, mention.end):
            yield nickname["name"].strip()
        for cue in alias().finditer(self._folded, mention.end, end):
            if things_called().search(self._folded, mention.end, cue.start()):
                continue
            found = _OTHER.match(self._context.text, cue.end())
            if found and not self._is_anothers(found):
                yield (found["quoted"] or found["name"]).strip()

    def _is_anothers(self, found: regex.Match[str]) -> bool:
        """Return whether a nickname is that of a person whom nothing else names."""
        start = found.start("quoted" if found["quoted"] else "name")
        return is_own_nickname(self._folded, start, self._ends)

    def is_nicknamed(self, party: Party) -> bool:
        """Return whether a letter introduces a person by a nickname."""
        starts = (mention.start for mention in party.mentions)
        return party.kind == NATURAL and any(is_own_nickname(self._folded, start, self._ends) for start in starts)

    def _nicknames(self, party: Party) -> Iterator[str]:
        """Yield the nickname by which alone a letter knows a person."""
        named = (mention.start for mention in party.mentions if mention.name == party.name)
        if party.kind == NATURAL and any(is_own_nickname(self._folded, start, self._ends) for start in named):
            yield party.name


def tells_birth(folded: str, span: Span) -> bool:
    """Return whether words right before a date tell that somebody was born then."""
    return _born().search(folded, max(0, span.start - _BIRTH_REACH), span.start) is not None


@cache
def _referring() -> regex.Pattern[str]:
    """Match the words for a person named before, at the start of a sentence and before what identifies them."""
    words = load("nlp.request_persons")["referring"]
    is_a = r"(?:is|es|e|est) (?:an? |un |une |um |uma |de |of )?(?:\p{L}+ ){1,3}?\p{L}+, "
    born = rf"(?= (?:was |is |es |e |est |{is_a})?(?:born|naci|nasc|nee?\b))"
    return regex.compile(rf"(?:(?<=\n)|(?<=[.;] ))(?:(?:{words})(?:(?=,)|{born})|(?:he|she|il|elle|ele|ela){born})")


@cache
def _paragraph_end() -> regex.Pattern[str]:
    """Match the end of a paragraph; one that begins in lower case goes on with the sentence before it."""
    return regex.compile(rf"(?<!{open_before_date()})\n\s*\n(?!\p{{Ll}})|[.;]\s*\n")


@cache
def _born() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?<!\w)(?:{load('nlp.request_persons')['born']})(?!\w)"
        rf"(?:\s*:\s*|(?:[^;\n]|\n(?!\s*\n))*(?:(?<={open_before_date()})\s+)?)\Z"
    )


@cache
def _year_of_birth() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\w)(?:{load('nlp.request_persons')['birth_year']})")


@cache
def _surname_born() -> regex.Pattern[str]:
    """Match a word of a name right before the words for a birth."""
    return regex.compile(rf"(?<!\w)(?P<name>\p{{L}}{{4,}}){load('nlp.request_persons')['surname_born']}")


@cache
def _relative() -> regex.Pattern[str]:
    """Match an apposition that tells a person's relative, before the relative's name."""
    resource = load("nlp.request_persons")
    whose = rf"(?:(?:the|el|la|l[oa]s|o|a|le|{resource['introducers']})\.? ){{0,2}}"
    return regex.compile(
        rf"[,(]\s*(?:(?:the|la|el|a|o|le|une?|una?|uma?|an) ?)?(?:{resource['relation']})(?: \w+)?"
        rf" (?:de|of|du|del|da|do|d['’])(?:\s|(?<=['’])){whose}\Z"
    )


@cache
def _filiation() -> regex.Pattern[str]:
    cue = load("nlp.request_persons")["filiation"]
    name, small = r"(?:[\p{L}'’.\-]+\s+){0,6}", r"(?:de\s+|da\s+|do\s+)?(?:la\s+)?"
    return regex.compile(rf"(?<!\w)(?:{cue})[:\s]+(?:{name}(?:y|e|and|et)\s+{small})?(?:don |dona )?\Z")


@cache
def _foreign() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_persons")["no_document"])
