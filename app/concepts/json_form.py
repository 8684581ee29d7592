"""JSON form of concepts, shared by the REST API and the command line."""

from __future__ import annotations

from typing import Any

from app.wording import worded_in
from nlp.concepts.false_friends import false_friends_of
from nlp.concepts.layer import Concept, Label, labels_for
from nlp.concepts.skos import EUROVOC
from nlp.elements.instruments import elements_of


def concept_row(concept: Concept, language: str) -> dict[str, Any]:
    """Return the entry of a list: id, kind, and name and definition in ``language``."""
    return {
        "id": concept.id,
        "kind": concept.kind,
        "name": concept.name(language),
        "definition": worded_in(concept.definition, language),
    }


def concept_json(concept: Concept, language: str, country: str = "") -> dict[str, Any]:
    """Return a whole concept; with a ``country`` (code) also its ``names`` there in each language."""
    result = concept_row(concept, language) | {
        "labels": [_label(label) for label in concept.labels],
        "broader": concept.broader,
        "narrower": concept.narrower,
        "related": concept.related,
        "treaties": concept.treaties,
        "elements": elements_of(concept.id),
        "eurovoc": {
            "exact": [str(EUROVOC[number]) for number in concept.eurovoc_exact],
            "close": [str(EUROVOC[number]) for number in concept.eurovoc],
        },
        "false_friends": [worded_in(friend.note, language) for friend in false_friends_of(concept.id)],
    }
    return result | {"names": names_in(concept, country)} if country else result


def names_in(concept: Concept, country: str) -> dict[str, list[str]]:
    """Return the names of a concept in a country (code) by language; languages without a name are omitted."""
    languages = dict.fromkeys(label.language for label in concept.labels)
    names = {code: [label.text for label in labels_for(concept.id, country, code)] for code in languages}
    return {code: texts for code, texts in names.items() if texts}


def _label(label: Label) -> dict[str, Any]:
    return {
        "text": label.text,
        "language": label.language,
        "jurisdictions": label.jurisdictions,
        "relation": "" if label.relation == "weak" else label.relation,
        "seen": label.seen,
    }
