"""Extraction of the fields of requests: precision, recall and F1 of each field, and F1 by language.

Run as ``.venv/bin/python -m benchmarks.request_fields [--letters NAME] [--file txt|docx|pdf] [--errors FIELD] [--record
NAME]``. NAME of ``--letters`` is a labelled set of ``tests/gold`` (``requests``, ``requests_second``, ...). How each
set was made, which ones are held out, and all readings are in ``history/requests.md``; figures are in
``results/request_fields.json``. With ``--file`` each letter is read from such a file, as an ingest reads it; parts of
files are then not compared, since their places are those of another text.

Comparison of values: states, concepts, measures, dates, amounts and periods must be equal; of authorities, references,
names and procedures, one must contain the other, ignoring case, accents and punctuation; a legal basis is compared by
its instrument, or by its words if it has no id; an offence by its concept or a broader one;
identifiers without separators and without the letter's own reference; the target of a measure that was found by half
of the words of the shorter, its period by its first and last day; parts of a file by kind and an overlap of 0.7
(intersection over union). Of fields with one value only the best counts.

A file named ``requests.py`` would hide the library of that name from every script in this folder.
"""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.requests.rows import request_row
from benchmarks.letter_files import FILES, read_as_file
from nlp.pipeline import annotate
from nlp.requests.reading import read_request

ROOT = Path(__file__).resolve().parent.parent

GOLD = ROOT / "tests" / "gold"
SETS = (
    "requests",
    "requests_kept",
    "requests_second",
    "requests_second_kept",
    "requests_third",
    "requests_third_kept",
    "requests_fourth",
    "requests_fourth_kept",
    "requests_fifth",
    "requests_sixth",
    "requests_seventh",
    "requests_eighth",
    "requests_ninth",
    "requests_tenth",
    "requests_eleventh",
    "requests_twelfth",
    "requests_thirteenth",
    "requests_fourteenth",
    "requests_fifteenth",
    "requests_sixteenth",
    "requests_seventeenth",
    "requests_eighteenth",
    "requests_nineteenth",
    "requests_twentieth",
    "requests_twentyfirst",
    "requests_twentysecond",
)
RESULTS = ROOT / "benchmarks" / "results" / "request_fields.json"
LANGUAGES = ("es", "pt", "en", "fr")
SINGLE = ("requesting_state", "requested_state", "issuing_authority", "reciprocity", "urgency", "confidentiality")
OVERLAP = 0.7
# Ids of labels that stand for another one: the convention of Panama of 1975 has two.
SAME_INSTRUMENT = {"IAC-LR": "PAN75"}

Same = Callable[[Any, Any], bool]


