"""Generated scans: level, skewed, rotated, upside down, empty."""

import shutil
from pathlib import Path

import pytest
import reportlab
from PIL import Image, ImageDraw, ImageFont

from extraction.document import TextOrigin
from extraction.errors import RogatioError
from extraction.image import frames, read_image_file
from extraction.layout import ocr
from extraction.layout.ocr import read_image
from extraction.layout.skew import skew

needs_tesseract = pytest.mark.skipif(not shutil.which("tesseract"), reason="Tesseract is not installed")

LINES = {
    "es": "El Juzgado solicita la información bancaria del señor Muñoz Peña.",
    "pt": "A decisão não obsta à cooperação jurídica em matéria penal.",
    "en": "The authority requests bank records held since the year 2019.",
    "fr": "L’autorité requérante sollicite la saisie des avoirs déposés.",
}
WIDTH, HEIGHT = 595.0, 420.0
DPI = 200


def scan(turn: float = 0.0) -> Image.Image:
    size = round(WIDTH * DPI / 72), round(HEIGHT * DPI / 72)
    image = Image.new("L", size, 255)
    font = ImageFont.truetype(str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"), 34)
    for row, line in enumerate(list(LINES.values()) * 3):
        ImageDraw.Draw(image).text((150, 120 + row * 75), line, fill=0, font=font)
    return image.rotate(turn, expand=turn % 90 == 0, fillcolor=255, resample=Image.Resampling.BICUBIC)


@pytest.mark.parametrize("angle", [-6.0, -1.5, 0.0, 0.8, 4.0])
def test_skew_is_what_levels_the_lines(angle: float) -> None:
    assert skew(scan(-angle)) == pytest.approx(angle, abs=0.35)


def test_an_empty_page_has_no_skew() -> None:
    assert skew(Image.new("L", (900, 1200), 255)) == 0.0


@needs_tesseract
@pytest.mark.parametrize("turn", [0.0, 2.5, 90.0, 180.0, 270.0])
def test_reads_the_four_languages_however_the_page_lies(turn: float) -> None:
    image = scan(turn)
    page = read_image(image, image.width * 72 / DPI)
    words = [word.text for word in page.words]
    for line in LINES.values():
        expected = line.replace("’", "'").split()
        read = [word.replace("’", "'") for word in words]
        assert sum(word in read for word in expected) >= len(expected) - 1, line
    assert page.confidence > 0.8


@needs_tesseract
@pytest.mark.parametrize("turn", [0.0, 3.0, 90.0, 180.0, 270.0])
def test_boxes_lie_on_the_ink_of_the_page_as_given(turn: float) -> None:
    image = scan(turn)
    page = read_image(image, image.width * 72 / DPI)
    long = [word for word in page.words if len(word.text) > 6]
    assert len(long) > 20
    for word in long:
        place = [round(side * DPI / 72) for side in (word.box.x0, word.box.top, word.box.x1, word.box.bottom)]
        assert image.crop((place[0], place[1], place[2], place[3])).getextrema()[0] < 100, word.text


FRENCH = (
    "Le procureur a entendu les témoins au sujet de la fête",
    "qui est décrite dans la requête et dans les pièces du juge.",
    "Il est sûr que la fenêtre du château était ouverte et que",
    "les hôtes sont venus avec des évêques et pour une enquête.",
)
ENGLISH = (
    "The authority of the requested State shall search the house",
    "that is described in the request and in the annexes to it.",
    "It was agreed that the records of the bank are to be sent",
    "to the court with the statement of the witness who saw it.",
)


@needs_tesseract
@pytest.mark.parametrize(("lines", "packs"), [(FRENCH, ["fra"]), (ENGLISH, []), (tuple(LINES.values()), [])])
def test_a_short_page_in_one_language_is_read_again_with_its_pack(
    monkeypatch: pytest.MonkeyPatch, lines: tuple[str, ...], packs: list[str]
) -> None:
    image = Image.new("L", (1654, 900), 255)
    font = ImageFont.truetype(str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"), 34)
    for row, line in enumerate(lines):
        ImageDraw.Draw(image).text((150, 120 + row * 75), line, fill=0, font=font)
    used: list[str] = []
    rows = ocr._rows

    def recorded(image: Image.Image, packs: str, config: str = "") -> list[dict[str, str]]:
        used.append(packs)
        return rows(image, packs, config)

    monkeypatch.setattr(ocr, "_rows", recorded)
    page = read_image(image, 595)
    assert used == [ocr.languages(), *packs]
    assert "enquête." in " ".join(word.text for word in page.words) or not packs


@needs_tesseract
def test_a_blank_page_has_no_words() -> None:
    page = read_image(Image.new("L", (1200, 800), 255), 432)
    assert (page.words, page.confidence) == ((), 0.0)


def test_frames_of_a_tiff_are_pages_in_points(tmp_path: Path) -> None:
    path = tmp_path / "carta.tiff"
    pages = [Image.new("L", (1700, 2200), 255), Image.new("L", (2200, 1700), 255)]
    pages[0].save(path, save_all=True, append_images=pages[1:], dpi=(200, 200))
    assert [(round(width), round(height)) for _, width, height in frames(path)] == [(612, 792), (792, 612)]


def test_a_photograph_without_resolution_is_taken_for_a4(tmp_path: Path) -> None:
    path = tmp_path / "foto.png"
    Image.new("L", (3000, 4000), 255).save(path)
    assert [(round(width, 1), height) for _, width, height in frames(path)] == [(631.5, 842.0)]


@pytest.mark.parametrize("content", [b"", b"not an image", b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_damaged_images_are_distinguished(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "scan.png"
    path.write_bytes(content)
    with pytest.raises(RogatioError) as caught:
        list(frames(path))
    assert caught.value.code == "extraction.image_malformed"


def test_an_image_of_absurd_size_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    path = tmp_path / "wide.png"
    Image.new("1", (20_000, 7_000), 1).save(path)
    with pytest.raises(RogatioError) as caught:
        list(frames(path))
    assert caught.value.code == "extraction.image_too_large"


@needs_tesseract
def test_an_image_file_becomes_a_document_with_a_page_a_frame(tmp_path: Path) -> None:
    path = tmp_path / "carta.tiff"
    scan(1.5).save(path, save_all=True, append_images=[scan()], dpi=(DPI, DPI))
    document = read_image_file(path)
    assert [page.number for page in document.pages] == [1, 2]
    assert {page.origin for page in document.pages} == {TextOrigin.OCR}
    assert document.media_type == "image/tiff"
    start = document.text.index("autoridade" if "autoridade" in document.text else "authority")
    boxes = list(document.words.boxes(start, start + 9))
    assert boxes
    assert document.page_at(start) == boxes[0].page
    assert 0.5 < document.words.within(start, start + 9)["confidence"].min() <= 1
