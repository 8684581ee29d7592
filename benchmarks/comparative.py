"""Relevance judgments for articles of six countries' laws: those of ``comparative-dev``, and our own.

An article is a provision by ``nlp.structure``. A judgment of ``shared/data/comparative-dev`` consists of a file, an
article's number and the first words of its text; both are compared, since numbers repeat within a file. Our own consist
of a file and a number: ``provisions_asked.yaml``, and ``provisions_asked_blind*.yaml``, which were made by a person who
had not seen the layer of concepts.
"""

from __future__ import annotations

import csv
import json
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import regex
import yaml

ROOT = Path(__file__).parent.parent
DATA = ROOT.parent / "shared" / "data"
STATUTES = DATA / "statutes"
CACHE = ROOT / ".cache" / "retrieval"
OWN = "provisions_asked.yaml"
BLIND = ("provisions_asked_blind.yaml", "provisions_asked_blind_2.yaml", "provisions_asked_blind_3.yaml")
LANGUAGES = {"br": "pt", "fr": "fr", "ie": "en", "mx": "es", "pe": "es", "uy": "es"}
KINDS = ("label", "practitioner")
_STRUCTURE = ("nlp/structure/*.py", "nlp/resources/structure.yaml")
_KEY = 40  # characters of a judgment's first words that must occur
_NEAR = 400  # characters of an article in which they must occur

Ranking = Sequence[int]
Goal = Mapping[tuple[str, str], Sequence[frozenset[int]]]


@dataclass(frozen=True, slots=True)
class Article:
    """A provision with the headings ``above`` it; ``file`` is relative to the statutes.

    ``start`` and ``end`` are offsets in the file's text, from the end of the preceding provision.
    """

    file: str
    label: str
    above: str
    start: int
    end: int
    text: str

    @property
    def country(self) -> str:
        return self.file[:2]


@dataclass(frozen=True, slots=True)
class Query:
    concept: str
    kind: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Result of a query in a country's ranking: ``rank`` of the first article of grade 2, from 1; 0 if none."""

    query: Query
    country: str
    rank: int
    recall: float

    @property
    def across(self) -> bool:
        return self.query.language != LANGUAGES[self.country]


def law_files() -> list[Path]:
    """Return the files of the laws: Markdown, HTML, and JSON that contains HTML."""
    return sorted(path for path in STATUTES.rglob("*") if path.suffix in (".md", ".html", ".json"))


def as_file(path: Path, folder: Path) -> Path:
    """Return the law as a readable file: HTML in JSON is written to a file in ``folder``."""
    if path.suffix != ".json":
        return path
    page = folder / f"{path.stem}.json.html"
    page.write_text(f"<html><body>{json.loads(path.read_text())['conteudo']}</body></html>", encoding="utf-8")
    return page


def articles() -> list[Article]:
    """Return all articles, cached until the rules of structure change."""
    digest = sha256()
    for pattern in _STRUCTURE:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.read_bytes())
    cached = CACHE / f"articles-{digest.hexdigest()[:12]}.jsonl"
    if not cached.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        rows = [json.dumps(asdict(article), ensure_ascii=False) for article in _read_articles()]
        cached.write_text("\n".join(rows), encoding="utf-8")
    return [Article(**json.loads(row)) for row in cached.read_text(encoding="utf-8").split("\n")]


def _read_articles() -> Iterator[Article]:
    from extraction.read import read
    from nlp.structure.structure import find_structure, provisions

    for path in law_files():
        with tempfile.TemporaryDirectory() as scratch:
            document = read(as_file(path, Path(scratch)), Path(scratch)).document
        if document is None:
            raise ValueError(f"{path.name} holds no document")
        name = path.relative_to(STATUTES).as_posix()
        units = find_structure(
            document.text, document.blocks, document_type="statute", jurisdiction=name[:2].upper(),
            language=LANGUAGES[name[:2]],
        )  # fmt: skip
        own = {(unit.label, unit.end): unit.start for unit in units}
        for unit in provisions(units):
            text = document.text[own[unit.label, unit.end] : unit.end]
            yield Article(name, unit.label, " · ".join(unit.path), unit.start, unit.end, text)


def queries() -> list[Query]:
    with (DATA / "comparative-dev" / "queries.tsv").open(encoding="utf-8") as file:
        return [
            Query(row["concept"], row["kind"], language, row[language])
            for row in csv.DictReader(file, delimiter="\t")
            for language in ("en", "es", "pt", "fr")
        ]


