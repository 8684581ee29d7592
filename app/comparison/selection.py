"""Selection of the provisions found for a country: which are compared, in which role, and which are only offered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from app.comparison.basic_form import is_about_penalties, with_basic_form
from app.comparison.question import ABOUT
from app.comparison.stated_rules import is_rule, states_rule
from app.comparison.table import Provision
from indexing.search.basic_offence import states_negligence
from nlp.concepts.layer import LANGUAGES, broader_concepts, concept
from nlp.editorial_notes import folded_without_notes
from nlp.elements.provision_kinds import is_frame
from nlp.folding import fold, words_of
from nlp.provision_roles.classifier import BASIC, SPECIAL, Candidate, RoleScore, chosen, role_scores
from nlp.provision_roles.essential_object import names_object
from nlp.provision_roles.evidence import states_by_name
from nlp.provision_roles.quoted_article import quoted_article
from nlp.provision_roles.reading import ProvisionReading, read_provision

_COMPARED_WORDS = 60  # words compared to detect copies
_ALIKE = 0.6  # share of the words (Jaccard index) from which two texts are copies
_SAME_ARTICLE = 0.5  # share from which a later wording, with other words, is that of the same article
_OPENING = 700  # characters of a provision in which an offence names what it is about; later paragraphs mention more
_Item = TypeVar("_Item")
_NO_RULE = frozenset({"gone", "front", "amending", "final"})  # kinds of provision without a rule
_NAMED_BASIC = 0.1  # least probability of a basic offence whose act has its name
_SURELY_BASIC = 0.3  # least probability of a basic offence that has another name
_WHOLE_NAME = 0.95  # confidence in a name that is the whole rubric
_NO_OFFENCE = frozenset({"institution", "amending", "final"})  # kinds that describe and punish no conduct


@dataclass(frozen=True, slots=True)
class Selection:
    """``compared`` have their roles, basic offences first; ``offered`` are the others, the most relevant first."""

    compared: tuple[Provision, ...] = ()
    offered: tuple[Provision, ...] = ()


def select(found: Sequence[Provision], about: Sequence[str], most: int) -> Selection:
    """Select at most ``most`` provisions of one country for the concepts ``about``; ``found`` is sorted by relevance.

    Offences are compared only if one provision is certainly the offence; for other concepts those tagged with it are
    compared. Provisions in a language without rules are only offered, as are wordings that a later amending act
    replaces; preambles and closing formulas are not, and repealed provisions come last.
    """
    read = without_copies([provision for provision in found if provision.language in LANGUAGES])
    replaced = tuple(provision for provision in read if any(_is_replaced(provision, other) for other in read))
    selection = _selected([provision for provision in read if provision not in replaced], about, most)
    unread = tuple(provision for provision in found if provision.language not in LANGUAGES)
    offered = [provision for provision in (*selection.offered, *replaced, *unread) if not is_frame(provision.unit)]
    return replace(selection, offered=tuple(sorted(offered, key=_is_gone)))


def _selected(kept: Sequence[Provision], about: Sequence[str], most: int) -> Selection:
    """Return the selection by role scores if all concepts are offences, else by the tags of the provisions.

    The concepts choose in turns; a provision that is the basic offence of one of them has that role. Of a concept that
    is a rule on another offence the provisions that state it are compared.
    """
    if all(map(is_rule, about)):
        return _stating(kept, about, most)
    if not all(concept(code).penal for code in about):
        return _tagged(kept, most)
    candidates = [_candidate(provision) for provision in kept]
    scores = {
        code: [_of_offence(code, *each) for each in zip(role_scores(code, candidates), candidates, kept, strict=True)]
        for code in about
    }
    roles: dict[int, str] = {}
    readings = [candidate.reading for candidate in candidates]
    choices = [
        with_basic_form(
            code, _with_named_form(code, chosen(scores[code], most), scores[code], readings), kept, readings, most
        )
        for code in about
    ]
    for place, role in by_turns(choices):
        if len(roles) < most or place in roles:
            roles[place] = BASIC if BASIC in (role, roles.get(place)) else role
    compared = [replace(kept[place], role=role) for place, role in roles.items()]
    rest = [place for place in range(len(kept)) if place not in roles]
    rest.sort(key=lambda place: -max(_nearness(scores[code][place]) for code in about))
    if not compared:  # what is nearest is at least about the same things
        rest = [place for place in rest if any(_names_object(code, kept[place], whole=True) for code in about)]
    return Selection(tuple(_in_order(compared)), tuple(kept[place] for place in rest))


def _names_object(code: str, provision: Provision, *, whole: bool = False) -> bool:
    """Return whether a provision, its headings or its law's title name what an offence is about."""
    text = provision.text if whole else provision.text[:_OPENING]
    return names_object(code, " ".join((provision.title, *provision.path, text)), provision.language)


