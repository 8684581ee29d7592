"""Identifiers in a request: numbers of persons, companies, accounts, telephones, vehicles and cases.

Telephone numbers and e-mail addresses of authorities are told apart from those of the case by their ``scope``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.entities.checksums import check
from nlp.folding import fold, plain
from nlp.requests.birth_places import is_birth_place
from nlp.requests.columns import column_head
from nlp.requests.context import RequestContext, once
from nlp.requests.identifiers.annexed_request import annexed_request
from nlp.requests.identifiers.case_numbers import CASE, case_numbers, cases, letterhead_references
from nlp.requests.identifiers.court_numbers import cases_of_courts, unwrapped
from nlp.requests.identifiers.forms import CONTACT, VALID, Identifier, formed, ibans, plain_phones, wallets
from nlp.requests.identifiers.number_words import other_number, personal
from nlp.requests.identifiers.numbered_documents import numbered_documents
from nlp.requests.identifiers.tabled_accounts import tabled_accounts
from nlp.requests.parts.mail_headers import is_addressed, sender_domains
from nlp.requests.proposal import OWN_WORDS, Proposal

ORIGIN = "requests.identifiers@11"
# Context before and after a number that decides its scope, length of a letterhead and of a footer, in characters.
_AROUND, _BEHIND, _LETTERHEAD, _FOOT = 60, 30, 400, 120
_SENTENCE_END = regex.compile(r"(?<=\p{L}{4})[.;] ")
_THINGS = frozenset({"cargo", "vessel", "mac"})


def read_identifiers(context: RequestContext) -> list[Proposal]:
    """Return the identifiers of the letter in order, without duplicates."""
    seen: set[tuple[str, str]] = set()
    proposals = []
    found = [(one, " ".join(context.text[one.start : one.end].split())) for one in find_request_identifiers(context)]
    keys = [(one.kind, regex.sub(r"[\W_]", "", text.upper())) for one, text in found]
    things = {number for kind, number in keys if kind != CASE}
    for (identifier, text), key in zip(found, keys, strict=True):
        if key not in seen and not (identifier.kind == CASE and key[1] in things):
            seen.add(key)
            value = {"kind": identifier.kind, "text": text, "valid": identifier.valid, "scope": identifier.scope}
            proposals.append(Proposal(value, identifier.start, identifier.end, identifier.confidence, ORIGIN))
    return proposals


@once
def find_request_identifiers(context: RequestContext) -> list[Identifier]:
    """Return every occurrence of an identifier, in order and without overlaps."""
    # Numbers of containers, ships and devices are not extracted and must not be read as another kind.
    things = [(span.start, span.end) for span in context.spans("IDENTIFIER") if span.attributes.get("kind") in _THINGS]
    taken: list[Identifier] = []
    matched = unwrapped(plain(context.text))
    folded = unwrapped(fold(context.text))
    checked = list(_checked(context))
    documents = [one for one in numbered_documents(matched, folded) if not _is_confirmed(one, checked)]
    sure = [
        *annexed_request(context),
        *tabled_accounts(context.text),
        *documents,
        *checked,
        *ibans(matched),
        *wallets(matched),
        *formed(matched),
        *cases(context, by_rule=True),
        *plain_phones(matched),
    ]
    seen = [
        *cases(context, by_rule=False),
        *letterhead_references(context),
        *_bracketed(context),
        *cases_of_courts(context),
    ]
    for identifier in [*sure, *cued_identifiers(matched, folded), *seen]:
        places = [*things, *((other.start, other.end) for other in taken)]
        if not any(identifier.start < end and start < identifier.end for start, end in places):
            taken.append(identifier)
    owners = [span for span in context.spans("PERSON", "ORGANISATION") if not is_birth_place(folded, span.start)]
    kept = (identifier for identifier in taken if not _is_other_number(context.text, folded, identifier))
    ordered = sorted(kept, key=lambda identifier: identifier.start)
    return [_scoped(context, folded, _owned(context.text, identifier, owners)) for identifier in ordered]


def _checked(context: RequestContext) -> Iterator[Identifier]:
    """Yield the identifiers among the annotations."""
    resource = load("nlp.request_identifiers")
    for span in context.spans("IDENTIFIER"):
        rule, kind = span.attributes.get("rule", ""), span.attributes.get("kind", "")
        if not kind:
            yield from case_numbers(context.text, span)
        elif _goes_on(context.text, span) or _BEFORE_WORD.search(context.text[span.start : span.end]):
            continue
        elif known := resource["rules_kinds"].get(rule, resource["kinds"].get(kind, "")):
            valid = VALID.get(span.attributes.get("valid", "")) if known in resource["checked"] else None
            end = span.start + len(_EXTENSION.split(context.text[span.start : span.end])[0])
            start = _with_its_letters(context.text, span.start) if known == "passport" else span.start
            if known == "national_id" and _STATE_LETTERS.search(context.text, max(0, start - 3), start):
                start -= 2
            if known == "national_id" and (label := _ID_LABEL.match(context.text, start)):
                start = label.end()
            if known == "national_id" and (more := _CONTINUED.match(context.text, end)):
                end = more.end()
            yield Identifier(known, start, end, valid, span.confidence)


def _is_confirmed(document: Identifier, checked: Sequence[Identifier]) -> bool:
    """Return whether the annotations have the number as the same kind, perhaps with its check digit."""
    return any(one.kind == document.kind and one.start < document.end and document.start < one.end for one in checked)


def _goes_on(text: str, span: Span) -> bool:
    """Return whether a span is only part of a longer number ("01623.117/23" is not a telephone number)."""
    if regex.search(r"\d[-.]\Z", text[max(0, span.start - 2) : span.start]):
        return True
    if span.attributes.get("kind") != "phone":
        return False
    is_other = other_number().search(fold(text[max(0, span.start - 40) : span.start])) is not None
    return is_other or regex.match(r"/\d", text[span.end : span.end + 2]) is not None


def _with_its_letters(text: str, start: int) -> int:
    """Return the start of a number including capital letters directly before it ("N1788230")."""
    while start > 0 and text[start - 1].isalpha() and text[start - 1].isupper():
        start -= 1
    return start


_STATE_LETTERS = regex.compile(r"(?<!\p{L})\p{Lu}{2}\Z")  # letters that belong to the number: "CNI CI003811740"
_ID_LABEL = regex.compile(r"(?:BSN|EMŠO|CNI|RG|C\.?I\.?|DNI|C\.?C\.?|CPF|NIF)[ .:n.º°]+(?=\d)")
# Rest of a number with check digit, version or issuing State behind the part that is checked: "14098765 2 ZX4".
_CONTINUED = regex.compile(
    r" \d ?\p{Lu}{2}\d(?!\w)| \d(?=[);])|/\p{Lu}{2}(?!\w)|\p{Lu}(?![\w-])"
    # Bolivia: the department that issued the card
    r"|(?<=(?<![\d.])(?:\d{6,8}|\d{1,2}(?:\.\d{3}){2})(?:-\d\p{Lu})?)"
    r" (?:(?:LP|SC|CB|OR|PT|TJ|CH|BE|BN|PD|PN)(?![\w.])|(?:Cbba|Tj|Or|Pt|Ch|Bn)\.)"
)
_BEFORE_WORD = regex.compile(r"\d [a-z]\Z")  # "41200837 y otro"
_EXTENSION = regex.compile(r"[ ,]+(?:ext(?:en[st](?:i[oó]n|[aã]o))?|int(?:erno)?|anexo|ramal|poste)\b", regex.I)


def _bracketed(context: RequestContext) -> Iterator[Identifier]:
    """Yield the numbers in brackets or between commas directly after a company's name."""
    for span in context.spans("ORGANISATION"):
        if found := _COMPANY_NUMBER.match(context.text, span.end):
            yield Identifier("company_number", *found.span("number"), None, 0.75)


