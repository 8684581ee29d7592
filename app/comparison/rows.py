"""Rows of a comparison: parts of provisions by element, with the traits that countries have in common."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import regex

from app.comparison.ancillary_provisions import parts_about
from app.comparison.basic_penalties import penalties_apart, with_tiers
from app.comparison.other_offences import is_of_broader, without_other_offences
from app.comparison.provisions import parts_of
from app.comparison.table import ELEMENTS, STRUCTURE, Cell, Column, Common, Figure, Provision, Quotation, Row, Trait
from nlp.editorial_notes import gone, is_editorial
from nlp.elements.clause_reading import OFFENCE, OTHER
from nlp.elements.provision_elements import NO_TERM, Part, offence_term, weighed
from nlp.elements.rules import rules
from nlp.folding import fold, words_of
from nlp.provision_roles.classifier import BASIC, CONNECTED, SPECIAL

_PENALTY = "penalty"
_MENTAL = "mental_element"
# Elements of the parts that describe an offence.
_DESCRIBING = frozenset({"subject", "conduct", "object", _MENTAL, OTHER})
_WITHIN_PHRASE = frozenset({"conduct", "object", _MENTAL})
_APART = frozenset({_MENTAL, "subject"})  # do not end a phrase in which they stand
_WORDS_BETWEEN = regex.compile(r"\w{3,}|\d")  # not a preposition ("accède frauduleusement à des données")
# What stands before a rubric on its line: the label of the article alone ("Artículo 4.", "Art. 4º -").
_LABEL_ALONE = regex.compile(r"\W*(?:\p{L}+\.?\s+)?\d[\w.º°ª]*(?:\s(?:bis|ter|quater|[A-Z]))?[\s.\-–—:]*")
# A predicate, which a rubric has not: "Queda prohibido", "is void".
_PREDICATE = regex.compile(
    r"\b(?:queda|quedan|se|es|son|ser[áa]n?|no|podr[áa]n?|deber[áa]n?|fica|ficam|[ée]|s[ãa]o|poder[áa]|dever[áa]|shall|may"
    r"|is|are|must|est|sont|peut|peuvent|doit|sera)\b",
    regex.I,
)
_KIND_OF = {"day_fine": "fine"}  # a country with day-fines (días-multa, jours-amende) has fines
_RELATIVE = regex.compile(r"\b(?:que|quem)\b", regex.I)
_SELECTED = frozenset({BASIC, SPECIAL})
_COMPARABLE = frozenset({BASIC, ""})  # roles; provisions named by the user have none


@dataclass(frozen=True, slots=True)
class ReadProvision:
    """A provision with its parts, whose ranges are of its own text.

    ``of_special`` are the starts of parts of a connected rule on special forms alone, not on the basic offences,
    ``apart`` those of penalties of other acts and graver forms in the provision of a basic offence.
    """

    provision: Provision
    parts: tuple[Part, ...]
    of_special: frozenset[int] = frozenset()
    apart: frozenset[int] = frozenset()


def read_column(column: Column, about: Sequence[str] = ()) -> list[ReadProvision]:
    """Return the provisions of a country split into elements, penalties weighed against that of the offence.

    A basic offence is weighed by itself; other provisions against the first offence with a prison term. Paragraphs
    that punish another offence than the concepts ``about`` state none of the elements of these.
    """
    read: list[ReadProvision] = []
    basic = [provision for provision in column.provisions if provision.role in _COMPARABLE]
    term = NO_TERM
    for provision in column.quoted:
        own = without_other_offences(provision, parts_of(provision), about if provision.role in _SELECTED else ())
        parts = weighed(own, NO_TERM if provision.role == BASIC else term)
        special = frozenset[int]()
        if provision.role == CONNECTED:
            parts = tuple(parts_about(provision, column.provisions, parts))
            common = {part.start for part in parts_about(provision, basic, parts)}
            special = frozenset(part.start for part in parts if basic and part.start not in common)
        elif provision.role in _COMPARABLE:
            parts = with_tiers(parts)
        stated = [part for part in parts if part.start not in special]
        apart = penalties_apart(provision.text, provision.language, provision.jurisdiction, stated)
        by_words = not provision.role and not provision.named  # nothing tells whose penalty it is
        if by_words or (provision.role == BASIC and is_of_broader(provision, about)):
            apart = frozenset(part.start for part in parts if part.element == _PENALTY)
        term = term if term > NO_TERM else offence_term(parts)
        read.append(ReadProvision(provision, parts, special, apart))
    return read


def structure_rows(columns: Sequence[Sequence[ReadProvision]]) -> Iterator[Row]:
    """Yield a row for each element stated in a provision of any country."""
    for element in ELEMENTS:
        cells = tuple(Cell(tuple(_quotations(column, element))) for column in columns)
        if any(cell.quotations for cell in cells):
            mentioned = [_mentioned(column, element) for column in columns]
            yield with_common_traits(Row(element, STRUCTURE, cells), mentioned)


def _mentioned(column: Iterable[ReadProvision], element: str) -> frozenset[str]:
    """Return the traits of an element that the words of the offences mention in any of their parts.

    A part may be read as another element: "recruter une personne, de la transporter" has a conduct in its object.
    """
    return frozenset(
        trait.element
        for read in column
        if read.provision.role != CONNECTED and (known := rules(read.provision.language))
        for part in read.parts
        if part.element in _DESCRIBING
        for trait in known.traits(element, fold(read.provision.text), part.start, part.end)
    )


def _quotations(column: Iterable[ReadProvision], element: str) -> Iterator[Quotation]:
    """Yield a country's quotations for an element; connected rules describe no conduct of the offence."""
    for read in column:
        if read.provision.role == CONNECTED and element in OFFENCE:
            continue
        parts = _phrases(read) if element == "conduct" else read.parts
        for part in sorted(parts, key=lambda part: part.start in read.of_special):
            if part.element == element and not _states_nothing(read, part):
                one = replace(quotation(read.provision, part), apart=element == _PENALTY and part.start in read.apart)
                yield replace(one, role=SPECIAL) if part.start in read.of_special else one


