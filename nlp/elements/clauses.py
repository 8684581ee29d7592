"""Clauses of a provision: numbered paragraphs, items and sentences, with pinpoints."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import regex

from nlp.annotations import Unit
from nlp.concepts.provision_body import body_start
from nlp.editorial_notes import bracketed_notes, is_folded_editorial, notes_end, notes_start
from nlp.elements.rules import Rules, rules
from nlp.folding import fold
from nlp.structure.legislation import find_legislation
from nlp.structure.unit_labels import grammar

_BLANK_LINE = regex.compile(r"\s*\n[ \t\u00a0]*\n\s*")
_LINE = regex.compile(r"\s*\n\s*")
# An item of a list of provisions of other laws within a sentence ("; en la ley Nº 18.314, que determina").
_CITED = (
    r"(?:(?:[yeo]|ou|and|or|et) )?"
    r"(?:(?:en|de|dans|in|under|of|à) (?:el |la |los |las |le |les |l['’]|the )?|aux? |[nd][oa]s? )"
    r"(?:art[íi](?:culo|go)s?|articles?|sections?|ley(?:es)?|leis?|lois?|decretos?|décrets?)\b"
)
_SENTENCE = regex.compile(
    r"(?<=\p{Ll}\.)(?-i:(?=(?:El|La|Los|Las) (?:que|\p{Ll}+)\s|Quien(?:es)? ))"  # "a la población civil.El que"
    r"|(?<=\p{L}[,;.])\s+(?:[yo]\s+)?(?=[IVX]{1,5}\.-\s)|(?<=[.;:])\s+(?=\(\p{Lu})"
    r"|(?<=\p{L}{3}[.;])\s+(?=\d{1,2}(?:o\.|[º°]\.?)\s\p{Lu})"
    r"|(?<=[.;])(?<!(?<!\p{L})(?:\p{L}|arts?|inc|n[úu]ms?|al|p[áa]gs?|nos?|cf|S\.A|etc|fracs?|frs?|bs|gs|lps|rs)\.)"
    r"[)”»\"]?\s+(?!de \d{4}\)|en vigueur :|(?<=;\s+)" + _CITED + r")(?=[\p{Lu}«“\"(§])|(?<=\p{L}\.)\*(?=\p{Lu})",
    regex.IGNORECASE,
)
_WORD = regex.compile(r"\p{L}{2,}")
_LEADS_ON = (":", "—", "–", "-", ",")
_UNFINISHED = ":,;—–-"
_PARTS_ITEMS = ":;"
_PLAIN_ITEM = regex.compile(r"\p{Ll}|\d{1,2}°\s")  # without a number or with one that is no unit of the law
_NUMBERED = regex.compile(r"\d{1,2}(?:º|o\.)\s")  # of lists whose items may end with a full stop
_ITEM = regex.compile(r"(?:[ivxlc]+|[a-z])(?:[.)]|\s?[-–])")
_FIRST_ITEM = regex.compile(r"[\s(.](?:I|1|a|A)[)º°.]*$")
_INLINE_ITEM = regex.compile(r"[)\s]*(?:[ivxl]{1,5}|[a-z]\))\.-\s")  # of Mexican laws: "II.- ", "b).- "
_AMOUNT = regex.compile(  # "seis\n(6) meses", "TRES\n(3) a SEIS (6) años"
    r"(?:\p{Lu}{2,}\s)*\p{Lu}{2,}\s+\(\$?\s?\d[\d.,]*\.?-?\)"  # "PESOS DIEZ\nMIL ($ 10.000) a PESOS DOSCIENTOS MIL"
    r"|\(\d+\)\s+(?:(?:mes|año|día|hora|meses|month|year|day|mois|an|jour|dia|ano)s?\b"
    r"|(?:a|y|à|to|and|et)\s+(?:\p{L}+\s+){1,3}\(\d+\))"
)
_MIN_WORDS, _MIN_LETTERS = 2, 4  # an "and" between two items is no clause, but an item "a fine" is
_OFFENDERS = frozenset("quem quien quienes quiconque whoever".split())  # alone before a list ("Quem:")
_COUNTED = " alinéa "
_UNIT = regex.compile(r"(?:meses|mes|años?|días|euros|pesos|anos|dias|mois|ans|jours)\b")
_RANGE = regex.compile(r"\d+\s(?:a|à|to|y)\s\d+\s")
_REFERS = regex.compile(r"\b(?:art[íi]culos?|articles?|incisos?|p[áa]rrafos?|sections?|de|del|los|las|des?)\s+$")
_OPEN_END = regex.compile(  # a line that ends before the noun of a phrase ("de la Ciudad Autónoma de\nBuenos Aires")
    r"(?<=\w )(?:del?|la|las|los|el|of|the|and|or|du|des|les|le|et|da|do|das|dos)$"
)
_REFERRING = 20  # characters
_BRACKET = 60  # characters after the end of a line in which an open bracket must close


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence, or an item of one, as a range of the text.

    ``label`` is that of the innermost unit (``s. 7(1)(a)``), ``depth`` the level of this unit below the provision,
    from 0. ``lead`` is the index of the clause that introduces it ("... if:"), -1 without one.
    """

    start: int
    end: int
    label: str
    depth: int
    lead: int = -1


