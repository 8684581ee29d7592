"""Identity of the persons whom a letter pursues or on whom its measures act (UNTOC 18(15)(e))."""

from __future__ import annotations

from collections.abc import Mapping

import regex

from extraction.resource import load
from nlp.folding import fold
from nlp.requests.checks.evidence_words import holds
from nlp.requests.checks.impossible_dates import impossible_births
from nlp.requests.checks.words import Fields, letter_words, measure_names, measure_of, pattern, says, target_of
from nlp.requests.context import RequestContext, once
from nlp.requests.persons.role_places import PURSUED
from nlp.requests.proposal import Proposal
from nlp.requests.statements import ASKED, find_statements

IMPOSSIBLE = "impossible_date"
_NEAR_NAME, _LEAST_NAME, _WHOLE_DAY = 160, 3, 10
_CONVICTED = frozenset({"convicted"})
# Persons of whom an address is enough: they are to be heard or served.
_HEARD = frozenset({"witness", "victim"})


def identity_of(context: RequestContext, fields: Fields) -> str | None:
    """Return the finding on the persons pursued; None if the suspects are unknown.

    If one person is identified and no measure acts on another, weights choose whether the item is raised: often only
    the names of accomplices are known. A letter that only requests hearings or service of documents need not identify
    the suspect. A birth date that does not exist is raised in any case.
    """
    if impossible_births(context):
        return IMPOSSIBLE
    rules = load("nlp.request_checks")
    pursued = _to_identify(context, fields)
    if not pursued:
        return "missing" if context.document_type.value in rules["person_wanted"] else None
    if measure_names(fields) and measure_names(fields) <= {*rules["hearing"]}:
        return "present"
    unknown = [proposal for proposal in pursued if not _is_identified(context, fields, proposal)]
    if len(unknown) == len(pursued):
        return "name_only"
    if unidentified_targets(context, fields):
        return "target_name_only"
    return "some_name_only" if unknown or _unidentified_asked(context, fields) else "present"


def unidentified_persons(context: RequestContext, fields: Fields) -> list[Proposal]:
    """Return the persons of whom no birth date or document is given: those measures act on, else those pursued."""
    pursued = [proposal for proposal in _to_identify(context, fields) if not _is_identified(context, fields, proposal)]
    return unidentified_targets(context, fields) or pursued or _unidentified_asked(context, fields)


def unidentified_targets(context: RequestContext, fields: Fields) -> list[Proposal]:
    """Return the natural persons, no witnesses or victims, on whom a measure acts and who are not identified."""
    targets = [
        fold(f"{proposal.value['target'] or ''} {context.text[proposal.start : proposal.end]}")
        for proposal in fields.get("measures", ())
        if isinstance(proposal.value, Mapping) and measure_of(proposal.value) in load("nlp.request_checks")["of_person"]
    ]
    words = {word for target in targets for word in regex.findall(r"\w+", target)}
    return [
        proposal
        for proposal in fields.get("persons", ())
        if _is_natural(proposal) and _last_name(proposal) in words and not _is_identified(context, fields, proposal)
    ]


def _unidentified_asked(context: RequestContext, fields: Fields) -> list[Proposal]:
    """Return the natural persons, no witnesses or victims, whom a request names and who are not identified."""
    return [
        proposal
        for proposal in fields.get("persons", ())
        if _is_natural(proposal)
        and _last_name(proposal) in _asked_words(context)
        and not _is_identified(context, fields, proposal)
    ]


@once
def _asked_words(context: RequestContext) -> frozenset[str]:
    """Return the folded words of the clauses that ask for something."""
    folded, found = context.flow.folded, set[str]()
    for statement in find_statements(context):
        ends = (*(start for start, _ in statement.clauses[1:]), statement.end)
        for (start, mood), end in zip(statement.clauses, ends, strict=True):
            if mood == ASKED:
                found.update(regex.findall(r"\w+", folded[start:end]))
    return frozenset(found)


def identity_evidence(context: RequestContext, fields: Fields) -> Mapping[str, float]:
    """Return evidence for an alarm of identity: how many are unidentified, whether measures act on them."""
    pursued = _to_identify(context, fields)
    unknown = [proposal for proposal in pursued if not _is_identified(context, fields, proposal)]
    targets = unidentified_targets(context, fields)
    asked = _unidentified_asked(context, fields)
    names = [_name(proposal).strip() for proposal in [*targets, *unknown, *asked]]
    natural = [proposal for proposal in fields.get("persons", ()) if _is_natural(proposal)]
    bare = [proposal for proposal in natural if not _is_identified(context, fields, proposal)]
    return {
        "identity.natural": min(4, len(natural)) / 2,
        "identity.bare": min(4, len(bare)) / 2,
        "identity.bare_share": len(bare) / max(1, len(natural)),
        "identity.nobody": float(not pursued),
        "identity.persons": min(6, len(fields.get("persons", ()))) / 3,
        "identity.share": len(unknown) / max(1, len(pursued)),
        "identity.pursued": min(4, len(pursued)) / 2,
        "identity.target": float(bool(targets)),
        "identity.one_word": float(any(" " not in name for name in names)),
        "identity.all_one_word": float(bool(names) and all(" " not in name for name in names)),
        "identity.asked": float(bool(asked)),
        "identity.asked_pursued": float(any(proposal in unknown for proposal in asked)),
        "identity.sought": float(bool(targets) and "identify_locate_person" in measure_names(fields)),
        "identity.first": float(bool(pursued) and pursued[0] in unknown),
        "identity.suspects": min(3, sum(_has_role(one, frozenset({"suspect"})) for one in unknown)) / 2,
        "identity.accused": min(3, sum(_has_role(one, frozenset({"accused"})) for one in unknown)) / 2,
        "identity.partly": float(any(_is_partly_known(context, fields, one) for one in pursued)),
        "identity.nickname": float(holds("nickname", " ".join(letter_words(context)))),
        "identity.vague": float(says(context, "vague")),
    }


