"""``rogatio concepts``: concepts of a question, terms of a concept, export as SKOS."""

from __future__ import annotations

import json
from pathlib import Path

import click
from babel import Locale

from app.cli_usage import WrongUsage
from app.cli_wording import language, say, variety, write_file
from app.concepts.json_form import concept_json, concept_row
from app.labels import label_in
from app.search.query_concepts import query_concepts
from indexing.analysis.folding import fold
from indexing.search.query_fields import known_value
from indexing.settings import settings_from
from nlp.concepts.layer import Concept, concept, concepts, labels_for
from nlp.concepts.skos import FORMATS, skos


@click.command(help=say("concepts.help"))
@click.argument("query", required=False, default="")
@click.option("--country", default="", metavar="CODE", help=say("concepts.country"))
@click.option("--skos", "skos_file", type=click.Path(dir_okay=False, path_type=Path), help=say("concepts.skos"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def concepts_command(query: str, country: str, skos_file: Path | None, as_json: bool) -> None:
    if skos_file:
        _write_skos(skos_file)
    elif query in concepts():
        _show(concept(query), known_value("jurisdiction", country), as_json)
    elif query:
        _answer(query, as_json)
    else:
        _list(as_json)


def _write_skos(path: Path) -> None:
    if path.suffix not in FORMATS:
        raise WrongUsage("app.bad_suffix", suffixes=" ".join(FORMATS))
    write_file(path, skos().serialize(format=FORMATS[path.suffix], encoding="utf-8"))
    click.echo(say("concepts.written", number=len(concepts()), file=path))


def _list(as_json: bool) -> None:
    found = sorted(concepts().values(), key=lambda entry: fold(entry.name(language())))
    if as_json:
        click.echo(json.dumps({"concepts": [concept_row(entry, language()) for entry in found]}, ensure_ascii=False))
        return
    for known in found:
        click.echo(f"{known.id:<28}{known.name(language())}")


def _answer(query: str, as_json: bool) -> None:
    matches = query_concepts(settings_from(), query)
    rows = [
        concept_row(concept(match.concept), language()) | {"score": match.score, "label": match.label}
        for match in matches
    ]
    if as_json:
        click.echo(json.dumps({"concepts": rows}, ensure_ascii=False))
        return
    if not rows:
        click.echo(say("concepts.unknown"), err=True)
    for row in rows:
        click.echo(
            f"{row['score']:.2f}  {row['id']:<28}{row['name']}" + (f"  « {row['label']} »" if row["label"] else "")
        )


def _show(found: Concept, country: str, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(concept_json(found, language(), country), ensure_ascii=False))
        return
    click.echo(f"{found.id}  {found.name(language())}\n{found.definition[language()]}")
    for code in dict.fromkeys(label.language for label in found.labels):
        labels = labels_for(found.id, country, code) if country else found.labels_in(code)
        if labels:
            click.echo(f"\n{code}")
        for label in labels:
            country_names = [str(Locale(language()).territories.get(place, place)) for place in label.jurisdictions]
            country_names += (
                [label_in(variety(), "relation", label.relation)] if label.relation not in {"", "weak"} else []
            )
            click.echo(f"  {label.text}" + (f"  ({', '.join(country_names)})" if country_names else ""))
