"""Combination of the spans of the trained model with those of the rules.

The model recognises names in context; rules and lists identify courts, laws and states. For a mention recognised by
both, the extent is the model's, unless the rule is more reliable, and label and value are the rule's. The decisions are
in ``resources/nesting.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

import regex

from nlp.annotations import Span
from nlp.compiled_patterns import compiled
from nlp.folding import fold
from nlp.ranges import nesting, overlap

# Citation of an article without its law that the model does not label as a law.
REFERENCE = "REFERENCE"
# Characters after a name that are searched for an expression beginning within the name.
_BEHIND = 12
_DATE = compiled(r"\d{1,2}([./-])\d{1,2}\1(?:19|20)\d{2}")
_ORDINAL = compiled(r"\d+ ?[ºª°]")  # "129º da República"


def combined_spans(cluster: Sequence[Span], text: str, model: str) -> Iterator[Span]:
    """Yield the mentions recognised by ``model``, combined with matching rules, and the spans of the other rules.

    ``cluster`` is a connected group of overlapping spans of ``text``; ``model`` is the origin of the model's spans.
    """
    named = (_placed(_person(_dated(span, text), text), text) for span in cluster if span.origin == model)
    rules = [span for span in cluster if span.origin != model]
    seen = [name for name in named if name.start < name.end and not _is_a_register(name, text)]
    seen = [name for name in seen if not (_is_a_date(name, text) or _is_several_dates(name, text))]
    seen = join_bodies(seen, rules, text)
    for name in seen:
        same = [rule for rule in rules if overlap(name, rule) and _family(name.label) == _family(rule.label)]
        rules = [rule for rule in rules if rule not in same]
        yield from _one_mention(name, same, cluster, text)
    whole = [name for name in seen if name.label in nesting()["whole"] and _is_confident(name)]
    for rule in rules:
        part = any(rule.within(name) for name in whole) or _is_part(rule, [*seen, *rules])
        if not part and not _is_common(rule, text):
            yield from _rule_alone(rule)


def _person(seen: Span, text: str) -> Span:
    """Return a person's name without the name of a body that follows it; empty if it is a body's name throughout."""
    body = _body().search(fold(text[seen.start : seen.end + _BEHIND])) if seen.label == "PERSON" else None
    if body is None or body.start() >= seen.end - seen.start:
        return seen
    name = text[seen.start : seen.start + body.start()].rstrip(" ,")
    return replace(seen, end=seen.start + len(name), value=" ".join(name.split()))


def _dated(seen: Span, text: str) -> Span:
    """Return a date without the full stop of its sentence."""
    if seen.label != "DATE" or text[seen.end - 1] != ".":
        return seen
    return replace(seen, end=seen.end - 1, value=" ".join(text[seen.start : seen.end - 1].split()))


def _is_a_register(seen: Span, text: str) -> bool:
    """Return whether an organisation or person is in fact a register, or a list of registers read as one name."""
    names = fold(text[seen.start : seen.end]).split(",")
    return seen.label in ("ORGANISATION", "PERSON") and all(name.strip() in nesting()["no_body"] for name in names)


def _is_a_date(seen: Span, text: str) -> bool:
    """Return whether a law is in fact a date in figures alone, as behind "al" and before a new line."""
    return seen.label == "LAW" and _DATE.fullmatch(text, seen.start, seen.end) is not None


def _is_several_dates(seen: Span, text: str) -> bool:
    """Return whether a date of the model runs into the next of a list ("October 13, 14;\\n2026: March 10")."""
    return seen.label == "DATE" and ";" in text[seen.start : seen.end]


def _is_common(rule: Span, text: str) -> bool:
    return fold(text[rule.start : rule.end]) in nesting()["common"]


def _placed(seen: Span, text: str) -> Span:
    """Return a place with the head of its name; a name of a body or place is a place after "in"."""
    if seen.label == "ORGANISATION" and text[seen.start : seen.end].lower() in nesting()["both"]:
        return replace(seen, label="LOCATION") if _in().search(text, 0, seen.start) else seen
    head = _head().search(text, 0, seen.start) if seen.label == "LOCATION" else None
    return replace(seen, start=head.start(), value=" ".join(text[head.start() : seen.end].split())) if head else seen


def _is_part(rule: Span, others: Sequence[Span]) -> bool:
    """Return whether the span of a rule is part of another name and not separate for the model."""
    return any(rule.within(other) and rule.label in nesting()["parts"].get(other.label, ()) for other in others)


def _one_mention(seen: Span, same: Sequence[Span], cluster: Sequence[Span], text: str) -> Iterator[Span]:
    """Yield the span of a mention recognised by the model and the rules ``same``: extent, label and value as above."""
    cited = [rule for rule in same if rule.readings]
    if len(cited) > 1:
        whole = [rule for rule in cited if not _is_inferred(rule)] or cited
        alone = (rule for rule in cited if not any(overlap(rule, other) for other in whole))
        yield from (replace(rule, label=REFERENCE) for rule in alone)
        cited = whole
    if len(cited) > 1:
        yield from cited
    elif cited:
        yield _cited(seen, cited[0], cluster)
    elif not same:
        yield from _seen_alone(seen, cluster, text)
    elif several := _several(seen, same, text):
        yield from several
    else:
        yield _named(seen, max(same, key=lambda rule: _likeness(seen, rule)), text)


def _several(seen: Span, same: Sequence[Span], text: str) -> list[Span]:
    """Return several spans of a rule that the model reads as one ("28 January and 10 February 1997"), or none."""
    counted = [rule for rule in same if rule.source in nesting()["one_by_one"] and rule.within(seen)]
    counted.sort(key=lambda rule: rule.start)
    joined = all(_and().fullmatch(text, span.end, following.start) for span, following in pairwise(counted))
    return counted if len(counted) > 1 and joined else []


def _cited(seen: Span, rule: Span, cluster: Sequence[Span]) -> Span:
    """Return the citation of ``rule``.

    In jurisdictions of the training data its extent is the union of model and rule, up to the next entity of the model;
    in others it is that of the rule, which covers all countries.
    """
    confidence = max(seen.confidence, rule.confidence)
    if rule.readings[0].jurisdiction not in nesting()["learned"]:
        return replace(rule, confidence=confidence)
    end = max(seen.end, rule.end)
    if any(other.label in nesting()["beside"] and seen.end <= other.start < end for other in cluster):
        end = seen.end
    return replace(rule, start=min(seen.start, rule.start), end=end, confidence=confidence)


def _named(seen: Span, rule: Span, text: str) -> Span:
    """Return the name of the model, or of a rule that recognises more of it or ends before a comma or bracket.

    After a comma or bracket follows the seat of a body, not its name ("Juzgado 8 Penal de Lugo, Lugo").
    """
    if rule.source not in nesting()["named"]:
        return seen
    ends_before = rule.start == seen.start and text[rule.end : seen.end].lstrip().startswith((",", "("))
    if _runs_on(seen, rule, text):
        return _of_kind(seen, rule)
    if seen.within(rule) or ends_before:
        return replace(rule, confidence=max(seen.confidence, rule.confidence))
    return seen if rule.start != seen.start or rule.source in nesting()["lists"] else _of_kind(seen, rule)


def _runs_on(seen: Span, rule: Span, text: str) -> bool:
    """Return whether a rule runs beyond the model's end of a name in capitals, where only the model is reliable."""
    pattern = rule.source in nesting()["heads"] and rule.start == seen.start and rule.end > seen.end
    return pattern and text[rule.start : rule.end].isupper()


