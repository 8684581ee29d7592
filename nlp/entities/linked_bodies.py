"""Coreference of organisations, courts and authorities by name, legal form and defined short names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.compiled_patterns import compiled
from nlp.entities.name_evidence import Evidence
from nlp.folding import fold

_SURE, _BY_SHORTER_NAME = 1.0, 0.9
_WORD = compiled(r"[\p{L}\p{M}\p{N}]+(?:['’\-][\p{L}\p{M}\p{N}]+)*(?:\.(?=\p{L}))?")
_ENOUGH = 3
_MAX_ABBREVIATION_LENGTH = 14


@dataclass(frozen=True, slots=True)
class BodyName:
    """The folded words of a name without articles; ``form`` is the key of its legal form, empty if it has none."""

    words: tuple[str, ...]
    form: str = ""


@dataclass(frozen=True, slots=True)
class BodyMention:
    """A mention with the full name to which it refers; ``code`` is that of a listed body, or empty."""

    span: Span
    name: BodyName
    code: str = ""
    evidence: Evidence = Evidence()  # noqa: RUF009 (frozen)


@dataclass(eq=False, slots=True)
class Body:
    """An organisation, court or authority; ``candidates`` are those that an ambiguous short name may denote."""

    name: BodyName
    mentions: list[BodyMention] = field(default_factory=list)
    evidence: Evidence = Evidence()  # noqa: RUF009 (frozen)
    values: list[str] = field(default_factory=list)
    candidates: list[Body] = field(default_factory=list)
    link: float = _SURE

    def take(self, other: Body, link: float) -> None:
        """Add the mentions of ``other``, which is the same with the confidence ``link``."""
        self.mentions += other.mentions
        self.evidence |= other.evidence
        self.values += [value for value in other.values if value not in self.values]
        self.link = min(self.link, link)


def read_body_name(written: str) -> BodyName:
    """Return a name normalised for comparison: ``Comercial Andina, S. A.`` equals ``COMERCIAL ANDINA S.A.``."""
    plain = " ".join(fold(written).replace("&", " y ").replace("«", " ").replace("»", " ").split())
    form, plain = _legal_form(plain)
    words = [word.rstrip(".") for word in _WORD.findall(plain.replace("º", " ").replace("°", " ").replace("ª", " "))]
    kept = [word for at, word in enumerate(words) if not _is_sign(word, words[at + 1 : at + 2])]
    while len(kept) > 1 and kept[0] in load("nlp.linking")["articles"]:
        kept.pop(0)
    return BodyName(tuple(word for word in kept if word not in load("nlp.linking")["small"]) or tuple(kept), form)


def _is_sign(word: str, following: list[str]) -> bool:
    """Return whether a word only introduces a number."""
    return word in load("nlp.linking")["number_signs"] and bool(following) and following[0].isdigit()


def _legal_form(plain: str) -> tuple[str, str]:
    match = _form_at_end().search(plain)
    if match is None or match.start() == 0:
        return "", plain
    return _forms()[_letters(match["form"])], plain[: match.start()]


def linked_bodies(mentions: Iterable[BodyMention]) -> list[Body]:
    """Return the bodies to which ``mentions`` refer.

    Mentions with the same code or the same name belong together, unless their legal forms or registration numbers
    differ. A numbered court name that is the beginning of exactly one longer name is a short form of it.
    """
    groups = sorted(_groups(mentions), key=lambda body: (-len(body.name.words), not body.name.form))
    bodies: list[Body] = []
    by_word: dict[str, list[Body]] = {}
    for group in groups:
        near = list(dict.fromkeys(body for value in _keys(group) for body in by_word.get(value, ())))
        same = [body for body in near if _is_same(group, body)]
        short = [body for body in near if body not in same and _is_short_for(group, body)]
        chosen = same or [body for body in short if _is_distinctive(group.name)]
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
    """Return the mentions grouped by name; mentions with conflicting identifiers are in separate groups."""
    groups: dict[BodyName, list[Body]] = {}
    for mention in mentions:
        if not mention.name.words:
            continue
        body = Body(mention.name, [mention], mention.evidence, [mention.code] if mention.code else [])
        namesakes = groups.setdefault(mention.name, [])
        compatible = next((other for other in namesakes if not other.evidence.forbids(mention.evidence)), None)
        namesakes.append(body) if compatible is None else compatible.take(body, _SURE)
    return [body for namesakes in groups.values() for body in namesakes]


def _is_same(short: Body, full: Body) -> bool:
    if set(short.values) & set(full.values) or short.evidence.confirms(full.evidence):
        return True
    forms = short.name.form == full.name.form or not short.name.form or not full.name.form
    return forms and short.name.words == full.name.words and not short.evidence.forbids(full.evidence)


def _is_short_for(short: Body, full: Body) -> bool:
    words = short.name.words
    forms = not short.name.form or short.name.form == full.name.form
    return forms and len(words) > 1 and full.name.words[: len(words)] == words


def _is_distinctive(name: BodyName) -> bool:
    """Return whether the beginning of a name suffices to identify the body, that is, contains a number."""
    return len(name.words) >= _ENOUGH and any(word.isdigit() for word in name.words)


@cache
def _forms() -> dict[str, str]:
    forms: dict[str, Sequence[str]] = load("nlp.linking")["legal_forms"]
    return {_letters(written): key for key, names in forms.items() for written in names}


@cache
def _form_at_end() -> regex.Pattern[str]:
    names = [name for names in load("nlp.linking")["legal_forms"].values() for name in names]
    written = "|".join(map(_spaced, sorted(names, key=len, reverse=True)))
    return compiled(rf"[\s,]+(?P<form>{written})\.?$")


def _spaced(form: str) -> str:
    """Return the pattern of a legal form; short forms may have points and spaces between letters ("S. A. de C. V.")."""
    if len(form) > _MAX_ABBREVIATION_LENGTH:
        return form.replace(" ", r"\s+")
    return r"[\s.]*".join(map(regex.escape, _letters(form)))


def _letters(form: str) -> str:
    """Return a legal form without points and spaces."""
    return regex.sub(r"[.\s]", "", form)
