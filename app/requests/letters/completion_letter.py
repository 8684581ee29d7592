"""The letter that asks the requesting authority for missing or doubtful elements of its request."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import regex

from app.exports.words import language_name
from app.i18n import written_date
from app.labels import label_in
from app.requests.check_values import differing_values, written_values
from app.requests.deadlines.deadlines import STATED
from app.requests.deadlines.words import deadline_name
from app.requests.decided_fields import Decisions, decided_values, first_value
from app.requests.direction import is_outgoing
from app.requests.hearing_check import HEARING
from app.requests.hearing_check import KEY as HEARING_DATE
from app.requests.invoked_treaties import treaty_names
from app.requests.letters.addressing import goes_directly
from app.requests.letters.supplied import Points, SuppliedCheck, points_of
from app.requests.life.course import Course, course_among
from app.requests.treaty_rows import cited_articles, short_name
from extraction.errors import LANGUAGES, RogatioError
from extraction.resource import load
from indexing.access import AccessFilter
from indexing.store.reading import Store
from nlp.folding import fold
from nlp.requests.letter_types.annexes import ANNEX
from nlp.requests.persons.role_places import PURSUED
from nlp.state_languages import accepted_languages, writes_european_portuguese
from nlp.treaties.authorities import central_authorities

PORTUGAL = "pt-PT"


@dataclass(frozen=True, slots=True)
class LetterItem:
    """One point of the letter; ``key`` is that of the check, ``article`` the rule that requires it, or empty."""

    key: str
    text: str
    article: str


@dataclass(frozen=True, slots=True)
class CompletionLetter:
    """The letter in ``language`` (es, pt, pt-PT, en or fr), as paragraphs; what only the desk knows is in brackets.

    ``file_name`` names its file without extension: the reference of the request and what the letter is. About a request
    of the authority's own State (``is_own``) it is no letter, but the list of what to add before sending: its points
    with a subject and an opening. ``supplied`` are the points that linked letters answer, which it leaves out.
    """

    language: str
    file_name: str
    sender: str
    head: tuple[str, ...]
    recipient: tuple[str, ...]
    subject: str
    opening: tuple[str, ...]
    items: tuple[LetterItem, ...]
    closing: tuple[str, ...]
    is_own: bool = False
    supplied: tuple[SuppliedCheck, ...] = ()


def completion_letter(
    store: Store, access: AccessFilter, document_id: str, language: str = "", keys: Collection[str] = ()
) -> CompletionLetter:
    """Return the letter about a request in ``language`` (default: the requester's), for the checks ``keys``.

    What a linked supplement gives is not asked for. Raises what ``stored_reading`` does, ``app.bad_parameter`` for an
    unsupported language, and ``app.nothing_to_ask`` if none of the checks is missing or doubtful.
    """
    of, known = course_among(store, access, document_id)
    points = points_of(store, of, known)
    chosen = language or letter_language(of)
    if chosen not in (*LANGUAGES, PORTUGAL):
        raise RogatioError("app.bad_parameter", name="language")
    folded = " ".join(fold(store.reading(access, document_id).text).split())
    letter = _Letter(of, points, chosen, folded)
    is_own = is_outgoing(store, document_id)
    items = tuple(letter.items(keys))
    if not items:
        raise RogatioError("app.nothing_to_ask")
    return letter.listed(items) if is_own else letter.written(items)


def letter_language(of: Course) -> str:
    """Return the language of the requester: of the letter, else of the State, else English.

    Portuguese is that of Brazil or of Portugal, depending on the requesting State.
    """
    segments = (of.reading.row or {}).get("segments", ())
    own = (part["language"] for part in segments if part["kind"] in ("request", "cover"))
    found = next((code for code in (*own, *accepted_languages(of.requesting)) if code in LANGUAGES), "en")
    return PORTUGAL if found == "pt" and writes_european_portuguese(of.requesting) else found


def _parts_of(name: str) -> set[str]:
    """Return the folded names of the bodies in the name of an authority, without its abbreviation."""
    return {part for part in regex.split(r"\s*(?:,| \(.*?\))\s*", fold(name)) if " " in part}


def _in_sentence(label: str) -> str:
    """Return a label as it stands within a sentence: without capital, unless it begins with a proper noun."""
    proper = load("app.requests.letters.completion_letter")["proper"]
    return label if label.split(" ")[0] in proper else label[:1].lower() + label[1:]


@dataclass(frozen=True, slots=True)
class _Letter:
    of: Course
    points: Points
    language: str
    folded: str

    @property
    def decisions(self) -> Decisions:
        return self.points.decisions

    def written(self, items: tuple[LetterItem, ...]) -> CompletionLetter:
        document = self.of.reading.document
        reference = self.of.reference or self._wording("blank")
        return CompletionLetter(
            language=self.language,
            file_name=self._wording("file_name", reference=self.of.reference or document.case_file).strip(),
            sender=self._answering() or self._wording("blank"),
            head=(
                self._wording("our_reference", reference=document.case_file or self._wording("blank")),
                self._wording("your_reference", reference=reference),
                self._wording("place_and_date"),
            ),
            recipient=tuple(self._recipient()),
            subject=self._wording("subject", kind=self._kind, reference=reference),
            opening=(self._wording("salutation"), self._wording("opening", dated=self._dated() + self._supplemented())),
            items=items,
            closing=tuple(self._closing(items)),
            supplied=self.points.supplied,
        )

    def listed(self, items: tuple[LetterItem, ...]) -> CompletionLetter:
        """Return the points alone, for the authority that is to send the request."""
        reference = self.of.reference or self.of.reading.document.case_file
        return CompletionLetter(
            language=self.language,
            file_name=self._wording("own_file_name", reference=reference).strip(),
            sender="",
            head=(),
            recipient=(),
            subject=self._wording("own_subject", kind=self._kind, reference=reference).strip(),
            opening=(self._wording("own_opening", dated=self._dated()),),
            items=items,
            closing=(),
            is_own=True,
            supplied=self.points.supplied,
        )

    @property
    def _kind(self) -> str:
        return _in_sentence(label_in(self.language, "document_type", self.of.kind))

    def items(self, keys: Collection[str]) -> Iterator[LetterItem]:
        wording = load("app.requests.letters.completion_letter")["items"]
        for check in self.points.open:
            if not keys or check["key"] in keys:
                text = " ".join(filter(None, (self._in(wording[check["reason"]]), self._detail(check))))
                yield LetterItem(check["key"], text, self._article(check["instrument"], check["provision"]))

    @property
    def _base(self) -> str:
        return self.language[:2]

    def _wording(self, key: str, **facts: str) -> str:
        return self._in(load("app.requests.letters.completion_letter")["words"][key]).format(**facts)

    def _in(self, wording: Mapping[str, str]) -> str:
        return wording.get(self.language, wording[self._base])

    def _dated(self) -> str:
        day = self.of.reading.document.date
        return self._wording("dated", date=written_date(day, self.language)) if day else ""

    def _supplemented(self) -> str:
        supplements = (one for one in self.points.supplements if one.kind != ANNEX and not one.is_translation)
        days = [supplement.reading.document.date for supplement in supplements]
        words = (self._wording("supplemented", date=written_date(day, self.language)) for day in days if day)
        return "".join(words)

    def _recipient(self) -> Iterator[str]:
        row, document = self.of.reading.row or {}, self.of.reading.document.id
        issuing = first_value(row, document, "issuing_authority", self.decisions)
        yield self._wording("to", authority=issuing) if issuing else self._wording("to_unknown")
        sender = "" if self._is_direct else self._sender()
        if sender and not all(part in fold(issuing) for part in _parts_of(sender)):
            yield self._wording("through", authority=sender)

    def _answering(self) -> str:
        """Return the central authority of the requested State that answers, or empty.

        A request directly between judicial authorities is answered by one that the desk knows.
        """
        named = central_authorities(self.of.requested, "", "", self.of.requesting[:2])
        return named[0] if named and not self._is_direct else ""

    @property
    def _is_direct(self) -> bool:
        return goes_directly(self.of, self.decisions)

    def _sender(self) -> str:
        """Return the central authority of the requesting State that the letter names, else the usual one, or empty."""
        known = central_authorities(self.of.requesting, "", "", self.of.requested[:2])
        own = {part for name in central_authorities(self.of.requested, "", "", "") for part in _parts_of(name)}
        named = (name for name in known if any(part in self.folded for part in _parts_of(name) - own))
        return next(named, next(iter(known), ""))

    def _article(self, instrument: str | None, provision: str | None) -> str:
        if not instrument or not provision:
            return ""
        article = cited_articles((provision,), self.language)
        return self._wording("by_article", instrument=short_name(instrument, self.language), article=article)

    def _detail(self, check: Mapping[str, Any]) -> str:
        """Return persons known by name only, differing values, accepted languages, or treaties in doubt."""
        key = check["key"]
        if key == "legal_basis":
            return treaty_names(check.get("treaties", ()), self.language)
        if written := written_values(check, self.language):
            return f"{written}."
        if key == "identity" and (names := self._unidentified()):
            return self._wording("persons", names=", ".join(names))
        if differences := check.get("differences"):
            return differing_values(differences, self.language)
        if key == "translation" and (codes := accepted_languages(self.of.requested)):
            return self._wording("languages", names=", ".join(language_name(code, self._base) for code in codes))
        return ""

    def _unidentified(self) -> list[str]:
        row, document = self.of.reading.row or {}, self.of.reading.document.id
        persons = (found["value"] for found in decided_values(row, document, "persons", self.decisions))
        return [
            person["name"]
            for person in persons
            if person["role"] in PURSUED and not (person["birth_date"] or person["documents"] or person["nationality"])
        ]

    def _is_of_a_part(self, items: Sequence[LetterItem]) -> bool:
        """Return whether measures of the request can be executed without what ``items`` ask for."""
        keys = {item.key for item in items}
        if not keys <= set(load("app.requests.letters.completion_letter")["of_a_part"]):
            return False
        row, document = self.of.reading.row or {}, self.of.reading.document.id
        values = [found["value"] for found in decided_values(row, document, "measures", self.decisions)]
        wrong = {value for check in self.points.open if check["key"] in keys for value in check.get("values", ())}
        return len(values) > 1 and any(value["target"] not in wrong for value in values)

    def _closing(self, items: Sequence[LetterItem]) -> Iterator[str]:
        subject = "extradition" if self.of.kind in load("nlp.request_checks")["by_type"] else "assistance"
        allowed: Mapping[str, str] = load("app.requests.letters.completion_letter")["additional_information"][subject]
        cited = [check["instrument"] for check in (self.of.reading.row or {}).get("preflight", ())]
        named = next((instrument for instrument in cited if instrument in allowed), "")
        article = cited_articles((allowed[named],), self.language) if named else ""
        by = self._wording("by", instrument=short_name(named, self.language), article=article) if named else ""
        is_urgent = self.of.kind in load("app.requests.letters.completion_letter")["urgent"]
        yield self._wording("urgent" if is_urgent else "in_part" if self._is_of_a_part(items) else "basis", by=by)
        today = date.today().isoformat()
        coming = [
            deadline
            for deadline in self.of.deadlines
            if deadline.origin == STATED
            and not deadline.met
            and deadline.day >= today
            and not (deadline.key == HEARING and any(item.key == HEARING_DATE for item in items))
        ]
        if coming:
            what = deadline_name(coming[0], self.language)
            yield self._wording("deadline", what=_in_sentence(what), date=written_date(coming[0].day, self.language))
        yield self._wording("closing")
        yield self._wording("signature")
