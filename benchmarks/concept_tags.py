"""Whether provisions bear the concept that they are judged to be about: ``python benchmarks/concept_tags.py``.

The judgments are those of ``comparative-dev`` and of ``provisions_asked.yaml``: articles that define a conduct or
regulate a procedure, complete for each of their concepts. Printed are how many of them are tagged with it, how many of
all articles are, and what tagging costs beside finding the structure.
"""

from __future__ import annotations

import tempfile
import time
from collections import defaultdict
from pathlib import Path

from comparative import LANGUAGES, STATUTES, articles, as_file, law_files, own_wanted, wanted

from extraction.read import read
from nlp.annotations import DocumentType
from nlp.concepts.layer import broader_concepts
from nlp.concepts.tagging import tagged_provisions
from nlp.structure.structure import find_structure
from nlp.title import find_title

# The concepts that may be meant by a judged one.
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
    goal, _ = wanted(laws)
    met: dict[str, list[bool]] = defaultdict(list)
    for (concept, country), judged in {**goal, **own_wanted(laws)}.items():
        meant = set(MEANT[concept].split())
        for numbers in filter(None, judged):
            held = (tags.get((laws[n].file, laws[n].label, laws[n].end), frozenset()) for n in numbers)
            met[concept].append(any(meant & one for one in held))
            if not met[concept][-1]:
                print(f"not tagged: {concept} {country} {laws[min(numbers)].file} {laws[min(numbers)].label}")
    for concept, found in met.items():
        tagged = sum(bool(set(MEANT[concept].split()) & held) for held in tags.values())
        print(f"{concept:<32}{sum(found)}/{len(found)} judged, {tagged} tagged in all")
    every = [one for found in met.values() for one in found]
    print(f"judged provisions that bear their concept: {sum(every)}/{len(every)}")
    print(f"{len(tags)} provisions; seconds of processor: structure {structure:.1f}, tagging {tagging:.1f}")


def _tags() -> tuple[dict[Key, frozenset[str]], float, float]:
    """Return the concepts of each provision and what is wider, and the seconds for structure and for tags."""
    tags: dict[Key, frozenset[str]] = {}
    structure = tagging = 0.0
    for path in law_files():
        with tempfile.TemporaryDirectory() as scratch:
            document = read(as_file(path, Path(scratch)), Path(scratch)).document
        assert document is not None
        name = path.relative_to(STATUTES).as_posix()
        language, country = LANGUAGES[name[:2]], name[:2].upper()
        begin = time.process_time()
        units = find_structure(
            document.text, document.blocks, document_type="statute", jurisdiction=country, language=language
        )
        found = time.process_time()
        title = find_title(document.text, document.blocks, DocumentType("statute", 1.0, ""))
        for unit, own in tagged_provisions(document.text, units, language, country, title):
            codes = {code for tag in own for code in (tag.concept, *broader_concepts(tag.concept))}
            tags[name, unit.label, unit.end] = frozenset(codes)
        structure, tagging = structure + found - begin, tagging + time.process_time() - found
    return tags, structure, tagging


if __name__ == "__main__":
    main()
