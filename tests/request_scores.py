"""Scores of the extraction from requests against labelled letters: content, and frame where labelled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import regex

from nlp.folding import fold
from nlp.requests.proposal import RequestReading

Row = Mapping[str, Any]
Counts = dict[tuple[str, str], list[int]]


@dataclass
class Tally:
    """Right, wrong and missed values by field and language, and what was wrong or missed."""

    counts: Counts = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def add(self, key: str, language: str, right: int, wrong: int, missed: int) -> None:
        for one in (language, "all"):
            row = self.counts.setdefault((key, one), [0, 0, 0])
            for place, number in enumerate((right, wrong, missed)):
                row[place] += number

    def f1(self, key: str, language: str = "all") -> float:
        right, wrong, missed = self.counts.get((key, language), [0, 0, 0])
        return 2 * right / (2 * right + wrong + missed) if right or wrong or missed else 1.0

    def precision(self, key: str, language: str = "all") -> float:
        right, wrong, _ = self.counts.get((key, language), [0, 0, 0])
        return right / (right + wrong) if right or wrong else 1.0


def count(tally: Tally, letter: Row, fields: Mapping[str, Sequence[Any]]) -> None:
    """Add what was read from a letter; ``fields`` are those of ``rogatio request``, values alone."""
    language = letter["id"][:2]
    for key, found in (
        ("measures", {one["measure"] for one in fields.get("measures", ())}),
        ("offences", _concepts(letter, fields)),
    ):
        expected, allowed = set(letter[key]), set(letter.get(f"{key}_optional", ()))
        _count_sets(tally, f"{letter['id']} {key}", key, language, found - (allowed - expected), expected)
    _count_persons(tally, letter, language, fields.get("persons", ()))
    _count_identifiers(tally, letter, language, fields.get("identifiers", ()))


def _count_sets(tally: Tally, name: str, key: str, language: str, found: set[str], wanted: set[str]) -> None:
    tally.add(key, language, len(found & wanted), len(found - wanted), len(wanted - found))
    if found != wanted:
        tally.errors.append(f"{name}: extra {sorted(found - wanted)} missing {sorted(wanted - found)}")


def _concepts(letter: Row, fields: Mapping[str, Sequence[Any]]) -> set[str]:
    """Return the concepts read, each as the labelled one that it is or falls under."""
    expected = [*letter["offences"], *letter.get("offences_optional", ())]
    return {
        next((code for code in (one["concept"], *one["broader"]) if code in expected), one["concept"])
        for one in fields.get("offences", ())
    }


def _count_persons(tally: Tally, letter: Row, language: str, found: Sequence[Any]) -> None:
    left = list(found)
    for expected in letter["persons"]:
        names = [expected["name"], *expected.get("same", ())]
        same = next((one for one in left if any(_same_name(name, one["name"]) for name in names)), None)
        tally.add("persons", language, same is not None, 0, same is None)
        if same is None:
            tally.errors.append(f"{letter['id']} persons: missing {expected['name']}")
            continue
        left.remove(same)
        _count_details(tally, letter["id"], language, expected, same)
    for one in left:
        tally.add("persons", language, 0, 1, 0)
        tally.errors.append(f"{letter['id']} persons: extra {one['name']} ({one['role']})")
    for official in letter.get("officials", ()):
        party = any(_words(official) == _words(one["name"]) for one in found)
        tally.add("officials", language, not party, 0, party)


def _count_details(tally: Tally, letter: str, language: str, wanted: Row, found: Row) -> None:
    name = wanted["name"]
    right = found["role"] in (wanted["role"], *wanted.get("alternatives", ()))
    tally.add("roles", language, right, not right, not right)
    if not right:
        tally.errors.append(f"{letter} roles: {name} is {wanted['role']}, read {found['role']}")
    born = {wanted["birth_date"]} if wanted.get("birth_date") else set()
    read = {found["birth_date"]} if found["birth_date"] else set()
    _count_sets(tally, f"{letter} births of {name}", "births", language, read, born)
    for key in ("documents", "aliases", "nationality"):
        optional = {_bare(one) for one in wanted.get(f"{key}_optional", ())}
        labelled = {_bare(one) for one in wanted.get(key, ())}
        values = {_bare(one) for one in found[key]} - optional
        _count_sets(tally, f"{letter} {key} of {name}", key, language, values, labelled)
    if found["kind"] != wanted["kind"]:
        tally.errors.append(f"{letter} kind: {name} is {wanted['kind']}")


def _count_identifiers(tally: Tally, letter: Row, language: str, found: Sequence[Any]) -> None:
    left = list(found)
    for expected in letter["identifiers"]:
        same = next(_same_numbers(expected, left), None)
        right = same is not None and same["kind"] == expected["kind"]
        tally.add("identifiers", language, right, same is not None and not right, not right)
        if same is not None:
            left.remove(same)
        if same is None or not right:
            tally.errors.append(f"{letter['id']} identifiers: {expected['kind']} {expected['text']} read {same}")
            continue
        for key, default in (("scope", "case"), ("valid", None)):
            alike = same[key] == expected.get(key, default)
            tally.add(key, language, alike, not alike, not alike)
            if not alike:
                tally.errors.append(f"{letter['id']} {key}: {expected['text']} read {same[key]}")
    for one in left:
        tally.add("identifiers", language, 0, 1, 0)
        tally.errors.append(f"{letter['id']} identifiers: extra {one['kind']} {one['text']}")


def _same_numbers(wanted: Row, found: Sequence[Any]) -> Iterator[Any]:
    """Yield what has the same number; of a case number, one may say more than the other."""
    text = _bare(wanted["text"])
    for one in found:
        read = _bare(one["text"])
        cases = wanted["kind"] == one["kind"] == "case_number" and (text in read or read in text)
        if text == read or cases:
            yield one


def _same_name(wanted: str, found: str) -> bool:
    left, right = _words(wanted), _words(found)
    return left == right or (len(left & right) > 1 and (left <= right or right <= left))


def _words(name: str) -> frozenset[str]:
    return frozenset(regex.findall(r"\w+", fold(name)))


def _bare(text: str) -> str:
    return regex.sub(r"\W+", "", fold(text))


SINGLE = ("requesting_state", "requested_state", "own_reference", "reciprocity", "urgency", "confidentiality")
LISTED = ("legal_basis", "deadlines", "facts_period", "translation")


def count_frame(tally: Tally, letter: Row, reading: RequestReading) -> None:
    """Add the document type, the fields around the content and the items that the completeness check raises."""
    frame, language = letter["frame"], letter["id"][:2]
    pairs = [("document_type", [letter["document_type"]], [reading.document_type.value])]
    pairs.append(("raised", frame["raised"], [one.key for one in reading.checks if one.state != "present"]))
    for key in (*SINGLE, *LISTED):
        values = [_frame_value(key, one.value) for one in reading.fields.get(key, ())]
        expected = frame.get(key, [])
        pairs.append((key, [True] if expected is True else expected, values[:1] if key in SINGLE else values))
    for key, expected, found in pairs:
        _count_values(tally, f"{letter['id']} {key}", key, language, found, expected)


def _count_values(
    tally: Tally, name: str, key: str, language: str, found: Sequence[Any], wanted: Sequence[Any]
) -> None:
    """Count values, each once; of the references of a letter any one will do."""
    left, wrong = list(wanted), []
    for value in found:
        same = next((one for one in left if _same_value(key, one, value)), None)
        if same is None:
            wrong.append(value)
        else:
            left.remove(same)
    if key == "own_reference" and len(left) < len(wanted):
        left = []
    tally.add(key, language, len(found) - len(wrong), len(wrong), len(left))
    if wrong or left:
        tally.errors.append(f"{name}: extra {wrong} missing {left}")


def _frame_value(key: str, value: Any) -> Any:
    return {
        "legal_basis": lambda: value["instrument"] or value["text"],
        "deadlines": lambda: value["date"],
        "facts_period": lambda: [value["from"], value["to"]],
        "translation": lambda: [value["from"], value["to"]],
    }.get(key, lambda: value)()


def _same_value(key: str, wanted: Any, found: Any) -> bool:
    if key in ("own_reference", "legal_basis"):
        left, right = " ".join(fold(wanted).split()), " ".join(fold(found).split())
        return left in right or right in left or len(_words(left) & _words(right)) > 3
    return bool((wanted[:2] if key == "translation" else wanted) == found)
