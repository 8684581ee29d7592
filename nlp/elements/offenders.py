"""Offenders in a clause: their words, and whether a clause describes the offence of one."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from nlp.elements.clause_patterns import clause_patterns as forms
from nlp.elements.rules import Cue, Rules

_WITHIN_OFFENCES = frozenset({"aggravation", "mitigation", "attempt", "participation", "legal_persons", "other"})
"""Elements of whole clauses whose words may describe an offence, too."""
_ACTING = ("subject", "conduct")
_PUNISHING = ("penalty", "naming")
_THE_ACT = regex.compile(r"le fait d[e'’ ]")
_OFFENDS = regex.compile(r"commits? an? (?:\w+ )?offence")
_WORD = regex.compile(r"\w{4,}")
# "shall, in the case of a body corporate, be liable": a legal person that is punished, not one that is harmed
_IN_CASE_OF = regex.compile(
    r"\b(?:cases? of|where|if|casos? d[ea]|tratandose de|cuando|quando|si|s.agissant|lorsqu.il)\b[^,;:.]{0,40}$"
)
_CASE = 60  # characters
_FOR = regex.compile(r"(?:pour|par|for|by|if|where) ")  # "le fait pour tout conducteur", "an offence for any person"
# "La madre que", not "El que" nor "celui qui"
_NAMED = regex.compile(
    r"(?P<actor>.*\b(?!(?:celui|celle|ceux|aquele?|los|las|quien)\b)\w{3,})\s?,?\s(?:que|qui|who|that|which)",
    regex.DOTALL,
)


def actor_within(folded: str, cue: Cue) -> tuple[int, int]:
    """Return the range of the offender in a cue, without a preposition and, behind a noun, without its pronoun."""
    before, named = _FOR.match(folded, cue.start, cue.end), _NAMED.fullmatch(folded, cue.start, cue.end)
    return before.end() if before else cue.start, named.end("actor") if named else cue.end


def describes_offence(rules: Rules, folded: str, begin: int, end: int, whole: Cue) -> bool:
    """Return whether a cue of a whole clause stands among the words of an offence that the clause punishes.

    "El que ... agravare la insolvencia será reprimido", "whoever commits, or attempts to commit, mischief": the
    offender precedes, with words between, and the penalty is stated before the offender or behind the cue.
    """
    if whole.element not in _WITHIN_OFFENCES:
        return False
    cues = rules.cues(folded, begin, end)
    before = [cue for cue in cues if cue.end <= whole.end]
    acting = next((place for place, cue in enumerate(before) if cue.element in _ACTING), -1)
    if acting < 0 or any(cue.element in _PUNISHING for cue in before[acting + 1 :]):
        return False
    if not _WORD.search(folded, before[acting].end, whole.start):
        return False
    if whole.element == "legal_persons" and _is_case(folded, before[acting].end, whole.start):
        return False
    behind = any(
        cue.start >= whole.end and (cue.element in _PUNISHING or _OFFENDS.match(folded, cue.start)) for cue in cues
    )
    return behind or any(cue.element == "penalty" for cue in before[:acting])


def _is_case(folded: str, start: int, end: int) -> bool:
    """Return whether words that introduce a case precede ``end``, from ``start`` and within one phrase."""
    return bool(_IN_CASE_OF.search(folded[max(start, end - _CASE) : end]))


def begins_with_act(rules: Rules, folded: str, begin: int, end: int) -> bool:
    """Return whether a clause begins with an offender or an act ("1° Le fait d'organiser une manifestation")."""
    first = next(iter(rules.cues(folded, begin, end)), None)
    return bool(first and first.element in _ACTING and first.start == begin)


def forbidden_act(rules: Rules, folded: str, begin: int, end: int) -> regex.Match[str] | None:
    """Return the act that a clause forbids without an offender or a penalty of its own; None without one."""
    is_other = any(cue.element in (*_ACTING, "penalty") for cue in rules.cues(folded, begin, end))
    return None if is_other else rules.prohibited.search(folded, begin, end)


def act_follows(folded: str, cues: Sequence[Cue]) -> bool:
    """Return whether a condition limits an act that is punished ("Lorsqu'il est commis en réunion, le fait de")."""
    acts = [cue.start for cue in cues if cue.element == "conduct" and _THE_ACT.match(folded, cue.start)]
    punished = next((cue.start for cue in cues if cue.element == "penalty"), -1)
    return bool(acts) and acts[0] < punished


def names_offender(rules: Rules, cues: Sequence[Cue], condition: regex.Match[str]) -> bool:
    """Return whether an English condition only introduces the offender ("If any person sells a ..., he shall be")."""
    first = cues[0] if rules.language == "en" and cues else None
    return bool(first and first.element == "subject" and first.start == condition.start() < condition.end() < first.end)


def behind_heading(rules: Rules, text: str, folded: str, begin: int, end: int) -> int:
    """Return the start of a sentence behind a heading in its line ("False statements Any person who"); 0 without."""
    heading = forms().inline_heading.match(text, begin, end)
    if heading is None or any(cue.element != "other" for cue in rules.cues(folded, begin, heading.end())):
        return 0
    return heading.end()
