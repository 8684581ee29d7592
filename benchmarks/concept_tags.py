"""Concept tags of provisions: ``python -m benchmarks.concept_tags`` or ``... drawn --part dev|...|thirteenth``.

``drawn`` compares the tags of provisions that were drawn at random with labels made by reading before they were tagged
(``tests/gold/concept_tags.jsonl``: what each is specifically about, and what is also right). Covered is a provision
with a tag of the first kind, a right tag is of either. ``--unseen`` to ``--unseen-12`` name the folders of laws that
are not part of the reference data; without them their provisions are left out. How the parts were drawn, where their
laws come from and how the folders are prepared is in ``history/concepts.md``. The default is recall alone.

The title of a law is that of its metadata, else that found in its text, as in the pipeline. The learned decision is
measured unless ``--rules`` is given.

The judgments are those of ``comparative-dev`` and of ``provisions_asked.yaml``: articles that define a conduct or
regulate a procedure, complete for each of their concepts. Printed are the number of them tagged with the concept, the
number of all tagged articles, and the time of tagging beside that of structure recognition.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.comparative import (
    CACHE,
    LANGUAGES,
    STATUTES,
    articles,
    as_file,
    expected_articles,
    law_files,
    own_expected_articles,
)
from benchmarks.new_countries import ANCHOR, SHARED, fingerprint, number, read_file, rows, structure_of
from benchmarks.subject_vectors import first_passage_vector
from extraction.document import Document
from extraction.read import read
from indexing.settings import Settings
from indexing.vectors.encoder import open_encoder
from nlp.annotations import DocumentType, Hints, Unit
from nlp.concepts.layer import broader_concepts
from nlp.concepts.provision_cues import ProvisionCues
from nlp.concepts.tagging import ConceptTag, cued_provisions
from nlp.provision_roles.learned_subjects import decided_subjects, subject_place
from nlp.provision_roles.subject_classifier import SubjectPlace
from nlp.provision_roles.subjects import found_tags, subject_tags
from nlp.structure.structure import find_structure
from nlp.title import find_title, given_title

# Concept ids that correspond to a concept of the judgments.
MEANT = {
    "attempt": "ATTEMPT", "corruption": "CORR", "extradition": "extradition", "fraud": "FRAUD",
    "human_trafficking": "THB", "interception_of_communications": "interception", "money_laundering": "ML",
    "kidnapping": "KIDN UNLDET", "homicide": "HOM", "theft": "THEFT", "false_testimony": "PERJURY",
    "self_defence": "SELFDEF", "limitation": "LIMIT", "complicity": "COMPLIC", "forgery": "DOCFRAUD",
    "organised_crime": "OC", "search_of_premises": "SEARCH search_seizure", "pretrial_detention": "PRETRIAL",
    "extortion": "EXT", "counterfeit_money": "CURRENCY COUNTERF", "drug_trafficking": "DRUG",
    "undercover_agent": "covert_investigation", "controlled_delivery": "controlled_delivery",
    "illegal_access": "ILLACC CYB", "receiving": "RECEIV", "bigamy": "BIGAMY", "arson": "ARSON", "embezzlement": "EMB",
    "legal_persons": "LEGPERS", "terrorist_financing": "TERFIN", "rape": "RAPE", "child_pornography": "CSAM",
    "recidivism": "RECID", "threats": "THREAT", "omission_of_assistance": "OMISSION",
}  # fmt: skip

# Folders of laws that are not part of the reference data, in the order of the draws.
FOLDERS = ("unseen", *(f"unseen_{number}" for number in (2, 3, 4, 6, 7, 8, 9, 10, 11, 12)))
PARTS = (
    "dev",
    "first",
    "second",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "ninth_kept",
    "tenth",
    "tenth_kept",
    "eleventh",
    "eleventh_kept",
    "twelfth",
    "twelfth_kept",
    "thirteenth",
)
Key = tuple[str, str, int]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("judged", "drawn"), nargs="?", default="judged")
    parser.add_argument("--part", choices=PARTS, default="first")
    for folder in FOLDERS:
        parser.add_argument(f"--{folder.replace('_', '-')}", type=Path)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--rules", action="store_true")
    options = parser.parse_args()
    if options.what == "judged":
        judged()
        return
    folders = {folder: getattr(options, folder) for folder in FOLDERS}
    shared = {"statutes": SHARED / "statutes", "more-countries": SHARED / "more-countries"}
    drawn(
        {name: folder for name, folder in {**shared, **folders}.items() if folder},
        options.part,
        options.errors,
        options.rules,
    )


def drawn(folders: Mapping[str, Path], part: str, show: bool, rules: bool) -> None:
    counts: Counter[str] = Counter()
    for row in rows("concept_tags.jsonl"):
        top, _, name = row["file"].partition("/")
        if row["part"] != part or top not in folders:
            continue
        own = drawn_tags(folders[top] / name, row, rules)
        exact, right = set(row["concepts"]), {*row["concepts"], *row["also"]}
        counts += Counter(tags=len(own), right=len(own & right))
        counts += Counter(provisions=bool(exact), covered=bool(own & exact))
        if show and (own - right or (exact and not own & exact)):
            print(row["country"], row["label"], "expected", *exact, "found", *own)
    print(f"covered {counts['covered']}/{counts['provisions']}, right tags {counts['right']}/{counts['tags']}")


@dataclass(frozen=True, slots=True)
class CuedLaw:
    """A law with its provisions, their cues and the tags found in each; ``vector`` encodes the numbered provision."""

    document: Document
    cued: Sequence[tuple[Unit, ProvisionCues]]
    found: Sequence[Sequence[ConceptTag]]
    title: str
    language: str

    def vector(self, at: int) -> NDArray[np.floating[Any]]:
        encoder = open_encoder(Settings(home=CACHE))
        assert encoder is not None
        return first_passage_vector(encoder, self.document, self.cued[at][0], self.title, self.language)


@lru_cache(1)
def cued_law(path: Path) -> CuedLaw:
    seen = read_file(path)
    text, blocks = seen.document.text, seen.document.blocks
    title = given_title(Hints(), seen.document.metadata) or find_title(text, blocks, DocumentType(seen.kind, 1.0, ""))
    cued = tuple(cued_provisions(text, structure_of(path), seen.language, seen.country, title))
    found = tuple(found_tags(cues) for _, cues in cued)
    return CuedLaw(seen.document, cued, found, title or path.stem, seen.language)


def place_of(law: CuedLaw, row: Mapping[str, Any]) -> tuple[SubjectPlace | None, ProvisionCues | None]:
    """Return what is known of the labelled provision, with its cues; None if the law has no such provision."""
    text = law.document.text
    for at, (unit, cues) in enumerate(law.cued):
        if number(unit.label) == number(row["label"]) and row["first"] in ("", first_letters(text[unit.start :])):
            return subject_place(text, law.cued, law.found, at, law.vector(at)), cues
    return None, None


def drawn_tags(path: Path, row: Mapping[str, Any], rules: bool) -> set[str]:
    """Return the concepts of a drawn provision, by the rules alone or by the learned decision."""
    place, cues = place_of(cued_law(path), row)
    if place is None or cues is None:
        return set()
    return {tag.concept for tag in (place.ruled if rules else decided_subjects(place, cues))}


def first_letters(text: str) -> str:
    letters = re.sub(r"\W|_", "", text[: 4 * ANCHOR].casefold())[:ANCHOR]
    return fingerprint(letters)


def judged() -> None:
    laws = articles()
    tags, structure, tagging = _tags()
    goal, _ = expected_articles(laws)
    tagged: dict[str, list[bool]] = defaultdict(list)
    sets = {**goal, **own_expected_articles(laws)}
    for (concept, country), judged in sets.items():
        meant = set(MEANT[concept].split())
        for numbers in filter(None, judged):
            assigned = (tags.get((laws[n].file, laws[n].label, laws[n].end), frozenset()) for n in numbers)
            tagged[concept].append(any(meant & codes for codes in assigned))
            if not tagged[concept][-1]:
                print(f"not tagged: {concept} {country} {laws[min(numbers)].file} {laws[min(numbers)].label}")
    for concept, outcomes in tagged.items():
        count = sum(bool(set(MEANT[concept].split()) & codes) for codes in tags.values())
        print(f"{concept:<32}{sum(outcomes)}/{len(outcomes)} judged, {count} tagged in all")
    every = [outcome for outcomes in tagged.values() for outcome in outcomes]
    print(f"judged provisions that bear their concept by the rules: {sum(every)}/{len(every)}")
    wanted = {(laws[n].file, laws[n].label, laws[n].end) for sets_of in sets.values() for own in sets_of for n in own}
    learned = _learned_tags(wanted)
    found = [
        any(
            set(MEANT[concept].split()) & learned.get((laws[n].file, laws[n].label, laws[n].end), set())
            for n in numbers
        )
        for (concept, _), judged in sets.items()
        for numbers in filter(None, judged)
    ]
    print(f"by the learned decision: {sum(found)}/{len(found)}")
    print(f"{len(tags)} provisions; seconds of processor: structure {structure:.1f}, tagging {tagging:.1f}")


def _learned_tags(wanted: Collection[Key]) -> dict[Key, set[str]]:
    """Return the concepts of the wanted provisions by the learned decision, with broader ones."""
    tags: dict[Key, set[str]] = {}
    for path in law_files():
        name = path.relative_to(STATUTES).as_posix()
        if not any(file == name for file, _, _ in wanted):
            continue
        law = cued_statute(path, LANGUAGES[name[:2]], name[:2].upper())
        for at, (unit, cues) in enumerate(law.cued):
            if (name, unit.label, unit.end) in wanted:
                place = subject_place(law.document.text, law.cued, law.found, at, law.vector(at))
                own = decided_subjects(place, cues) if place else ()
                tags[name, unit.label, unit.end] = {
                    code for tag in own for code in (tag.concept, *broader_concepts(tag.concept))
                }
    return tags


def cued_statute(path: Path, language: str, country: str) -> CuedLaw:
    with tempfile.TemporaryDirectory() as scratch:
        document = read(as_file(path, Path(scratch)), Path(scratch)).document
    assert document is not None
    units = find_structure(
        document.text, document.blocks, document_type="statute", jurisdiction=country, language=language
    )
    title = find_title(document.text, document.blocks, DocumentType("statute", 1.0, ""))
    cued = tuple(cued_provisions(document.text, units, language, country, title))
    return CuedLaw(document, cued, tuple(found_tags(cues) for _, cues in cued), title, language)


def _tags() -> tuple[dict[Key, frozenset[str]], float, float]:
    """Return the concepts of each provision with broader ones, and the seconds of structure and of tagging."""
    tags: dict[Key, frozenset[str]] = {}
    structure = tagging = 0.0
    for path in law_files():
        with tempfile.TemporaryDirectory() as scratch:
            document = read(as_file(path, Path(scratch)), Path(scratch)).document
        assert document is not None
        name = path.relative_to(STATUTES).as_posix()
        language, country = LANGUAGES[name[:2]], name[:2].upper()
        started = time.process_time()
        units = find_structure(
            document.text, document.blocks, document_type="statute", jurisdiction=country, language=language
        )
        tagging_started = time.process_time()
        title = find_title(document.text, document.blocks, DocumentType("statute", 1.0, ""))
        for unit, own in subject_tags(document.text, units, language, country, title):
            codes = {code for tag in own for code in (tag.concept, *broader_concepts(tag.concept))}
            tags[name, unit.label, unit.end] = frozenset(codes)
        structure, tagging = structure + tagging_started - started, tagging + time.process_time() - tagging_started
    return tags, structure, tagging


if __name__ == "__main__":
    main()
