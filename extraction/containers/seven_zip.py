"""7z archives: LZMA, LZMA2 and their filters, Deflate, BZip2 or stored by the standard library, and Deflate64.

Files that are encrypted or compressed by rarer methods (PPMd, BCJ2) are not read. What is decompressed is
bounded in relation to the size of the file, as for ZIP files.
"""

from __future__ import annotations

import bz2
import io
import lzma
import stat
import zlib
from pathlib import Path
from typing import IO, Any, Protocol, cast

from extraction.containers.deflate64 import Deflate64
from extraction.containers.packages import is_system_file
from extraction.containers.seven_zip_header import (
    ADDITIONAL_STREAMS,
    ARCHIVE_PROPERTIES,
    ENCODED_HEADER,
    END,
    FILES,
    HEADER,
    MAIN_STREAMS,
    Bytes,
    Coder,
    Entry,
    Folder,
    Malformed,
    entries,
    folders,
)
from extraction.containers.zip_files import HARMLESS, MAX_RATIO
from extraction.errors import RogatioError, is_storage_failure, storage_error
from extraction.media_type import SEVEN_ZIP
from extraction.members import Budget, Reading, Unpacking

FIRST_HEADER = 32  # bytes
MAX_DIRECTORY = 64 << 20  # bytes
MAX_DICTIONARY = 256 << 20  # bytes
CHUNK = 1 << 18
AES = bytes.fromhex("06f10701")
FILTERS = {
    bytes.fromhex("03030103"): lzma.FILTER_X86,
    bytes.fromhex("03030205"): lzma.FILTER_POWERPC,
    bytes.fromhex("03030401"): lzma.FILTER_IA64,
    bytes.fromhex("03030501"): lzma.FILTER_ARM,
    bytes.fromhex("03030701"): lzma.FILTER_ARMTHUMB,
    bytes.fromhex("03030805"): lzma.FILTER_SPARC,
}
STORED, LZMA1, LZMA2, DELTA = b"\x00", bytes.fromhex("030101"), b"\x21", b"\x03"
DEFLATE, DEFLATE64, BZIP2 = bytes.fromhex("040108"), bytes.fromhex("040109"), bytes.fromhex("040202")
DAMAGE = (Malformed, lzma.LZMAError, zlib.error, EOFError, OSError, ValueError, OverflowError)


class Decoder(Protocol):
    """Decompresses; returns at most ``size`` bytes and keeps the rest of its input."""

    def __call__(self, data: bytes, size: int) -> bytes: ...


def read_seven_zip(path: Path, scratch: Path, *, budget: Budget = Budget()) -> Reading:  # noqa: B008
    """Unpack ``path`` into ``scratch``; links are listed as failed.

    Raises ``extraction.zip_bomb``, ``too_many_files``, ``unpacked_too_large``, ``truncated``, ``nested_too_deep``,
    ``encryption_unsupported``, ``unsupported_archive`` for a rare method, and the storage errors of
    :func:`extraction.errors.storage_error`.
    """
    if budget.levels < 1:
        raise RogatioError("extraction.nested_too_deep")
    unpacking = Unpacking(scratch, budget)
    try:
        with path.open("rb") as file:
            size = path.stat().st_size
            found, listed = _directory(file, size)
            _refuse_bomb(found, size)
            _unpack(file, found, listed, unpacking)
    except NotImplementedError as error:
        raise RogatioError("extraction.unsupported_archive", media_type=SEVEN_ZIP) from error
    except DAMAGE as error:
        if is_storage_failure(error):
            raise storage_error(error) from error
        raise RogatioError("extraction.truncated") from error
    return Reading(None, tuple(unpacking.members))