def _stating(found: Sequence[Provision], about: Sequence[str], most: int) -> Selection:
    """Return the first ``most`` provisions that state one of the rules ``about`` as the compared ones."""
    stating = [provision for provision in found if any(states_rule(code, provision) for code in about)][:most]
    ids = {provision.id for provision in stating}
    compared = tuple(replace(provision, role=BASIC) for provision in stating)
    return Selection(compared, tuple(provision for provision in found if provision.id not in ids))


def _with_named_form(
    code: str, found: Sequence[tuple[int, str]], scores: Sequence[RoleScore], readings: Sequence[ProvisionReading]
) -> list[tuple[int, str]]:
    """Return the provisions found, or the one whose act has the offence's name if there are none.

    That one is the basic offence before a narrower one, as homicide is before murder.
    """
    if found and {*concept(code).narrower}.isdisjoint(readings[found[0][0]].tags):
        return list(found)
    named = _stated_by_name(code, scores, readings)
    if not named or (found and named[0][0] == found[0][0]):
        return list(found)
    others = [(place, role) for place, role in found if place != named[0][0]]
    return [*named, *((place, SPECIAL) for place, _ in others[:1]), *others[1:]]


def _stated_by_name(
    code: str, scores: Sequence[RoleScore], readings: Sequence[ProvisionReading]
) -> list[tuple[int, str]]:
    """Return as the basic offence the surest provision without a rubric whose act has the offence's name, else none.

    "Se aplicará prisión de ocho a veinticinco años al que matare a otro" has few words for the classifier.
    """
    stated = (
        place
        for place, (score, reading) in enumerate(zip(scores, readings, strict=True))
        if score.basic >= max(_NAMED_BASIC, score.connected) and states_by_name(code, reading)
        if not states_negligence(reading)
    )
    surest = max(stated, key=lambda place: scores[place].basic, default=None)
    return [] if surest is None else [(surest, BASIC)]


def _of_offence(code: str, score: RoleScore, candidate: Candidate, provision: Provision) -> RoleScore:
    """Return the score, of a provision that cannot be the offence as that of a connected rule.

    That is one about an institution, one that only amends, one that mentions a penalty or, under a heading on these,
    an aggravating circumstance and punishes nothing, one on the penalties of several offences, and one that does not
    name what the offence is about. What neither punishes nor defines is no basic offence, nor what is hardly like it
    and has the rubric of something else.
    """
    reading = candidate.reading
    no_offence = reading.kind in _NO_OFFENCE or _only_describes(code, reading) or is_about_penalties(reading)
    if no_offence or not _names_object(code, provision):
        return RoleScore(connected=score.connected + score.relevant, special=0.0, basic=0.0)
    neither = reading.kind == "other" and not reading.punishes
    if neither or (score.basic < _SURELY_BASIC and _is_called_otherwise(code, reading)):
        return RoleScore(score.connected, score.relevant, 0.0)
    return score


def _only_describes(code: str, reading: ProvisionReading) -> bool:
    """Return whether a provision mentions a penalty or a circumstance and punishes nothing.

    One whose rubric names an aggravated form of the offence is a special form, though it has the penalty alone:
    "Robo agravado. La pena será no menor de doce ni mayor de veinte años si el robo se comete ...".
    """
    mentions = not reading.punishes and (reading.kind == "penalty" or reading.aggravates)
    return mentions and not (reading.aggravates and code in reading.heading_names)


def _is_called_otherwise(code: str, reading: ProvisionReading) -> bool:
    """Return whether a provision has a rubric, and nothing in it has a name of the offence or of a relative of it.

    So has one whose rubric is the name of a relative and that does not name the offence: trafficking in persons is no
    smuggling of migrants, terrorism no financing of it.
    """
    entry = concept(code)
    own = {code, *entry.narrower}
    named = {*reading.tags, *reading.heading_names}
    if own.isdisjoint(named) and max(reading.heading_names.values(), default=0.0) >= _WHOLE_NAME:
        return True
    return bool(reading.heading) and named.isdisjoint({*own, *broader_concepts(code), *entry.related})


def _tagged(found: Sequence[Provision], most: int) -> Selection:
    """Return the first ``most`` provisions that are tagged with a concept and state a rule as the compared ones."""
    stating = [each for each in found if is_relevant(each) and _reading(each).kind not in _NO_RULE]
    tagged = stating[:most]
    ids = {provision.id for provision in tagged}
    compared = tuple(replace(provision, role=BASIC) for provision in tagged)
    return Selection(compared, tuple(provision for provision in found if provision.id not in ids))


def is_relevant(provision: Provision) -> bool:
    """Return whether a provision was tagged with one of the concepts of the question."""
    return _is_tagged(provision.why)


