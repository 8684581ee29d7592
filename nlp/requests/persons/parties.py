"""Persons and companies named in a letter or in the fields of a form, each with its mentions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.folding import fold
from nlp.requests.context import RequestContext, once
from nlp.requests.persons.form_names import names_in_fields
from nlp.requests.persons.labelled_names import names_behind_roles
from nlp.requests.persons.nicknames import is_own_nickname

NATURAL, LEGAL = "natural", "legal"
_NAME_WORD = regex.compile(r"\p{L}[\p{L}\p{M}'’\-]*\.?")
_WRAPPED = 55  # characters; a shorter line was ended by the writer, not wrapped
_HONOUR = regex.compile(
    r"[\s,]+(?:[KQS]\.?C\.?|Esq\.?|J\.|OBE|MBE)$"
    r"|[\s,]+(?i:(?:y|e|and|et)\s+(?:otr[oa]s?|outr[oa]s?|others?|another|autres?))$"
)
_TITLE = regex.compile(
    r"(?:Lic(?:d[oa]|da)?|Abg|Dr|Dra|Sr|Sra|Mr|Mrs|Ms|Mme|Mlle|Ing|Mtr[oa]|Don|Doña|Dña|M|Me|D)\.?\s+(?=\p{Lu})"
)
# "el C. Saturnino Olvera": "ciudadano", behind an article
_CITIZEN = regex.compile(r"CC?\.\s+(?=\p{Lu}\p{L})")
_CITIZEN_BEFORE = regex.compile(r"(?i:(?<!\p{L})(?:el|la|l[oa]s|al|del)\s+)\Z")
# A legal form before the name ("SARL MARONI DISTRIBUTION", "Sarl Calypso").
_FORM_FIRST = regex.compile(
    r"(?<!\w)(?<!\p{Lu}[\p{L}\d&.'’\-]{1,30}[ ])"
    r"(?:SARL|Sarl|S\.A\.R\.L\.|SAS|SASU|SCI|EURL|Eurl|SNC|SPRL|Sprl|SRL|S\.à r\.l\.)[ ]+\p{Lu}[\p{L}\d'’&\-]*"
    r"(?:[ ](?:(?:de|du|des|la|le|et|y|&)[ ])?[\p{Lu}\d][\p{L}\d'’&\-]*){0,4}"
)
# A name followed by a legal form, which the tagger may have missed or cut ("CAYO VERDE HOLDINGS LTD").
_FORM_LAST = regex.compile(
    r"(?<![\p{L}\d.])\p{Lu}[\p{L}\d&'’\-]*"
    r"(?:[ ](?:(?:de|del|de la|da|do|dos|das|du|des|of|and|et|y|e|&)[ ])?\(?\p{Lu}[\p{L}\d&'’\-]*\)?){0,6}"
    r"(?:,?[ ](?:Unipessoal|SDUQ|SGPS))?,?[ ](?:SAD|S\.A\.D\."
    r"|Ltd|LTD|Limited|LIMITED|Ltda|LTDA|Limitada|Lda|plc|PLC|Inc|Corp|LLC|GmbH|SARL"
    r"|S\. ?A\.(?: ?S\.)?|S\. ?L\.(?: ?U\.)?|B\.V\.|N\.V\.|E\.I\.R\.L\.|S\.à r\.l\.|Sàrl|S\. ?R\. ?L\.|C\. ?A\.|C\.B\."
    r"|SpA|S\.p\.A\.|S\.r\.l\.|S/A)(?![\p{L}\d])"
)
_ACRONYM, _JOINT = regex.compile(r"\p{Lu}{2,4},?[ ]\p{Lu}"), regex.compile(r"\s(?:y|e|and|et|&)\s")
# Characters behind a name with its bearer's birth, in which a label ends, and before it with a word for nationality.
_BORN_REACH, _LABEL_REACH, _NATIONALITY_REACH = 80, 40, 30
_ARTICLE = regex.compile(r"(?:The|La|El|Los|Las|O|A|Os|As|Le|Les|L['’])[ ]")

_NAME = regex.compile(
    r"[ ]{1,2}(?P<name>\p{Lu}[\p{L}\p{M}'’\-]+"
    r"(?:[ ](?:(?:de|del|de la|da|do|dos|das|van|von|el|al|bin|ben|le|du|la)[ ])?\p{Lu}[\p{L}\p{M}'’\-]+){1,4})(?!\w)"
)
_CALLED = regex.compile(
    r"[\s,:(]{1,3}(?:[\"“«‘]\s?(?P<quoted>(?:\p{L}|@)[\p{L}\p{M}\d_.'’ \-]{1,28}?)\s?[\"”»’]"
    r"|(?P<user>@[\w.]{3,30}|\w+_\w+))"
)
# another one in the same list: "«A» y «B»"
_CALLED_TOO = regex.compile(
    r"(?:,|,?\s(?:y|e|and|et))\s[\"“«‘]\s?(?P<quoted>(?:\p{L}|@)[\p{L}\p{M}\d_.'’ \-]{1,28}?)\s?[\"”»’]"
)
_LETTERS = r"[\"“«]?(?P<name>(?:\p{Lu}\.[ ]?){1,3}\p{Lu}\.)(?!\p{L})[\"”»]?"
_INITIALS, _INITIALS_TOO = regex.compile(rf"\s+{_LETTERS}"), regex.compile(rf"(?:,|,?\s(?:y|e|and|et))\s{_LETTERS}")
# "a British Virgin Islands company"
_COMPANY_BEHIND = regex.compile(r"[ ](?:company|corporation|firm|entity)(?!\w)")
# "Berisso, Omar Nicanor", "TARRIT Jordan"
_SURNAME_FIRST = regex.compile(r"[^,]+, \p{Lu}|(?:[\p{Lu}\p{M}'’\-]{2,} )+\p{Lu}\p{Ll}[\p{L}\p{M}'’\- ]*$")
# "Nationality: Maltese" in a form, folded
_NATIONALITY = regex.compile(r"(?:nationalit\w+|nacionalidade?|citizenship|ciudadania|cidadania)(?:\(\w+\))?\s*:\s*\Z")
_QUOTE, _BROKEN = regex.compile(r"\s*[\"“”«»]\s*"), regex.compile(r"-[ \t]*\n[ \t]*-?")  # "JEAN-\nBAPTISTE"
_OTHER_NAMES = frozenset({"COURT", "AUTHORITY", "INSTITUTION", "ORGANISATION", "COUNTRY", "TREATY", "LAW", "LOCATION"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at a range of the text. ``name`` is its text; for a form, given names and surname are combined.

    ``is_labelled`` tells that its line names it behind a role.
    """

    start: int
    end: int
    name: str
    kind: str
    in_form: bool = False
    is_labelled: bool = False


