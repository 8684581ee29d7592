"""Deflate64, with which 7-Zip compresses by choice and the Explorer of Windows files of 2 GiB and more in ZIP files."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path
from typing import IO

METHOD = 9  # in ZIP files (APPNOTE 4.4.5)
CHUNK = 1 << 12  # bytes of input, since the decoder's output cannot be limited
LOCAL_HEADER = struct.Struct("<26xHH")  # lengths of name and extra field (APPNOTE 4.3.7)


class Deflate64:
    """Decompresses; a call returns at most ``size`` bytes and keeps the rest of its input.

    Raises ``ValueError`` for damaged data.
    """

    def __init__(self) -> None:
        import inflate64  # in C; few archives need it

        self._inflater = inflate64.Inflater()
        self._waiting, self._kept = bytearray(), bytearray()

    def __call__(self, data: bytes, size: int) -> bytes:
        self._waiting.extend(data)
        while len(self._kept) < size and self._waiting and not self._inflater.eof:
            self._kept.extend(self._inflater.inflate(bytes(self._waiting[:CHUNK])))
            del self._waiting[:CHUNK]
        found = bytes(self._kept[:size])
        del self._kept[:size]
        return found


class Deflate64Member(io.RawIOBase):
    """The content of the member ``info`` of the ZIP file at ``path``.

    Reading raises ``zipfile.BadZipFile`` if it is shorter than stated or its checksum another.
    """

    def __init__(self, path: Path, info: zipfile.ZipInfo) -> None:
        self._file: IO[bytes] = path.open("rb")
        self._file.seek(info.header_offset)
        lengths = LOCAL_HEADER.unpack(self._file.read(LOCAL_HEADER.size))
        self._file.seek(sum(lengths), io.SEEK_CUR)
        self._packed, self._left, self._expected, self._checksum = info.compress_size, info.file_size, info.CRC, 0
        self._decode = Deflate64()

    def readable(self) -> bool:
        return True

    def readinto(self, target: memoryview) -> int:  # type: ignore[override]
        data = self._next(min(len(target), self._left))
        target[: len(data)] = data
        self._left -= len(data)
        self._checksum = zlib.crc32(data, self._checksum)
        if not self._left and self._checksum != self._expected:
            raise zipfile.BadZipFile("checksum")
        return len(data)

    def _next(self, size: int) -> bytes:
        data = self._decode(b"", size)
        while size and not data:
            packed = self._file.read(min(1 << 16, self._packed))
            if not packed:
                raise zipfile.BadZipFile("end of member")
            self._packed -= len(packed)
            data = self._decode(packed, size)
        return data

    def close(self) -> None:
        self._file.close()
        super().close()
