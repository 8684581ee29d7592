"""Elided articles of French scans, which Tesseract reads as a capital V."""

from __future__ import annotations

import pytest

from extraction.layout.ocr_elisions import with_elisions


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("à Nogent VArtaud (France)", "à Nogent l’Artaud (France)"),
        ("l'association et de Vassociation, créée", "l'association et de l’association, créée"),
        ("de Vassociation créée", "de Vassociation créée"),  # nothing shows that it is one
        ("Vienne, VIe siècle, Vous et Vallée", "Vienne, VIe siècle, Vous et Vallée"),
        ("VEDETTE du port", "VEDETTE du port"),
    ],
)
def test_a_capital_v_before_a_vowel_is_an_article(words: str, read: str) -> None:
    assert with_elisions(words.split(), "fr") == read.split()


def test_pages_in_other_languages_keep_their_words() -> None:
    assert with_elisions(["VArtaud"], "es") == ["VArtaud"]