def _states_nothing(read: ReadProvision, part: Part) -> bool:
    return _is_label(read, part) or _is_rubric(read, part) or _is_left(read, part)


def _is_label(read: ReadProvision, part: Part) -> bool:
    """Return whether a part has only the words by which its provision is cited, which state no rule."""
    text = read.provision.text[part.start : part.end]
    return part.element == OTHER and words_of(fold(text)).forms == words_of(fold(read.provision.unit)).forms


def _is_rubric(read: ReadProvision, part: Part) -> bool:
    """Return whether a part is the rubric of its article, which states no rule: it stands behind the label.

    It fills the line, or a full stop is all that parts it from the offence: "ARTÍCULO 6. Tala ilegal. El que ...".
    """
    text = read.provision.text
    states_offence = any(other.element in OFFENCE for other in read.parts[1:])
    if part.element != OTHER or part is not read.parts[0] or not states_offence:
        return False
    if _PREDICATE.search(text, part.start, part.end):
        return False
    line, end = text.rfind("\n", 0, part.start) + 1, text.find("\n", part.end)
    behind = text[part.end : min(end if end >= 0 else len(text), read.parts[1].start)]
    return bool(_LABEL_ALONE.fullmatch(text, line, part.start)) and not any(map(str.isalnum, behind))


def _is_left(read: ReadProvision, part: Part) -> bool:
    """Return whether a part is the rubric of the next article, which was repealed: only notes on that follow it."""
    text, language = read.provision.text, read.provision.language
    if part.element != OTHER or part is not read.parts[-1] or _PREDICATE.search(text, part.start, part.end):
        return False
    behind = text[part.end :]
    return behind.startswith("\n") and is_editorial(behind, language) and gone(behind, language) is not None