def expected_articles(all_articles: Sequence[Article]) -> tuple[dict[tuple[str, str], list[frozenset[int]]], list[str]]:
    """Return the articles of grade 2 by concept and country, and the judgments without matching article.

    For a judgment with several matching articles (a law printed twice in a file), each of them counts.
    """
    by_file: dict[str, list[int]] = defaultdict(list)
    for number, article in enumerate(all_articles):
        by_file[article.file].append(number)
    by_concept: dict[tuple[str, str], list[frozenset[int]]] = defaultdict(list)
    missing: list[str] = []
    for line in (DATA / "comparative-dev" / "judgments.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["grade"] == 2:
            numbers = frozenset(n for n in by_file[row["file"]] if _answers(all_articles[n], row))
            by_concept[row["concept"], row["country"]].append(numbers)
            if not numbers:
                missing.append(f"{row['file']} {row['article']} {row['key']}")
    return by_concept, missing


def _answers(article: Article, row: Mapping[str, str]) -> bool:
    number = regex.escape(row["article"])
    if not regex.search(rf"(?<![\w.-]){number}(?![^\W.º°]|-)", article.label, regex.IGNORECASE):
        return False
    return row["key"].lstrip("º°o ")[:_KEY] in words(article.text[:_NEAR])


def words(text: str) -> str:
    """Return text in the form of the judgments: lower case, with one space between words."""
    return regex.sub(r"\W+", " ", text.lower()).strip()


def own_queries(name: str = OWN) -> list[Query]:
    return [
        Query(concept, kind, language, text)
        for concept, entry in _own(name).items()
        for kind, texts in zip(KINDS, (entry["name"], entry["question"]), strict=True)
        for language, text in texts.items()
    ]


def own_expected_articles(all_articles: Sequence[Article], name: str = OWN) -> Goal:
    """Return the articles of our own judgments by concept and country; repeated numbers are equivalent."""
    by_label: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, article in enumerate(all_articles):
        by_label[article.file, article.label].append(number)
    by_concept: dict[tuple[str, str], list[frozenset[int]]] = defaultdict(list)
    for concept, entry in _own(name).items():
        for file, numbers in entry["articles"].items():
            for number in numbers:
                by_concept[concept, file[:2]].append(frozenset(_labelled(by_label, file, str(number))))
    return by_concept


def _labelled(by_label: Mapping[tuple[str, str], list[int]], file: str, number: str) -> list[int]:
    numbers = [*by_label.get((file, f"art. {number}"), ()), *by_label.get((file, f"s. {number}"), ())]
    if not numbers:
        raise ValueError(f"{file} has no article {number}")
    return numbers


def _own(name: str) -> dict[str, dict[str, Any]]:
    entries: dict[str, dict[str, Any]] = yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    return entries


def outcomes(rank: Callable[[Query, str], Ranking], goal: Goal, queries: Iterable[Query]) -> Iterator[Outcome]:
    """Yield the results of every judged query; ``rank`` returns the article numbers in a country, best first."""
    for query in queries:
        for country in LANGUAGES:
            relevant = [numbers for numbers in goal.get((query.concept, country), ()) if numbers]
            if not relevant:
                continue
            ranking = list(dict.fromkeys(rank(query, country)))
            first = next((place for place, n in enumerate(ranking, 1) if any(n in group for group in relevant)), 0)
            retrieved = sum(not group.isdisjoint(ranking[:20]) for group in relevant)
            yield Outcome(query, country, first, retrieved / len(relevant))


def figures(results: Iterable[Outcome]) -> dict[str, float | int]:
    rows = list(results)
    hits = sum(0 < row.rank <= 5 for row in rows)
    reciprocal = sum(1 / row.rank for row in rows if 0 < row.rank <= 10)
    count = max(1, len(rows))
    return {
        "hit@5": round(hits / count, 3),
        "hits": hits,
        "n": len(rows),
        "mrr@10": round(reciprocal / count, 3),
        "recall@20": round(sum(row.recall for row in rows) / count, 3),
    }


def summary(results: Sequence[Outcome]) -> dict[str, dict[str, float | int]]:
    """Return the figures by kind of query, same language or across, and by pair of languages."""
    out: dict[str, dict[str, float | int]] = {}
    for kind in KINDS:
        for across in (False, True):
            part = (row for row in results if row.query.kind == kind and row.across == across)
            out[f"{kind}, {'across' if across else 'same language'}"] = figures(part)
    for language in ("en", "es", "pt", "fr"):
        for target in ("en", "es", "pt", "fr"):
            part = (r for r in results if r.query.language == language and LANGUAGES[r.country] == target)
            out[f"{language} -> {target}"] = figures(part)
    return out


def print_summary(title: str, rows: Mapping[str, Mapping[str, float | int]]) -> None:
    print(f"\n{title:<32}{'hit@5':>7}{'hits/n':>10}{'MRR@10':>9}{'recall@20':>11}")
    for name, row in rows.items():
        hits = f"{row['hits']}/{row['n']}"
        print(f"{name:<32}{row['hit@5']:>7}{hits:>10}{row['mrr@10']:>9}{row['recall@20']:>11}")