def _to_identify(context: RequestContext, fields: Fields) -> list[Proposal]:
    """Return the persons pursued whom a letter must identify: the one to be arrested or surrendered, if named.

    Else all but those of whom nothing more is said than that they are convicted, while others are pursued.
    """
    pursued = _pursued(fields)
    if context.document_type.value in load("nlp.request_checks")["person_wanted"]:
        words = {
            word for found in fields.get("measures", ()) for word in regex.findall(r"\w+", fold(target_of(found.value)))
        }
        return [one for one in pursued if _last_name(one) in words] or pursued[:1]
    asked = _asked_words(context)
    open_cases = [one for one in pursued if not _has_role(one, _CONVICTED) or _last_name(one) in asked]
    return open_cases or pursued


def _pursued(fields: Fields) -> list[Proposal]:
    return [proposal for proposal in fields.get("persons", ()) if _has_role(proposal, PURSUED)]


def _has_role(proposal: Proposal, roles: frozenset[str]) -> bool:
    person = proposal.value
    return isinstance(person, Mapping) and person["role"] in roles and person["kind"] == "natural"


def _is_natural(proposal: Proposal) -> bool:
    person = proposal.value
    return isinstance(person, Mapping) and person["kind"] == "natural" and person["role"] not in _HEARD


def _name(proposal: Proposal) -> str:
    return str(proposal.value["name"]) if isinstance(proposal.value, Mapping) else ""


def _last_name(proposal: Proposal) -> str:
    """Return the last folded word of a name, empty if it is an initial."""
    words = regex.findall(r"\w+", fold(_name(proposal)))
    return words[-1] if words and len(words[-1]) >= _LEAST_NAME else ""


def searched_name(context: RequestContext, fields: Fields, proposal: Proposal) -> str:
    """Return the folded words by which a letter names a person: the last one, the whole name where another has it too.

    Empty if the last word is an initial.
    """
    last = _last_name(proposal)
    shared = [one for one in fields.get("persons", ()) if _last_name(one) == last and _name(one) != _name(proposal)]
    whole = fold(_name(proposal))
    return last if not shared or whole not in context.flow.folded else whole


def _is_identified(context: RequestContext, fields: Fields, proposal: Proposal) -> bool:
    """Return whether a birth date or document of a person is given, or one stands wherever the name is.

    Elsewhere than for arrest and surrender an age is enough.
    """
    person = proposal.value
    if not isinstance(person, Mapping) or person["birth_date"] or person["documents"]:
        return isinstance(person, Mapping)
    wanted = context.document_type.value in load("nlp.request_checks")["person_wanted"]
    names = ("born_about",) if wanted else ("born_about", "aged")
    numbers = [context.flow.at(number.start) for number in fields.get("identifiers", ()) if _is_personal(number)]
    return any(
        any(start <= number < end for number in numbers)
        or any(pattern(name).search(context.flow.folded, start, end) for name in names)
        for start, end in _behind_name(context, fields, proposal)
    )


def _behind_name(context: RequestContext, fields: Fields, proposal: Proposal) -> list[tuple[int, int]]:
    """Return the ranges of the running text behind each mention of a person, up to the name of another one."""
    flow, needle = context.flow, searched_name(context, fields, proposal) or fold(_name(proposal)).split()[-1]
    others = {_last_name(one) for one in fields.get("persons", ())} - {"", needle, _last_name(proposal)}
    another = regex.compile("|".join(rf"\b{regex.escape(name)}\b" for name in sorted(others)) or r"(?!)")
    ranges = []
    for name in regex.finditer(regex.escape(needle), flow.folded):
        end = name.end() + _NEAR_NAME
        following = another.search(flow.folded, name.end(), end)
        ranges.append((name.end(), following.start() if following else end))
    return ranges


def _is_partly_known(context: RequestContext, fields: Fields, proposal: Proposal) -> bool:
    """Return whether only the year of birth or the age of a person is given, and no document."""
    person = proposal.value
    if not isinstance(person, Mapping) or person["documents"]:
        return False
    born = str(person["birth_date"] or "")
    return 0 < len(born) < _WHOLE_DAY or (not born and _is_identified(context, fields, proposal))


def _is_personal(proposal: Proposal) -> bool:
    return isinstance(proposal.value, Mapping) and proposal.value["kind"] in ("national_id", "passport")