def _phrases(read: ReadProvision) -> Iterator[Part]:
    """Yield the conduct of a provision together with its object and a mental element between: they form one phrase."""
    open_part: Part | None = None
    end = 0
    before: Part | None = None
    for part in read.parts:
        if open_part and before and _goes_on(read, before, part):
            end = end if part.element in _APART else part.end
        else:
            if open_part:
                yield replace(open_part, end=end)
            follows_offender = part.element == "object" and before is not None and before.element == "subject"
            is_conduct = part.element == "conduct" or follows_offender  # "Apropriar-se o funcionário de dinheiro"
            open_part = replace(part, element="conduct") if is_conduct else None
            end = part.end
        before = part
    if open_part:
        yield replace(open_part, end=end)


def _goes_on(read: ReadProvision, before: Part, part: Part) -> bool:
    """Return whether a part continues a conduct; so does the offender of a Portuguese infinitive in front of him.

    "Inserir ou facilitar, o funcionário autorizado, a inserção de dados falsos" is one phrase.
    """
    is_inserted = part.element == "subject" and before.element == "conduct" and read.provision.language == "pt"
    is_noun = is_inserted and not _RELATIVE.search(read.provision.text, part.start, part.end)
    return (part.element in _WITHIN_PHRASE or is_noun) and not _between(read, before, part)


def _between(read: ReadProvision, before: Part, behind: Part) -> bool:
    """Return whether there are words between two parts, or they are in different units."""
    gap = read.provision.text[before.end : behind.start]
    is_broken = "\n" in gap and (bool(gap.strip()) or before.element == behind.element)
    return before.label != behind.label or is_broken or bool(_WORDS_BETWEEN.search(gap))


def quotation(provision: Provision, part: Part) -> Quotation:
    """Return a part as a quotation of the document, with offsets of the document."""
    at = provision.start
    return Quotation(
        document_id=provision.document_id,
        passage_id=provision.id,
        pinpoint=part.label or provision.unit,
        language=provision.language,
        page=page_at(provision, part.start),
        start=at + part.start,
        end=at + part.end,
        text=provision.text[part.start : part.end],
        valid_from=provision.valid_from,
        valid_to=provision.valid_to,
        in_force=provision.in_force,
        confidence=part.confidence,
        why=part.why,
        role=provision.role,
        text_of=provision.text_of,
        traits=tuple(Trait(trait.name, at + trait.start, at + trait.end) for trait in part.traits),
        figures=tuple(
            Figure(one.kind, one.least, one.most, one.unit, at + one.start, at + one.end, one.by)
            for one in part.penalties
        ),
    )


def page_at(provision: Provision, offset: int) -> int:
    """Return the page of ``offset`` in the provision's text."""
    return max(
        (number for start, number in provision.pages if start <= provision.start + offset), default=provision.page
    )


def with_common_traits(row: Row, mentioned: Sequence[Collection[str]] = ()) -> Row:
    """Return the row with the common traits of its cells and the extremes of their penalties.

    ``mentioned`` are for each column the traits in the words of its offences, which a cell need not quote: a country
    that mentions a trait of another one's cell has it as well.
    """
    found = tuple(place for place, cell in enumerate(row.cells) if cell.quotations)
    lightest, heaviest = _extremes(row) if row.element == _PENALTY else ((), ())
    common = tuple(_common(row, len(found), mentioned))
    return Row(row.element, row.source, row.cells, found, common, lightest, heaviest, row.wording)


def _common(row: Row, found: int, mentioned: Sequence[Collection[str]]) -> list[Common]:
    """Return the traits of a row: first those of all columns, then of several, then of one."""
    holders: dict[str, list[int]] = {}
    quoted = [_with_implied(trait.name for one in cell.quotations for trait in one.traits) for cell in row.cells]
    stated = {trait.name for cell in row.cells for one in cell.quotations for trait in one.traits}
    for name in dict.fromkeys(name for names in quoted for name in names if name in stated):
        holders[name] = [
            place
            for place, cell in enumerate(row.cells)
            if name in quoted[place] or (mentioned and cell.quotations and name in mentioned[place])
        ]
    if found < 2:
        return [Common(name, tuple(places), "some") for name, places in holders.items()]
    kinds = {found: "all", 1: "one"}
    common = [Common(name, tuple(places), kinds.get(len(places), "some")) for name, places in holders.items()]
    return sorted(common, key=lambda trait: (-len(trait.columns), trait.columns))


