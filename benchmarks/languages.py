"""Language identification in bilingual documents: paragraphs, short lines in context, changes within a paragraph.

Usage: ``python -m benchmarks.languages [SEED]``. Documents are composed of real paragraphs and headings (Universal
Declaration of Human Rights, statutes, judgments; ``../shared/data``) and of our own short texts in other languages. A
paragraph, line or part of a mixed paragraph is correct if 90 % of its characters have its language.
"""

from __future__ import annotations

import json
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import yaml
from lxml import html

from nlp.language import find_segments

HERE = Path(__file__).parent
DATA = HERE.parent.parent / "shared" / "data"
LANGUAGES = ("es", "pt", "en", "fr")
DOCUMENTS = 400
SHORT = 40
RIGHT = 0.9

Item = tuple[str, str, str]  # text, language, kind


def sources() -> dict[str, dict[str, list[str]]]:
    """Return the paragraphs and short lines of each language; other languages are ``und:NAME``."""
    texts: dict[str, dict[str, list[str]]] = defaultdict(lambda: {"paragraphs": [], "lines": []})
    for language, line in _real_lines():
        line = re.sub(r"[#*_|]+|\[\^?\d+\]|\^\d+", " ", line)
        line = " ".join(line.split())
        if len(line) < SHORT and re.search(r"[^\W\d_]{3}", line):
            texts[language]["lines"].append(line)
        elif 60 < len(line) < 1200:
            texts[language]["paragraphs"].append(line)
    for language, listed in yaml.safe_load((HERE / "other_languages.yaml").read_text(encoding="utf-8")).items():
        texts[f"und:{language}"] = listed
    return texts


def _real_lines() -> Iterator[tuple[str, str]]:
    for article in json.loads((DATA / "udhr" / "udhr_articles.json").read_text(encoding="utf-8")):
        for name, language in (("eng", "en"), ("spa", "es"), ("por_BR", "pt"), ("por_PT", "pt"), ("fra", "fr")):
            yield language, article[name]
    for folder, language in (("mx", "es"), ("pe", "es"), ("uy", "es"), ("fr", "fr"), ("ie", "en")):
        for path in sorted((DATA / "statutes" / folder).rglob("*.md")):
            text = path.read_text(encoding="utf-8").removeprefix("---\n").split("\n---\n", 1)[-1]
            yield from ((language, line) for line in text.splitlines())
    for path in sorted((DATA / "statutes" / "br" / "html").glob("*.html")):
        page = html.fromstring(path.read_bytes())
        yield from (("pt", " ".join("".join(map(str, p.itertext())).split())) for p in page.iter("p"))
    for name, language in (("ES", "es"), ("FR", "fr")):
        path = DATA / "echr-es-fr" / "manual" / f"{name}-manual-dev.tsv"
        yield from ((language, line) for line in _sentences(path))


def _sentences(path: Path) -> Iterator[str]:
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        words = [line.split("\t")[0].split(" ")[0] for line in block.splitlines() if line.strip()]
        yield re.sub(r" ([,.;:)])", r"\1", " ".join(words))


def documents(seed: int) -> Iterator[list[list[Item]]]:
    """Yield documents as lists of paragraphs, each a list of items in one language each."""
    texts = sources()
    draw = random.Random(seed)
    others = sorted(name for name in texts if name.startswith("und"))
    for number in range(DOCUMENTS):
        pair = draw.sample(LANGUAGES, 2) if number % 4 else [draw.choice(LANGUAGES), draw.choice(others)]
        document: list[list[Item]] = []
        for _ in range(draw.randint(3, 6)):
            pair.reverse()
            document.extend(_section(draw, texts, pair))
        yield document


def _section(draw: random.Random, texts: dict[str, dict[str, list[str]]], pair: list[str]) -> Iterator[list[Item]]:
    """Yield a heading, one to three paragraphs and, at times, one in which the language changes."""
    left, right = pair
    yield [(draw.choice(texts[left]["lines"]), left, "short line")]
    for _ in range(draw.randint(1, 3)):
        yield [(draw.choice(texts[left]["paragraphs"]), left, "paragraph")]
    if draw.random() < 0.4:
        quoted = _sentence(draw, texts[right]["paragraphs"])
        yield [(_sentence(draw, texts[left]["paragraphs"]), left, "part"), (f"“{quoted}”", right, "part")]


def _sentence(draw: random.Random, paragraphs: list[str]) -> str:
    """Return a paragraph of moderate length with a final full stop."""
    paragraph = next(p for p in iter(lambda: draw.choice(paragraphs), None) if len(p) < 400)
    return paragraph.rstrip(".;:, ") + "."


def score(seed: int) -> tuple[dict[str, Counter[str]], list[str], int]:
    """Return the counts by kind, the errors, and the number of documents with another result when read again."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    wrong: list[str] = []
    texts = []
    for document in documents(seed):
        text, items = _put_together(document)
        texts.append(text)
        labels = _labels(text)
        for start, end, language, kind in items:
            truth = language[:3] if language.startswith("und") else language
            right = sum(label == truth for label in labels[start:end]) >= RIGHT * (end - start)
            counts[kind]["right" if right else "wrong"] += 1
            counts[f"{kind} {truth}"]["right" if right else "wrong"] += 1
            if not right:
                recognised = Counter(labels[start:end]).most_common(1)[0][0]
                wrong.append(f"{kind}: {language} read as {recognised}: {text[start:end][:100]}")
    with ThreadPoolExecutor(4) as pool:
        again = list(pool.map(find_segments, texts[:50]))
    return counts, wrong, sum(find_segments(text) != other for text, other in zip(texts, again, strict=False))


def _put_together(document: list[list[Item]]) -> tuple[str, list[tuple[int, int, str, str]]]:
    text = ""
    items = []
    for paragraph in document:
        for number, (part, language, kind) in enumerate(paragraph):
            text += " " if number else ""
            items.append((len(text), len(text) + len(part), language, kind))
            text += part
        text += "\n\n"
    return text, items


def _labels(text: str) -> list[str]:
    return [segment.label for segment in find_segments(text) for _ in range(segment.end - segment.start)]


def main() -> None:
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    started = time.perf_counter()
    counts, wrong, differing = score(seed)
    result: dict[str, object] = {"seed": seed, "documents": DOCUMENTS, "differ_when_read_again": differing}
    for kind, count in sorted(counts.items()):
        total = count["right"] + count["wrong"]
        result[kind] = {"right": round(count["right"] / total, 4), "of": total}
        print(f"{kind:20} {count['right'] / total:7.4f} of {total}")
    print(f"{differing} documents differ when read again in four threads; {time.perf_counter() - started:.1f} s")
    if "--wrong" in sys.argv:
        print("\n".join(wrong))
    (HERE / "results").mkdir(exist_ok=True)
    (HERE / "results" / "languages.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
