"""``rogatio search``: one query, or many as JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

import click

from app.cli_usage import WrongUsage
from app.cli_wording import language, say, say_count, variety
from app.json_lines import Row, answer_lines
from app.search.false_friend_rows import false_friend_row
from app.wording import enumerated
from extraction.errors import RogatioError
from indexing.installation import Installation, open_installation
from indexing.search.clauses import TODAY
from indexing.search.query_fields import check_filters
from indexing.search.request import (
    ABBREVIATION,
    COUNTRY,
    GROUPS,
    INTERPRETED,
    MODES,
    Hit,
    Recognised,
    SearchRequest,
    SearchResult,
)
from indexing.settings import settings_from
from indexing.vectors.encoder import open_encoder
from nlp.concepts.layer import concept

FIELDS = ("query", "filters", "limit", "group_by", "mode")


@click.command(help=say("search.help"))
@click.argument("query", required=False, default="")
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
@click.option("--jsonl", is_flag=True, help=say("search.jsonl"))
@click.option("--filter", "filters", multiple=True, metavar="FIELD=VALUE", help=say("search.filter"))
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help=say("search.limit"))
@click.option("--group-by", default="", metavar="FIELD", help=say("search.group_by", fields=", ".join(GROUPS)))
@click.option("--mode", type=click.Choice(MODES), default="both", show_default=True, help=say("search.mode"))
@click.option("--as-words", multiple=True, type=click.Choice(INTERPRETED), help=say("search.as_words"))
@click.option("--in-force", default="", metavar="DATE", help=say("search.in_force"))
def search_command(
    query: str, as_json: bool, jsonl: bool, filters: tuple[str, ...], in_force: str, **options: Any
) -> None:
    from indexing.search.search import search

    installation = open_installation(settings_from())
    if jsonl:
        answer_lines((), partial(_answer, installation), FIELDS)
        return
    if not query:
        raise WrongUsage("app.no_query")
    chosen = filters_of((*filters, f"in_force={in_force}") if in_force else filters)
    check_filters(chosen)
    result = search(installation, SearchRequest(query, chosen, **options))
    if as_json:
        click.echo(json.dumps(_as_row(query, result), ensure_ascii=False))
    else:
        _print_result(result, meaning=open_encoder(installation.settings) is not None)


def _as_row(query: str, result: SearchResult) -> dict[str, Any]:
    """Return a result in the fixed form, with false friends and out-of-force citations, if any."""
    row: dict[str, Any] = {"query": query, "hits": [hit_row(hit) for hit in result.hits]}
    if result.recognised:
        row["recognised"] = [asdict(recognised) for recognised in result.recognised]
    notices = [false_friend_row(notice, language()) for notice in result.false_friends]
    from app.search.notices import day_sentence, out_of_force_row

    if result.in_force != (TODAY,):
        row |= {"in_force": result.in_force, "in_force_message": day_sentence(result, language())}
    out_of_force = [out_of_force_row(citation, language()) for citation in result.out_of_force_citations]
    return (
        row
        | ({"out_of_force_citations": out_of_force} if out_of_force else {})
        | ({"false_friends": notices} if notices else {})
    )


def hit_row(hit: Hit) -> dict[str, Any]:
    """Return a hit in the form of the REST API, for scripts and other systems."""
    from app.search.json_form import hit_json

    return hit_json(hit)


def filters_of(given: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Parse filters written as ``field=value``."""
    filters: dict[str, tuple[str, ...]] = {}
    for argument in given:
        name, equals, value = argument.partition("=")
        if not equals:
            raise WrongUsage("app.bad_filter", filter=argument[:80])
        filters[name] = (*filters.get(name, ()), value)
    return filters


def _answer(installation: Installation, row: Row) -> Row:
    from indexing.search.search import search

    try:
        result = search(installation, _request(row))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RogatioError("app.row_unreadable") from error
    return {"hits": [hit_row(hit) for hit in result.hits]}


def _request(row: Mapping[str, Any]) -> SearchRequest:
    """Raises ValueError, KeyError, TypeError or AttributeError for an invalid row."""
    query, group_by, mode = row["query"], row.get("group_by") or "", row.get("mode") or "both"
    limit = 10 if row.get("limit") is None else row["limit"]
    filters = {name: tuple(map(str, values)) for name, values in (row.get("filters") or {}).items()}
    if not isinstance(query, str) or not isinstance(group_by, str) or type(limit) is not int or limit < 1:
        raise TypeError("not a search")
    if any(isinstance(values, str) for values in (row.get("filters") or {}).values()):
        raise TypeError("filters are lists")
    check_filters(filters)
    return SearchRequest(query, filters, limit=limit, group_by=group_by, mode=mode)


