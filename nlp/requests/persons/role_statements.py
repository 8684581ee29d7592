"""Roles of parties that a letter states at a distance from the name: in a form's field, a column, a list or a sentence.

The patterns are those of ``stated`` and ``roles`` in ``nlp/resources/request_persons.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import regex

from extraction.resource import load
from nlp.requests.columns import column_head
from nlp.requests.context import RequestContext
from nlp.requests.flow import sentence_at
from nlp.requests.persons.harmed_parties import harmed_parties
from nlp.requests.persons.parties import LEGAL, NATURAL, Party
from nlp.requests.persons.role_entries import roles_in_entries
from nlp.requests.persons.role_places import HOLDER, PURSUED, Place, places_of, present_words, role_in, role_words
from nlp.requests.persons.role_pronouns import predicated_roles

# Weights of a field or column, of words on several parties or "as a witness", of a reported hearing or loss.
_FIELD, _STATED, _TOLD = 3.2, 2.0, 1.4
_FORM_REACH, _AS_REACH, _TOLD_BEFORE, _TOLD_AFTER, _ACCOUNT_REACH = 700, 160, 90, 70, 160


def stated_roles(context: RequestContext, parties: Sequence[Party]) -> dict[Party, tuple[str, float]]:
    """Return for each party with such a statement the role of the strongest one with its weight.

    Who is pursued by another statement is no mere holder of an account.
    """
    statements = list(_statements(context, places_of(context, parties)))
    pursued = _strongest(one for one in statements if one[1] in PURSUED)
    return {
        party: pursued.get(party, stated) if stated[0] == HOLDER else stated
        for party, stated in _strongest(statements).items()
    }


def _strongest(statements: Iterable[tuple[Party, str, float]]) -> dict[Party, tuple[str, float]]:
    """Return the role and weight of the strongest statement on each party, the first of equal ones."""
    found: dict[Party, tuple[str, float]] = {}
    for party, role, weight in statements:
        if weight > found.get(party, ("", 0.0))[1]:
            found[party] = (role, weight)
    return found


def _statements(context: RequestContext, places: Sequence[Place]) -> Iterator[tuple[Party, str, float]]:
    folded = present_words(context)
    yield from ((party, role, _FIELD) for party, role in _in_fields(folded, places))
    yield from ((place.party, role, weight) for place, role, weight in roles_in_entries(folded, places))
    yield from ((place.party, role, _FIELD) for place, role in harmed_parties(context, places))
    yield from ((party, role, _FIELD) for party, role in _in_columns(context.text, places))
    yield from ((party, role, _FIELD) for party, role in _since(context, places))
    yield from ((place.party, role, _FIELD) for place, role in predicated_roles(folded, context.flow.cased, places))
    yield from ((party, role, _STATED) for party, role in _of_several(context, places))
    yield from ((party, role, _STATED) for party, role in _in_capacity(context, places))
    yield from ((party, role, _STATED) for party, role in _of_company_meant(folded, places))
    yield from ((party, role, _TOLD) for party, role in _told(context, places))
    yield from ((party, "suspect", _FIELD) for party in _unidentified(folded, places))
    yield from ((party, "suspect", _STATED) for party in _commissioned(folded, places))
    yield from ((party, HOLDER, _TOLD) for party in _with_account(context, places))


def _in_fields(folded: str, places: Sequence[Place]) -> Iterator[tuple[Party, str]]:
    """Yield the roles that a form gives after a name ("Capacity: holder of the account")."""
    forms = [place for place in places if place.in_form]
    for number, place in enumerate(forms):
        after = next((other.start for other in forms[number + 1 :]), len(folded))
        field = _pattern("field").search(folded, place.end, min(after, place.end + _FORM_REACH))
        if field and (role := role_in(field["value"])):
            yield place.party, role


def _in_columns(text: str, places: Sequence[Place]) -> Iterator[tuple[Party, str]]:
    """Yield the roles of the columns of tables in which names stand ("N.º | Account | Holder")."""
    for place in places:
        for mention in place.party.mentions:
            head = column_head(text, mention.start)
            if head and (role := role_in(head)):
                yield place.party, role


def _of_several(context: RequestContext, places: Sequence[Place]) -> Iterator[tuple[Party, str]]:
    """Yield the roles of sentences on several parties: "both are suspects", "co-accused are A and B"."""
    folded, sentences = present_words(context), context.sentences
    for found in _pattern("several").finditer(folded):
        role = role_in(found["role"])
        sentence = sentence_at(sentences, found.start())
        begin = sentence.start
        named = [place for place in places if begin <= place.start < found.start()]
        if not named and begin:
            begin = sentence_at(sentences, begin - 1).start
            named = [place for place in places if begin <= place.start < found.start()]
        yield from ((place.party, role) for place in named if role)
    for found in _pattern("listed").finditer(folded):
        sentence = sentence_at(sentences, found.start())
        if found.start() - sentence.start <= 2 and (role := role_in(found["role"])):
            yield from ((place.party, role) for place in places if found.end() <= place.start < sentence.end)


def _in_capacity(context: RequestContext, places: Sequence[Place]) -> Iterator[tuple[Party, str]]:
    """Yield the roles in which persons are to appear: "summons as a witness before ..., addressed to A"."""
    folded = present_words(context)
    for found in _pattern("capacity").finditer(folded):
        end = min(sentence_at(context.sentences, found.start()).end, found.end() + _AS_REACH)
        following = next((place for place in places if found.end() <= place.start < end), None)
        alone = not any(place.start < found.start() for place in places if place.start >= found.start() - _AS_REACH)
        if following and alone and following.party.kind == NATURAL and (role := role_in(found["role"])):
            yield following.party, role


def _since(context: RequestContext, places: Sequence[Place]) -> Iterator[tuple[Party, str]]:
    """Yield the present role of persons whose capacity has changed: "is now treated as a suspect", "hoy es víctima".

    The person is the one named last before it, in its sentence or the one before.
    """
    folded = present_words(context)
    for found in _pattern("since").finditer(folded):
        begin = sentence_at(context.sentences, found.start()).start
        begin = sentence_at(context.sentences, max(0, begin - 1)).start
        named = [one for one in places if begin <= one.start < found.start() and one.party.kind == NATURAL]
        if named and (role := role_in(found["role"])):
            yield named[-1].party, role


def _of_company_meant(folded: str, places: Sequence[Place]) -> Iterator[tuple[Party, str]]:
    """Yield the company last named where an account is in the name of "that company"."""
    for found in _pattern("in_its_name").finditer(folded):
        before = [place for place in places if place.end <= found.start() and place.party.kind == LEGAL]
        if before:
            yield before[-1].party, HOLDER


def _with_account(context: RequestContext, places: Sequence[Place]) -> Iterator[Party]:
    """Yield the parties whose account is mentioned: "account 123, of A", "A, whose account", "A ... its account"."""
    folded = present_words(context)
    for place in places:
        sentence = sentence_at(context.sentences, place.start)
        start, end = max(sentence.start, place.start - _ACCOUNT_REACH), min(sentence.end, place.end + _ACCOUNT_REACH)
        if _pattern("account_of").search(folded, start, place.start) or _pattern("account_after").match(
            folded, place.end, end
        ):
            yield place.party
    for found in _pattern("its_account").finditer(folded):
        begin = sentence_at(context.sentences, found.start()).start
        before = [place for place in places if begin <= place.start < found.start()]
        if found[0].startswith("its"):  # no person's
            before = [place for place in before if place.party.kind == LEGAL]
        if before and before[-1].party.kind == LEGAL:
            yield before[-1].party


def _told(context: RequestContext, places: Sequence[Place]) -> Iterator[tuple[Party, str]]:
    """Yield the natural persons who, according to a sentence, were heard or suffered an act."""
    folded = present_words(context)
    natural = [place for place in places if place.party.kind == NATURAL]
    for place in natural:
        sentence = sentence_at(context.sentences, place.start)
        start, end = max(sentence.start, place.start - _TOLD_BEFORE), min(sentence.end, place.end + _TOLD_AFTER)
        for role in ("victim", "witness"):
            before = _pattern(f"{role}_before").search(folded, start, place.start)  # it ends at the name
            if before or _pattern(f"{role}_after").match(folded, place.end, end):
                yield place.party, role
                break


def _unidentified(folded: str, places: Sequence[Place]) -> Iterator[Party]:
    """Yield those of whom only another name is known: "X… se disant « Tío Chepe »"."""
    for place in places:
        if _pattern("unidentified_before").search(folded, max(0, place.start - _TOLD_BEFORE), place.start):
            yield place.party


def _commissioned(folded: str, places: Sequence[Place]) -> Iterator[Party]:
    """Yield the natural persons whom somebody ordered or hired to attack another: "ordenó a A disparar contra B"."""
    for place in places:
        ordered = _pattern("ordered_before").search(folded, max(0, place.start - _TOLD_BEFORE), place.start)
        if place.party.kind == NATURAL and ordered and _pattern("attack_after").match(folded, place.end):
            yield place.party


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    """Compile a pattern of ``stated``; ``ROLE`` in it is replaced by the words of all roles."""
    every = "|".join(role_words().values())
    written: str = load("nlp.request_persons")["stated"][name].replace("ROLE", rf"(?P<role>(?:{every}))(?!\w)")
    begins = "" if name.endswith("_after") else r"(?<!\w)"
    return regex.compile(rf"{begins}(?:{written})".replace(" ?", r"\s*").replace(" ", r"\s+"))