def _directory(file: IO[bytes], size: int) -> tuple[list[Folder], list[Entry]]:
    """Return the compressed streams and the files of an archive of ``size`` bytes."""
    first = Bytes(file.read(FIRST_HEADER))
    first.take(12)
    start, length, checksum = (int.from_bytes(first.take(count), "little") for count in (8, 8, 4))
    if not 0 <= length <= min(MAX_DIRECTORY, size) or FIRST_HEADER + start + length > size:
        raise Malformed("place of the directory")
    if not length:
        return [], []
    file.seek(FIRST_HEADER + start)
    content = _checked(file.read(length), checksum)
    for _ in range(3):  # the directory may itself be compressed
        data = Bytes(content)
        kind = data.byte()
        if kind == HEADER:
            return _header(data)
        if kind != ENCODED_HEADER:
            break
        (folder,) = folders(data)
        if folder.size > MAX_DIRECTORY:
            raise RogatioError("extraction.zip_bomb")
        content = _checked(_Stream(file, folder).read(folder.size), folder.checksum)
    raise Malformed("directory")


def _checked(content: bytes, checksum: int | None) -> bytes:
    if checksum is not None and zlib.crc32(content) != checksum:
        raise Malformed("checksum")
    return content


def _header(data: Bytes) -> tuple[list[Folder], list[Entry]]:
    found: list[Folder] = []
    listed: list[Entry] = []
    while (kind := data.byte()) != END:
        if kind == MAIN_STREAMS:
            found = folders(data)
        elif kind == FILES:
            listed = entries(data)
        elif kind == ADDITIONAL_STREAMS:
            folders(data)
        elif kind == ARCHIVE_PROPERTIES:
            while data.number() != END:
                data.take(data.number())
        else:
            raise Malformed("unexpected element")
    return found, listed


def _refuse_bomb(found: list[Folder], size: int) -> None:
    unpacked = sum(folder.size for folder in found)
    if sum(folder.packed for folder in found) > size or unpacked > max(HARMLESS, MAX_RATIO * size):
        raise RogatioError("extraction.zip_bomb")


def _unpack(file: IO[bytes], found: list[Folder], listed: list[Entry], unpacking: Unpacking) -> None:
    """Add the files of the archive; those of a folder are decompressed one after the other.

    Files in folders of a method that is not read are listed as failed; raises its error if there are no others.
    """
    filled = iter([entry for entry in listed if not entry.is_empty])
    refused = [error for folder in found if (error := _refusal(folder))]
    if refused and len(refused) == len(found):
        raise refused[0]
    for folder in found:
        error = _refusal(folder)
        stream = None if error else _Stream(file, folder)
        for size, checksum in zip(folder.sizes, folder.checksums, strict=True):
            entry = next(filled, None)
            if entry is None:
                raise Malformed("files")
            if stream is not None:
                _add(_Part(stream, size, checksum), entry, unpacking)
            elif error and not is_system_file(entry.name):
                unpacking.fail(entry.name, error)
    if next(filled, None) is not None:
        raise Malformed("files")
    for entry in listed:
        if entry.is_empty and not entry.is_folder and not is_system_file(entry.name):
            unpacking.attach(entry.name, io.BytesIO())


def _refusal(folder: Folder) -> RogatioError | None:
    """Return why a folder is not read, None if it is."""
    try:
        _decoder(folder.coders)
    except NotImplementedError:
        return RogatioError("extraction.unsupported_archive", media_type=SEVEN_ZIP)
    except RogatioError as error:
        return error
    return None


def _add(part: _Part, entry: Entry, unpacking: Unpacking) -> None:
    if is_system_file(entry.name):
        part.skip()
    elif stat.S_ISLNK(entry.mode):
        part.skip()
        unpacking.fail(entry.name, RogatioError("extraction.path_traversal"))
    else:
        unpacking.attach(entry.name, cast(IO[bytes], part))
        part.skip()