@dataclass(frozen=True, slots=True)
class Party:
    """A person or company with its mentions in order."""

    kind: str
    mentions: tuple[Mention, ...]

    @property
    def name(self) -> str:
        """Return the name with the most words as written; of equals, one with the surname last, and the first."""
        return max(self.mentions, key=lambda one: (words_in(one.name), not _has_surname_first(one), -one.start)).name


def _has_surname_first(mention: Mention) -> bool:
    return mention.kind == NATURAL and _SURNAME_FIRST.match(mention.name) is not None


def words_in(name: str) -> int:
    """Return the number of words of a name without initials."""
    return sum(len(word.strip(".")) > 1 for word in _NAME_WORD.findall(name))


def name_words(name: str) -> frozenset[str]:
    """Return the folded words of a name."""
    return frozenset(fold(word).strip(".") for word in _NAME_WORD.findall(name))


@once
def find_mentions(context: RequestContext) -> list[Mention]:
    """Return the names in the authority's own words, in order; fields of a form prevail over overlapping spans."""
    found: list[Mention] = []
    firsts = (Mention(*match.span(), match[0], LEGAL) for match in _FORM_FIRST.finditer(context.text))
    lasts = list(_with_form(context.text))
    named = (*_introduced(context), *_called(context), *_initials(context.text), *_span_mentions(context))
    complete = (last for last in lasts if any(_completes(last, other) for other in named))
    bodies, persons = _behind_roles(context.text)
    for mention in (*_form_names(context.text), *bodies, *firsts, *complete, *named, *lasts, *persons):
        if not any(other.start < mention.end and mention.start < other.end for other in found):
            found.append(mention)
    own = (
        mention
        for mention in _with_the_born(context.text, found)
        if context.in_own_words(mention.start)
        and not _label().match(fold(context.text[mention.start :][:_LABEL_REACH]))
        and not _NATIONALITY.search(fold(context.text[max(0, mention.start - _NATIONALITY_REACH) : mention.start]))
    )
    return sorted(own, key=lambda mention: mention.start)


