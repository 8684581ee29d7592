"""RTF as Outlook compresses it in messages ([MS-OXRTFCP])."""

from __future__ import annotations

HEADER = 16  # bytes
COMPRESSED, STORED = b"LZFu", b"MELA"
WINDOW = 4096
MAX_BYTES = 64 << 20  # of RTF
START = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor "
    b"MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)  # of the window, as the format sets it


def decompressed(data: bytes) -> bytes:
    """Return the RTF in ``data``, ``b""`` if there is none; what is damaged or above ``MAX_BYTES`` is left out."""
    size, kind = int.from_bytes(data[4:8], "little"), data[8:12]
    size = min(size, MAX_BYTES)
    if kind == STORED:
        return data[HEADER : HEADER + size]
    return _expanded(data, size) if kind == COMPRESSED else b""


def _expanded(data: bytes, size: int) -> bytes:
    """Return ``size`` bytes: single ones, or runs that were written before, each group of eight with its flags."""
    window, end = bytearray(START.ljust(WINDOW, b"\0")), len(START)
    found = bytearray()
    place = HEADER
    while place < len(data) and len(found) < size:
        flags, place = data[place], place + 1
        for bit in range(8):
            start, length = place, 1
            if is_run := flags >> bit & 1:
                run = int.from_bytes(data[place : place + 2], "big")
                start, length = run >> 4, (run & 15) + 2
                if start == end % WINDOW:
                    return bytes(found[:size])
            place += 1 + is_run
            if place > len(data):
                break
            for step in range(length):
                byte = window[(start + step) % WINDOW] if is_run else data[start]
                window[end % WINDOW] = byte
                found.append(byte)
                end += 1
    return bytes(found[:size])
