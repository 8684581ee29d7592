"""7z archives written for the tests, one element of the format after the other."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import inflate64
import pytest

from extraction.errors import RogatioError
from extraction.members import Reading
from extraction.read import read

FILES = (("ley/Código penal.txt", b"Art. 1. Texto de la ley. " * 40), ("sentencia.txt", b"Fallo."), ("._x", b"x"))
LZMA2 = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 16}]
LZMA1 = [{"id": lzma.FILTER_LZMA1, "dict_size": 1 << 16, "lc": 3, "lp": 0, "pb": 2}]
SHUFFLED = [{"id": lzma.FILTER_X86}, *LZMA2]
DICTIONARY = b"\x08"  # 64 KiB, as a property of LZMA2


def deflated_64(data: bytes) -> bytes:
    deflater = inflate64.Deflater()
    return bytes(deflater.deflate(data) + deflater.flush())


# name of a method -> its coders (flags, identifier, properties), the pairs of coders, and its compression
METHODS: dict[str, tuple[bytes, Callable[[bytes], bytes]]] = {
    "stored": (b"\x01\x01\x00", lambda data: data),
    "lzma2": (b"\x01\x21\x21\x01" + DICTIONARY, lambda data: lzma.compress(data, lzma.FORMAT_RAW, filters=LZMA2)),
    "lzma": (
        b"\x01\x23\x03\x01\x01\x05\x5d" + (1 << 16).to_bytes(4, "little"),
        lambda data: lzma.compress(data, lzma.FORMAT_RAW, filters=LZMA1),
    ),
    "filtered": (
        b"\x02\x04\x03\x03\x01\x03\x21\x21\x01" + DICTIONARY + b"\x00\x01",
        lambda data: lzma.compress(data, lzma.FORMAT_RAW, filters=SHUFFLED),
    ),
    "deflate": (b"\x01\x03\x04\x01\x08", lambda data: zlib.compress(data, wbits=-15)),
    "bzip2": (b"\x01\x03\x04\x02\x02", bz2.compress),
    "deflate64": (b"\x01\x03\x04\x01\x09", deflated_64),
}


def number(value: int) -> bytes:
    """Return a number in the shortest form of the format."""
    for extra in range(8):
        if value < 1 << (7 * (extra + 1)):
            high = value >> (8 * extra)
            return bytes([(0xFF00 >> extra) & 0xFF | high]) + (value & ((1 << 8 * extra) - 1)).to_bytes(extra, "little")
    return b"\xff" + value.to_bytes(8, "little")


def streams(folder: bytes, packed: int, size: int, inner: bytes = b"", start: int = 0) -> bytes:
    """Return the description of one compressed stream; ``inner`` describes its files."""
    sizes = number(size) * (2 if folder[:1] == b"\x02" else 1)
    return (
        b"\x06" + number(start) + b"\x01\x09" + number(packed) + b"\x00"
        b"\x07\x0b\x01\x00" + folder + b"\x0c" + sizes + b"\x00" + inner + b"\x00"
    )


def archive(
    files: Sequence[tuple[str, bytes]], method: str = "lzma2", compressed_directory: bool = False, mode: int = 0
) -> bytes:
    """Return a 7z archive of ``files`` in one stream."""
    folder, compress = METHODS[method]
    whole = b"".join(content for _, content in files)
    packed = compress(whole)
    checksums = b"".join(zlib.crc32(content).to_bytes(4, "little") for _, content in files)
    sizes = b"".join(number(len(content)) for _, content in files[:-1])
    inner = b"\x08\x0d" + number(len(files)) + (b"\x09" + sizes if sizes else b"") + b"\x0a\x01" + checksums + b"\x00"
    names = b"\x00" + b"".join(name.encode("utf-16-le") + b"\0\0" for name, _ in files)
    modes = b"\x01\x00" + ((mode << 16) | 0x8000).to_bytes(4, "little") * len(files) if mode else b""
    listed = number(len(files)) + b"\x11" + number(len(names)) + names
    listed += (b"\x15" + number(len(modes)) + modes if modes else b"") + b"\x00"
    header = b"\x01\x04" + streams(folder, len(packed), len(whole), inner) + b"\x05" + listed + b"\x00"
    data = packed
    if compressed_directory:
        tight = METHODS["lzma2"][1](header)
        header = b"\x17" + streams(METHODS["lzma2"][0], len(tight), len(header), start=len(data))
        data += tight
    return framed(data, header)


def framed(data: bytes, header: bytes) -> bytes:
    place = (
        len(data).to_bytes(8, "little") + len(header).to_bytes(8, "little") + zlib.crc32(header).to_bytes(4, "little")
    )
    return b"7z\xbc\xaf\x27\x1c\x00\x04" + zlib.crc32(place).to_bytes(4, "little") + place + data + header


def reading(folder: Path, content: bytes) -> Reading:
    path = folder / "a.7z"
    path.write_bytes(content)
    return read(path, folder / "scratch")


def contents(found: Reading) -> dict[str, bytes | str]:
    return {
        member.name: member.path.read_bytes() if member.path else member.error.code if member.error else ""
        for member in found.members
    }


@pytest.mark.parametrize("compressed_directory", [False, True])
@pytest.mark.parametrize("method", list(METHODS))
def test_archives_of_each_method(tmp_path: Path, method: str, compressed_directory: bool) -> None:
    found = contents(reading(tmp_path, archive(FILES, method, compressed_directory)))
    assert found == dict(FILES[:2])


def test_names_that_lead_outside_and_links_fail_alone(tmp_path: Path) -> None:
    files = [("../fuera.txt", b"x"), ("dentro.txt", b"Texto")]
    assert contents(reading(tmp_path, archive(files))) == {
        "fuera.txt": "extraction.path_traversal",
        "dentro.txt": b"Texto",
    }
    linked = contents(reading(tmp_path, archive([("enlace", b"/etc/passwd")], mode=0o120777)))
    assert linked == {"enlace": "extraction.path_traversal"}


# the filter for programs with four inputs (BCJ2), of which three are compressed
BCJ2 = (
    b"\x04\x14\x03\x03\x01\x1b\x04\x01"
    + (b"\x23\x03\x01\x01\x05\x5d" + (1 << 16).to_bytes(4, "little")) * 3
    + b"\x00\x01\x01\x02\x02\x03\x06\x05\x04\x03"
)


def two_folders(second: bytes, inputs: int, outputs: int) -> bytes:
    """Return an archive of a text, compressed by LZMA2, and a program in a folder of the coders ``second``."""
    folder, compress = METHODS["lzma2"]
    text = compress(b"Texto")
    packed = b"\x06\x00" + number(1 + inputs) + b"\x09" + number(len(text)) + number(5) * inputs + b"\x00"
    unpacked = b"\x07\x0b\x02\x00" + folder + second + b"\x0c" + number(5) * (1 + outputs) + b"\x00\x00"
    names = b"\x00" + b"".join(name.encode("utf-16-le") + b"\0\0" for name in ("a.txt", "b.exe"))
    listed = b"\x02\x11" + number(len(names)) + names + b"\x00"
    return framed(text + bytes(5 * inputs), b"\x01\x04" + packed + unpacked + b"\x05" + listed + b"\x00")


@pytest.mark.parametrize(
    ("second", "inputs", "outputs", "code"),
    [
        (BCJ2, 4, 4, "unsupported_archive"),
        (b"\x01\x23\x03\x04\x01\x05\x06\x00\x00\x00\x01", 1, 1, "unsupported_archive"),  # PPMd
        (b"\x01\x04\x04\xf7\x11\x01", 1, 1, "unsupported_archive"),  # Zstandard
        (b"\x01\x24\x06\xf1\x07\x01\x01\x00", 1, 1, "encryption_unsupported"),
    ],
)
def test_files_of_a_rare_method_fail_alone(tmp_path: Path, second: bytes, inputs: int, outputs: int, code: str) -> None:
    found = contents(reading(tmp_path, two_folders(second, inputs, outputs)))
    assert found == {"a.txt": b"Texto", "b.exe": f"extraction.{code}"}


def test_an_archive_without_files(tmp_path: Path) -> None:
    with pytest.raises(RogatioError) as refused:
        reading(tmp_path, framed(b"", b""))
    assert refused.value.code == "extraction.empty_archive"


AES = b"\x01\x24\x06\xf1\x07\x01\x01\x00"
PPMD = b"\x01\x23\x03\x04\x01\x05\x06\x00\x00\x00\x01"
HUGE = METHODS["lzma2"][1](bytes(60 << 20))
LARGE_DICTIONARY = b"\x01\x21\x21\x01\x28"


def with_folder(folder: bytes, packed: bytes = bytes(20), size: int = 40) -> bytes:
    """Return an archive of one file, compressed by the coders of ``folder``."""
    listed = b"\x01\x11\x05\x00a\x00\x00\x00\x00"
    return framed(packed, b"\x01\x04" + streams(folder, len(packed), size) + b"\x05" + listed + b"\x00")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (archive(FILES)[:-20], "truncated"),
        (archive(FILES)[:60], "truncated"),
        (
            archive(FILES).replace(b"Fallo.", b"fallo.") if b"Fallo." in archive(FILES) else archive(FILES)[:-1],
            "truncated",
        ),
        (archive(FILES, "stored").replace(b"Fallo.", b"fallo."), "truncated"),
        (b"7z\xbc\xaf\x27\x1c\0\4" + bytes(range(32)) * 10, "truncated"),
        (with_folder(METHODS["lzma2"][0], HUGE, 60 << 20), "zip_bomb"),
        (with_folder(METHODS["lzma2"][0], size=1 << 62), "zip_bomb"),
        (with_folder(METHODS["lzma2"][0]), "truncated"),
        (with_folder(METHODS["lzma"][0]), "truncated"),
        (with_folder(METHODS["stored"][0]), "truncated"),
        (with_folder(AES), "encryption_unsupported"),
        (with_folder(PPMD), "unsupported_archive"),
        (with_folder(METHODS["deflate64"][0]), "truncated"),
        (with_folder(LARGE_DICTIONARY), "unsupported_archive"),
        (framed(b"", b"\x01\x05" + number(1 << 60) + b"\x00\x00"), "truncated"),
        (framed(b"", b"\x01\x04\x06\x00" + number(1 << 60) + b"\x00"), "truncated"),
        (framed(b"", b"\x17" * 40), "truncated"),
        (framed(b"", b"\x01\x05\x01\x11\x05\x00a\x00\x00\x00\x00\x00"), "truncated"),
    ],
)
def test_hostile_archives(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(RogatioError) as caught:
        reading(tmp_path, content)
    assert caught.value.code == f"extraction.{code}"


def test_any_byte_of_the_directory_may_be_wrong(tmp_path: Path) -> None:
    """The checksum of the directory is that of its bytes, as a hostile writer would make it."""
    packed = METHODS["lzma2"][1](b"Texto")
    header = archive([("a.txt", b"Texto")])[32 + len(packed) :]
    for place in range(len(header)):
        for value in (0, 1, 0x7F, 0xFF):
            changed = header[:place] + bytes([value]) + header[place + 1 :]
            with suppress(RogatioError):
                assert len(contents(reading(tmp_path, framed(packed, changed)))) <= 1


def test_long_files_and_wrong_bytes_in_deflate_64(tmp_path: Path) -> None:
    text = "".join(f"Artículo {number}. Texto de la ley.\n" for number in range(40_000)).encode()
    whole = archive([("ley.txt", text), ("otra.txt", b"Texto")], "deflate64")
    assert contents(reading(tmp_path, whole)) == {"ley.txt": text, "otra.txt": b"Texto"}
    for place in range(32, len(whole) - 200, len(whole) // 40):
        with suppress(RogatioError):
            reading(tmp_path, whole[:place] + bytes([whole[place] ^ 0x5A]) + whole[place + 1 :])


def in_zip(path: Path, content: bytes, method: int = 9, size: int | None = None) -> Path:
    """Write a ZIP file with one file compressed by Deflate64, whose directory names ``method`` and ``size``."""
    packed = deflated_64(content)
    size = len(content) if size is None else size
    sizes = zlib.crc32(content).to_bytes(4, "little") + len(packed).to_bytes(4, "little") + size.to_bytes(4, "little")
    start = (
        (20).to_bytes(2, "little") + bytes(2) + method.to_bytes(2, "little") + bytes(4) + sizes + b"\x07\x00\x00\x00"
    )
    local = b"PK\x03\x04" + start + b"ley.txt" + packed
    directory = b"PK\x01\x02" + bytes(2) + start + bytes(14) + b"ley.txt"
    end = b"\x01\x00\x01\x00" + len(directory).to_bytes(4, "little") + len(local).to_bytes(4, "little") + bytes(2)
    path.write_bytes(local + directory + b"PK\x05\x06" + bytes(4) + end)
    return path


def test_deflate_64_in_zip_files(tmp_path: Path) -> None:
    text = "".join(f"Artículo {number}. Texto de la ley.\n" for number in range(40_000)).encode()
    path = in_zip(tmp_path / "a.zip", text)
    assert contents(read(path, tmp_path / "members")) == {"ley.txt": text}
    whole = path.read_bytes()
    path.write_bytes(whole[:3000] + b"\x5a\xa5\x5a" + whole[3003:])
    assert contents(read(path, tmp_path / "members")) == {"ley.txt": "extraction.truncated"}
    for content, method, size, code in ((text, 9, len(text) + 1, "truncated"), (text, 98, None, "unsupported_archive")):
        found = read(in_zip(tmp_path / "b.zip", content, method, size), tmp_path / "members")
        assert contents(found) == {"ley.txt": f"extraction.{code}"}
