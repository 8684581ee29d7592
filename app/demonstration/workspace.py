"""The workspace of the demonstration: a discussion and a gap matrix of which about half is assessed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from app.demonstration.corpus import Written
from app.demonstration.statutes import national
from app.demonstration.words import words
from indexing.ingest.arrivals import WORKSPACE


def write_workspace(folder: Path, corpus: Iterable[Written]) -> Path:
    """Write the file that ``ingest`` imports as a workspace, and return its path.

    ``corpus`` has the laws that the assessments rest on: those of the workspace's concept.
    """
    held = words("workspace")
    laws = {written.draft.jurisdiction: written for written in corpus if _defines(written, held["concept"])}
    people = held["people"]
    content = {
        **{key: held[key] for key in ("name", "concept", "language", "countries", "snapshots")},
        "decisions": [_with_names(decision, people) for decision in held["decisions"]],
        "threads": [_with_names(thread, people) for thread in held["threads"]],
        "assessments": [_assessment(folder, assessment, held, laws) for assessment in held["assessments"]],
    }
    path = folder / f"working-group{WORKSPACE}"
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def _defines(written: Written, concept: str) -> bool:
    conduct = _conduct(concept, written.draft.jurisdiction)
    return written.kind == "statute" and any(conduct in paragraph.text for paragraph in written.draft.paragraphs)


def _conduct(concept: str, state: str) -> str:
    return str(national(words("legislation")["offences"][concept], state)).rstrip(",")


def _with_names(held: Mapping[str, Any], people: Mapping[str, str]) -> dict[str, Any]:
    named = {key: people[held[key]] for key in ("author", "resolved_by", "confirmed_by") if key in held}
    answers = {"answers": [_with_names(answer, people) for answer in held["answers"]]} if "answers" in held else {}
    votes = {"votes": {people[who]: choice for who, choice in held["votes"].items()}} if "votes" in held else {}
    return {**held, **named, **answers, **votes}


def _assessment(
    folder: Path, assessment: Mapping[str, Any], held: Mapping[str, Any], laws: Mapping[str, Written]
) -> dict[str, Any]:
    rests_on = assessment.get("evidence")
    evidence = [_quotation(folder, held["concept"], laws[assessment["country"]], rests_on)] if rests_on else []
    return {**_with_names(assessment, held["people"]), "instrument": held["instrument"], "evidence": evidence}


def _quotation(folder: Path, concept: str, law: Written, rests_on: str | int) -> dict[str, str]:
    state = law.draft.jurisdiction
    items = national(words("legislation")["offences"][concept]["items"], state)
    quoted = _conduct(concept, state) if rests_on == "conduct" else items[int(rests_on) - 1]
    return {"sha256": hashlib.sha256((folder / law.path).read_bytes()).hexdigest(), "words": quoted}
