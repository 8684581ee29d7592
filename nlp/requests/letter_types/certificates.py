"""Certificates and warrants of the European Union: forms whose title says what they are, what they ask for and on which
act they rest (Regulation (EU) 2018/1805, annexes I and II; Framework Decision 2002/584/JHA, annex)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from nlp.requests.flow import Flow
from nlp.requests.letter_types.statements import TypeStatement

# A whole title line: the name of the form, at most a number, its annex or its act in brackets behind it.
_REST = r"[\s*_#|]*(?:(?:n(?:um|o|[.º°])[\w.º° ]{0,4})?\s?[\d/.-]+)?\s*(?:\(.*)?[\s.:*_#|]*$"
# Lettered sections without which a text that does not name the act is a letter about a certificate.
_LEAST_SECTIONS = 3
_SECTION = regex.compile(r"(?m)^\W*(?:seccion|sec+ao|section) [a-n]\b")


@dataclass(frozen=True, slots=True)
class CertificateForm:
    """A form: the type of document, the instrument (id), the measure (id), and the section of its objects, or empty."""

    label: str
    instrument: str
    measure: str
    things: str
    act: regex.Pattern[str]
    title: regex.Pattern[str]


def certificate_form(label: str) -> CertificateForm | None:
    """Return the form of a type of document, None for a type that is no such form."""
    return _forms().get(label)


def titled_certificate(flow: Flow, titles: Sequence[tuple[int, str]], start: int, end: int) -> TypeStatement | None:
    """Return the title by which a letter between two offsets of the document is such a form, if there is one.

    ``titles`` are the folded title lines with their offsets. The letter also names the act, or has the sections of a
    form.
    """
    words = flow.folded[flow.at(start) : flow.at(end)]
    for place, line in titles:
        for form in _forms().values():
            found = form.title.match(line)
            if found and (form.act.search(words) or len(_SECTION.findall(words)) >= _LEAST_SECTIONS):
                return TypeStatement(form.label, place, place + found.end(), in_title=True)
    return None


@cache
def _forms() -> dict[str, CertificateForm]:
    return {
        label: CertificateForm(
            label,
            row["instrument"],
            row["measure"],
            row.get("things", ""),
            regex.compile(row["act"]),
            regex.compile(f"(?:{'|'.join(row['title'])}){_REST}"),
        )
        for label, row in load("nlp.request_certificates")["forms"].items()
    }
