"""Sentences and list items of a letter's running text."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from nlp.requests.flow import Flow

MARKER = (
    r"(?:[-–—•·▪*]|\d{1,2}(?:\.\d{1,2})+\.?|\(?(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,4})(?:\)|[.º°ª]+[-)]?)"
    r"|\d{1,2}[ªº°]\)|(?:\d{1,2}|[IVX]{1,4})\s?[-–—]"
    r"|(?i:primer[oa]|segund[oa]|tercer[oa]|cuart[oa]|quint[oa]|sext[oa]|s[ée]ptim[oa]|octav[oa]|primeir[oa]|terceir[oa]|"
    r"quart[oa]|first(?:ly)?|second(?:ly)?|third(?:ly)?|fourth(?:ly)?|fifth|premièrement|deuxièmement|troisièmement)"
    r"(?:\.[-–—]?|,|:|\.-)|(?i:un[oa]?|dos|tres|cuatro|cinco|seis|siete|ocho|um|uma|dois|duas|tr[êe]s|quatro|sete|oito|"
    r"one|two|three|four|five|six|seven|deux|trois|quatre|cinq|sept)(?:\.[-–—]?|:|\.-))(?=\s)"
)
ITEM = regex.compile(rf"[ \t]*{MARKER}")
_ONLY_MARKER = regex.compile(rf"\s*(?:{MARKER})?[\s()\-–—•·▪*]*")
_INNER_ITEM = r"\(?(?:i{1,3}|iv|vi{0,3}|[a-h]|\d{1,2})\)"
# The first item of a list within a line, with a number or letter and a point: "it is requested: I. Copies; II. ..."
_NUMBERED = r"(?:I|1|[aA])(?:\.[º°ª]?|[º°ª]\.?)[-)]?\s+\p{L}"
_LINE = regex.compile(r"[^\n]+\n?")
_SENTENCE_END = regex.compile(
    r"[.;?!]+[”»\")]?\s+(?=[\p{Lu}\d¿(\[☐☒☑—–-])|;\s*|[:,;]\s+(?:(?:y|e|and|et)\s+)?(?=" + _INNER_ITEM + r"\s)"
    r"|:\s+(?=" + _NUMBERED + r")"
)
_ABBREVIATION = regex.compile(
    r"(?:^|[\s(/.])(?:\p{L}{1,2}|arts?|nums?|n[oº]s?|nos|sras?|sres|drs?|dras?|ing|lic|mag|mtr[oa]|exm[oa]s?|ilm[oa]s?|"
    r"inc|ltd|ltda|lda|corp|cia|pags?|tel|ext|ref|fols?|mme|mlle|mr|mrs|ms|messrs|hon|sgt|det|insp|supt|chaps?|ch|cap|secs?|subsecs?|scheds?|paras?|tit|"
    r"esq|st|avda?|u\.s|jr|sr|vs|cf|cfr|p\. ex|al|inc|ss|no|proc|exp|of|nro)$"
)


def find_sentences(flow: Flow) -> Iterator[tuple[int, int, bool]]:
    """Yield start, end and whether it is an item of a list, of each sentence of the running text."""
    text = flow.cased
    for start, end, is_item in _paragraphs(text):
        begin, inner = start, is_item
        for stop in _SENTENCE_END.finditer(text, start, end):
            if stop[0][0] == "." and _ABBREVIATION.search(flow.folded, max(start, stop.start() - 12), stop.start()):
                continue
            if _ONLY_MARKER.fullmatch(text, begin, stop.end()):
                continue
            yield begin, stop.end(), inner
            begin, inner = stop.end(), is_item or stop[0][0] in ":;,"
        if text[begin:end].strip():
            yield begin, end, inner


def _paragraphs(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield the paragraphs and list items; text after a semicolon, comma or colon is an item as well."""
    is_item, before = False, ""
    for line in _LINE.finditer(text):
        if written := line[0].strip():
            is_item = bool(ITEM.match(line[0])) or before.endswith((";", ",", ":"))
            yield *line.span(), is_item
            before = written
