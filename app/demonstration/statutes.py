"""Statutes with the numbering, headings and divisions usual in their State."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from app.demonstration.mentions import day
from app.demonstration.words import words
from app.demonstration.writing import Draft, Paragraph, Writer

ROMANS = "I II III IV V VI VII VIII IX X".split()


@dataclass(frozen=True, slots=True)
class Numbering:
    """How a State prints an article and its items: ``article`` in the text, ``unit`` as the stable label."""

    article: str
    unit: str
    rubric: str
    item: str
    inserted: str = "bis"


NUMBERINGS = {
    "ES": Numbering("Artículo {n}. {rubric}.", "art. {n}", "line", "{i}. "),
    "CO": Numbering("ARTÍCULO {n}o. {rubric}. ", "art. {n}", "run", "{i}. ", "letter"),
    "PE": Numbering("Artículo {n}.- {rubric}", "art. {n}", "line", "{i}. ", "dash"),
    "AR": Numbering("ARTÍCULO {n}.- ", "art. {n}", "none", "{a}) "),
    "MX": Numbering("Artículo {n}. ", "art. {n}", "none", "{r}. "),
    "BR": Numbering("Art. {n} ", "art. {n}", "none", "{r} - ", "ordinal"),
    "PT": Numbering("Artigo {n}.º", "art. {n}", "below", "{a}) ", "dash"),
    "IE": Numbering("{n}. {rubric}.—", "s. {n}", "run", "({a}) "),
    "JM": Numbering("{n}. ", "s. {n}", "none", "({a}) "),
    "TT": Numbering("{n}. ", "s. {n}", "none", "({a}) "),
    "FR": Numbering("Article {n}", "art. {n}", "none", "{i}° "),
    "HT": Numbering("Article {n}.- ", "art. {n}", "none", "{i}° "),
}


def statute(rng: Random, state: str) -> Draft:
    """Return a law of ``state`` with ten to twenty provisions, occasionally with an inserted one (``bis``)."""
    form = words("states")[state]
    language = str(form["language"])
    about = words(language)["statute"]
    moment = date(1995, 1, 1) + timedelta(days=rng.randint(0, 10_500))
    number, title = _name(rng, state, about, moment)
    paragraphs = [Paragraph("title", title, language), Paragraph("paragraph", form["enacting"], language)]
    grouping, headings = rng.choice(about["groupings"])
    groups = (
        about["general"],
        _chosen(rng, about["offences"], 5),
        [*_chosen(rng, about["procedure"], 3), about["final"]],
    )
    count = 0
    for place, (heading, provisions) in enumerate(zip(headings, groups, strict=True)):
        paragraphs.append(Paragraph("heading", f"{grouping} {ROMANS[place]}\n{heading}", language))
        for provision in provisions:
            inserted = count > 3 and rng.random() < 0.08
            count += not inserted
            paragraphs += _provision(rng, state, language, count, inserted, provision, title)
    given = Writer(language).fill(form["given"], {"date": day(moment, language, rng)})
    paragraphs.append(given.paragraph("paragraph"))
    truth: dict[str, object] = {"number": number, "year": moment.year}
    return Draft("statute", state, title, moment.isoformat(), tuple(paragraphs), truth)


def _chosen(rng: Random, provisions: list[list[object]], least: int) -> list[list[object]]:
    return rng.sample(provisions, rng.randint(least, len(provisions)))


def _name(rng: Random, state: str, about: dict[str, list[str]], moment: date) -> tuple[str, str]:
    """Return number and title; each State numbers its laws differently."""
    serial, year = rng.randint(11, 89), moment.year
    forms = {
        "CO": f"{serial * 23} de {year}", "AR": f"{20 + serial % 8}.{serial * 11:03d}",
        "PE": f"N.° {28000 + serial * 37}",
        "BR": f"{9 + serial % 6}.{serial * 11:03d}/{year}", "FR": f"{year}-{serial * 17}",
    }  # fmt: skip
    number = forms.get(state, f"{serial}/{year}")
    title = rng.choice(about["titles"]).format(number=number, topic=rng.choice(about["topics"]), year=year)
    return number, title


def _provision(
    rng: Random, state: str, language: str, count: int, inserted: bool, provision: list[object], law: str
) -> list[Paragraph]:
    style = NUMBERINGS[state]
    rubric, body, *rest = provision
    number = _number(style, count, inserted)
    unit = style.unit.format(n=number)
    low = rng.randint(1, 9)
    text = str(body).format(
        min=low,
        max=low + rng.randint(1, 9),
        fine=rng.randint(10, 500) * 1000,
        days=rng.choice([30, 60, 90, 180]),
        title=law,
    )
    lead = style.article.format(n=number, rubric=rubric)
    if style.rubric == "line":
        paragraphs = [Paragraph("heading", lead, language, unit=unit), Paragraph("paragraph", text, language)]
    elif style.rubric == "below":
        heading = Paragraph("heading", f"{lead}\n{rubric}", language, unit=unit)
        paragraphs = [heading, Paragraph("paragraph", text, language)]
    elif state == "FR":
        paragraphs = [Paragraph("heading", lead, language, unit=unit), Paragraph("paragraph", text, language)]
    else:
        paragraphs = [Paragraph("paragraph", lead + text, language, unit=unit)]
    items = [str(item) for item in rest[0]] if rest and isinstance(rest[0], list) else []
    for place, item in enumerate(items):
        mark = style.item.format(i=place + 1, a="abcdefgh"[place], r=ROMANS[place])
        paragraphs.append(Paragraph("item", mark + item, language))
    return paragraphs


def _number(style: Numbering, count: int, inserted: bool) -> str:
    if style.inserted == "ordinal":
        # Lei Complementar 95/1998, art. 10: ordinals up to the ninth article, then cardinals
        return f"{count}{'º' if count < 10 else ''}{'-A' if inserted else ''}"
    if not inserted:
        return str(count)
    return {"bis": f"{count} bis", "letter": f"{count}A", "dash": f"{count}-A"}[style.inserted]
