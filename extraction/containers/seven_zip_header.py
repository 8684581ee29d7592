"""Directory of a 7z archive: its folders (compressed streams of one or more files) and its files.

The format is that of 7zFormat.txt of the LZMA SDK (public domain). Numbers are little-endian; every count is bounded by
the length of the directory, so that a forged one cannot allocate more than the file is large.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

END, ARCHIVE_PROPERTIES, ADDITIONAL_STREAMS, MAIN_STREAMS, FILES = 0, 2, 3, 4, 5
PACK_INFO, UNPACK_INFO, SUB_STREAMS = 6, 7, 8
SIZES, DIGESTS, FOLDERS, UNPACK_SIZES, UNPACK_COUNTS = 9, 10, 11, 12, 13
EMPTY_STREAMS, EMPTY_FILES, NAMES, ATTRIBUTES = 14, 15, 17, 21
HEADER, ENCODED_HEADER = 1, 23
UNIX = 0x8000  # flag of attributes whose upper half is a Unix mode
MAX_CODERS = 4


class Malformed(ValueError):
    """The directory contradicts itself or ends too early."""


@dataclass(frozen=True, slots=True)
class Coder:
    """A compression method by its identifier, with its properties."""

    method: bytes
    properties: bytes = b""


SEVERAL = (Coder(b""),)  # in place of coders with several inputs


@dataclass(slots=True)
class Folder:
    """Compressed data: ``coders`` in the order of decoding, its place in the file, sizes and checksums.

    It is one stream, or as many as ``inputs``; of several ``coders`` is ``SEVERAL``, which is not decoded.
    ``sizes`` and ``checksums`` are those of its files; a checksum that the archive does not have is None.
    """

    coders: tuple[Coder, ...]
    size: int = 0
    checksum: int | None = None
    inputs: int = 1
    start: int = 0
    packed: int = 0
    sizes: list[int] = field(default_factory=list)
    checksums: list[int | None] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file or folder of the archive; ``is_empty`` if it has no data, ``mode`` is its Unix mode or 0."""

    name: str
    is_empty: bool
    is_folder: bool
    mode: int


class Bytes:
    """Reads the elements of the format from ``data``."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, count: int) -> bytes:
        """Return the next ``count`` bytes; raises :class:`Malformed` if there are fewer."""
        if not 0 <= count <= len(self._data) - self._at:
            raise Malformed("end of directory")
        self._at += count
        return self._data[self._at - count : self._at]

    def byte(self) -> int:
        """Return the next byte; raises :class:`Malformed` at the end."""
        return self.take(1)[0]

    def number(self) -> int:
        """Return a number whose first byte says by its leading ones how many bytes follow."""
        first, value, mask = self.byte(), 0, 0x80
        for place in range(8):
            if not first & mask:
                return value | (first & (mask - 1)) << (8 * place)
            value |= self.byte() << (8 * place)
            mask >>= 1
        return value

    def count(self) -> int:
        """Return a number of elements, each of which takes at least one bit of what follows."""
        value = self.number()
        if value > 8 * (len(self._data) - self._at) + 8:
            raise Malformed("count")
        return value

    def expect(self, kind: int) -> None:
        """Skip the identifier of an element; raises :class:`Malformed` for another one."""
        if self.byte() != kind:
            raise Malformed("unexpected element")

    def bits(self, count: int) -> list[bool]:
        """Return ``count`` bits, from the highest of the first byte."""
        data = self.take((count + 7) // 8)
        return [bool(data[index >> 3] & 0x80 >> (index & 7)) for index in range(count)]

    def defined(self, count: int) -> list[bool]:
        """Return for each of ``count`` elements whether it has a value."""
        return [True] * count if self.byte() else self.bits(count)

    def checksums(self, count: int) -> list[int | None]:
        """Return the CRC-32 of each of ``count`` elements, None for one without."""
        return [int.from_bytes(self.take(4), "little") if has else None for has in self.defined(count)]


def folders(data: Bytes) -> list[Folder]:
    """Return the folders that a list of streams describes."""
    found: list[Folder] = []
    starts: list[tuple[int, int]] = []
    while (kind := data.byte()) != END:
        if kind == PACK_INFO:
            starts = _packed(data)
        elif kind == UNPACK_INFO:
            found = _folders(data)
        elif kind == SUB_STREAMS:
            _files_of(data, found)
        else:
            raise Malformed("unexpected element")
    if len(starts) != sum(folder.inputs for folder in found):
        raise Malformed("streams")
    waiting = iter(starts)
    for folder in found:
        own = list(islice(waiting, folder.inputs))
        folder.start, folder.packed = own[0][0], sum(packed for _, packed in own)
        if not folder.sizes and not folder.checksums:
            folder.sizes, folder.checksums = [folder.size], [folder.checksum]
    return found


def _packed(data: Bytes) -> list[tuple[int, int]]:
    """Return start and length of each compressed stream, counted from the end of the file's first header."""
    start, count = data.number(), data.count()
    sizes = [0] * count
    while (kind := data.byte()) != END:
        if kind == SIZES:
            sizes = [data.number() for _ in range(count)]
        elif kind == DIGESTS:
            data.checksums(count)
        else:
            raise Malformed("unexpected element")
    starts = []
    for size in sizes:
        starts.append((start, size))
        start += size
    return starts


