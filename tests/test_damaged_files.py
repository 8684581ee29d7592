"""Text that was encoded twice is read with a warning; an archive without files is refused."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from extraction.encoding import decode
from extraction.errors import RogatioError
from extraction.read import read

SPANISH = "Artículo 1°.- Objeto. La ocultación de bienes, así como la conversión, según el código: prisión de dos años."
PORTUGUESE = "Não há crime sem lei anterior que o defina. À AÇÃO PENAL E ÀS SANÇÕES, é aplicável o código. SÃO PAULO."


@pytest.mark.parametrize("text", [SPANISH, PORTUGUESE])
@pytest.mark.parametrize("page", ["latin-1", "cp1252"])
def test_text_that_was_encoded_twice_has_a_warning(text: str, page: str) -> None:
    twice = text.encode("utf-8").decode(page, errors="ignore").encode("utf-8")
    assert decode(twice).warnings == ("encoded_twice",)
    assert decode(text.encode("utf-8")).warnings == ()
    assert decode(text.encode(page)).warnings == ()


def test_an_archive_without_files_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "empty.zip", "w"):
        pass
    with zipfile.ZipFile(tmp_path / "folders.zip", "w") as package:
        package.writestr("a/", "")
    with tarfile.open(tmp_path / "folders.tar", "w") as package:
        folder = tarfile.TarInfo("a")
        folder.type = tarfile.DIRTYPE
        package.addfile(folder, io.BytesIO())
    for name in ("empty.zip", "folders.zip", "folders.tar"):
        with pytest.raises(RogatioError) as refused:
            read(tmp_path / name, tmp_path / "members", name=name)
        assert refused.value.code == "extraction.empty_archive"
        assert "contains no files" in refused.value.sentence("en")
