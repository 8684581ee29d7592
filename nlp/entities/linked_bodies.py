"""Coreference of organisations, courts and authorities by name, legal form and defined short names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.entities.name_evidence import Evidence
from nlp.folding import fold

_SURE, _BY_SHORTER_NAME = 1.0, 0.9
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’\-][\p{L}\p{M}\p{N}]+)*(?:\.(?=\p{L}))?")
_ENOUGH = 3
_LONGEST_ABBREVIATION = 14


@dataclass(frozen=True, slots=True)
class BodyName:
    """The folded words of a name without articles and legal form; ``form`` is the key of the legal form, or empty."""

    words: tuple[str, ...]
    form: str = ""


@dataclass(frozen=True, slots=True)
class BodyMention:
    """A mention with the name that it stands for; ``code`` is that of a list that holds it, or empty."""

    span: Span
    name: BodyName
    code: str = ""
    evidence: Evidence = Evidence()  # noqa: RUF009 (frozen)


@dataclass(eq=False, slots=True)
class Body:
    """One organisation, court or authority; ``candidates`` where its name may be short for several."""

    name: BodyName
    mentions: list[BodyMention] = field(default_factory=list)
    evidence: Evidence = Evidence()  # noqa: RUF009 (frozen)
    values: list[str] = field(default_factory=list)
    candidates: list[Body] = field(default_factory=list)
    link: float = _SURE

    def take(self, other: Body, link: float) -> None:
        self.mentions += other.mentions
        self.evidence |= other.evidence
        self.values += [value for value in other.values if value not in self.values]
        self.link = min(self.link, link)


def read_body_name(written: str) -> BodyName:
    """Return a name as it is compared: ``Comercial Andina, S. A.`` and ``COMERCIAL ANDINA S.A.`` are equal."""
    plain = " ".join(fold(written).replace("&", " y ").replace("«", " ").replace("»", " ").split())
    form, plain = _legal_form(plain)
    words = [word.rstrip(".") for word in _WORD.findall(plain.replace("º", " ").replace("°", " ").replace("ª", " "))]
    kept = [word for at, word in enumerate(words) if not _is_sign(word, words[at + 1 : at + 2])]
    while len(kept) > 1 and kept[0] in load("nlp.linking")["articles"]:
        kept.pop(0)
    return BodyName(tuple(word for word in kept if word not in load("nlp.linking")["small"]) or tuple(kept), form)


def _is_sign(word: str, following: list[str]) -> bool:
    """Whether a word only says that a number comes."""
    return word in load("nlp.linking")["number_signs"] and bool(following) and following[0].isdigit()


def _legal_form(plain: str) -> tuple[str, str]:
    found = _form_at_end().search(plain)
    if found is None or found.start() == 0:
        return "", plain
    return _forms()[regex.sub(r"[.\s]", "", found["form"])], plain[: found.start()]


def linked_bodies(mentions: Iterable[BodyMention]) -> list[Body]:
    """Return the bodies that ``mentions`` name.

    What has the same code or the same name is the same, unless the legal forms or the numbers differ. A court's name
    that is the beginning of one longer name is short for it.
    """
    groups = sorted(_groups(mentions), key=lambda body: (-len(body.name.words), not body.name.form))
    bodies: list[Body] = []
    by_word: dict[str, list[Body]] = {}
    for group in groups:
        near = list(dict.fromkeys(body for value in _keys(group) for body in by_word.get(value, ())))
        same = [body for body in near if _is_same(group, body)]
        short = [body for body in near if body not in same and _is_short_for(group, body)]
        chosen = same or [body for body in short if _tells(group.name)]
        if len(chosen) == 1:
            chosen[0].take(group, _SURE if same else _BY_SHORTER_NAME)
        else:
            group.candidates = chosen or short
            bodies.append(group)
        for value in _keys(group):
            by_word.setdefault(value, []).append(chosen[0] if len(chosen) == 1 else group)
    return bodies


def _keys(body: Body) -> list[str]:
    return [*body.name.words[:1], *body.values]


def _groups(mentions: Iterable[BodyMention]) -> list[Body]:
    """Return the mentions of one name together, those that identifiers keep apart in groups of their own."""
    groups: dict[BodyName, list[Body]] = {}
    for mention in mentions:
        if not mention.name.words:
            continue
        found = Body(mention.name, [mention], mention.evidence, [mention.code] if mention.code else [])
        held = groups.setdefault(mention.name, [])
        fitting = next((one for one in held if not one.evidence.forbids(mention.evidence)), None)
        held.append(found) if fitting is None else fitting.take(found, _SURE)
    return [body for held in groups.values() for body in held]


def _is_same(short: Body, full: Body) -> bool:
    if set(short.values) & set(full.values) or short.evidence.confirms(full.evidence):
        return True
    forms = short.name.form == full.name.form or not short.name.form or not full.name.form
    return forms and short.name.words == full.name.words and not short.evidence.forbids(full.evidence)


def _is_short_for(short: Body, full: Body) -> bool:
    words = short.name.words
    forms = not short.name.form or short.name.form == full.name.form
    return forms and len(words) > 1 and full.name.words[: len(words)] == words


def _tells(name: BodyName) -> bool:
    """Whether the beginning of a name is enough to tell what is meant: it has a number."""
    return len(name.words) >= _ENOUGH and any(word.isdigit() for word in name.words)


@cache
def _forms() -> dict[str, str]:
    forms: dict[str, Sequence[str]] = load("nlp.linking")["legal_forms"]
    return {written.replace(" ", ""): key for key, names in forms.items() for written in names}


@cache
def _form_at_end() -> regex.Pattern[str]:
    names = [name for names in load("nlp.linking")["legal_forms"].values() for name in names]
    written = "|".join(map(_spaced, sorted(names, key=len, reverse=True)))
    return regex.compile(rf"[\s,]+(?P<form>{written})\.?$")


def _spaced(form: str) -> str:
    """Return a pattern of a form: between the letters of a short one may be points and spaces ("S. A. de C. V.")."""
    if len(form) > _LONGEST_ABBREVIATION:
        return form.replace(" ", r"\s+")
    return r"[\s.]*".join(form.replace(" ", ""))
