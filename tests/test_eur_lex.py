"""Acts of the European Union in the HTML of EUR-Lex, as published and as consolidated."""

from __future__ import annotations

from pathlib import Path

import pytest
from format_checks import document, outline

from nlp.structure.structure import find_structure


def listed(number: str, text: str) -> str:
    """Return a numbered text as the Official Journal has it: a table of one row."""
    cells = f'<td><p class="oj-normal">{number}</p></td><td><p class="oj-normal">{text}</p></td>'
    return f'<table><col width="4%"/><tbody><tr>{cells}</tr></tbody></table>'


def page(title: str, body: str) -> str:
    return f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{title}</title></head><body>{body}</body></html>'


@pytest.mark.parametrize("prefix", ["oj-", ""])  # as generated since and before 2023
def test_an_act_of_the_official_journal(tmp_path: Path, prefix: str) -> None:
    inner = listed("(a)", "los equipos;") + listed("—", "los vehículos.")
    body = (
        '<table><tr><td><p class="oj-hd-date">26.11.2015</p></td><td><p class="oj-hd-lg">ES</p></td></tr></table>'
        '<div><p class="oj-doc-ti">REGLAMENTO (UE) 2015/2120</p><p class="oj-doc-ti">de 25 de noviembre de 2015</p>'
        '<p class="oj-doc-ti">(Texto pertinente a efectos del EEE)</p></div>'
        + listed("(1)", "El presente Reglamento <a href='#n1'>(<span>1</span>)</a> se aplica.")
        + '<p class="oj-ti-section-1">CAPÍTULO I</p><p class="oj-ti-art">Artículo 1</p><p class="oj-sti-art">Objeto</p>'
        + listed("‘1.", f"Se excluyen:</p>{inner}<p>")
        + '<p class="oj-note"><a>(<span>1</span>)</a> DO L 1 de 1.1.2015.</p>'
    )
    found = document(tmp_path, "acto.html", page("L_2015310ES.01000101.xml", body.replace("oj-", prefix)))
    title = "REGLAMENTO (UE) 2015/2120 de 25 de noviembre de 2015"
    assert found.metadata == {"country": "EU", "type": "eu_act", "language": "es", "title": title}
    assert [(kind, text) for kind, _, text in outline(found)][3:] == [
        ("paragraph", "(1) El presente Reglamento (1) se aplica."),
        ("heading", "CAPÍTULO I"),
        ("heading", "Artículo 1"),
        ("heading", "Objeto"),
        ("paragraph", "‘1. Se excluyen:"),
        ("paragraph", "(a) los equipos;"),
        ("paragraph", "— los vehículos."),
        ("footnote", "(1) DO L 1 de 1.1.2015."),
    ]
    assert "26.11.2015" not in found.text
    assert "26.11.2015" in found.pages[0].furniture[0].text


def test_a_consolidated_act(tmp_path: Path) -> None:
    grid = '<div class="grid-container grid-list"><div class="list grid-list-column-1"><span>{} </span></div>'
    title = '<p class="title-doc-first">RÈGLEMENT (UE) 2021/953</p><p class="title-doc-last">relatif à un cadre</p>'
    listing = "<tr><td><p class='arrow'>{}</p></td><td>Règlement</td><td>L 458</td></tr>"
    body = (
        '<p class="reference">02021R0953 — FR — 30.06.2022 — 004.001</p><p class="disclaimer">Texte.</p>'
        f"<table><tr><td><p class='arrow'>►B</p></td><td>{title}</td></tr></table>"
        f"<table>{listing.format('►M1')}{listing.format('►M2')}</table>"
        '<p class="modref"><a>▼M4</a></p><p class="title-article-norm">Article premier</p>'
        '<div class="norm"><span class="no-parag">1.  </span><div class="norm inline-element"><p class="norm">Avant le '
        "<span><a><span>►M2</span></a></span> 3 janvier 2018<span> ◄ </span>, on entend:</p>"
        f'{grid.format("a)")}<div class="grid-list-column-2"><p class="norm">«titulaire»: <i>la personne</i>;</p></div>'
        f'</div>{grid.format("b)")}<div class="grid-list-column-2"><p><i>test</i> rapide.</p></div></div></div></div>'
    )
    found = document(tmp_path, "acte.xhtml", page("Consolidated TEXT: 32021R0953 — FR — 30.06.2022", body))
    assert found.metadata == {
        "country": "EU",
        "type": "eu_act",
        "language": "fr",
        "title": "RÈGLEMENT (UE) 2021/953 relatif à un cadre",
        "celex": "32021R0953",
        "version_date": "2022-06-30",
    }
    assert [(kind, text) for kind, _, text in outline(found)][2:] == [
        ("table", "►M1\tRèglement\tL 458\n►M2\tRèglement\tL 458"),
        ("heading", "Article premier"),
        ("paragraph", "1. Avant le 3 janvier 2018, on entend:"),
        ("paragraph", "a) «titulaire»: la personne;"),
        ("paragraph", "b) test rapide."),
    ]


def test_other_pages_stay_as_they_are(tmp_path: Path) -> None:
    found = document(tmp_path, "a.html", page("Ley", f'{listed("(1)", "Texto.")}<p class="note">Nota ◄</p>'))
    assert [(kind, text) for kind, _, text in outline(found)] == [
        ("paragraph", "(1)"),
        ("paragraph", "Texto."),
        ("paragraph", "Nota ◄"),
    ]


def test_paragraphs_that_go_on_counting_from_the_article_are_no_sections() -> None:
    articles = "\n\n".join(
        f"Article {number}\n\nSubject {number}\n\n1. This Regulation lays down rules.\n\n2. It applies to providers."
        f"\n\n{number + 1}. It does not apply to others."
        for number in range(1, 4)
    )
    articles += "\n\nArticle 4\n\nThis Regulation enters into force."
    units = find_structure(articles, (), document_type="eu_act", language="en", jurisdiction="EU")
    assert [unit.label for unit in units if unit.kind == "article"] == ["art. 1", "art. 2", "art. 3", "art. 4"]