def _print_result(result: SearchResult, *, meaning: bool) -> None:
    from rich.console import Console
    from rich.text import Text

    from app.labels import reading_in, reasons_in
    from app.marked_text import pieces
    from app.search.notices import day_sentence, offered_in_force, out_of_force_sentence
    from app.wording import wording

    console = Console()
    console.print(say_count("search.found", result.total))
    if result.nearest:
        console.print(Text(f"{wording('search.nearest_question_finds_something', language())} {result.nearest}"))
    if result.absent and result.hits:
        console.print(say("search.absent", concept=concept(result.absent).name(language())))
    for state in result.states_without_law:
        console.print(say("search.no_law_of", state=_territories().get(state, state)))
    if of_day := day_sentence(result, language()):
        console.print(Text(of_day))
    if offered := offered_in_force(result.request.query, result):
        console.print(Text(wording("law_of.offered", language(), day=offered[0])))
    for recognised in result.recognised:
        console.print(Text(_recognised_words(recognised)))
    if result.request.mode == "both" and not meaning:
        console.print(say("search.without_meaning"))
    for name in ("by_names", "by_meaning", "words_only", "not_in_force", "not_in_force_then", "perhaps_in_force"):
        if number := getattr(result, name):
            console.print(say_count(f"search.{name}", number))
    for cited in result.citations:
        if cited.is_only_its_law or not (cited.held or cited.is_identifier):
            found = "search.only_its_law_held" if cited.held else "search.not_held_here"
            named = cited.of_held_laws if cited.held else cited.readings
            readings = "; ".join(reading_in(variety(), reading) for reading in named)
            said = f"{cited.text}: {readings}" if readings else cited.text
            console.print(Text(f"{said} — {wording(found, language())}"))
        if cited.held and cited.absent_states:
            states = ", ".join(str(_territories().get(state, state)) for state in cited.absent_states)
            console.print(Text(f"{cited.text} — {wording('search.codes_not_held', language(), states=states)}"))
    for citation in result.out_of_force_citations:
        console.print(Text(out_of_force_sentence(citation, language())))
    for friend in result.false_friends:
        console.print(Text(f"{friend.term}: {friend.note[language()]}", style="italic"))
    group = ""
    for number, hit in enumerate(result.hits, start=1):
        if hit.group != group:
            group = hit.group
            console.print(Text(f"\n{_group(result.request.group_by, hit)}", style="bold underline"))
        console.print(Text.assemble(f"\n{number}. ", (hit.title, "bold"), f"  {_pinpoint(hit)}"))
        shown = pieces(hit.snippet, hit.snippet_start, hit.marks)
        console.print(Text.assemble(*((piece.text, "reverse" if piece.hit else "") for piece in shown)))
        console.print(Text(enumerated(reasons_in(language(), hit.why), language()), style="italic"))
        console.print(Text(f"{hit.document_id}  {hit.source}", style="dim"))


def _territories() -> Mapping[str, object]:
    """Return the names of States by their codes."""
    from babel import Locale

    names: Mapping[str, object] = Locale(language()).territories
    return names


def _recognised_words(recognised: Recognised) -> str:
    """Print what was recognised in the query, and how to search it as words."""
    from app.labels import label_in
    from app.search.notices import long_forms

    names = _territories() if recognised.field == COUNTRY else {}
    shown = long_forms(recognised, language()) if recognised.field == ABBREVIATION else recognised.values
    values = ", ".join(str(names.get(value, value)) for value in shown)
    field = label_in(variety(), "field", recognised.field).lower()
    applied = "search.recognised_excluded" if recognised.excluded else "search.recognised"
    key = applied if recognised.applied else "search.not_recognised"
    return say(key, text=recognised.text, field=field, values=values, name=recognised.field)


def _group(field: str, hit: Hit) -> str:
    """Return the common property of a group of hits in words."""
    from babel import Locale

    from app.labels import concept_in, label_in
    from indexing.search.paging import field_of

    match field_of(field):
        case "document_id":
            return hit.title or hit.source
        case "jurisdiction":
            return str(Locale(language()).territories.get(hit.group, hit.group))
        case "language":
            return str(Locale(language()).languages.get(hit.group, hit.group))
        case "document_type":
            return label_in(variety(), "document_type", hit.group)
        case "concept" | "offence":
            return concept_in(variety(), hit.group)
    return hit.group


def _pinpoint(hit: Hit) -> str:
    parts: Iterator[str] = filter(None, (hit.jurisdiction, hit.unit, say("page", page=hit.page), hit.date))
    return ", ".join(parts)