def _folders(data: Bytes) -> list[Folder]:
    data.expect(FOLDERS)
    count = data.count()
    data.expect(0)  # the folders follow here, not in another stream
    read = [_folder(data) for _ in range(count)]
    data.expect(UNPACK_SIZES)
    found = []
    for coders, outputs, last, inputs in read:
        sizes = [data.number() for _ in range(outputs)]
        found.append(Folder(coders, sizes[last], inputs=inputs))
    while (kind := data.byte()) != END:
        if kind != DIGESTS:
            raise Malformed("unexpected element")
        for folder, checksum in zip(found, data.checksums(count), strict=True):
            folder.checksum = checksum
    return found


def _folder(data: Bytes) -> tuple[tuple[Coder, ...], int, int, int]:
    """Return the coders of a folder in the order of decoding, their number in the file, the last one, and the inputs.

    Raises ``NotImplementedError`` for coders with several outputs.
    """
    read = [_coder(data) for _ in range(_few(data.number()))]
    coders, streams = [coder for coder, _ in read], sum(count for _, count in read)
    inputs = {data.number(): data.number() for _ in coders[1:]}  # input of a coder -> output that it reads
    packed = streams - len(inputs)
    if not 1 <= packed <= streams or not all(input_ < streams for input_ in inputs):
        raise Malformed("coders")
    if streams > len(coders):
        return _several(data, inputs, len(coders), packed)
    if packed != 1 or not all(output < len(coders) for output in inputs.values()):
        raise Malformed("coders")
    order = [index for index in range(len(coders)) if index not in inputs]
    following = {output: place for place, output in inputs.items()}
    while len(order) <= len(coders) and order[-1] in following:
        order.append(following[order[-1]])
    if sorted(order) != list(range(len(coders))):
        raise Malformed("coders")
    return tuple(coders[index] for index in order), len(coders), order[-1], 1


def _several(data: Bytes, inputs: dict[int, int], outputs: int, packed: int) -> tuple[tuple[Coder, ...], int, int, int]:
    """Return the same for coders of which one has several inputs, as for programs (BCJ2)."""
    if packed > 1:
        for _ in range(packed):
            data.number()
    last = set(range(outputs)) - set(inputs.values())
    if len(last) != 1:
        raise Malformed("coders")
    return SEVERAL, outputs, last.pop(), packed


def _few(count: int) -> int:
    if not 1 <= count <= MAX_CODERS:
        raise NotImplementedError("coders")
    return count


def _coder(data: Bytes) -> tuple[Coder, int]:
    """Return a coder and the number of its inputs."""
    flags = data.byte()
    method = data.take(flags & 0x0F)
    inputs, outputs = (_few(data.number()), data.number()) if flags & 0x10 else (1, 1)
    if outputs != 1:
        raise NotImplementedError("several outputs")
    return Coder(method, data.take(data.number()) if flags & 0x20 else b""), inputs


def _files_of(data: Bytes, found: list[Folder]) -> None:
    """Add the sizes and checksums of the files in each folder."""
    counts = [1] * len(found)
    kind = data.byte()
    if kind == UNPACK_COUNTS:
        counts = [data.count() for _ in found]
        kind = data.byte()
    for folder, count in zip(found, counts, strict=True):
        sizes = [data.number() for _ in range(count - 1)] if kind == SIZES else []
        if count > 1 and kind != SIZES:
            raise Malformed("sizes")
        folder.sizes = [*sizes, folder.size - sum(sizes)] if count else []
        if any(size < 0 for size in folder.sizes):
            raise Malformed("sizes")
    kind = data.byte() if kind == SIZES else kind
    known = [len(folder.sizes) == 1 and folder.checksum is not None for folder in found]
    missing = sum(len(folder.sizes) for folder, is_known in zip(found, known, strict=True) if not is_known)
    checksums: Iterator[int | None] = iter([None] * missing)
    while kind != END:
        if kind != DIGESTS:
            raise Malformed("unexpected element")
        checksums = iter(data.checksums(missing))
        kind = data.byte()
    for folder, is_known in zip(found, known, strict=True):
        folder.checksums = [folder.checksum] if is_known else [next(checksums) for _ in folder.sizes]


def entries(data: Bytes) -> list[Entry]:
    """Return the files and folders of the archive in the order of their data."""
    count = data.count()
    names, modes = [""] * count, [0] * count
    empty, files = [False] * count, list[bool]()
    while (kind := data.number()) != END:
        inner = Bytes(data.take(data.number()))
        if kind == EMPTY_STREAMS:
            empty = inner.bits(count)
        elif kind == EMPTY_FILES:
            files = inner.bits(sum(empty))
        elif kind == NAMES:
            inner.expect(0)
            names = _names(inner, count)
        elif kind == ATTRIBUTES:
            modes = _modes(inner, count)
    of_empty = iter([*files, *[False] * (sum(empty) - len(files))])
    return [
        Entry(name, is_empty, is_empty and not next(of_empty), mode)
        for name, is_empty, mode in zip(names, empty, modes, strict=True)
    ]


def _names(data: Bytes, count: int) -> list[str]:
    names = []
    for _ in range(count):
        units = bytearray()
        while (unit := data.take(2)) != b"\0\0":
            units += unit
        names.append(units.decode("utf-16-le", "replace"))
    return names


def _modes(data: Bytes, count: int) -> list[int]:
    defined = data.defined(count)
    data.expect(0)
    values = (int.from_bytes(data.take(4), "little") if has else 0 for has in defined)
    return [value >> 16 if value & UNIX else 0 for value in values]
