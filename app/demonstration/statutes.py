"""Statutes with the numbering, headings and divisions usual in their State."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from app.demonstration.mentions import day
from app.demonstration.words import words
from app.demonstration.writing import Draft, Paragraph, Writer

ROMANS = "I II III IV V VI VII VIII IX X".split()


@dataclass(frozen=True, slots=True)
class Numbering:
    """Printed form of an article and its items in a State: ``article`` in the text, ``unit`` as the stable label."""

    article: str
    unit: str
    rubric: str
    item: str
    inserted: str = "bis"


NUMBERINGS = {
    "ES": Numbering("Artículo {n}. {rubric}.", "art. {n}", "line", "{i}. "),
    "CO": Numbering("ARTÍCULO {n}. {rubric}. ", "art. {n}", "run", "{i}. ", "o"),
    "PE": Numbering("Artículo {n}.- {rubric}", "art. {n}", "line", "{i}. ", "dash"),
    "AR": Numbering("ARTÍCULO {n}.- ", "art. {n}", "none", "{a}) "),
    "MX": Numbering("Artículo {n}. ", "art. {n}", "none", "{r}. "),
    "BR": Numbering("Art. {n} ", "art. {n}", "none", "{r} - ", "ordinal"),
    "PT": Numbering("Artigo {n}.º", "art. {n}", "below", "{a}) ", "dash"),
    "IE": Numbering("{n}. {rubric}.—", "s. {n}", "run", "({a}) ", "letter"),
    "JM": Numbering("{n}. ", "s. {n}", "none", "({a}) ", "letter"),
    "TT": Numbering("{n}. ", "s. {n}", "none", "({a}) ", "letter"),
    "FR": Numbering("Article {n}", "art. {n}", "none", "{i}° "),
    "HT": Numbering("Article {n}.- ", "art. {n}", "none", "{i}° "),
}


def statute(rng: Random, state: str, theme: str) -> Draft:
    """Return a law of ``state`` on ``theme`` (see ``legislation.yaml``): its definitions, offences and procedure.

    Now and then a provision is one that was inserted later (``bis``).
    """
    form, law = words("states")[state], words("legislation")
    language = str(form["language"])
    moment = date(1995, 1, 1) + timedelta(days=rng.randint(0, 10_500))
    number, title = _name(rng, state, theme, moment)
    paragraphs = [Paragraph("title", title, language), Paragraph("paragraph", form["enacting"], language)]
    grouping, headings = national(law["headings"], state)
    subject = law["themes"][theme]
    groups = (
        [_rule(law["general"][key], state) for key in law["general"]],
        [_offence(rng, law["offences"][key], state) for key in subject["offences"]],
        [_rule(law["procedure"][key], state) for key in subject["procedure"]] + [_rule(law["final"], state)],
    )
    count = 0
    for place, (heading, provisions) in enumerate(zip(headings, groups, strict=True)):
        paragraphs.append(Paragraph("heading", f"{grouping} {ROMANS[place]}\n{heading}", language))
        for provision in provisions:
            inserted = count > 3 and rng.random() < 0.08
            count += not inserted
            paragraphs += _printed(
                provision.filled(rng, title), state, language, _number(NUMBERINGS[state], count, inserted)
            )
    given = Writer(language).fill(form["given"], {"date": day(moment, language, rng)})
    paragraphs.append(given.paragraph("paragraph"))
    truth: dict[str, object] = {"number": number, "year": moment.year}
    return Draft("statute", state, title, moment.isoformat(), tuple(paragraphs), truth)


def planned_laws() -> list[tuple[str, str]]:
    """Return State and theme of every law of the demonstration, the States in turn.

    A part of the list has laws of all States and most themes, half of them the State's first.
    """
    laws = words("legislation")["laws"]
    states = sorted(laws)
    rounds = range(len(states) * 3)
    chosen = ((states[5 * n % len(states)], (1 + n // 2 % 2 if n % 2 else 0) + n // len(states)) for n in rounds)
    return [(state, laws[state][theme % 3]) for state, theme in chosen]


@dataclass(frozen=True, slots=True)
class _Provision:
    rubric: str
    text: str
    items: tuple[str, ...]

    def filled(self, rng: Random, title: str) -> _Provision:
        return replace(self, text=self.text.format(days=rng.choice([30, 60, 90, 180]), title=title))


def national(wording: Mapping[str, Any], state: str) -> Any:
    """Return what is worded for ``state``, else for Brazil's drafting (``br``) or the language of the State."""
    language = words("states")[state]["language"]
    keys = (state, "br", language) if state == "BR" else (state, language)
    return next(wording[key] for key in keys if key in wording)


