"""Canonical ids of a law or judgment and of its provisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

import regex

from extraction.resource import load
from nlp.annotations import Annotations, Reading, Span, Unit
from nlp.citations import canonical
from nlp.citations.laws import Mention, find_mentions, rank
from nlp.citations.pinpoints import find_pinpoints
from nlp.compiled_patterns import compiled
from nlp.folding import fold, plain
from nlp.pattern_bank import Setting
from nlp.patterns import compile_pattern

DECISIONS = frozenset(
    {"judgment", "interlocutory_order", "extradition_decision", "prosecutor_resolution", "warrant", "indictment"}
)
LEGISLATION = frozenset(
    "constitution code statute decree_with_force_of_law regulation consolidated_version treaty eu_act".split()
)
_HEAD = 2500
_ANNEX = compiled(r"ane?xo|annexe?", regex.I)
_PARAGRAPH = compiled(r"(?:para\.|párr\.|§) (?P<number>\d{1,4})")
_ISSUING_ACTS = frozenset({"decreto", "décret", "act", "ley"})
_DECIMAL = compiled(r"\d\.\d")
# French laws are cited by number or by date: "loi n° 2004-204 du 9 mars 2004", "loi du 9 mars 2004".
_NUMBERED_AND_DATED = compiled(
    r"^(loi(?:\sorganique)?|décret|ordonnance)\sn[°º]\s?[\d-]+\s(?=du\s\d{1,2}(?:er)?\s\p{L}+\s\d{4})", regex.I
)
_FIRST = compiled(r"(?<=\b1)(?:er|re)(?!\w)", regex.I)
_NUMBERED = compiled(r"n\w?[º°.]|\d", regex.I)
# /akn/uy/act/ley/2017/19574, /akn/za/act/1998/84, /akn/it/act/legge/stato/2003-09-24/2003 (naming convention, 4.4)
_WORK = compiled(
    r"(?:/akn)?/(?P<country>[a-z]{2})(?:-[^/]+)?/act(?:/(?P<kind>[a-z][^/]*))?(?:/[a-z][^/]*)*"
    r"/(?P<year>\d{4})(?:-\d\d-\d\d)?/(?P<number>\d[^/@!]*)"
)
_STATED_KEYS = ("identifier", "eli", "ecli", "celex", "urn", "nor", "numac", "boe", "frbruri", "source", "url")
_PUNCTUATION = str.maketrans("", "", " .,-ºª°()§\u00a0")
_CITED = frozenset({"LAW", "CASE", "TREATY", "REFERENCE"})


def document_identity(
    title: str, metadata: Mapping[str, str], head_text: str, document_type: str = "", jurisdiction: str = ""
) -> tuple[Reading, ...]:
    """Return the ids of a law or judgment itself, the most reliable first.

    Sources are metadata, title and first lines. Document types other than legislation, decisions and unknown (``""``,
    ``unknown``) have no identity: a request or annex only cites laws.
    """
    if document_type not in DECISIONS | LEGISLATION | {"", "unknown"}:
        return ()
    setting = Setting((jurisdiction or metadata.get("country", "")).upper())
    stated = list(_from_metadata(metadata, setting))
    titled = () if stated_number(metadata) else _from_title(plain(title or metadata.get("title", "")), setting)
    return rank([*stated, *titled, *_from_head(plain(head_text[:_HEAD]), document_type, setting)])


def stated_number(metadata: Mapping[str, str]) -> str:
    """Return the type and number (``Ley 25.246``) of a law whose file has its subject as title, else ``""``.

    Some published collections (``titles_are_subjects``) give an amendment of the penal code the title ``Código Penal``.
    """
    coded = _in_collection(plain(metadata.get("identifier", "")), metadata.get("country", "").upper())
    if coded is None or not coded.titled_by_subject or coded.is_code:
        return ""
    number = f"{int(coded.number):,}".replace(",", ".")
    year = f"/{coded.year}" if coded.year else ""
    return f"{coded.kind.replace('-', ' ').capitalize()} {number}{year}"


def provision_identity(document: Reading, unit_label: str) -> str:
    """Return the id to which a citation of one unit (``art. 324-1``, ``s. 7(1)``) of the document resolves.

    A label without an article gives the document's own id. Articles of an annex (``anexo I art. 3``), transitory
    articles, those of the issuing act (``art. 4 decreto``) and former wordings (``art. 157 [.../2004-12-31]``) have ids
    distinct from the articles of the law itself. Paragraphs of a judgment (``para. 12``) are ``para-12``.
    """
    item = _item_of(unit_label)
    return f"{document.canonical}#{item}" if item else document.canonical


@lru_cache(maxsize=20_000)
def _item_of(unit_label: str) -> str:
    if paragraph := _PARAGRAPH.fullmatch(unit_label):
        return f"para-{paragraph['number']}"
    unit_label, former = unit_label.rstrip("]").partition(" [")[::2]
    pin = next(find_pinpoints(plain(unit_label)), None)
    if not pin:
        return ""
    item = pin.items[0].split("..")[0]
    annex = canonical.slug(unit_label[: pin.start]) if _ANNEX.match(unit_label) else ""
    issuing = unit_label[pin.end :].strip()
    issuing_act = canonical.slug(issuing) if issuing in _ISSUING_ACTS else ""
    return "-".join(filter(None, (annex, item, issuing_act, canonical.slug(former))))


def _from_metadata(metadata: Mapping[str, str], setting: Setting) -> Iterator[Reading]:
    number, kind = metadata.get("official_number", ""), metadata.get("official_type", "")
    if number.isdigit() and kind:
        year = metadata.get("year", "")
        printed = canonical.printed_type("citations", kind)
        identity = canonical.law_id(setting.jurisdiction, printed, number, year)
        yield Reading(identity, setting.jurisdiction, printed, number, year, score=1.0, rule="metadata")
    yield from _from_work(metadata.get("uri", ""))
    for key in _STATED_KEYS:
        value = plain(metadata.get(key, ""))
        yield from _coded(value, setting.jurisdiction)
        for mention in find_mentions(value, setting):
            if mention.kind in ("statute_id", "case_id"):
                yield replace(mention.readings[0], score=1.0)


def _from_work(uri: str) -> Iterator[Reading]:
    """Yield the reading of an Akoma Ntoso work URI: country, kind of act, year or date, number."""
    if match := _WORK.match(uri.lower()):
        country, year, number = match["country"].upper(), match["year"], match["number"]
        kind = canonical.printed_type("citations", (match["kind"] or "act").replace("-", " "))
        yield _reading(canonical.law_id(country, kind, number, year), country, kind, "work", number, year)


def _coded(value: str, country: str) -> Iterator[Reading]:
    """Yield readings of identifiers of published collections, such as ``IE-2010-act-6`` and ``DLEG-1106-2012``."""
    if (known := canonical.same_law(value)) != value:
        yield _reading(known, "", "code", "identifier")
    if coded := _in_collection(value, country):
        yield _reading(coded.identity, coded.country, coded.kind, "identifier", coded.number, coded.year)


@dataclass(frozen=True, slots=True)
class _Coded:
    """A law by its identifier in a published collection."""

    country: str
    kind: str
    number: str
    year: str
    titled_by_subject: bool

    @property
    def identity(self) -> str:
        return canonical.law_id(self.country, self.kind, self.number, self.year)

    @property
    def is_code(self) -> bool:
        """Whether the number is that of a law known by its name, such as the penal code."""
        return not self.identity.startswith(f"ref:{self.country.lower()}:{self.kind}:")


def _in_collection(value: str, country: str) -> _Coded | None:
    """Return the law of an identifier in a collection of ``country``, or of any country if that is unknown."""
    for row in _collections():
        if country in ("", row.country) and (match := row.pattern.match(value)):
            groups = match.groupdict()
            kind = row.types.get(groups["type"].lower(), groups["type"].lower())
            return _Coded(row.country, kind, groups["number"], groups.get("year") or "", row.titles_are_subjects)
    return None


def _from_title(title: str, setting: Setting) -> Iterator[Reading]:
    line = title.strip(" #*")
    for mention in find_mentions(line, setting):
        if mention.start <= 4 and (mention.kind != "titled" or mention.end == len(line)):
            yield from (replace(reading, rule="title") for reading in _at_home(mention, setting))
    if (dated := _NUMBERED_AND_DATED.sub(r"\1 ", line)) != line:
        mentions = find_mentions(dated, setting)[:1]
        yield from (replace(one, rule="date") for mention in mentions for one in _at_home(mention, setting))
    match = _titled().match(line)
    if match and setting.jurisdiction and not _NUMBERED.match(match["title"]):
        kind = canonical.slug(match["kind"])
        identity = canonical.titled_id(setting.jurisdiction, kind, match["title"], "")
        yield _reading(identity, setting.jurisdiction, kind, "title", match["title"])


def _from_head(head: str, document_type: str, setting: Setting) -> Iterator[Reading]:
    mentions = find_mentions(head, setting)
    if document_type not in LEGISLATION:
        own = (mention for mention in mentions if mention.kind in ("case_id", "case", "case_no"))
        if (first := next(own, None)) and document_type in DECISIONS:
            yield from _at_home(first, setting)
    if document_type in DECISIONS:
        return
    for mention in mentions:
        if mention.kind == "statute" and _is_heading(head, mention):
            yield from (replace(reading, rule="heading") for reading in _at_home(mention, setting))
            return


def _is_heading(head: str, mention: Mention) -> bool:
    """Return whether a law's number is a heading: alone at the start of its line, first word capitalised."""
    word = regex.match(r"[\p{L}\-]+", head[mention.start : mention.end])
    line = head[head.rfind("\n", 0, mention.start) + 1 : mention.start]
    return not line.strip(" #>_") and word is not None and len(word[0]) > 2 and word[0].isupper()


