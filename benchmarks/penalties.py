"""Accuracy of penalties read from provisions as comparable figures.

``python -m benchmarks.penalties [--misses]`` reads the provisions of ``penalties.yaml`` in ``../shared/data``. For each
set and each group of countries it prints the number of provisions with all labelled penalties and no other.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import yaml

from benchmarks.comparative import DATA, LANGUAGES, STATUTES, as_file
from nlp.elements.penalties import Penalty
from nlp.elements.provision_elements import provision_elements

FILE = Path(__file__).with_name("penalties.yaml")
MORE = DATA / "more-countries" / "documents"
LANGUAGE = {**LANGUAGES, "es": "es", "ar": "es", "cl": "es", "co": "es", "lu": "fr", "be": "fr", "bj": "fr", "pk": "en"}
LANGUAGE |= {"ma": "fr", "ss": "en", "cr": "es", "ec": "es", "py": "es", "mz": "pt", "sn": "fr", "ca": "fr"}
LANGUAGE |= {"zm": "en", "zw": "en", "gt": "es", "ci": "fr", "cm": "fr", "ug": "en", "gh": "en", "rw": "en", "na": "en"}
LANGUAGE |= {"bw": "en", "ch": "fr", "bb": "en", "tz": "en", "pt": "pt"}
LANGUAGE |= {"hn": "es", "bo": "es", "ke": "en", "st": "pt", "bf": "fr", "tn": "fr", "ne": "fr"}
_SHORT = {
    "imprisonment": "i",
    "day_fine": "df",
    "disqualification": "d",
    "confiscation": "c",
    "community_service": "cs",
    "fine": "F",
}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--misses", action="store_true")
    misses = parser.parse_args().misses
    for name, laws in yaml.safe_load(FILE.read_text("utf-8")).items():
        for group, own in (("statutes", _statutes(laws)), ("more-countries", laws.keys() - _statutes(laws))):
            outcomes = [(law, label, _is_right(law, label, gold)) for law in own for label, gold in laws[law].items()]
            if outcomes:
                print(f"{name} {group}: {sum(right for *_, right in outcomes)} of {len(outcomes)}")
            for law, label, right in outcomes if misses else ():
                if not right:
                    print(f"  {law} {label}: {laws[law][label]}, read as {[*_read(law, label)]}")


def _statutes(laws: Mapping[str, object]) -> set[str]:
    return {law for law in laws if law[:2] in LANGUAGES}


def _is_right(law: str, label: str, gold: str) -> bool:
    own, _, others = gold.partition(";")
    expected = own.split()
    allowed = {value for item in gold.replace(";", " ").split() for value in item.split("|")}
    return any(
        all(any(_same(penalty, value) for penalty in read for value in item.split("|")) for item in expected)
        and all(
            any(_same(penalty, value) for value in allowed) or (penalty in ("f", "d", "c") and others)
            for penalty in read
        )
        for read in _read(law, label)
    )


def _same(read: str, expected: str) -> bool:
    return read.replace("F-", "F") == expected.replace("F-", "F") or (expected == "F*" and read[0] in "Ff")


def _read(law: str, label: str) -> Iterator[list[str]]:
    """Yield the penalties of each provision of a law with this label."""
    country = law[:2]
    for name, text in provisions_of(law):
        if name == label:
            parts = provision_elements(text, label, LANGUAGE[country], country.upper())
            yield [_short(penalty) for part in parts if part.element == "penalty" for penalty in part.penalties]


def provisions_of(law: str) -> Sequence[tuple[str, str]]:
    """Return label and text of the provisions of a file of the reference texts."""
    return provisions_at((STATUTES if law[:2] in LANGUAGES else MORE) / law, law[:2])


@cache
def provisions_at(path: Path, country: str) -> Sequence[tuple[str, str]]:
    """Return label and text of the provisions of a law of ``country``."""
    from extraction.read import read
    from nlp.structure.structure import find_structure, provisions

    with tempfile.TemporaryDirectory() as scratch:
        document = read(as_file(path, Path(scratch)), Path(scratch)).document
    if document is None:
        raise ValueError(f"{path.name} holds no document")
    units = find_structure(
        document.text,
        document.blocks,
        document_type="statute",
        jurisdiction=country.upper(),
        language=LANGUAGE[country],
    )
    return [(unit.label, document.text[unit.start : unit.end]) for unit in provisions(units)]


def _short(penalty: Penalty) -> str:
    kind = _SHORT[penalty.kind]
    if not penalty.unit:
        return "f" if kind == "F" else kind
    if penalty.unit == "life":
        return "L"
    if kind == "F" and penalty.unit in ("UMA", "UR", "UTM", "UIT", "SMMLV"):
        kind = "U"
    least, most = ("" if value is None else f"{value:g}" for value in (penalty.least, penalty.most))
    return f"{kind}{most}" if least == most or (kind in "FU" and not least) else f"{kind}{least}-{most}"


if __name__ == "__main__":
    main()
