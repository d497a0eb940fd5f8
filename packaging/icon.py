#!/usr/bin/env python3
"""Draws the icon of the program for Windows: the three lines of a plan, rated red, amber and green. Writes assets/arising.ico."""
import pathlib, struct, zlib

GROUND, PAPER = (27, 36, 48, 255), (232, 236, 240, 255)
RATINGS = [(214, 69, 65, 255), (240, 173, 46, 255), (76, 166, 96, 255)]
FINER = 4


def colour(x, y):
    """The colour at a place in the square from 0 to 1, or None outside its round corners."""
    corner = 0.18
    dx, dy = max(corner - x, x - 1 + corner, 0), max(corner - y, y - 1 + corner, 0)
    if dx * dx + dy * dy > corner * corner:
        return (0, 0, 0, 0)
    for row, rating in enumerate(RATINGS):
        middle = 0.24 + row * 0.26
        if (x - 0.24) ** 2 + (y - middle) ** 2 <= 0.0100:
            return rating
        if 0.42 <= x <= 0.84 and abs(y - middle) <= 0.05:
            return PAPER
    return GROUND


def pixel(size, x, y):
    """The average over a pixel, with smooth edges."""
    steps = [(step + 0.5) / FINER for step in range(FINER)]
    found = [colour((x + dx) / size, (y + dy) / size) for dy in steps for dx in steps]
    alpha = sum(point[3] for point in found)
    mixed = [sum(point[part] * point[3] for point in found) // max(alpha, 1) for part in range(3)]
    return bytes(mixed + [alpha // len(found)])


def png(size):
    chunk = lambda kind, body: struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    rows = b"".join(b"\0" + b"".join(pixel(size, x, y) for x in range(size)) for y in range(size))
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def main():
    images = [(size, png(size)) for size in (16, 24, 32, 48, 256)]
    directory, at = struct.pack("<HHH", 0, 1, len(images)), 6 + 16 * len(images)
    for size, image in images:
        directory += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(image), at)
        at += len(image)
    icon = pathlib.Path(__file__).parent.parent / "assets/arising.ico"
    icon.write_bytes(directory + b"".join(image for _, image in images))


if __name__ == "__main__":
    main()