def clauses(text: str, label: str, language: str, jurisdiction: str = "") -> tuple[Clause, ...]:
    """Return the clauses of one provision in order, without headings, number, rubric and editor's notes.

    ``text`` is the whole provision with the headings above it, ``label`` that of the provision (``art. 301``).
    """
    units = find_legislation(text, (), language, jurisdiction) if language in grammar()["marks"] else ()
    own = next((unit for unit in reversed(units) if unit.label == label), None)
    inside = [unit for unit in units if own and unit.start > own.start and unit.kind != "quoted_article"]
    inside = [unit for unit in inside if not _is_number_within_sentence(text, unit.start)]
    first = inside[0].start if inside else len(text)
    start = min(body_start(text, own, language), first) if own else 0  # a rubric ends before the first item
    known = rules(language)
    folded = fold(text)
    cut = _cut(text, start, label, inside, known, bracketed_notes(folded, language))
    enacted = (_without_notes(one, folded, language) for one in cut)
    own_words = [clause for clause in enacted if not is_folded_editorial(folded, clause.start, clause.end, language)]
    return tuple(_with_leads(text, folded, own_words, known))


def _without_notes(clause: Clause, folded: str, language: str) -> Clause:
    """Return a clause without the editor's notes at its ends; a clause of notes alone is returned as it is."""
    end = notes_start(folded, clause.start, clause.end, language)
    end = end if _WORD.search(folded, clause.start, end) else clause.end
    return replace(clause, start=notes_end(folded, clause.start, end, language), end=end)


def _is_number_within_sentence(text: str, at: int) -> bool:
    """Return whether a number at a line's start is an amount or belongs to a reference ("de\\n1 a 4 años")."""
    if _AMOUNT.match(text, at):
        return True
    is_digit = text[at : at + 1].isdigit()
    return is_digit and bool(_RANGE.match(text, at) or _REFERS.search(text, max(0, at - _REFERRING), at))


def _cut(
    text: str,
    start: int,
    label: str,
    inside: Sequence[Unit],
    known: Rules | None,
    whole: Sequence[tuple[int, int]],
) -> Iterator[Clause]:
    """Yield each sentence with its unit; a paragraph that does not begin an item belongs to the provision itself.

    ``whole`` are ranges within which no sentence ends.
    """
    begins = [max(start, unit.start) for unit in inside]
    depths = _depths(inside)
    for first, last in _paragraphs(text, start, begins):
        at = bisect_right(begins, first) - 1
        opens = at >= 0 and not text[begins[at] : first].strip()
        name, depth = (inside[at].label, depths[at]) if opens else (label, 0)
        depth = 0 if _COUNTED in name.removeprefix(label) else depth
        for begin, end in _sentences(text, first, last, known, whole):
            words = _WORD.findall(text, begin, end)
            is_item = opens and bool(words) and len(words[0]) >= _MIN_LETTERS
            is_offender = len(words) == 1 and words[0].lower() in _OFFENDERS and text[:end].endswith(_LEADS_ON)
            if len(words) >= _MIN_WORDS or is_item or is_offender:
                yield Clause(begin, end, name, depth)


def _depths(units: Sequence[Unit]) -> list[int]:
    """Return the level of each unit below the provision: 1 for a paragraph, 2 for an item of it."""
    depths = []
    open_ends: list[int] = []
    for unit in units:
        while open_ends and open_ends[-1] <= unit.start:
            open_ends.pop()
        open_ends.append(unit.end)
        depths.append(len(open_ends))
    return depths