def _rule(rule: Mapping[str, Any], state: str) -> _Provision:
    return _Provision(
        national(rule["label"], state),
        national(rule, state),
        tuple(national(rule["items"], state)) if "items" in rule else (),
    )


def _offence(rng: Random, offence: Mapping[str, Any], state: str) -> _Provision:
    """Return conduct and penalty in the way in which the State's law punishes."""
    drafting = words("legislation")["drafting"][state]
    penalty = drafting[offence["penalty"]].format(
        min=rng.randint(*offence["min"]),
        max=rng.randint(*offence["max"]),
        fine=_fine(rng, state),
        wages=rng.randint(10, 50) * 10,
        low_days=rng.randint(10, 20) * 10,
        high_days=rng.randint(25, 50) * 10,
    )
    rule = _rule(offence, state)
    opening = " ".join(part for part in (drafting[offence.get("actor", "person")], rule.text) if part)
    return replace(rule, text=f"{opening.removesuffix(',')}{drafting['join']}{penalty}.")


def _fine(rng: Random, state: str) -> str:
    """Return an amount in the State's currency, as its laws write it."""
    form = words("states")[state]
    amount = f"{rng.randint(10, 500) * 1000:,}"
    written = amount.replace(",", " " if form["language"] == "fr" else "." if form["decimal"] == "," else ",")
    currencies = words("vocabulary")["currencies"][form["language"]]
    return f"{written} {currencies[form['currency']]}"


def _name(rng: Random, state: str, theme: str, moment: date) -> tuple[str, str]:
    """Return number and title; every State has its own way to number a law."""
    law = words("legislation")
    serial, year = rng.randint(11, 89), moment.year
    forms = {
        "CO": f"{serial * 23} de {year}", "AR": f"{20 + serial % 8}.{serial * 11:03d}",
        "PE": f"N.° {28000 + serial * 37}",
        "BR": f"{9 + serial % 6}.{serial * 11:03d}/{year}", "FR": f"{year}-{serial * 17}",
    }  # fmt: skip
    number = forms.get(state, f"{serial}/{year}")
    topic = national(law["themes"][theme], state)
    return number, national(law["titles"], state).format(number=number, topic=topic, year=year)


def _printed(provision: _Provision, state: str, language: str, number: str) -> list[Paragraph]:
    style = NUMBERINGS[state]
    unit = style.unit.format(n=number.removesuffix("o"))
    lead = style.article.format(n=number, rubric=provision.rubric)
    if style.rubric == "below":
        lead = f"{lead}\n{provision.rubric}"
    if style.rubric in ("line", "below") or state == "FR":
        heading = Paragraph("heading", lead, language, unit=unit)
        paragraphs = [heading, *(Paragraph("paragraph", part, language) for part in provision.text.split("\n"))]
    else:
        first, *others = provision.text.split("\n")
        paragraphs = [Paragraph("paragraph", lead + first, language, unit=unit)]
        paragraphs += [Paragraph("paragraph", part, language) for part in others]
    for place, item in enumerate(provision.items):
        mark = style.item.format(i=place + 1, a="abcdefgh"[place], r=ROMANS[place])
        paragraphs.append(Paragraph("item", mark + item, language))
    return paragraphs


def _number(style: Numbering, count: int, inserted: bool) -> str:
    if style.inserted == "ordinal":
        # Lei Complementar 95/1998, art. 10: ordinals up to the ninth article, then cardinals
        return f"{count}{'º' if count < 10 else ''}{'-A' if inserted else ''}"
    if style.inserted == "o":
        # Colombia prints articles 1o. to 9o., then 10., and 7A.
        return f"{count}A" if inserted else f"{count}o" if count < 10 else str(count)
    if not inserted:
        return str(count)
    return {"bis": f"{count} bis", "letter": f"{count}A", "dash": f"{count}-A"}[style.inserted]