_COMPANY_NUMBER = regex.compile(
    r"\.?\s*\((?:no\.? |n[º°o]\.? ?)?(?P<number>\p{Lu}{0,3}[ -]?(?:\d{4,10}|\d{2,3}[. ]\d{3}))\)"
    r"|,\s+(?P<number>\p{Lu}{2,3} ?\d{5,9})(?=[,;.)])"  # "A Limited, SC412207,"
)


def cued_identifiers(matched: str, folded: str) -> Iterator[Identifier]:
    """Yield the numbers that follow a cue word for their kind."""
    for rule in _rules():
        for cue in rule.cue.finditer(folded):
            number = rule.number.match(matched, cue.end())
            while number is not None:
                before = folded[max(0, cue.start() - 25) : number.start("number")]
                if _is_one(rule.kind, number["number"], before) and not _amount().match(folded, number.end()):
                    valid = VALID.get(check(rule.check, number["number"])) if rule.check else None
                    yield Identifier(rule.kind, _unlabelled(rule.kind, number), number.end("number"), valid, 0.8)
                number = rule.further.match(matched, number.end())


def _unlabelled(kind: str, number: regex.Match[str]) -> int:
    """Return the start of a number without the name of its kind, which a list repeats ("CPF ..., RG 7081144209")."""
    label = _ID_LABEL.match(number.string, number.start("number")) if kind == "national_id" else None
    return int(label.end() if label else number.start("number"))


