"""Recall of concept tags on judged provisions: ``python benchmarks/concept_tags.py``.

The judgments are those of ``comparative-dev`` and of ``provisions_asked.yaml``: articles that define a conduct or
regulate a procedure, complete for each of their concepts. Printed are the number of them tagged with the concept, the
number of all tagged articles, and the time of tagging beside that of structure recognition.
"""

from __future__ import annotations

import tempfile
import time
from collections import defaultdict
from pathlib import Path

from comparative import LANGUAGES, STATUTES, articles, as_file, expected_articles, law_files, own_expected_articles

from extraction.read import read
from nlp.annotations import DocumentType
from nlp.concepts.layer import broader_concepts
from nlp.concepts.tagging import tagged_provisions
from nlp.structure.structure import find_structure
from nlp.title import find_title

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

Key = tuple[str, str, int]


def main() -> None:
    laws = articles()
    tags, structure, tagging = _tags()
    goal, _ = expected_articles(laws)
    tagged: dict[str, list[bool]] = defaultdict(list)
    for (concept, country), judged in {**goal, **own_expected_articles(laws)}.items():
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
    print(f"judged provisions that bear their concept: {sum(every)}/{len(every)}")
    print(f"{len(tags)} provisions; seconds of processor: structure {structure:.1f}, tagging {tagging:.1f}")


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
        for unit, own in tagged_provisions(document.text, units, language, country, title):
            codes = {code for tag in own for code in (tag.concept, *broader_concepts(tag.concept))}
            tags[name, unit.label, unit.end] = frozenset(codes)
        structure, tagging = structure + tagging_started - started, tagging + time.process_time() - tagging_started
    return tags, structure, tagging


if __name__ == "__main__":
    main()