def _of_kind(seen: Span, rule: Span) -> Span:
    """Return the model's name with the label of the rule that matches its first words."""
    confidence = max(seen.confidence, rule.confidence)
    return replace(rule, start=seen.start, end=seen.end, value=seen.value, confidence=confidence)


def _likeness(seen: Span, rule: Span) -> tuple[bool, bool, tuple[int, bool, float, int]]:
    return (rule.start, rule.end) == (seen.start, seen.end), rule.start == seen.start, rank(rule)


def _seen_alone(seen: Span, cluster: Sequence[Span], text: str) -> Iterator[Span]:
    """Yield an entity of the model without matching rule, if confident enough and not a number, amount or term."""
    counted = (other for other in cluster if other.source in nesting()["counted"] and overlap(seen, other))
    term = seen.label == "DATE" and (
        _unit_of_time().match(text, seen.end) or _ORDINAL.fullmatch(text, seen.start, seen.end)
    )
    nameless = seen.label == "CASE" and text[seen.start : seen.end].isalpha()  # the mere word: "Carpeta"
    if _is_confident(seen) and not any(counted) and not term and not nameless:
        yield seen


def _is_confident(seen: Span) -> bool:
    """Return whether the model's confidence suffices for an entity without matching rule."""
    needed: dict[str, float] = nesting()["seen_alone"]
    return seen.confidence >= needed.get(seen.label, 0.0)