def _is_one(kind: str, number: str, before: str) -> bool:
    resource = load("nlp.request_identifiers")
    digits = sum(character.isdigit() for character in number)
    least = {"account": 6, "phone": 7, "national_id": 5, "company_number": 5, "plate": 2}.get(kind, 3)
    refused = resource.get(
        {
            "account": "no_account",
            "phone": "no_phone",
            "plate": "no_plate",
            "case_number": "no_case",
            "company_number": "no_company",
        }.get(kind, ""),
        "",
    )
    beside = kind == "case_number" and not regex.search(r"\p{L}\W*\Z", before[-3:]) and len(number) < 9
    if kind == "account" and _sum_of_money().fullmatch(number):
        return False
    dated = _DATE.fullmatch(number) is not None and not beside
    mixed = kind == "national_id" and len(number) >= _MIXED and digits >= _MIXED // 2
    return (digits >= least or mixed) and not dated and not (refused and _word(refused).search(before))


_MIXED = 9  # length of an identity number of letters and figures, half of which may be letters: "IW4K90LP3"
_DATE = regex.compile(
    r"(?:19|20)\d{2}-(?:19|20)\d{2}|(?:\d{1,2}[./]\d{1,2}[./](?:19|20)\d{2}-?){2}|\d{1,2}([./\-])\d{1,2}\1(?:19|20)?\d{2}|(?:19|20)\d{2}([./\-])\d{1,2}\2\d{1,2}"
)


@cache
def _sum_of_money() -> regex.Pattern[str]:
    """Return the pattern of a sum of money, whose currency stands before it."""
    money = load("nlp.money")
    codes = "|".join((*money["codes"], *money["further_codes"]))
    return regex.compile(rf"(?:{codes}) ?[\d., ]+")


_PHONE_DIGITS, _LAW_REACH = 6, 70


def _is_other_number(text: str, folded: str, identifier: Identifier) -> bool:
    """Return whether a supposed case number is that of a law or a seal, a telephone number the time zone of a mail, or
    the number of an identity document the registration of a ship, a vehicle or a piece of land.
    """
    if identifier.kind == "phone" and sum(map(str.isdigit, text[identifier.start : identifier.end])) < _PHONE_DIGITS:
        return True
    if identifier.kind == "phone" and _PARCEL.search(text, max(0, identifier.start - 3), identifier.end + 3):
        return True
    if identifier.kind == "national_id":
        return _registration().search(folded, max(0, identifier.start - _AROUND), identifier.start) is not None
    if identifier.kind != "case_number":
        return False
    law = _of_law().search(folded, max(0, identifier.start - _LAW_REACH), identifier.start)
    head = column_head(text, identifier.start).strip()
    if _word(load("nlp.request_identifiers")["no_case"]).fullmatch(head):
        return True
    return law is not None or _NO_CASE.fullmatch(text, identifier.start, identifier.end) is not None


@cache
def _registration() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_identifiers")["registration"])


_PARCEL = regex.compile(r"(?<!\w)[A-Z]{2} \d[\d ]{6,10}\d [A-Z]{2}\Z")  # an item of the post: "BB 77410 3380 CA"
# An act of the European Union ("2014/41/UE"), an office open day and night, a container, dates.
_NO_CASE = regex.compile(
    r"\d{4}/\d{1,4}/(?:UE|EU|CE|EC|EG|CEE|EEC|JAI|JHA)|24/7|24/24|\p{Lu}{3}U ?\d{3}[. ]?\d{3}[- ]?\d"
    r"|(?:19|20)\d{2}-\d{2}-\d{2}|\d{1,2}[-.][IVX]{1,4}[-.](?:19|20)\d{2}|(?:\d{2}[./]\d{2}[./]\d{4}-?){2}"
    r"|(?:\d{2}\.)?\d{2}\.(?:(?:19|20)\d{2}|\d{2})|(?:\p{Lu}{2,8}[- ])?24/7"
    r"|\d{1,2}[./][IVXivx]{1,4}[./](?:(?:19|20)\d{2}|\d{2})|(?:JUCESP|OAB(?:/\p{Lu}{2})?|TIP|BSB) .+"
    r"|\p{Lu}(?:\.\p{Lu}){1,2}\.?\d{1,2}|L-\d{4}|(?:EUR|USD|GBP|BRL|CHF) ?[\d.,]+"
)


