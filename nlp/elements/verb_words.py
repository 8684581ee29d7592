"""Tokens of a conduct, and words and forms by which its verbs show; folded text."""

from __future__ import annotations

import regex

PUNCTUATION = frozenset(",;:—–")
SUBORDINATING = frozenset(
    "cuando si siempre aunque mientras salvo excepto aun quando se sempre embora enquanto exceto ainda lorsque"
    " lorsqu' alors where if when while unless whether".split()
)
TOKEN = regex.compile(r"(?:\b(?:[dlsnmtjc]|qu|jusqu|lorsqu)['’])|\d+(?:[.,]\d+)+|\w+(?:-\w+)*|[,;:()—–]")
LETTERS = frozenset("AEOUY")  # names of things by a letter ("catégories A, B"), which folded are function words
AUXILIARIES = frozenset("aura auront aurait auraient sera seront serait seraient".split())
PRESENT = frozenset("a ont".split())  # as written, not "à"
BEING = frozenset("est sont".split())
REFLEXIVES = frozenset("s' se".split())
MODALS = frozenset("shall may must will would".split())
PARTICIPLE = regex.compile(r"\w+(?:é|i|is|it|u|ert)")  # masculine singular, as behind "aura"
COMPOUND_FORMS = {
    "es": frozenset("haya hayan hubiere hubieren hubiera hubieran ha han habia habian haber habiendo".split()),
    "pt": frozenset("houver houverem haja hajam havia haver tiver tiverem tenha tenham ter tendo".split()),
}
OBJECT_PRONOUNS = frozenset("le la les l'".split())
BEFORE_VERBS = frozenset("se le les".split())  # Spanish pronouns that are no articles
FUTURE_SUBJUNCTIVE = regex.compile(
    r"(?!\w*(?:quiere|refiere|sugiere|nfiere|ifiere|sfiere|hiere)n?$)\w{2,}(?:are|iere|ere)n?"
)
MANNER_ADVERB = {
    "es": regex.compile(r"\w{2,}mente"),
    "pt": regex.compile(r"\w{2,}mente"),
    "en": regex.compile(r"(?!family|supply|reply|assembly)\w{3,}ly"),
    "fr": regex.compile(
        r"\w+(?:aire|que|euse|ive|elle|ale|icite|recte|rave|ausse|[ai]ble|iere|em|am|seule|libre|simple|indu|gratuite)ment"
    ),  # many French nouns end in -ment, too
}


def tokens_of(text: str, folded: str, start: int, end: int, language: str) -> list[tuple[str, int, int]]:
    """Return the folded words with their ranges; a Spanish "dé" as another finite form, since "de" is no verb."""
    found = [(one[0].replace("’", "'"), one.start(), one.end()) for one in TOKEN.finditer(folded, start, end)]
    es = language == "es"
    found = [(f"«{word}»" if at > start and text[at:to] in LETTERS else word, at, to) for word, at, to in found]
    return [("diere" if es and word == "de" and text[at:to] == "dé" else word, at, to) for word, at, to in found]
