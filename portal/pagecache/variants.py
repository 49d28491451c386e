"""A page as it is kept: its encodings, and the one number in it that is not kept.

The view count changes with every view, so a page that shows it is kept in two parts, with the number put between them
as it is served. A gzip stream takes it too: what stands before and after are compressed apart, the digits go between
them as a stored block (RFC 1951, 3.2.4), and the checksum of the whole is combined from those of the parts.
"""

import gzip
import hashlib
import re
import time
import zlib
from array import array
from functools import cache, cached_property, lru_cache, partial

import brotli

COUNT = re.compile(rb"data-view-count\b[^<>]*>(\d+)(?=<)")  # it begins with what a scan finds fast
GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
OWN_HEADERS = ("content-length", "etag", "vary", "cache-control")  # set as the page is served
COMPRESS_FROM = 500  # bytes; below, compression costs more than it saves
COMPRESSED_TYPES = ("text/", "application/xml", "application/atom+xml", "application/json", "image/svg+xml")


class Page:
    """A successful answer to an anonymous reader.

    `counted` is the key of the article whose view count it shows, None for a page without one. Brotli is offered for
    pages without a count only, because nothing can be put into it.
    """

    def __init__(self, headers, body, version, counted=None):
        self.version = version
        self.made = time.monotonic()
        self.headers = [(name, value) for name, value in headers if name.lower() not in OWN_HEADERS]
        self.is_compressible = len(body) >= COMPRESS_FROM and dict(headers).get("Content-Type", "").startswith(
            COMPRESSED_TYPES
        )
        self.counted, self.count, self.parts = None, 0, (body,)
        found = COUNT.search(body) if counted else None
        if found:
            self.counted, self.count = int(counted), int(found[1])
            self.parts = (body[: found.start(1)], body[found.end(1) :])
        # Browsers keep a page but ask whether it still holds. nginx may keep it for a second, unless it counts.
        self.headers += [
            ("Vary", "Accept-Encoding"),
            ("Cache-Control", "public, no-cache"),
            ("X-Accel-Expires", "0" if self.counted else "1"),
        ]
        self.tag = hashlib.blake2b(b"".join(self.parts), digest_size=9).hexdigest()
        self.encodings = self._encodings()
        self._served = {}

    def _encodings(self):
        if not self.is_compressible:
            return ("",)
        return ("gzip", "") if self.counted else ("br", "gzip", "")

    def __sizeof__(self):
        return 1_000 + sum(map(len, self.parts)) * (2 if self.is_compressible else 1)

    def tag_with(self, count):
        """Return the ETag of the page with `count` as its view count."""
        return f'W/"{self.tag}-{count}"' if self.counted else f'W/"{self.tag}"'

    def served(self, encoding, count):
        """Return (headers, body) of the page in `encoding` ("", "gzip" or "br") with `count` as its view count."""
        if self.counted:
            return self._served_as(encoding, self.tag_with(count), self._counting(encoding, count))
        if encoding not in self._served:
            body = ENCODERS[encoding](self.parts[0])
            self._served[encoding] = self._served_as(encoding, self.tag_with(0), body)
        return self._served[encoding]

    def _served_as(self, encoding, tag, body):
        headers = [*self.headers, ("ETag", tag), ("Content-Length", str(len(body)))]
        if encoding:
            headers.append(("Content-Encoding", encoding))
        return headers, body

    def _counting(self, encoding, count):
        digits = b"%d" % count
        return self._gzip.join(digits) if encoding else digits.join(self.parts)

    @cached_property
    def _gzip(self):
        return GzipAround(*self.parts)


class GzipAround:
    """A gzip stream of two fixed parts that takes any digits between them without compressing again."""

    def __init__(self, before, after):
        first = zlib.compressobj(6, zlib.DEFLATED, -15)
        self.head = GZIP_HEADER + first.compress(before) + first.flush(zlib.Z_FULL_FLUSH)
        last = zlib.compressobj(6, zlib.DEFLATED, -15)
        self.tail = last.compress(after) + last.flush()
        self.before_crc = zlib.crc32(before)
        self.after_crc = zlib.crc32(after)
        self.shift = crc_shift(len(after))
        self.length = len(before) + len(after)

    def join(self, digits):
        """Return the stream with `digits` (at most 65,535 bytes) between the parts."""
        size = len(digits)
        stored = b"\x00" + size.to_bytes(2, "little") + (size ^ 0xFFFF).to_bytes(2, "little") + digits
        crc = zlib.crc32(digits, self.before_crc)
        one, two, three, four = self.shift
        crc = one[crc & 255] ^ two[crc >> 8 & 255] ^ three[crc >> 16 & 255] ^ four[crc >> 24] ^ self.after_crc
        trailer = crc.to_bytes(4, "little") + (self.length + size & 0xFFFFFFFF).to_bytes(4, "little")
        return b"".join((self.head, stored, self.tail, trailer))


@lru_cache(maxsize=256)
def crc_shift(length):
    """Return four tables of 256 that carry a CRC-32 over `length` further bytes.

    The checksum of two parts is shift(crc of the first) xor crc of the second. The shift is linear over GF(2), so what
    it does to each bit says what it does to a byte, and four table look-ups apply it. (The identity behind zlib's
    crc32_combine.)
    """
    columns = [1 << bit for bit in range(32)]
    power = 0
    while length:
        if length & 1:
            columns = [_times(_over_zeros(power), value) for value in columns]
        length >>= 1
        power += 1
    return tuple(_byte_table(columns[place : place + 8]) for place in (0, 8, 16, 24))


@cache
def _over_zeros(power):
    """Return what 2^power bytes of zeros make of each bit of a CRC-32."""
    if power == 0:
        return tuple(zlib.crc32(b"\x00", 1 << bit) ^ zlib.crc32(b"\x00", 0) for bit in range(32))
    half = _over_zeros(power - 1)
    return tuple(_times(half, value) for value in half)


def _times(matrix, vector):
    total, bit = 0, 0
    while vector:
        if vector & 1:
            total ^= matrix[bit]
        vector >>= 1
        bit += 1
    return total


def _byte_table(columns):
    table = array("L", [0]) * 256
    for byte in range(1, 256):
        rest = byte & (byte - 1)
        table[byte] = table[rest] ^ columns[(byte ^ rest).bit_length() - 1]
    return table


ENCODERS = {
    "": lambda body: body,
    "gzip": partial(gzip.compress, compresslevel=6, mtime=0),
    "br": lambda body: brotli.compress(body, quality=5),
}


@lru_cache(maxsize=1_000)
def best_of(encodings, header):
    """Return the first of `encodings` that an Accept-Encoding header allows; "" is always allowed."""
    allowed = accepted(header)
    return next(name for name in encodings if name in allowed)


def accepted(header):
    """Return the encodings that an Accept-Encoding header allows, of those that pages have (RFC 9110, 12.5.3)."""
    allowed = {""}
    for part in header.lower().split(","):
        name, _, parameters = part.partition(";")
        weight = parameters.replace(" ", "")
        if weight.startswith("q=0") and not weight.strip("q=0."):
            continue
        if name.strip() in ("gzip", "br"):
            allowed.add(name.strip())
    return allowed
