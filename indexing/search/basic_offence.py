"""Order of a law's provisions for a query that is the name of an offence: its basic offence first.

The headings of aggravated forms, definitions, lists and rules of procedure have the name as well. Which of the
provisions at the head of the order is the basic offence is decided by the role classifier (``nlp.provision_roles``), by
the rank and by the place in the law. It takes the first of the places of its law. The order between laws
changes only for a provision that is surely the offence, before one of its country that is none, and for those that only
amend, are repealed or list offences for another purpose. Measured with ``benchmarks/basic_offence.py``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cache
from math import inf, log

import regex

from extraction.resource import load
from indexing.records.stored_fields import StoredFields
from indexing.search.absent_concepts import asked_concept
from indexing.search.concept_expansion import ConceptExpansion
from indexing.search.fusion import CERTAIN, RankedHit
from indexing.search.headings import is_heading
from indexing.search.provision_order import put_at
from nlp.concepts.layer import LANGUAGES, concept
from nlp.document_kinds import is_legislation
from nlp.folding import content_stems, fold
from nlp.provision_roles.classifier import Candidate, role_scores
from nlp.provision_roles.quoted_article import quoted_article
from nlp.provision_roles.reading import ProvisionReading, aggravates, read_provision
from nlp.structure.former_wording import without_period

HEAD = 12  # hits at the head of the order that are read
_FIRST = 600  # characters of a text, with the headings above it, in which a definition begins
_LEAST = 0.01  # probability
_NO_RULE = frozenset({"amending", "final"})  # kinds of provision
_SURE, _UNRELATED = 0.3, 0.1  # probabilities of the basic offence, and of the offence or a special form of it
_RELEVANT = 0.15  # probability of the offence or a special form of it from which a provision is one


def asked_offence(text: str, names: ConceptExpansion | None) -> str:
    """Return the offence of which ``text`` is the name, without words that say more; ``""`` if there is none.

    The name of an aggravated form is that of no basic offence.
    """
    asked = asked_concept(text, names)
    return asked if asked and concept(asked).penal and not _is_form(text) else ""


def asked_form(text: str, names: ConceptExpansion | None) -> str:
    """Return the offence of which ``text`` names an aggravated form ("escroquerie en bande organisée"), else ``""``."""
    if not names or not names.is_stated or not names.matches[0].label or not _is_form(text):
        return ""
    named = names.matches[0].concept
    return named if concept(named).penal else ""


def _is_form(text: str) -> bool:
    return any(aggravates(text, each) for each in LANGUAGES)


def read_scopes(order: Sequence[RankedHit]) -> list[RankedHit]:
    """Return the hits at the head of the order whose role can be told: provisions that the query does not cite."""
    return [hit for hit in order[:HEAD] if _is_read(hit.ranked.shown) and hit.ranked.score < CERTAIN / 2]


def _is_read(scope: StoredFields) -> bool:
    return bool(scope.unit) and scope.language in LANGUAGES


def with_basic_first(
    order: Sequence[RankedHit],
    offence: str,
    texts: Mapping[str, str],
    asked: str = "",
    holders: Collection[str] | None = None,
) -> list[RankedHit]:
    """Return the order with the basic offence of each law at the first of the places of its provisions.

    A provision with the heading ``asked`` is the basic offence. If an aggravated form is asked for, one of the
    ``holders`` is, the ids of provisions with all words of its name, or an aggravated form. Provisions that only amend
    others or close a law come behind all that state a rule, and those that are repealed behind all others. ``texts``
    has the text of the provisions that are compared, by id.
    """
    moved = _with_amending_last(order, texts)
    laws: dict[str, list[int]] = defaultdict(list)
    for place, hit in enumerate(moved):
        if hit.ranked.shown.scope_id in texts:
            laws[hit.ranked.shown.document_id].append(place)
    for places in laws.values():
        own = [moved[place] for place in places]
        basic = _basic(own, offence, texts, asked, holders)
        own[basic] = _from_start(own[basic], offence, texts)
        put_at(moved, places, [*own[basic : basic + 1], *own[:basic], *own[basic + 1 :]])
    return _without_rule_last(_with_others_last(_with_offence_first(moved, offence, texts), offence, texts), texts)


def _with_others_last(order: Sequence[RankedHit], offence: str, texts: Mapping[str, str]) -> list[RankedHit]:
    """Return the order with provisions of laws that are hardly about the offence last, if another states it.

    ``_UNRELATED`` and ``_SURE`` are the bounds of the probabilities. Hardly about it are lists of predicate offences,
    and provisions with a word of its name ("handling property").
    """
    read = [
        hit for hit in order if hit.ranked.shown.scope_id in texts and is_legislation(hit.ranked.shown.document_type)
    ]
    shown = [hit.ranked.shown for hit in read]
    scores = role_scores(offence, [_candidate(scope, texts[scope.scope_id]) for scope in shown])
    if not any(score.basic >= _SURE for score in scores):
        return list(order)
    others = {scope.id for scope, score in zip(shown, scores, strict=True) if score.relevant < _UNRELATED}
    places = [place for place, hit in enumerate(order) if hit.ranked.shown.id in {scope.id for scope in shown}]
    moved = list(order)
    own = sorted((order[place] for place in places), key=lambda hit: hit.ranked.shown.id in others)
    put_at(moved, places, own)
    return moved


def _from_start(hit: RankedHit, offence: str, texts: Mapping[str, str]) -> RankedHit:
    """Return the hit to be shown from its beginning, where the offence is stated, if it states it at all."""
    shown = hit.ranked.shown
    (score,) = role_scores(offence, [_candidate(shown, texts[shown.scope_id])])
    return replace(hit, from_start=True, passage=None) if score.relevant >= _RELEVANT else hit


def _without_rule_last(order: Sequence[RankedHit], texts: Mapping[str, str]) -> list[RankedHit]:
    """Return the order with provisions that only amend or list offences behind all others, those without text last."""
    moved = list(order)
    places = [place for place, hit in enumerate(order) if hit.ranked.shown.scope_id in texts]
    own = [order[place] for place in places]
    own.sort(key=lambda hit: _emptiness(hit.ranked.shown, texts[hit.ranked.shown.scope_id]))
    put_at(moved, places, own)
    return moved


def _emptiness(scope: StoredFields, text: str) -> int:
    kind = _kind(scope, text)
    return 2 if kind == "gone" else int(kind == "list" or _only_amends(scope, text))


def _with_offence_first(order: Sequence[RankedHit], offence: str, texts: Mapping[str, str]) -> list[RankedHit]:
    """Return the order with the offence of each country before its provisions of other laws that are not about it."""
    moved = list(order)
    for places in _by_country(order, texts).values():
        own = [order[place] for place in places]
        shown = [hit.ranked.shown for hit in own]
        scores = role_scores(offence, [_candidate(scope, texts[scope.scope_id]) for scope in shown])
        surest = max(range(len(own)), key=lambda number: scores[number].basic)
        if scores[0].relevant >= _RELEVANT or scores[surest].basic < _RELEVANT:
            continue
        put_at(moved, places, [own[surest], *own[:surest], *own[surest + 1 :]])
    return moved


def may_state(order: Sequence[RankedHit], offence: str, texts: Mapping[str, str]) -> bool:
    """Return whether one of the provisions whose text is among ``texts`` may be the offence or a form of it."""
    for places in _by_country(order, texts).values():
        shown = [order[place].ranked.shown for place in places]
        scores = role_scores(offence, [_candidate(scope, texts[scope.scope_id]) for scope in shown])
        if any(score.relevant >= _RELEVANT for score in scores):
            return True
    return False


def _by_country(order: Sequence[RankedHit], texts: Mapping[str, str]) -> Mapping[str, Sequence[int]]:
    """Return the places of the provisions of each country whose text is among ``texts``."""
    countries: dict[str, list[int]] = defaultdict(list)
    for place, hit in enumerate(order):
        if hit.ranked.shown.scope_id in texts:
            countries[hit.ranked.shown.jurisdiction].append(place)
    return countries


def _with_amending_last(order: Sequence[RankedHit], texts: Mapping[str, str]) -> list[RankedHit]:
    """Return the order with amending provisions at the last of the places of their country."""
    moved = list(order)
    for places in _by_country(order, texts).values():
        own = [order[place] for place in places]
        own.sort(key=lambda hit: _only_amends(hit.ranked.shown, texts[hit.ranked.shown.scope_id]))
        put_at(moved, places, own)
    return moved


def _only_amends(scope: StoredFields, text: str) -> bool:
    """Return whether a provision changes or closes a law without the whole article that it brings in."""
    return _kind(scope, text) in _NO_RULE and quoted_article(text) is None


def _kind(scope: StoredFields, text: str) -> str:
    return read_provision(text, scope.unit, scope.path, scope.language, scope.jurisdiction, scope.heading).kind


def _basic(
    hits: Sequence[RankedHit], offence: str, texts: Mapping[str, str], asked: str, holders: Collection[str] | None
) -> int:
    """Return which of the provisions of a law is most probably the basic offence, of those so headed if there are."""
    scopes = [hit.ranked.shown for hit in hits]
    weights = load("indexing.basic_offence")["weights"]
    candidates = [_candidate(scope, texts[scope.scope_id]) for scope in scopes]
    sums = [sum(weights[name] * value for name, value in own.items()) for own in place_features(candidates, offence)]
    headed = [is_heading(asked, own.reading.heading, own.reading.language) for own in candidates]
    held = [scope.scope_id in (holders or ()) for scope in scopes]
    chosen: Sequence[bool] | None = next((marks for marks in (headed, held) if any(marks)), None)
    if chosen is None:
        forms = _intended(_forms(candidates, offence, aggravated=holders is not None), candidates, asked)
        chosen = _named(forms, candidates, [texts[scope.scope_id] for scope in scopes], asked)
    sums = [value if own else -inf for value, own in zip(sums, chosen, strict=True)]
    units = [without_period(scope.unit) for scope in scopes]  # of several wordings, the first one
    return units.index(units[sums.index(max(sums))])


def _intended(chosen: Sequence[bool], candidates: Sequence[Candidate], asked: str) -> Sequence[bool]:
    """Return the chosen provisions without those that state negligence, unless the words ``asked`` do."""
    if any(_negligence(code) & {*content_stems(asked, code)} for code in LANGUAGES):
        return chosen
    intended = [
        own and not states_negligence(candidate.reading) for own, candidate in zip(chosen, candidates, strict=True)
    ]
    return intended if any(intended) else chosen


def states_negligence(reading: ProvisionReading) -> bool:
    """Return whether the first words of a provision state negligence."""
    return bool(reading.first_words & _negligence(reading.language))


@cache
def _negligence(language: str) -> frozenset[str]:
    """Return the stems of the words that state negligence."""
    return frozenset(content_stems(load("indexing.basic_offence")["negligence"][language], language))


def _named(chosen: Sequence[bool], candidates: Sequence[Candidate], texts: Sequence[str], asked: str) -> Sequence[bool]:
    """Return those of the chosen provisions that the words ``asked`` name.

    They define it ("Le harcèlement sexuel est le fait"), or else, in a law without headings of provisions, the heading
    right above them has these words.
    """
    if not asked:
        return chosen
    defining = [bool(_definition(asked).search(fold(text)[:_FIRST])) for text in texts]
    has_headings = any(own.reading.heading for own in candidates)
    under = [not has_headings and _has_above(asked, own.reading) for own in candidates]
    named = ([is_chosen and own for is_chosen, own in zip(chosen, marks, strict=True)] for marks in (defining, under))
    return next((marks for marks in named if any(marks)), chosen)


def _has_above(asked: str, reading: ProvisionReading) -> bool:
    """Return whether the heading right above a provision has the words ``asked``."""
    return frozenset(content_stems(asked, reading.language)) <= reading.above_stems


@cache
def _definition(asked: str) -> regex.Pattern[str]:
    """Return the pattern of a definition of ``asked`` in a folded text."""
    words = load("indexing.basic_offence")
    return regex.compile(rf"{words['begins']}{regex.escape(fold(asked))}\s{words['defines']}")


def _forms(candidates: Sequence[Candidate], offence: str, *, aggravated: bool) -> list[bool]:
    """Return which provisions state, or do not state, an aggravated form by their first words; all if none does so.

    "Le vol en bande organisée est puni" has the violence of a robbery in its conduct, but is not the basic offence.
    """
    scores = role_scores(offence, candidates)
    chosen = [own.reading.aggravates == aggravated for own in candidates]
    known = any(own and score.relevant >= _RELEVANT for own, score in zip(chosen, scores, strict=True))
    return chosen if known else [True] * len(chosen)


def place_features(candidates: Sequence[Candidate], offence: str) -> list[dict[str, float]]:
    """Return the features of the provisions of a law, which are in the order of the search.

    The basic offence is found early, probable by the classifier, and usually stands before its aggravated forms.
    """
    scores = role_scores(offence, candidates)
    features = []
    for rank, (own, score) in enumerate(zip(candidates, scores, strict=True), start=1):
        before = [place for place, other in enumerate(candidates) if other.place < own.place]
        in_chapter = [place for place in before if candidates[place].path == own.path]
        features.append(
            {
                "rank": -log(rank),
                "basic": log(score.basic + _LEAST),
                "first_of_chapter": float(all(scores[place].relevant < _RELEVANT for place in in_chapter)),
                "before": log(1 + len(before)),
            }
        )
    return features


def _candidate(scope: StoredFields, text: str) -> Candidate:
    number = scope.scope_id.rpartition(":")[2]
    reading = read_provision(text, scope.unit, scope.path, scope.language, scope.jurisdiction, scope.heading)
    return Candidate(scope.document_id, int(number) if number.isdigit() else scope.start, scope.path, reading)