def _rule_alone(rule: Span) -> Iterator[Span]:
    """Yield the span of a rule that the model does not confirm, if its confidence suffices."""
    needed: dict[str, float] = nesting()["rule_alone"]
    if rule.confidence >= needed.get(rule.source, 0.0):
        yield replace(rule, label=REFERENCE) if _is_inferred(rule) else rule


def rank(span: Span) -> tuple[int, bool, float, int]:
    """Return the sort key of overlapping spans: length, readings, confidence, position of the label in the order."""
    order: list[str] = nesting()["order"]
    place = order.index(span.label) if span.label in order else len(order)
    return span.end - span.start, bool(span.readings), span.confidence, -place


def _is_inferred(rule: Span) -> bool:
    """Return whether a citation names an article without its law, which is inferred from the preceding text."""
    return "inferred" in rule.attributes


@cache
def _family(label: str) -> str:
    families: dict[str, list[str]] = nesting()["families"]
    return next((name for name, labels in families.items() if label in labels), label)


@cache
def _unit_of_time() -> regex.Pattern[str]:
    return compiled(rf"\s(?:{'|'.join(nesting()['units_of_time'])})\b")


@cache
def _head() -> regex.Pattern[str]:
    return compiled(rf"\b(?:{'|'.join(nesting()['place_heads'])})\s\Z")


@cache
def _body() -> regex.Pattern[str]:
    return compiled(rf"\b(?:{'|'.join(nesting()['no_person'])})\b")


@cache
def _in() -> regex.Pattern[str]:
    return compiled(rf"(?<!\p{{L}})(?i:{'|'.join(nesting()['in'])})\s+\Z")


@cache
def _and() -> regex.Pattern[str]:
    return compiled(rf"\s*(?:,|,?\s(?:{'|'.join(nesting()['and'])}))\s+(?:{'|'.join(nesting()['again'])})?")


def join_bodies(seen: Sequence[Span], rules: Sequence[Span], text: str) -> list[Span]:
    """Return the entities of the model, with those joined that are parts of one organisation by ``rules``.

    ``seen`` are the model's spans of ``text``. The later parts must be organisations or countries; whether a town
    belongs to a name is left to the model.
    """
    joined = list(seen)
    for rule in rules:
        parts = [name for name in joined if name.within(rule)]
        if len(parts) > 1 and rule.source in nesting()["heads"] and _are_one(parts, rule, rules, text):
            whole = replace(parts[0], end=rule.end, value=" ".join(text[rule.start : rule.end].split()))
            joined = [whole if name is parts[0] else name for name in joined if name not in parts[1:]]
    return joined


def _are_one(parts: Sequence[Span], whole: Span, rules: Sequence[Span], text: str) -> bool:
    bodies = nesting()["families"]["body"]
    countries = {(rule.start, rule.end) for rule in rules if rule.label == "COUNTRY"}
    return (
        (parts[0].start, parts[-1].end) == (whole.start, whole.end)
        and all(span.label in bodies for span in (whole, parts[0]))
        and all(part.label in bodies or (part.start, part.end) in countries for part in parts[1:])
        and all(_of().fullmatch(text, part.end, following.start) for part, following in pairwise(parts))
    )


@cache
def _of() -> regex.Pattern[str]:
    return compiled(rf"\s(?:{'|'.join(nesting()['of'])})\s?")
