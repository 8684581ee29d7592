"""Vectors of the concepts' names and definitions: ``python -m models.concept_tags.concepts`` after the encoder changed.

``concepts.npz`` has for each concept of the layer the mean over four languages of the vector of its preferred name
(``names``) and of its name and definition (``definitions``), and the version of the encoder.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from indexing.settings import Settings
from indexing.vectors.encoder import open_encoder
from nlp.concepts.layer import LANGUAGES, concepts

HERE = Path(__file__).resolve().parent


def main() -> None:
    encoder = open_encoder(Settings(home=HERE))
    if encoder is None:
        raise SystemExit("models/encoder holds no model")
    every = concepts().values()
    names = [[encoder.query(entry.preferred(language)) for entry in every] for language in LANGUAGES]
    definitions = [
        [encoder.query(f"{entry.preferred(language)}. {entry.definition[language]}") for entry in every]
        for language in LANGUAGES
    ]
    np.savez_compressed(
        HERE / "concepts.npz",
        ids=np.array([entry.id for entry in every]),
        names=np.mean(names, axis=0).astype(np.float16),
        definitions=np.mean(definitions, axis=0).astype(np.float16),
        encoder=np.array(encoder.version),
    )


if __name__ == "__main__":
    main()
