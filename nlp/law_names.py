"""Rules for laws and treaties that are known by a name or an abbreviation."""

from __future__ import annotations

from functools import cache

import regex

from nlp.pattern_bank import Rule, compile_pattern, resource


@cache
def named_laws() -> tuple[Rule, ...]:
    content = resource("law_titles")
    rows = [(row["id"], row["cc"], row, "title") for row in content["laws"]]
    rows += [(f"ref:int:treaty:{row['id']}", "INT", row, "treaty") for row in content["treaties"]]
    return tuple(
        _named_rule(identity, country, form, kind if key == "names" else "abbreviation")
        for identity, country, row, kind in rows
        for key in ("names", "abbr")
        for form in row.get(key, ())
    )


def _named_rule(identity: str, country: str, form: str, kind: str) -> Rule:
    words = r"\s".join(regex.escape(word).replace("/", r"\s?/\s?") for word in form.replace("'", "’").split(" "))
    exact = kind == "abbreviation" or " " not in form
    end = r"(?![\p{L}\d])(?![./\-]?\d)" if kind != "abbreviation" else r"(?![\p{L}\d])(?!\s?[/\-]\s?\d)(?!\.?\d)"
    pattern = compile_pattern(r"(?<![\p{L}\d])" + words + end, {}, case_sensitive=exact)
    start = regex.findall(r"\w+", form)[0]
    prior = 0.6 if kind == "abbreviation" else 0.7
    return Rule(identity, (country,), kind, identity, pattern, prior, "", (start,))