def _paragraphs(text: str, start: int, begins: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the ranges between blank lines (line ends, if there are no blank lines) and starts of items."""
    parting = _BLANK_LINE if _BLANK_LINE.search(text, start) else _LINE
    bounds = {start, *begins}
    ends = {len(text), *begins}
    for gap in _partings(text, start, parting):
        ends.add(gap.start())
        bounds.add(gap.end())
    last = sorted(ends)
    for first, following in pairwise([*sorted(bounds), len(text)]):
        end = next((end for end in last if first < end <= following), following)
        if text[first:end].strip():
            yield first, end


def _partings(text: str, start: int, parting: regex.Pattern[str]) -> list[regex.Match[str]]:
    """Return the gaps between paragraphs; gaps between two words of a sentence or within brackets do not count.

    If most gaps precede a lower-case continuation, the text is hard-wrapped and only the other gaps are returned.
    """
    gaps = [gap for gap in parting.finditer(text, start) if not _is_within_sentence(text, gap)]
    others = [gap for gap in gaps if not _goes_on_behind(text, gap)]
    return others if len(gaps) - len(others) > len(others) else gaps


def _is_within_sentence(text: str, gap: regex.Match[str]) -> bool:
    line = text[text.rfind("\n", 0, gap.start()) + 1 : gap.start()]
    if line.count("(") > line.count(")"):
        return ")" in text[gap.end() : gap.end() + _BRACKET]
    is_number = _is_number_within_sentence(text, gap.end())
    is_unit = line.endswith(")") and bool(_UNIT.match(text, gap.end()))  # "tres (3)\nmeses"
    if is_unit or _OPEN_END.search(line):
        return True
    if line.endswith(","):
        return _goes_on_behind(text, gap)
    return line[-1:].isalpha() and (is_number or _goes_on_behind(text, gap))


def _goes_on_behind(text: str, gap: regex.Match[str]) -> bool:
    before, behind = text[gap.start() - 1 : gap.start()], text[gap.end() : gap.end() + 1]
    return behind.islower() and before not in (".", ";", ":") and not _ITEM.match(text, gap.end())


def _sentences(
    text: str, start: int, end: int, known: Rules | None, whole: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield the ranges of sentences; an editor's note within a line begins a new range, which is not divided."""
    gaps = [(gap.start(), gap.end()) for gap in _SENTENCE.finditer(text, start, end)]
    gaps = [gap for gap in gaps if not any(first < gap[0] < last for first, last in whole)]
    gaps += [(first, first) for first, _ in whole if start < first < end]
    gaps += [(note, note) for note in known.notes(fold(text[start:end]), start)] if known else []
    at = start
    for before, behind in sorted(gaps):
        if before > at and _WORD.search(text, at, before):  # "2." numbers the following sentence
            yield _trimmed(text, at, before)
            at = behind
    yield _trimmed(text, at, end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _with_leads(text: str, folded: str, found: list[Clause], known: Rules | None) -> Iterator[Clause]:
    """Yield the clauses with their ``lead``: the clause that introduces an item.

    An item may be hidden behind an editor's note ("Fracción reformada DOF 06-01-2023 II.-"); a penalty on a separate
    line belongs to the lines above it ("Se resulta a morte: Pena - ...").
    """
    leads: list[tuple[int, int]] = []
    interrupted = False
    for place, clause in enumerate(found):
        depth = clause.depth
        if (
            known
            and leads
            and not depth
            and _goes_on(text, folded, clause, found[place - 1], found[leads[-1][1]], known)
        ):
            depth = leads[-1][0] + 1
        if text[clause.start] == "(" and leads and found[leads[-1][1]].label == clause.label:
            yield clause  # an editor's note after the introducing clause
            continue
        leads_on = text[clause.start : clause.end].endswith(_LEADS_ON)
        leads_on = leads_on or (place + 1 < len(found) and _punishes_list(folded, clause, found[place + 1], known))
        while leads and leads[-1][0] >= depth and (depth or leads_on or len(leads) > 1):
            leads.pop()
        interrupted = interrupted or (not depth and not leads_on)
        begins_list = interrupted and bool(_FIRST_ITEM.search(clause.label))
        lead = leads[-1][1] if leads and depth and not begins_list else -1
        yield Clause(clause.start, clause.end, clause.label, clause.depth, lead)
        if leads_on:
            leads.append((depth, place))
            interrupted = False


def _punishes_list(folded: str, clause: Clause, item: Clause, known: Rules | None) -> bool:
    """Return whether a sentence that states a penalty alone ends with a full stop before the acts, a list from 1."""
    if known is None or clause.depth or not item.depth or not _FIRST_ITEM.search(item.label):
        return False
    kinds = [cue.element for cue in known.cues(folded, clause.start, clause.end)]
    return kinds[:1] == ["penalty"] and not {"subject", "conduct"} & set(kinds)


def _goes_on(text: str, folded: str, clause: Clause, before: Clause, lead: Clause, known: Rules) -> bool:
    """Return whether a clause at the level of the provision is an item of ``lead``, or a penalty of the one before."""
    is_item = _PLAIN_ITEM.match(text, clause.start) and text[before.end - 1] in _PARTS_ITEMS
    if text[lead.end - 1] == ":" and (is_item or _NUMBERED.match(text, clause.start)):
        return True
    note = known.amended.match(folded, clause.start, clause.end)
    if note and _ITEM.match(folded, note.end(), clause.end):
        return True
    if _INLINE_ITEM.match(folded, clause.start, clause.end):
        return True
    return folded[before.end - 1] in _UNFINISHED and known.begins_with_penalty(folded, clause.start, clause.end)