def _with_the_born(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions; a name without a legal form before a birth or an identity document is a natural person's."""
    born = [
        name_words(one.name)
        for one in mentions
        if one.kind == LEGAL
        and not has_legal_form(one.name)
        and any(_behind(name).match(fold(text[one.end :][:_BORN_REACH])) for name in ("born_behind", "document_behind"))
    ]
    return [
        replace(one, kind=NATURAL)
        if one.kind == LEGAL and any(name_words(one.name) <= words for words in born)
        else one
        for one in mentions
    ]


def _completes(last: Mention, other: Mention) -> bool:
    """Return whether a name with its legal form is what was cut before the form, or taken for a person's name."""
    within = last.start <= other.start and other.end <= last.end
    cut = (other.start == last.start and other.end < last.end) or _is_acronym_alone(last, other)
    return within and (other.kind == NATURAL or cut)


def _is_acronym_alone(last: Mention, other: Mention) -> bool:
    """Return whether only the acronym at the end of a name was found with its legal form ("IP, S.L.")."""
    before = last.name[: other.start - last.start]
    return bool(before) and _ACRONYM.match(other.name) is not None and _JOINT.search(before) is None


def _with_form(text: str) -> Iterator[Mention]:
    """Yield names followed by a legal form, without a preceding article or first word of the sentence."""
    for found in _FORM_LAST.finditer(text):
        article = _ARTICLE.match(found[0])
        start = found.start() + (article.end() if article else 0)
        name = text[start : found.end()]
        if words_in(name) > 1 and not _no_party().match(fold(name)):
            yield Mention(start, found.end(), name, LEGAL)


def _introduced(context: RequestContext) -> Iterator[Mention]:
    """Yield the names after a title or a word for a party ("el imputado") that are not part of another name."""
    folded = fold(context.text)
    others = [span for span in context.annotations.spans if span.label in _OTHER_NAMES]
    known = list(context.spans("PERSON"))
    for cue in _introducer().finditer(folded):
        found = _NAME.match(context.text, cue.end())
        if not found or any(fold(word) in _no_names() for word in _NAME_WORD.findall(found["name"])):
            continue
        start, end = found.span("name")
        weak = ("ORGANISATION", "LOCATION")  # labels that the tagger confuses with persons
        taken = (*known, *(span for span in others if span.label not in weak or span.start > start))
        if not any(span.start < end and start < span.end for span in taken):
            name = " ".join(found["name"].split())
            yield Mention(start, end, name, LEGAL if _form().search(name) else NATURAL)


def _called(context: RequestContext) -> Iterator[Mention]:
    """Yield the names in quotation marks, and user names, by which a letter calls somebody ("un tal «Tío Chulo»")."""
    folded = fold(context.text)
    for cue in _calls().finditer(folded):
        found = _CALLED.match(context.text, cue.end())
        is_thing = things_called().search(folded, max(0, cue.start() - _LABEL_REACH), cue.start()) is not None
        if found and is_thing and not is_own_nickname(folded, found.start(found.lastgroup or "quoted"), ()):
            continue
        while found:
            start, end = found.span(found.lastgroup or "quoted")
            yield Mention(start, end, " ".join(context.text[start:end].split()), NATURAL)
            found = _CALLED_TOO.match(context.text, found.end())


def _initials(text: str) -> Iterator[Mention]:
    """Yield the initials by which a letter names a protected person ("identificadas como A.L.P. e M.E.P.")."""
    for cue in _by_initials().finditer(fold(text)):
        found = _INITIALS.match(text, cue.end())
        while found:
            yield Mention(*found.span("name"), " ".join(found["name"].split()), NATURAL)
            found = _INITIALS_TOO.match(text, found.end())


def _span_mentions(context: RequestContext) -> Iterator[Mention]:
    text = context.text
    for start, end in _with_nicknames(text, context.spans("PERSON")):
        written = _HONOUR.sub("", _first_line(text, start, end))
        title = _TITLE.match(written) or _citizen(text, start, written)
        end = start + len(written)
        start += title.end() if title else 0
        name = " ".join(_BROKEN.sub("-", text[start:end]).split())
        if not _no_party().match(fold(name)):
            yield Mention(start, end, name, LEGAL if _form().search(name) else NATURAL)
    for span in context.spans("LOCATION"):
        if _form().search(text, span.start, span.end):
            yield Mention(span.start, span.end, " ".join(text[span.start : span.end].split()), LEGAL)
    for span in context.spans("ORGANISATION"):
        end = _end_of_form(text, span)
        written = " ".join(text[span.start : end].split())
        described = _COMPANY_BEHIND.match(text, end) and not _form().search(written)
        if written != written.lower() and not described and not _no_party().match(fold(written)):
            yield Mention(span.start, end, written, LEGAL)


def _citizen(text: str, start: int, written: str) -> regex.Match[str] | None:
    """Return the abbreviation for a citizen that a name at ``start`` begins with, None for an initial."""
    is_behind_article = _CITIZEN_BEFORE.search(text, max(0, start - 6), start)
    return _CITIZEN.match(written) if is_behind_article else None


def _end_of_form(text: str, span: Span) -> int:
    """Return the end of a company's name: that of its legal form if words follow ("Giro Ya S.A. de Encarnación")."""
    found = _form_within().search(text, span.start, span.end)
    return found.end() if found else span.end


def _with_nicknames(text: str, spans: Iterable[Span]) -> Iterator[tuple[int, int]]:
    """Yield the ranges of persons' names; two spans with only a quotation mark between are joined."""
    held: tuple[int, int] | None = None
    for span in spans:
        if held and _QUOTE.fullmatch(text, held[1], span.start):
            held = held[0], span.end
            continue
        if held:
            yield held
        held = span.start, span.end
    if held:
        yield held


def _first_line(text: str, start: int, end: int) -> str:
    """Return the name up to the end of its line; a name in a wrapped line continues in the next one."""
    line, broken, _ = text[start:end].partition("\n")
    full = start - text.rfind("\n", 0, start) + len(line) > _WRAPPED
    return text[start:end] if full or not broken else line.rstrip()


def _form_names(text: str) -> Iterator[Mention]:
    """Yield the names in the fields of a form."""
    for one in names_in_fields(text):
        if words_in(one.name) > 1:
            yield Mention(one.start, one.end, one.name, LEGAL if one.is_company else NATURAL, in_form=True)


def _behind_roles(text: str) -> tuple[list[Mention], list[Mention]]:
    """Return the organisations and the persons that a line names behind a role ("Victim: Cork City Council")."""
    found = [(one, " ".join(text[one.start : one.end].split())) for one in names_behind_roles(text)]
    bodies = [Mention(one.start, one.end, name, LEGAL, is_labelled=True) for one, name in found if one.is_body]
    persons = [(one, name, LEGAL if _form().search(name) else NATURAL) for one, name in found if not one.is_body]
    return bodies, [Mention(one.start, one.end, name, kind) for one, name, kind in persons]


def has_legal_form(name: str) -> bool:
    """Return whether a name ends with the legal form of a company ("ACME Ltd", "Giro Ya S.A.")."""
    return _form().search(name) is not None


@cache
def _form() -> regex.Pattern[str]:
    """Match a legal form at the end of a company's name, after a space or comma."""
    forms = "|".join([*load("nlp.names")["company_forms"], *load("nlp.request_persons")["company_forms"]])
    return regex.compile(rf"[\s,](?:{forms})\s*$")


@cache
def _form_within() -> regex.Pattern[str]:
    """Match a legal form that is followed by a preposition."""
    forms = "|".join([*load("nlp.names")["company_forms"], *load("nlp.request_persons")["company_forms"]])
    return regex.compile(
        rf"(?<=[\s,])(?:{forms})(?=\s+(?:de|del|da|do|en|em|in|at|of|a|à|al|au|ao|con|com|with)\s|\.\s+\p{{Lu}}\p{{Ll}})"
    )


@cache
def _no_party() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_persons")["no_party"])


@cache
def _behind(name: str) -> regex.Pattern[str]:
    """Match words right behind a name: when or where its bearer was born, or an identity document."""
    return regex.compile(load("nlp.request_persons")[name])


@cache
def _introducer() -> regex.Pattern[str]:
    return regex.compile(rf"(?<![\w.])(?:{load('nlp.request_persons')['introducers']})(?=[ ])")


@cache
def _calls() -> regex.Pattern[str]:
    return regex.compile(rf"(?<![\w.])(?:{load('nlp.request_persons')['called']})(?=[\s,:(])")


@cache
def _by_initials() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\w)(?:{load('nlp.request_persons')['by_initials']})(?=\s)")


@cache
def things_called() -> regex.Pattern[str]:
    """Match a word for a thing, a company or a place right before the word for its name ("a yacht called")."""
    return regex.compile(load("nlp.request_persons")["things_called"])


@cache
def _no_names() -> frozenset[str]:
    return frozenset(load("nlp.names")["not_names"]) - {"le"}


@cache
def _label() -> regex.Pattern[str]:
    """Match the label of a field, which the tagger may take for a name ("Nationalité :")."""
    return regex.compile(rf"(?:{load('nlp.request_persons')['fields']['label']})(?:\(s\))?[ ]?:")
