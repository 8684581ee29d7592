"""Conversion of the corpora of ``sources.yaml`` to rows: ``python -m models.ner.gather [--repositories FOLDER]``.

Each source is a git repository at one commit. It is read from a folder with ``owner+name`` (a clone, bare or not, there
or in ``repo`` below it), or cloned from its public address. Only the paths in ``sources.yaml`` are read and verified by
SHA-256; none is a test part. The rows are written to ``.cache/corpora/<name>.jsonl`` for ``read_gathered`` in
``corpora.py``. The English text of the parliament is also annotated by a spaCy pipeline (``--pipeline``: a folder with
the installed package), see ``parliament.py``.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from models.ner.brat import brat_rows
from models.ner.newspaper import newspaper_rows
from models.ner.pairs import found_by_pipeline, read_pairs
from models.ner.parliament import label_pairs
from models.ner.repositories import open_repository
from models.ner.speech import Row
from models.ner.tokens import token_rows
from models.ner.treebank import treebank_rows

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


def gather(source: dict[str, Any], arguments: Namespace) -> None:
    """Write the rows of a source and, for the parliament, its aligned sentences."""
    output: Path = arguments.output
    if source["form"] == "pairs":
        pairs = read_pairs(source["parts"], arguments.repositories)
        rows = list(label_pairs(pairs, found_by_pipeline(pairs, arguments.pipeline)))
        write(output / f"{source['name']}.jsonl", pairs)
        for language in source["languages"]:
            write(output / f"{source['name']}-{language}.jsonl", (r for r in rows if r["language"] == language))
    else:
        write(output / f"{source['name']}.jsonl", _marked_rows(source, arguments.repositories))


def _marked_rows(source: dict[str, Any], folder: Path) -> Iterator[Row]:
    for part in source["parts"]:
        repository = open_repository(part["repository"], part["commit"], folder)
        if source["form"] == "brat":
            yield from brat_rows(source, repository.read_folder(part["path"], part["sha256"]))
        elif source["form"] in ("newspaper", "treebank"):
            read = newspaper_rows if source["form"] == "newspaper" else treebank_rows
            yield from read(source, repository.read_zip(part))
        else:
            yield from token_rows(source, repository.read(part["path"], part["sha256"]))


def write(path: Path, rows: Iterable[Any]) -> None:
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    new = path.with_suffix(".new")
    new.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    new.replace(path)
    print(f"{len(lines):7,} {path}", flush=True)


def main() -> None:
    parser = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--repositories", type=Path, default=ROOT / ".cache" / "repositories")
    parser.add_argument("--output", type=Path, default=ROOT / ".cache" / "corpora")
    parser.add_argument("--pipeline", type=Path, default=ROOT / ".cache" / "spacy-small")
    parser.add_argument("--only", help="the name of one source")
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    for source in yaml.safe_load((HERE / "sources.yaml").read_text(encoding="utf-8")):
        if arguments.only in (None, source["name"]):
            gather(source, arguments)


if __name__ == "__main__":
    main()