def _with_implied(names: Iterable[str]) -> dict[str, None]:
    """Return the names of traits in order, each followed by the wider one that it is a kind of."""
    return dict.fromkeys(each for name in names for each in (name, _KIND_OF.get(name)) if each)


_Extremes = tuple[tuple[str, tuple[int, ...]], ...]


def _extremes(row: Row) -> tuple[_Extremes, _Extremes]:
    """Return the columns with the lowest and highest upper bound of each kind of penalty, if two are comparable.

    Only basic offences are compared. A country with an alternative of the kind without a bound ("a fine") has no upper
    bound. A country whose stated minimum says the contrary has no rank: with 5 to 8 years beside 1 to 8 it is not the
    lowest.
    """
    bounds: dict[tuple[str, str], dict[int, float]] = {}
    minima: dict[tuple[str, str], dict[int, float]] = {}
    for place, cell in enumerate(row.cells):
        figures = compared_figures(cell)
        unbounded = {figure.kind for figure in figures if not figure.unit or _is_open(figure)}
        for kind, unit, most in _upper(figures):
            if kind not in unbounded:
                known = bounds.setdefault((kind, unit), {})
                known[place] = max(most, known.get(place, 0.0))
        for (kind, unit), by_place in bounds.items():
            if place in by_place:
                own = _minimum(figures, kind, unit, by_place[place])
                minima.setdefault((kind, unit), {}).update({} if own is None else {place: own})
    lightest, heaviest = [], []
    for measured, by_place in bounds.items():
        least, greatest = min(by_place.values()), max(by_place.values())
        if len(by_place) > 1 and least < greatest:
            lightest.append((measured[0], _of_bound(by_place, least, minima[measured], min)))
            heaviest.append((measured[0], _of_bound(by_place, greatest, minima[measured], max)))
    return tuple(one for one in lightest if one[1]), tuple(one for one in heaviest if one[1])


def _minimum(figures: Iterable[Figure], kind: str, unit: str, most: float) -> float | None:
    """Return the minimum stated with an upper bound of a kind of penalty, the highest of several; None without one."""
    stated = [one.least for one in figures if (one.kind, one.unit, one.most) == (kind, unit, most)]
    return max((least for least in stated if least is not None), default=None)


def _of_bound(
    by_place: Mapping[int, float],
    bound: float,
    minima: Mapping[int, float],
    extreme: Callable[[Iterable[float]], float],
) -> tuple[int, ...]:
    """Return the columns with an upper bound, without those whose minimum is not the ``extreme`` of the stated ones."""
    agreed = extreme(minima.values()) if minima else None
    return tuple(place for place, most in by_place.items() if most == bound and minima.get(place, agreed) == agreed)


def compared_figures(cell: Cell) -> list[Figure]:
    """Return the penalties of a country's basic offences; without any, those of connected rules."""
    return [figure for figures in figures_by_provision(cell).values() for figure in figures]


def figures_by_provision(cell: Cell) -> Mapping[str, list[Figure]]:
    """Return the penalties of the provisions with a country's basic offences; without any, of its connected rules.

    The keys are ``Provision.id``. Common law countries often set the penalty of several offences in one later section.
    """
    for roles in (_COMPARABLE, frozenset({CONNECTED})):
        found: dict[str, list[Figure]] = {}
        for quotation in cell.quotations:
            if quotation.role in roles and quotation.figures and not quotation.apart:
                found.setdefault(quotation.passage_id, []).extend(quotation.figures)
        if found or any(quotation.apart and quotation.role in roles for quotation in cell.quotations):
            return found
    return {}


def _is_open(figure: Figure) -> bool:
    """Return whether a law sets no upper bound ("not less than twenty years")."""
    return figure.most is None and figure.unit != "life"


def _upper(figures: Iterable[Figure]) -> Iterator[tuple[str, str, float]]:
    """Yield (kind, unit, upper bound) of the penalties that have one; life is a prison term without end."""
    for figure in figures:
        if figure.unit == "life":
            yield figure.kind, "month", math.inf
        elif figure.most is not None:
            yield figure.kind, figure.unit, figure.most
