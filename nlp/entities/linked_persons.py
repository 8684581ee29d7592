"""Coreference of persons; ambiguous mentions remain separate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from nlp.annotations import Span
from nlp.entities.name_evidence import Evidence
from nlp.entities.name_matching import Match, match
from nlp.entities.person_names import PersonName

_SURE, _BY_FULLER_NAME, _BY_ONE_WORD = 1.0, 0.95, 0.85


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A mention prepared for comparison; ``aliases`` are other names given beside it in the text.

    Two ``spans`` are the surnames and the given names in separate form fields.
    """

    spans: tuple[Span, ...]
    written: str
    name: PersonName
    language: str = ""
    evidence: Evidence = Evidence()  # noqa: RUF009 (frozen)
    aliases: tuple[str, ...] = ()


@dataclass(eq=False, slots=True)
class Person:
    """A person, or mentions for which it is undecided to which of ``candidates`` they refer."""

    name: PersonName
    mentions: list[PersonMention] = field(default_factory=list)
    evidence: Evidence = Evidence()  # noqa: RUF009 (frozen)
    candidates: list[Person] = field(default_factory=list)
    ambiguous: bool = False
    link: float = _SURE

    @property
    def aliases(self) -> list[str]:
        """Return the aliases of all mentions, each once."""
        return list(dict.fromkeys(alias for mention in self.mentions for alias in mention.aliases))

    def take(self, group: Person, link: float) -> None:
        """Add the mentions of ``group``, which is the same person with the confidence ``link``."""
        self.mentions += group.mentions
        self.evidence |= group.evidence
        self.link = min(self.link, link)
        self.name = replace(
            self.name,
            gender=self.name.gender or group.name.gender,
            other=tuple(dict.fromkeys((*self.name.other, *group.name.other))),
        )


def linked_persons(mentions: Sequence[PersonMention]) -> list[Person]:
    """Return the persons named in a document.

    The fullest names are processed first; each shorter form is linked to the one person whose name it matches without
    conflicting identifiers. A form that matches several persons, or one only possibly, remains separate with them as
    ``candidates``.
    """
    people = _People()
    for group in sorted(_groups(mentions), key=_fullest_first):
        people.add(group)
    return people.persons


def _fullest_first(group: Person) -> tuple[bool, int, int, bool, int]:
    written_out = sum(len(word) > 1 for word in group.name.words)
    first = min(mention.spans[0].start for mention in group.mentions)
    return group.ambiguous, -written_out, -len(group.name.words), not group.name.gender, first


def _groups(mentions: Iterable[PersonMention]) -> list[Person]:
    """Return the mentions grouped by form; mentions with conflicting identifiers are in separate groups."""
    forms: dict[tuple[str, ...], list[PersonMention]] = {}
    for mention in mentions:
        name = mention.name
        if name.words:
            forms.setdefault((name.form, *((name.gender, name.part) if len(name.words) == 1 else ())), []).append(
                mention
            )
    return [group for form in forms.values() for group in _namesakes(form)]


def _namesakes(mentions: list[PersonMention]) -> list[Person]:
    """Return namesakes grouped by identifying data; if there are several, mentions without such data are ambiguous."""
    groups: list[Person] = []
    bare: list[PersonMention] = []
    for mention in mentions:
        if not mention.evidence:
            bare.append(mention)
            continue
        group = _compatible(groups, mention.evidence)
        if group is None:
            groups.append(_group([mention]))
        else:
            group.take(_group([mention]), _SURE)
    if len(groups) == 1:
        groups[0].take(_group([*bare]), _SURE) if bare else None
    elif bare:
        groups.append(_group(bare, ambiguous=bool(groups), candidates=[*groups]))
    return groups


def _compatible(groups: Sequence[Person], evidence: Evidence) -> Person | None:
    confirmed = next((group for group in groups if group.evidence.confirms(evidence)), None)
    possible = [group for group in groups if not group.evidence.forbids(evidence)]
    return confirmed or (possible[0] if len(possible) == 1 else None)


def _group(mentions: list[PersonMention], *, ambiguous: bool = False, candidates: Sequence[Person] = ()) -> Person:
    genders = Counter(mention.name.gender for mention in mentions if mention.name.gender)
    name = max((mention.name for mention in mentions), key=lambda name: name.given[0] == name.given[1])
    name = replace(
        name,
        gender=max(genders, key=lambda gender: genders[gender], default=""),
        other=tuple(dict.fromkeys(word for mention in mentions for word in mention.name.other)),
    )
    evidence = Evidence()
    for mention in mentions:
        evidence |= mention.evidence
    return Person(name, list(mentions), evidence, list(candidates), ambiguous)


@dataclass(slots=True)
class _People:
    """The persons so far, indexed by the words of their names and the words' first letters."""

    persons: list[Person] = field(default_factory=list)
    by_word: dict[str, list[Person]] = field(default_factory=dict)

    def add(self, group: Person) -> None:
        fits = {} if group.ambiguous else self._fits(group)
        sure = [person for person, how in fits.items() if how is Match.YES]
        confirmed = [person for person in fits if person.evidence.confirms(group.evidence)]
        chosen = confirmed if len(confirmed) == 1 else sure
        if len(chosen) == 1:
            chosen[0].take(group, _link(group, confirmed=bool(confirmed)))
            self._index(chosen[0])
            return
        group.candidates = group.candidates or sure or list(fits)
        group.ambiguous = group.ambiguous or len(sure) > 1
        self.persons.append(group)
        if not group.ambiguous:
            self._index(group)

    def _fits(self, group: Person) -> Mapping[Person, Match]:
        language = group.mentions[0].language
        matches: dict[Person, Match] = {}
        near = (person for word in group.name.words for person in self.by_word.get(_key(word), ()))
        for person in dict.fromkeys(near):
            how = match(group.name, person.name, language)
            if how is not Match.NO and not person.evidence.forbids(group.evidence):
                matches[person] = how
        return matches

    def _index(self, person: Person) -> None:
        for word in (*person.name.words, *person.name.other):
            for key in (word, word[0], *word.split("-")):
                persons = self.by_word.setdefault(key, [])
                if person not in persons:
                    persons.append(person)


def _key(word: str) -> str:
    return word.split("-")[0] if "-" in word else word


def _link(group: Person, *, confirmed: bool) -> float:
    if confirmed:
        return _SURE
    return _BY_FULLER_NAME if group.name.is_full else _BY_ONE_WORD