def surer_reasons(known: tuple[str, ...], further: tuple[str, ...]) -> tuple[str, ...]:
    """Return the reasons that count for a provision found by several queries: those of its tag, else the first ones."""
    return further if not known or (_is_tagged(further) and not _is_tagged(known)) else known


def _is_tagged(reasons: Sequence[str]) -> bool:
    return any(reason.startswith(f"{ABOUT}:") for reason in reasons)


def without_copies(found: Sequence[Provision]) -> list[Provision]:
    """Return the provisions without copies, for instance of a code stored twice or a number printed twice.

    Of two copies the one with a heading is kept, else the later one of a document, else the first found.
    """
    kept: list[Provision] = []
    for provision in found:
        place = next((place for place, other in enumerate(kept) if _is_copy(provision, other)), None)
        if place is None:
            kept.append(provision)
        elif _is_better(provision, kept[place]):
            kept[place] = provision
    return kept


def _candidate(provision: Provision) -> Candidate:
    """Return the provision as the classifier of roles takes it, with its number within the document."""
    number = provision.id.rpartition(":")[2]
    return Candidate(
        provision.document_id, int(number) if number.isdigit() else provision.start, provision.path, _reading(provision)
    )


def _reading(provision: Provision) -> ProvisionReading:
    """Return the features of a provision, of one of an amending act those of the article that it quotes."""
    quoted = quoted_article(provision.text)
    own = (provision.text, provision.unit, provision.heading)
    text, label, heading = (quoted.text, quoted.label, "") if quoted else own
    return read_provision(text, label, provision.path, provision.language, provision.jurisdiction, heading)


def by_turns(choices: Sequence[Sequence[_Item]]) -> Iterator[_Item]:
    """Yield the first item of each choice, then the second ones, and so on."""
    for turn in range(max(map(len, choices), default=0)):
        yield from (choice[turn] for choice in choices if turn < len(choice))


def _is_gone(provision: Provision) -> bool:
    """Return whether a provision has no enacted text, since it is repealed, was vetoed or moved."""
    return provision.language in LANGUAGES and _reading(provision).kind == "gone"


def _nearness(score: RoleScore) -> float:
    """Return by what the provisions that are only offered are sorted; a connected rule counts half."""
    return score.relevant + 0.5 * score.connected


def _in_order(compared: Sequence[Provision]) -> list[Provision]:
    """Return basic offences before special forms, each in the order of its law, the law of the best one first."""
    documents = list(dict.fromkeys(provision.document_id for provision in compared))
    return sorted(
        compared,
        key=lambda provision: (provision.role != BASIC, documents.index(provision.document_id), provision.start),
    )


def _is_copy(provision: Provision, other: Provision) -> bool:
    """Return whether two provisions have one number and language, and ``_ALIKE`` of their first words in common."""
    if provision.language != other.language or fold(provision.unit) != fold(other.unit):
        return False
    first, second = _first_words(provision), _first_words(other)
    return len(first & second) >= _ALIKE * max(1, len(first | second))


def _is_replaced(provision: Provision, other: Provision) -> bool:
    """Return whether ``other``, of a later law, has the wording of the article in its place.

    One of the two is an article that an amending act quotes, and they have ``_SAME_ARTICLE`` of their words in common.
    """
    quoted, later = quoted_article(provision.text), quoted_article(other.text)
    day, later_day = _day(provision), _day(other)
    if not (quoted or later) or not day or not day < later_day or provision.language != other.language:
        return False
    first = _words_from_number(quoted.text if quoted else provision.text)
    second = _words_from_number(later.text if later else other.text)
    return len(first & second) >= _SAME_ARTICLE * max(1, len(first | second))


def _day(provision: Provision) -> str:
    """Return the day of the text of a provision, ``""`` if it is unknown."""
    return provision.text_of or provision.valid_from


def _words_from_number(text: str) -> frozenset[str]:
    return frozenset(words_of(fold(text.strip())[: 20 * _COMPARED_WORDS]).forms[:_COMPARED_WORDS])


def _first_words(provision: Provision) -> frozenset[str]:
    """Return the first folded words of a provision from its number on, without editorial notes."""
    text = folded_without_notes(provision.text, provision.language)
    at = max(0, text.find(fold(provision.unit).rpartition(" ")[2]))
    return frozenset(words_of(text[at : at + 20 * _COMPARED_WORDS]).forms[:_COMPARED_WORDS])


def _is_better(provision: Provision, other: Provision) -> bool:
    """Return whether ``provision`` is kept instead of its copy ``other``."""
    if provision.document_id == other.document_id:
        return provision.start > other.start
    return bool(_reading(provision).heading) and not _reading(other).heading