def _at_home(mention: Mention, setting: Setting) -> list[Reading]:
    own = [
        reading for reading in mention.readings if reading.jurisdiction in (setting.jurisdiction, "EU", "INT", "CoE")
    ]
    return (own or list(mention.readings))[:1] if setting.jurisdiction else list(mention.readings)


def _reading(identity: str, country: str, kind: str, rule: str, number: str = "", year: str = "") -> Reading:
    return Reading(identity, country, kind, number, year, score=0.95, rule=rule)


@dataclass(frozen=True, slots=True)
class _Collection:
    country: str
    pattern: regex.Pattern[str]
    types: Mapping[str, str]
    titles_are_subjects: bool


@cache
def _collections() -> tuple[_Collection, ...]:
    return tuple(
        _Collection(row["jur"], compile_pattern(row["re"]), row.get("types", {}), row.get("titles_are_subjects", False))
        for row in load("nlp.citations")["collections"]
    )


@cache
def _titled() -> regex.Pattern[str]:
    return compile_pattern(r"(?P<kind>Ley|Lei|C[óo]digo)\s(?P<title>[^.;\n(\[]{6,220})")


def document_identities(annotations: Annotations) -> tuple[str, ...]:
    """Return the canonical ids of the document as a whole."""
    return tuple(dict.fromkeys(reading.canonical for reading in annotations.identity))