def _owned(text: str, identifier: Identifier, owners: Sequence[Span]) -> Identifier:
    """Return a national number behind the name of an organisation as its own, unless only persons have such numbers."""
    if identifier.kind != "national_id" or personal().fullmatch(text, identifier.start, identifier.end):
        return identifier
    before = [span for span in owners if span.end <= identifier.start and identifier.start - span.end < _AROUND]
    return replace(identifier, kind="company_number") if before and before[-1].label == "ORGANISATION" else identifier


def _scoped(context: RequestContext, folded: str, identifier: Identifier) -> Identifier:
    return (
        replace(identifier, scope=CONTACT)
        if identifier.kind in ("phone", "email") and _is_contact(context, folded, identifier)
        else identifier
    )


def _is_contact(context: RequestContext, folded: str, identifier: Identifier) -> bool:
    """Return whether a telephone number or e-mail address is that of an authority, not of the case."""
    if is_addressed(context, identifier.start) or _is_of_sender(context, identifier):
        return True
    if identifier.kind == "email" and _official_domain().search(folded, identifier.start, identifier.end):
        return True
    before = folded[max(0, identifier.start - _AROUND, folded.rfind("\n", 0, identifier.start) + 1) : identifier.start]
    before = _SENTENCE_END.split(before)[-1]
    after = folded[identifier.end : identifier.end + _BEHIND].partition("\n")[0]
    words = load("nlp.request_identifiers")
    contact = [found.end() for found in _word(words["contact_words"]).finditer(before)]
    case = [found.end() for found in _word(words["case_words"]).finditer(before)]
    if case:  # "telephone" stands before the numbers of both
        without_weak = _word(words["weak_contact"]).sub(lambda found: " " * len(found[0]), before)
        contact = [found.end() for found in _word(words["contact_words"]).finditer(without_weak)]
    if contact or case or _word(words["case_words"]).search(after):
        return max(contact, default=-1) > max(case, default=-1)
    if _word(words["contact_points"]).search(after):
        return True
    line = folded[folded.rfind("\n", 0, identifier.start) + 1 : identifier.end]
    letter = context.part_at(identifier.start)
    if letter.kind in OWN_WORDS and letter.end - identifier.start < _FOOT:
        return True
    return _official_domain().search(line) is not None or (identifier.start < _LETTERHEAD and not context.sections)


def _is_of_sender(context: RequestContext, identifier: Identifier) -> bool:
    """Return whether an address has the domain of the mail's sender."""
    domain = context.text[identifier.start : identifier.end].rpartition("@")[2]
    return identifier.kind == "email" and domain.strip().lower() in sender_domains(context)


@dataclass(frozen=True, slots=True)
class _Rule:
    kind: str
    cue: regex.Pattern[str]
    number: regex.Pattern[str]
    further: regex.Pattern[str]
    check: str


@cache
def _rules() -> tuple[_Rule, ...]:
    resource = load("nlp.request_identifiers")
    return tuple(
        _Rule(
            rule["kind"],
            _word(rule["cue"]),
            regex.compile(rf"{rule.get('between', resource['gap'])}(?<!\w)(?P<number>{rule['number']})"),
            regex.compile(rf"{resource['and']}(?P<number>{rule['number']})"),
            rule.get("check", ""),
        )
        for rule in resource["rules"]
    )


@cache
def _word(alternatives: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\w)(?:{alternatives})(?!\w)")


@cache
def _of_law() -> regex.Pattern[str]:
    """Match the word for a law or treaty directly before a number."""
    words = load("nlp.request_identifiers")["no_case"]
    listed = r"(?:[a-z\d][\w./\-]*\d[\w./\-]*(?:, | (?:y|e|and|et) ))*"  # numbers of the same list
    return regex.compile(rf"(?<!\w)(?:{words})(?:s|s?\s(?:n\.?[º°o]s?\.?|no\.|num(?:ero)?\.?))?\s*{listed}\Z")


@cache
def _amount() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_identifiers")["amount"])


@cache
def _official_domain() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_identifiers")["official_domain"])
