"""A law or provision as Akoma Ntoso 3.0, identified by FRBR work, expression and manifestation."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from app.documents.cited_sources import CitedSource, cited_source
from app.exports.akoma_ntoso_body import NAMESPACE, Body, add, tree
from app.exports.report import file_name, printable
from app.i18n import last_day
from extraction.document import Document
from extraction.errors import RogatioError
from indexing.access import AccessFilter
from indexing.records.validity import Validity
from indexing.store.reading import Store
from indexing.works.provision_history import provision_named
from indexing.works.works import validities
from nlp.annotations import Annotations, Unit
from nlp.document_kinds import is_legislation

_LANGUAGES = {"es": "spa", "pt": "por", "en": "eng", "fr": "fra"}
_SOURCE = "#rogatio"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBERED = re.compile(r"ref:[a-z]{2}:(?P<kind>[^:]+):(?P<number>\d[^:]*)(?::(?P<year>\d{4}))?")


@dataclass(frozen=True, slots=True)
class Law:
    """The law to export; ``validity`` is the period of validity of the expression as far as known."""

    document: Document
    annotations: Annotations
    source: CitedSource
    validity: Validity
    unit: Unit | None = None

    @property
    def range(self) -> tuple[int, int]:
        """Return the range of the text to export: that of the unit, else the whole."""
        return (self.unit.start, self.unit.end) if self.unit else (0, len(self.document.text))

    @property
    def version_date(self) -> str:
        """Return the first day or date of the expression, else the date of the document, else that of its arrival."""
        dates = (self.validity.start, self.source.date, self.source.retrieved)
        return next(date for date in dates if _DAY.fullmatch(date))


def akn_law(store: Store, access: AccessFilter, document_id: str, unit: str = "") -> tuple[str, bytes]:
    """Return file name and content of a law, or of one of its provisions.

    Raises ``indexing.no_such_document``, ``indexing.no_law`` for other documents and ``indexing.no_such_provision``.
    """
    law = _law(store, access, document_id, unit)
    written = etree.tostring(_root(law), xml_declaration=True, encoding="UTF-8", pretty_print=True)
    country, kind, number, year = _identity(law)
    parts = (country, kind, number, year, law.unit.label if law.unit else "", law.version_date)
    return file_name(" ".join(parts), "xml"), written


def _law(store: Store, access: AccessFilter, document_id: str, unit: str) -> Law:
    stored = store.document(access, document_id)
    if not is_legislation(stored.document_type):
        raise RogatioError("indexing.no_law", document=stored.id)
    annotations = store.annotations(access, document_id)
    found = provision_named(annotations, unit) if unit else None
    if unit and found is None:
        raise RogatioError("indexing.no_such_provision", provision=unit[:80])
    if found:  # without the preceding headings: a portion is one element
        found = next(
            (other for other in annotations.structure if (other.label, other.end) == (found.label, found.end)), found
        )
    validity = validities(store, [document_id]).get(document_id, Validity())
    source = cited_source(store, access, document_id)
    return Law(store.reading(access, document_id), annotations, source, validity, found)


def _root(law: Law) -> etree._Element:
    root = etree.Element(f"{{{NAMESPACE}}}akomaNtoso", nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    uris = _Uris.of(law)
    if law.unit:
        held = add(root, "portion", includedIn=uris.expression)
        body_name = "portionBody"
    else:
        held = add(root, "act", name=law.source.document_type or "act", contains="singleVersion")
        body_name = "body"
    _meta(add(held, "meta"), law, uris)
    start, end = law.range
    body = add(held, body_name)
    Body(law.document.text).write(body, tree(law.annotations.structure, start, end), start, end)
    for portion in held.iter(f"{{{NAMESPACE}}}FRBRportion"):
        portion.set("from", f"#{body[0].get('eId')}")
    return root


@dataclass(frozen=True, slots=True)
class _Uris:
    """IRIs by the naming convention: ``/akn/uy/act/ley/2017/19574``, ``…/spa@2018-01-10``."""

    work: str
    expression: str

    @classmethod
    def of(cls, law: Law) -> _Uris:
        country, kind, number, year = _identity(law)
        work = "/".join(filter(None, ("/akn", country, "act", kind, year, number)))
        language = _LANGUAGES.get(law.source.language, "und")
        return cls(work, f"{work}/{language}@{law.version_date}")


def _identity(law: Law) -> tuple[str, str, str, str]:
    """Return country, kind, number (or words of the title) and year or date of the work."""
    known = next((reading for reading in law.annotations.identity if reading.number[:1].isdigit()), None)
    country = (law.source.jurisdiction or "xx").lower()
    if known:
        return country, _word(known.type), _word(known.number), known.year or law.source.date[:4]
    if found := _NUMBERED.fullmatch(law.source.canonical):  # the IRI of an act contains ``act``
        kind = found["kind"] if found["kind"] != "act" else ""
        return country, kind, found["number"], found["year"] or law.source.date[:4]
    named = law.source.canonical.split(":")[3:4] or [law.source.title]
    return country, "", file_name(named[0], "")[:-1], law.source.date[:4]


def _word(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _meta(meta: etree._Element, law: Law, uris: _Uris) -> None:
    identification = add(meta, "identification", source=_SOURCE)
    work = _core(add(identification, "FRBRWork"), uris.work, law, (_work_date(law), "document"))
    add(work, "FRBRcountry", value=(law.source.jurisdiction or "xx").lower())
    _, kind, number, _ = _identity(law)
    if kind:
        add(work, "FRBRsubtype", value=kind)
    add(work, "FRBRnumber", value=number)
    known = "validFrom" if law.validity.first_day else "document"
    expression = _core(add(identification, "FRBRExpression"), uris.expression, law, (law.version_date, known))
    add(expression, "FRBRlanguage", language=_LANGUAGES.get(law.source.language, "und"))
    manifestation = add(identification, "FRBRManifestation")
    _core(manifestation, f"{uris.expression}/{law.source.sha256[:16]}.xml", law, (law.source.retrieved, "received"))
    if law.unit:
        add(manifestation, "FRBRportion")
    add(manifestation, "FRBRformat", value="application/akn+xml")
    if law.validity.first_day:
        _lifecycle(meta, law)
    _references(meta, law)


def _work_date(law: Law) -> str:
    dates = (law.source.date, law.validity.earliest, law.version_date)
    return next(date for date in dates if _DAY.fullmatch(date))


def _core(part: etree._Element, uri: str, law: Law, date: tuple[str, str]) -> etree._Element:
    add(part, "FRBRthis", value=f"{uri}/!main" if not uri.endswith(".xml") else uri)
    add(part, "FRBRuri", value=uri)
    if etree.QName(part).localname == "FRBRWork":
        add(part, "FRBRalias", value=printable(law.source.title), name="title")
        if law.source.canonical:
            add(part, "FRBRalias", value=law.source.canonical, name="canonical")
    add(part, "FRBRdate", date=date[0], name=date[1])
    author = _SOURCE if etree.QName(part).localname == "FRBRManifestation" else "#legislator"
    add(part, "FRBRauthor", href=author)
    return part


def _lifecycle(meta: etree._Element, law: Law) -> None:
    """Write the period of validity; its end is the last day in force."""
    lifecycle = add(meta, "lifecycle", source=_SOURCE)
    add(lifecycle, "eventRef", date=law.validity.start, type="generation", source="#original", eId="event_from")
    if law.validity.end:
        add(
            lifecycle,
            "eventRef",
            date=last_day(law.validity.end),
            type="amendment",
            source="#original",
            eId="event_to",
        )
    group = add(add(meta, "temporalData", source=_SOURCE), "temporalGroup", eId="period")
    interval = add(group, "timeInterval", start="#event_from", refersTo="#in-force")
    if law.validity.end:
        interval.set("end", "#event_to")


def _references(meta: etree._Element, law: Law) -> None:
    references = add(meta, "references", source=_SOURCE)
    address = law.source.address or f"urn:sha256:{law.source.sha256}"
    add(references, "original", eId="original", href=address, showAs=printable(law.source.title)[:200])
    for name, shown in (("legislator", law.source.jurisdiction or "unknown"), ("rogatio", "Rogatio")):
        add(references, "TLCOrganization", eId=name, href=f"/akn/ontology/organization/{name}", showAs=shown)
    add(references, "TLCConcept", eId="in-force", href="/akn/ontology/concept/in-force", showAs="in force")
