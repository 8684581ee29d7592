"""Measures that an item of a list of requests orders with its first words ("1. The seizure of ..."), or a clause of it.

What they order is plain, whatever the network takes the rest of the item for (``nlp/resources/request_orders.yaml``).
"""

from __future__ import annotations

from functools import cache

import regex

from extraction.resource import load
from nlp.requests.flow import Flow
from nlp.requests.measures.rule_mentions import HEARINGS, Mention
from nlp.requests.mood_words import anywhere
from nlp.requests.sentences import MARKER
from nlp.requests.statements import ASKED, Statement

# Two words or more with capitals.
_FULL_NAME = regex.compile(r"\p{Lu}[\p{L}’'-]+ (?:(?:de|da|do|dos|del|van|von|of|la|los) ){0,2}\p{Lu}[\p{L}’'-]+")
_WORD_END = regex.compile(r"\w*")
_BEHIND = 8  # characters behind the words of a measure that tell a verb from a noun ("search the")
_DOCUMENTS = "production_documents"


def is_plain_order(folded: str, mention: Mention) -> bool:
    """Return whether an item of a list of requests in ``folded`` text begins with the words of a measure.

    Only measures count whose first words tell them from all others.
    """
    statement = mention.statement
    if not statement.is_asked_item or not _is_asked_plainly(mention):
        return False
    return statement.start <= mention.start <= order_start(folded, statement)


def begins_clause(folded: str, mention: Mention) -> bool:
    """Return whether the words of a measure begin a clause that is coordinated with the words before it."""
    start = _clause_start(folded, mention)
    return start is not None and _head().fullmatch(folded, start, mention.start) is not None


def is_person_order(flow: Flow, mention: Mention) -> bool:
    """Return whether the first words of an order want a person heard whom they name or refer to: "inquirir Ana Reis".

    They begin an item or a coordinated clause, or follow the words that ask ("we ask you to interview Ana Reis").
    """
    folded, statement = flow.folded, mention.statement
    if mention.measure not in HEARINGS or statement.mood_at(mention.start) != ASKED:
        return False
    verb = _order("hearing").match(folded, mention.start)
    is_first = begins_clause(folded, mention) or _follows_asking(folded, mention)
    if statement.is_asked_item:
        is_first = is_first or mention.start <= order_start(folded, statement)
    if not verb or not is_first:
        return False
    return bool(_FULL_NAME.match(flow.cased, verb.end()) or _order("person").match(folded, verb.end()))


def _follows_asking(folded: str, mention: Mention) -> bool:
    """Return whether only words that introduce an order stand between words that ask and those of a measure."""
    asking = anywhere("asked", "").finditer(folded, mention.statement.start, mention.start)
    ends = (_WORD_END.search(folded, one.end()) for one in asking)
    return any(end and _head().fullmatch(folded, end.end(), mention.start) for end in ends)


def is_clause_order(folded: str, mention: Mention) -> bool:
    """Return whether a verb that begins a coordinated clause of a request orders a measure ("..., and freeze it").

    Only measures count whose first words tell them from all others.
    """
    if not _is_asked_plainly(mention) or not begins_clause(folded, mention):
        return False
    start = _clause_start(folded, mention)
    return _clause("verb").search(folded, start, mention.end + _BEHIND) is not None


def _is_asked_plainly(mention: Mention) -> bool:
    """Return whether a mention is in words that ask for something, and of a measure that its first words tell."""
    is_asked = mention.statement.mood_at(mention.start) == ASKED
    return is_asked and mention.measure in load("nlp.request_orders")["plain"]


def _clause_start(folded: str, mention: Mention) -> int | None:
    """Return where the clause with the words of a measure begins, behind its conjunction, if it is not the first."""
    joints = _clause("joint").finditer(folded, mention.statement.start, mention.start, overlapped=True)
    return max((found.end() for found in joints), default=None)


def is_prolonged(folded: str, mention: Mention) -> bool:
    """Return whether a statement asks to prolong the measure of a mention, whose object an earlier order names."""
    return _prolong().search(folded, mention.statement.start, mention.start) is not None


@cache
def _clause(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_orders")["clause"][name])


@cache
def _prolong() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_orders")["prolong"])


@cache
def _order(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_orders")["person_order"][name])


def is_of_things_held(folded: str, mention: Mention) -> bool:
    """Return whether a mention orders with the first words of an item what is to be done with things held already."""
    return mention.measure in load("nlp.request_orders")["held"]["measures"] and is_plain_order(folded, mention)


def tells_held(folded: str, mention: Mention) -> bool:
    """Return whether the words of a mention tell only that a thing is held ("the watches seized in May")."""
    return _participle().match(folded, mention.start) is not None


def asks_for_results(folded: str, mention: Mention) -> bool:
    """Return whether the words of a mention ask to be sent what the execution of the request itself yields."""
    if mention.measure != _DOCUMENTS:
        return False
    statement = mention.statement
    things = (found for found in _results("thing").finditer(folded, statement.start, statement.end))
    return any(
        found.start() < mention.end
        and _results("verb").search(folded, statement.start, found.start())
        and not _results("other").match(folded, found.end(), statement.end)
        for found in things
    )


def unknown_order(folded: str, statement: Statement) -> int:
    """Return where the words of the order of an item begin, 0 if they order to send or obtain something."""
    start = order_start(folded, statement)
    return 0 if _results("verb").match(folded, start) or _obtains().match(folded, start) else start


def order_start(folded: str, statement: Statement) -> int:
    """Return where the words of the order of an item begin, behind its marker and the words that introduce an order."""
    head = _head().match(folded, statement.start, statement.end)
    return head.end() if head else statement.start


@cache
def _obtains() -> regex.Pattern[str]:
    return regex.compile(rf"(?:{load('nlp.request_orders')['obtains']})(?!\w)")


@cache
def _participle() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_orders")["held"]["participle"])


@cache
def _results(name: str) -> regex.Pattern[str]:
    return regex.compile(rf"\b(?:{load('nlp.request_orders')['results'][name]})")


@cache
def _head() -> regex.Pattern[str]:
    lead = load("nlp.request_orders")["lead"]
    return regex.compile(rf"\W*(?:{MARKER})?\W*(?:(?:{lead})(?:\b|(?<=[dl])['’]|(?<=,))[\s’'-]*)*")
