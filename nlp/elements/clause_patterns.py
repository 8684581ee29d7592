"""Patterns of folded text by which the elements of an offence end or begin within a clause."""

from __future__ import annotations

import regex

PHRASE_END = regex.compile(r"[,;:—](?=\s|$)")
WORD = regex.compile(r"\w{4,}")
ADVERB = regex.compile(r"\w+(?:mente|ly|ment)")
MANNER = regex.compile(r"\w+(?:mente|ly|ment|ale?s?|nel(?:le)?s?|os[oa]s?|ent)|a sabiendas|en connaissance de cause")
COMPLEMENT = regex.compile(r"\s*(?:a|em|de|d.|soit)\s")  # complement of the verb before: "constranger ..., a fazer"
A_INFINITIVE = regex.compile(r"\s*a \w+(?:ar|er|ir|or)(?:-?l[aeo]s?)?\b")  # "constranger ..., a fazer"
# "par négligence, de procéder"
DE_INFINITIVE = regex.compile(r"\s*(?:ou )?(?:de |d['’])(?:ne pas |n['’]|(?:en|y|l[ae]) )*\w{2,}(?:er|ir|re)\b")
OF_NOUN = regex.compile(r"\s*(?:de |d['’])")
KNOWINGLY = "a sabiendas"
OF_WHAT = regex.compile(r"\s*(?:de|que)\b")
FUTURE_PERFECT = regex.compile(r"\s*(?:(?:se|ne|s['’]|l['’]|les?|la|leur) ?)*(?:aura|auront|sera|seront)\b")
THAT = regex.compile(r"\bpara (?:\w+ )?que\b|\bevitar que\b")
# A participle between commas that the noun's complement follows: "la préparation, caractérisée par ..., de violences"
INSERTED = regex.compile(r"\s\w+ees? (?:par|a|dans)\b[^,;:]{1,100}, (?=de |d['’]|du |des )")
CONSISTS = "consist"
DETERMINED = regex.compile(r"(?<!\b(?:a|en|de|con|por|em|com|to|in|by|with|par|dans) )\bun[ao]? \w{3,}")  # "un acto"
JOINED = regex.compile(r"(?:o|u|y|e|ou|et|or|and) (?=\w+ \w)")
ONLY_CONJUNCTION = regex.compile(r"(?:e|y|o|u|ou|et|and|or)")
PARAGRAPH = ("§", "paragrafo")  # of Brazilian articles; they are not items of the sentence above
NUMBER = regex.compile(
    r"[)\s]*(?:\(?(?:\d{1,3}[a-z]{0,2}|[a-z]{1,2}|[ivxlc]+)(?:[.)°º]+|\s[-–])"
    r"|(?:§\s?\d+|paragrafo unico)[º°:.]*|[-–])\s*"
    r"(?:[-–]\s*(?:[a-z][.:]\s*)?)?"
)