@dataclass(slots=True)
class Tally:
    """Counts of correct, wrong and missed values."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def figures(self) -> tuple[float, float, float]:
        """Return precision, recall and F1."""
        precision = self.right / max(1, self.right + self.wrong)
        recall = self.right / max(1, self.right + self.missed)
        return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def plain(value: object) -> str:
    """Return the words of ``value`` without case, accents and punctuation."""
    decomposed = unicodedata.normalize("NFKD", str(value)).encode("ascii", "ignore").decode()
    return re.sub(r"\W+", " ", decomposed.lower()).strip()


def alike(left: Any, right: Any) -> bool:
    """Return whether two values have the same target, if they are measures with one."""
    targets = [one.get("target") for one in (left, right) if isinstance(one, Mapping)]
    return len(targets) == 2 and all(targets) and same_target(*targets)


def contains(left: object, right: object) -> bool:
    first, second = plain(left), plain(right)
    return bool(first and second) and (first in second or second in first)


def of(*keys: str) -> Same:
    return lambda left, right: all(left.get(key) == right.get(key) for key in keys)


def words_of(key: str) -> Same:
    return lambda left, right: contains(left[key], right[key])


def same_basis(left: Mapping[str, Any], right: Mapping[str, Any]) -> bool:
    first, second = (SAME_INSTRUMENT.get(one["instrument"], one["instrument"]) for one in (left, right))
    return bool(first == second) and (bool(left["instrument"]) or contains(left["text"], right["text"]))


def same_amount(left: Mapping[str, Any], right: Mapping[str, Any]) -> bool:
    return bool(left["currency"] == right["currency"] and abs(left["value"] - right["value"]) < 0.01)


def same_identifier(left: Mapping[str, Any], right: Mapping[str, Any]) -> bool:
    return re.sub(r"\W", "", left["text"]) == re.sub(r"\W", "", right["text"])


def same_part(left: Mapping[str, Any], right: Mapping[str, Any]) -> bool:
    shared = min(left["end"], right["end"]) - max(left["start"], right["start"])
    whole = max(left["end"], right["end"]) - min(left["start"], right["start"])
    return bool(left["kind"] == right["kind"]) and shared >= OVERLAP * whole


SAME: dict[str, Same] = {
    "requesting_state": lambda left, right: left == right,
    "requested_state": lambda left, right: left == right,
    "issuing_authority": contains,
    "own_reference": contains,
    "legal_basis": same_basis,
    "offences": lambda left, right: left["concept"] in (right["concept"], *right["broader"]),
    "measures": of("measure"),
    "persons": words_of("name"),
    "identifiers": same_identifier,
    "deadlines": of("date"),
    "facts_period": of("from", "to"),
    "amounts": same_amount,
    "special_procedure": words_of("text"),
    "annexes": words_of("label"),
    "translation": of("from", "to"),
    "reciprocity": lambda left, right: True,
    "urgency": lambda left, right: True,
    "confidentiality": lambda left, right: True,
}


def matched(
    gold: Iterable[Any], found: Iterable[Any], same: Same
) -> tuple[list[tuple[Any, Any]], list[Any], list[Any]]:
    """Return the matching pairs (gold, found), the wrong values and the missed ones; each value is used once.

    Of several measures of one kind those with the same target belong together.
    """
    missed, wrong, pairs = list(gold), [], []
    for value in sorted(
        found, key=lambda value: not any(same(value, other) and alike(value, other) for other in missed)
    ):
        fitting = [other for other in missed if same(value, other)]
        expected = next((other for other in fitting if alike(value, other)), next(iter(fitting), None))
        if expected is None:
            wrong.append(value)
        else:
            missed.remove(expected)
            pairs.append((expected, value))
    return pairs, wrong, missed


def values(field: str, row: Mapping[str, Any], gold: Mapping[str, Any]) -> list[Any]:
    """Return the values of a field that are counted."""
    found = [entry["value"] for entry in row["fields"].get(field, ())]
    if field == "identifiers":
        own = [plain(entry["value"]) for entry in gold["fields"].get("own_reference", ())]
        return [
            value
            for value in found
            if value["kind"] != "case_number" or not any(contains(value["text"], reference) for reference in own)
        ]
    if field == "own_reference":
        return found[: max(1, len(gold["fields"].get(field, ())))]
    return found[:1] if field in SINGLE else found


def missing_items(row: Mapping[str, Any]) -> list[str]:
    return [item["key"] for item in row["preflight"] if item["state"] != "present"]


def compare(row: Mapping[str, Any], gold: Mapping[str, Any]) -> dict[str, tuple[list[Any], list[Any], list[Any]]]:
    """Return the result of ``matched`` for each field, the document type, the parts and the completeness check."""
    results = {
        field: matched(values(field, gold, gold), values(field, row, gold), same) for field, same in SAME.items()
    }
    results["document_type"] = matched([gold["document_type"]], [row["document_type"]], lambda a, b: bool(a == b))
    results["segments"] = matched(gold["segments"], row["segments"], same_part)
    results["preflight"] = matched(missing_items(gold), missing_items(row), lambda a, b: bool(a == b))
    people = results["persons"][0]
    for name in ("role", "birth_date"):
        known = [(person, other) for person, other in people if person[name]]
        right = [pair for pair in known if pair[0][name] == pair[1][name]]
        wrong = [pair for pair in known if pair[0][name] != pair[1][name]]
        results[f"persons.{name}"] = (right, wrong, wrong)
    results |= {
        f"measures.{name}": detail(results["measures"][0], name, same) for name, same in MEASURE_DETAILS.items()
    }
    return results


def detail(
    pairs: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]], name: str, same: Same
) -> tuple[list[Any], list[Any], list[Any]]:
    """Return right, wrong and missed details of the values that were found; without any on both sides it is none."""
    right, wrong, missed = [], [], []
    for value, other in ((expected[name], found[name]) for expected, found in pairs):
        if value and other and same(value, other):
            right.append((value, other))
            continue
        wrong += [other] if other else []
        missed += [value] if value else []
    return right, wrong, missed


def same_target(left: object, right: object) -> bool:
    """Return whether one contains the other, or half of the longer words of the shorter are those of both."""
    first, second = ({word for word in plain(one).split() if len(word) > 2} for one in (left, right))
    return contains(left, right) or 0 < min(len(first), len(second)) <= 2 * len(first & second)


def same_period(left: object, right: object) -> bool:
    return period_ends(left) == period_ends(right)


def period_ends(period: Any) -> tuple[str, str]:
    """Return the first and last day of a period of days, months or years; an open end is empty."""
    first, last = (period["from"], period["to"]) if isinstance(period, Mapping) else period
    month_end = f"-{monthrange(int(last[:4]), int(last[5:7]))[1]}" if last and len(last) == 7 else ""
    return (
        (first or "") + {4: "-01-01", 7: "-01"}.get(len(first or ""), ""),
        (last or "") + {4: "-12-31", 7: month_end}.get(len(last or ""), ""),
    )


MEASURE_DETAILS: dict[str, Same] = {"target": same_target, "period": same_period}


def reading(letter: Mapping[str, Any], ending: str | None) -> Mapping[str, Any]:
    """Return the machine form of the reading of a letter, from a file of the kind ``ending`` if it is given."""
    if ending is None:
        return request_row(letter["id"], read_request(letter["text"], annotate(letter["text"])), "en")
    document = read_as_file(letter["text"], ending)
    annotations = annotate(document.text, document.blocks, metadata=document.metadata)
    return request_row(letter["id"], read_request(document.text, annotations, document.blocks), "en")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--letters", choices=SETS, default="requests", help="the set of letters that is read")
    parser.add_argument("--file", choices=FILES, help="read each letter from a file of this kind")
    parser.add_argument("--errors", metavar="FIELD", help="print what is wrong in a field")
    parser.add_argument("--record", metavar="NAME", help="write the figures under a name beside the first reading")
    options = parser.parse_args()
    path = GOLD / f"{options.letters}.jsonl"
    tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
    letters = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for letter in letters:
        compared = compare(reading(letter, options.file), letter["gold"])
        for field, (right, wrong, missed) in compared.items():
            if options.file and field == "segments":
                continue
            for language in ("", letter["language"]):
                tally = tallies[field, language]
                tally.right, tally.wrong = tally.right + len(right), tally.wrong + len(wrong)
                tally.missed += len(missed)
            if field == options.errors and (wrong or missed):
                print(letter["id"], "wrong:", wrong, "missed:", missed)
    print(f"{len(letters)} letters\n{'field':20} precision recall   F1  {'   '.join(LANGUAGES)}")
    for field in dict.fromkeys(field for field, _ in tallies):
        precision, recall, f1 = tallies[field, ""].figures()
        by_language = " ".join(f"{tallies[field, language].figures()[2]:.2f}" for language in LANGUAGES)
        print(f"{field:20} {precision:9.2f} {recall:6.2f} {f1:4.2f}  {by_language}")
    if options.record:
        record(
            options.record, len(letters), {field: tally for (field, language), tally in tallies.items() if not language}
        )


def record(name: str, letters: int, tallies: Mapping[str, Tally]) -> None:
    """Write figures under a name into the results; those of the first reading stay at the top as they are."""
    results = json.loads(RESULTS.read_text(encoding="utf-8"))
    fields = {
        field: dict(zip(("precision", "recall", "f1"), (round(figure, 3) for figure in tally.figures()), strict=True))
        for field, tally in tallies.items()
    }
    results[name] = {"letters": letters, "fields": fields}
    RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
