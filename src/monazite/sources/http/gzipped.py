"""Bodies packed with gzip for the way: unpacked piece by piece, whole or not at all.

The network library's own decoder takes a stream that was cut before its end mark for whole, and
drops all members but the first; here the one is an error and the other is read.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PIECE = 2**18
_GZIP = 16 + zlib.MAX_WBITS


class GzipError(ValueError):
    """A packed body is damaged, cut short, or does not end."""


def unpacked(chunks: Iterable[bytes], most: int) -> Iterator[bytes]:
    """Unpack a body as it arrives, in pieces of at most 256 KiB; ``most`` packed bytes may come.

    Raises
    ------
    GzipError
        If it is no gzip, is damaged, ends before its end mark, or more than ``most`` bytes come.
    """
    decoder, arrived = zlib.decompressobj(_GZIP), 0
    for chunk in chunks:
        arrived += len(chunk)
        if arrived > most:
            raise GzipError(f"more than {most:,} packed bytes")
        rest = chunk
        while rest:
            decoder = zlib.decompressobj(_GZIP) if decoder.eof else decoder
            yield _piece(decoder, rest)
            rest = decoder.unused_data if decoder.eof else decoder.unconsumed_tail
    yield decoder.flush()
    if not decoder.eof:
        raise GzipError("a packed body that ends before its end mark")


def _piece(decoder: zlib._Decompress, packed: bytes) -> bytes:
    """Next piece of the unpacked body."""
    try:
        return decoder.decompress(packed, PIECE)
    except zlib.error as error:
        raise GzipError(f"a damaged packed body ({error})") from None