class _Part:
    """One file of a folder: ``size`` bytes of ``stream``, whose checksum is compared at the end."""

    def __init__(self, stream: _Stream, size: int, checksum: int | None) -> None:
        self._stream, self._left = stream, size
        self._expected, self._checksum = checksum, 0

    def read(self, size: int = -1) -> bytes:
        if not self._left:
            return b""
        data = self._stream.read(min(size, self._left) if size >= 0 else self._left)
        self._left -= len(data)
        self._checksum = zlib.crc32(data, self._checksum)
        if not self._left and self._expected is not None and self._checksum != self._expected:
            raise Malformed("checksum")
        return data

    def skip(self) -> None:
        """Read what is left."""
        while self._left:
            self.read(CHUNK)


class _Stream:
    """Decompresses a folder of the archive ``file`` from start to end."""

    def __init__(self, file: IO[bytes], folder: Folder) -> None:
        self._file = file
        self._at, self._packed = FIRST_HEADER + folder.start, folder.packed
        self._decode = _decoder(folder.coders)

    def read(self, size: int) -> bytes:
        """Return exactly ``size`` bytes; raises :class:`Malformed` if the stream ends before."""
        parts = []
        while size:
            data = self._decode(b"", size) or self._decode(self._input(), size)
            parts.append(data)
            size -= len(data)
        return b"".join(parts)

    def _input(self) -> bytes:
        self._file.seek(self._at)
        data = self._file.read(min(CHUNK, self._packed))
        if not data:
            raise Malformed("end of stream")
        self._at += len(data)
        self._packed -= len(data)
        return data


def _decoder(coders: tuple[Coder, ...]) -> Decoder:
    """Return the decoder of ``coders``; raises ``NotImplementedError`` for a method that is not read."""
    if any(coder.method == AES for coder in coders):
        raise RogatioError("extraction.encryption_unsupported")
    method = coders[0].method
    if len(coders) == 1 and method == STORED:
        return _stored()
    if len(coders) == 1 and method == DEFLATE:
        return _deflated()
    if len(coders) == 1 and method == DEFLATE64:
        return Deflate64()
    if len(coders) == 1 and method == BZIP2:
        return _limited(bz2.BZ2Decompressor())
    if method == LZMA1 and len(coders) > 1:
        raise NotImplementedError("filter of a stream without end mark")
    filters = [_filter(coder) for coder in reversed(coders)]
    return _limited(lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=filters))


def _filter(coder: Coder) -> dict[str, Any]:
    properties = coder.properties
    if coder.method == LZMA1 and len(properties) == 5:
        rest, dictionary = properties[0], int.from_bytes(properties[1:], "little")
        own = {"id": lzma.FILTER_LZMA1, "lc": rest % 9, "lp": rest // 9 % 5, "pb": rest // 45}
        return {**own, "dict_size": _bounded(dictionary)}
    if coder.method == LZMA2 and len(properties) == 1:
        power = properties[0]
        dictionary = 0xFFFFFFFF if power >= 40 else (2 | power & 1) << (power // 2 + 11)
        return {"id": lzma.FILTER_LZMA2, "dict_size": _bounded(dictionary)}
    if coder.method == DELTA and len(properties) == 1:
        return {"id": lzma.FILTER_DELTA, "dist": properties[0] + 1}
    if coder.method in FILTERS:
        return {"id": FILTERS[coder.method]}
    raise NotImplementedError("method")


def _bounded(dictionary: int) -> int:
    if dictionary > MAX_DICTIONARY:
        raise NotImplementedError("dictionary")
    return max(dictionary, 4096)


def _limited(decoder: lzma.LZMADecompressor | bz2.BZ2Decompressor) -> Decoder:
    def decode(data: bytes, size: int) -> bytes:
        if decoder.eof or not (data or not decoder.needs_input):
            return b""
        return decoder.decompress(data, size)

    return decode


def _stored() -> Decoder:
    kept = bytearray()

    def decode(data: bytes, size: int) -> bytes:
        kept.extend(data)
        found = bytes(kept[:size])
        del kept[:size]
        return found

    return decode


def _deflated() -> Decoder:
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)

    def decode(data: bytes, size: int) -> bytes:
        waiting = inflate.unconsumed_tail + data
        return inflate.decompress(waiting, size) if waiting else b""

    return decode