def provision_identities(annotations: Annotations, unit: Unit) -> tuple[str, ...]:
    """Return the canonical ids of provision ``unit`` under every identity of its law."""
    ids = (provision_identity(reading, unit.label) for reading in annotations.identity)
    return tuple(dict.fromkeys(canonical for canonical in ids if _names_all_of(unit.label, canonical)))


def _names_all_of(label: str, canonical: str) -> bool:
    """Return whether an id covers the whole label: ``art. 1 transitorio`` is not article 1."""
    item = canonical.partition("#")[2].rpartition("art-")[2].rpartition("s-")[2]
    label = _FIRST.sub("", label)
    return bool(item) and fold(label).translate(_PUNCTUATION).endswith(fold(item).translate(_PUNCTUATION))


def cited_ids(spans: Iterable[Span]) -> tuple[str, ...]:
    """Return the ids cited by ``spans`` in every reading, and those of the laws of cited provisions."""
    readings = (reading for span in spans if span.label in _CITED for reading in span.readings)
    ids = ((*other_identities(reading), reading.canonical, _law_of(reading)) for reading in readings)
    return tuple(dict.fromkeys(cited for own in ids for cited in own))


def other_identities(reading: Reading) -> tuple[str, ...]:
    """Return the ids under which its law may have a cited provision, other than that of the reading.

    "art. 9.4" is read as paragraph 4 of article 9 where laws are numbered so; only the law itself tells whether it has
    an article 9.4. "Artículo 9" of an Act in a letter in Spanish is its section 9.
    """
    item = reading.canonical.partition("#")[2]
    decimal = _decimal_item(reading.pinpoint, item) if item else ""
    items = [decimal] if decimal else []
    if reading.type == "act" and item.startswith("art-"):
        items += [each.replace("art-", "s-", 1) for each in (*items, item)]
    return tuple(f"{_law_of(reading)}#{other}" for other in items)


def _decimal_item(printed: str, item: str) -> str:
    """Return the item with the printed decimals if ``item`` is without them, else ``""``."""
    if not _DECIMAL.search(printed):
        return ""
    pins = find_pinpoints(plain(f"{item.partition('-')[0]}. {printed}" if printed[0].isdigit() else printed))
    items = (cited.split("..")[0] for pin in pins for cited in pin.items)
    return next((cited for cited in items if cited.startswith(f"{item}.")), "")


def _law_of(reading: Reading) -> str:
    return reading.canonical.partition("#")[0]
