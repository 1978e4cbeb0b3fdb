#!/usr/bin/env python3
"""Reads lanes of painting acts and finds their voxels, from the definition alone and with whole numbers that have no limits.

    python3 tests/vectors/rasteriser.py [mask-rasteriser.json]

Shares no line with the product: what both find is what the bytes mean. Prints what differs; exit 1 where anything does.

An element of a lane is: a head (kind in the upper four bits; value or hand, square, axis in the lower), then whole numbers, seven bits to a
byte, lowest first. Signed ones are folded: 0, -1, 1, -2 ... Places are quarters of a voxel, spacings and radii micrometres.
"""
import hashlib
import json
import math
import os
import sys
import zlib

LANE, SEGMENT, STROKE, BALL, SLAB, POLYGON, RUNS = range(7)
MASKED = {7: STROKE, 8: BALL, 9: SLAB}
SWITCHES = {10: "withdraw", 11: "restore"}
WRAPPED = 15
AXES_IN = ((1, 2), (0, 2), (0, 1))


class Source:
    def __init__(self, data):
        self.data, self.at = data, 0

    def byte(self):
        self.at += 1
        return self.data[self.at - 1]

    def varint(self):
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7

    def signed(self):
        folded = self.varint()
        return -(folded + 1) // 2 if folded % 2 else folded // 2

    def vector(self):
        return [self.signed() for _ in range(3)]


def read_points(source):
    """The first point, then how the step changed: two halves of a byte less 8, or 0 and two signed numbers."""
    count = source.varint()
    points, step = [], (0, 0)
    for i in range(count):
        if i == 0:
            points.append((source.signed(), source.signed()))
            continue
        byte = source.byte()
        change = (byte // 16 - 8, byte % 16 - 8) if byte else (source.signed(), source.signed())
        step = (step[0] + change[0], step[1] + change[1])
        points.append((points[-1][0] + step[0], points[-1][1] + step[1]))
    return points


def read_rows(source):
    """Rows (z, y, x, length). One byte: by how much it differs from the row that is expected of the line before."""
    rows, line, before = [], [], []
    slice_start = (0, 0)
    for _ in range(source.varint()):
        z, y = (rows[-1][0], rows[-1][1]) if rows else (0, 0)
        byte = source.byte()
        if byte:
            if len(line) < len(before):
                _, _, x, length = before[len(line)]
            else:
                _, _, x, length = line[0]
                y += 1
            row = (z, y, x + byte // 16 - 8, length + byte % 16 - 8)
        else:
            dz = source.varint()
            if dz:
                z, y = z + dz, slice_start[0] + source.signed()
                x = slice_start[1] + source.signed()
            else:
                dy = source.varint()
                y += dy
                if dy:
                    x = (line[0][2] if line else 0) + source.signed()
                else:
                    x = (rows[-1][2] + rows[-1][3] if rows else -1) + 1 + source.varint()
            row = (z, y, x, source.varint() + 1)
        is_new_slice = not rows or row[0] > rows[-1][0]
        if is_new_slice or row[1] > rows[-1][1]:
            is_next = not is_new_slice and row[1] == rows[-1][1] + 1
            line, before = [], (line if is_next else [])
        if is_new_slice:
            slice_start = (row[1], row[2])
        line.append(row)
        rows.append(row)
    return rows


def nearest(place):
    return tuple((q + 2) // 4 for q in place)


class Brush:
    """Voxels whose centres are within the radius of a place; where there is none, the nearest."""

    def __init__(self, kind, head, source, grid):
        self.spacing = grid["spacingUm"]
        self.square = kind == STROKE and bool(head & 4)
        self.axis = head & 3 if kind == STROKE else None
        self.slab = kind == SLAB
        if kind == STROKE:
            self.slice = source.varint()
            self.radius = 100 * source.varint()
            u, v = AXES_IN[self.axis]
            self.corners = []
            for point in read_points(source):
                place = [4 * self.slice] * 3
                place[u], place[v] = point
                self.corners.append(tuple(place))
        else:
            self.radius = 100 * source.varint()
            self.origin, along_u, along_v, self.normal = (source.vector() for _ in range(4))
            self.corners = [
                tuple(o + (u * a + v * b + 512) // 1024 for o, a, b in zip(self.origin, along_u, along_v))
                for u, v in read_points(source)
            ]

    def step(self):
        axes = (0, 1, 2) if self.axis is None else AXES_IN[self.axis]
        finest, *coarser = sorted(self.spacing[axis] for axis in axes)
        beside = 16 * self.radius**2 - sum(4 * s * s for s in coarser)
        width = math.isqrt(max(0, beside))
        return max(2 * finest, min(math.isqrt(16 * self.radius * finest), max(4 * finest, width)))

    def places(self):
        step = self.step()
        yield self.corners[0]
        for start, end in zip(self.corners, self.corners[1:]):
            way = [b - a for a, b in zip(start, end)]
            far = max(abs(d) * s for d, s in zip(way, self.spacing))
            k = max(1, -(-far // step))
            for j in range(1, k + 1):
                yield tuple(a + (2 * d * j + k) // (2 * k) for a, d in zip(start, way))

    def stamp(self, place):
        found = set()
        reach = [
            0 if axis == self.axis else self.radius // s + 1 for axis, s in enumerate(self.spacing)
        ]
        middle = nearest(place)
        xs, ys, zs = (range(m - r, m + r + 1) for m, r in zip(middle, reach))
        for z in zs:
            for y in ys:
                for x in xs:
                    if self.holds(place, (x, y, z)):
                        found.add((x, y, z))
        return found or {middle}

    def holds(self, place, voxel):
        away = [abs(4 * v - p) * s for v, p, s in zip(voxel, place, self.spacing)]
        if self.square:
            return max(away) <= 4 * self.radius
        if sum(d * d for d in away) > 16 * self.radius**2:
            return False
        if not self.slab:
            return True
        across = [n * s for n, s in zip(self.normal, self.spacing)]
        height = sum(a * (4 * v - o) for a, v, o in zip(across, voxel, self.origin))
        return abs(height) <= 2 * sum(abs(a) for a in across)

    def voxels(self):
        found = set()
        for place in set(self.places()):
            found |= self.stamp(place)
        return found


def polygon_voxels(axis, slice_, points, grid):
    u_axis, v_axis = AXES_IN[axis]
    found = set()
    edges = list(zip(points, points[1:] + points[:1]))
    for v in range(grid["size"][v_axis]):
        crossing = [(a, b) for a, b in edges if (a[1] <= 4 * v) != (b[1] <= 4 * v)]
        for u in range(grid["size"][u_axis]):
            odd = 0
            for (ua, va), (ub, vb) in crossing:
                # At or left of 4u: (4v - va)(ub - ua)/(vb - va) + ua <= 4u, without dividing.
                side = (4 * v - va) * (ub - ua) - (4 * u - ua) * (vb - va)
                odd ^= side <= 0 if vb > va else side >= 0
            if odd:
                voxel = [slice_] * 3
                voxel[u_axis], voxel[v_axis] = u, v
                found.add(tuple(voxel))
    return found


def within(voxels, grid):
    return {v for v in voxels if all(0 <= n < size for n, size in zip(v, grid["size"]))}


def in_order(voxels):
    return sorted(voxels, key=lambda v: (v[2], v[1], v[0]))


def painted(kind, head, source, grid):
    """The name of the shape and its voxels."""
    if kind in MASKED:
        covered = in_order(within(Brush(MASKED[kind], head, source, grid).voxels(), grid))
        kept, at = set(), 0
        for i in range(source.varint()):
            length = source.varint()
            if i % 2 == 0:
                kept.update(covered[at : at + length])
            at += length
        return "masked", kept
    if kind in (STROKE, BALL, SLAB):
        name = "stroke" if kind == STROKE else "ball"
        return name, within(Brush(kind, head, source, grid).voxels(), grid)
    if kind == POLYGON:
        slice_ = source.varint()
        return "polygon", polygon_voxels(head & 3, slice_, read_points(source), grid)
    if kind == RUNS:
        rows = read_rows(source)
        return "runs", {(x + i, y, z) for z, y, x, length in rows for i in range(length)}
    raise ValueError(f"kind {kind}")


def rows_of(voxels):
    rows = []
    for x, y, z in in_order(voxels):
        if rows and rows[-1][:2] == [z, y] and rows[-1][3] == x:
            rows[-1][3] += 1
        else:
            rows.append([z, y, x, x + 1])
    return rows


def read_lane(lane):
    """What each element says; None for the beginning and for names of segments."""
    client, grid, begun, segments = lane["client"], lane["grid"], 0, []
    for element in map(bytes.fromhex, lane["elements"]):
        if element[0] == LANE << 4:
            source = Source(element[1:])
            assert source.varint() == 1
            begun = source.varint()
            yield None
            continue
        if element[0] == SEGMENT << 4:
            segments.append(element[1:].decode("ascii"))
            yield None
            continue
        group = 1
        if element[0] >> 4 == WRAPPED:
            source = Source(element[1:])
            group = source.varint() if element[0] & 1 else 1
            size = source.varint() if element[0] & 2 else None
            element = source.data[source.at :]
            if size is not None:
                element = zlib.decompress(element, wbits=-15)
                assert len(element) == size
        source = Source(element)
        head = source.byte()
        kind, flag = head >> 4, head >> 3 & 1
        lamport = source.varint()
        at = begun + 100 * source.varint()
        said = {"lamport": lamport, "at": at, "group": group}
        if kind in SWITCHES:
            target = source.varint() or client
            first = lamport - source.varint()
            hand = "adjudicator" if flag else "author"
            said.update(act=SWITCHES[kind], hand=hand, client=target, first=first, count=source.varint() + 1)
        else:
            segment = segments[source.varint()]
            shape, voxels = painted(kind, head, source, grid)
            text = "".join("%d %d %d %d\n" % tuple(row) for row in rows_of(voxels))
            digest = hashlib.sha256(text.encode()).hexdigest()
            said.update(act="paint", segment=segment, value=flag, shape=shape, voxels=len(voxels), rows=digest)
        assert source.at == len(source.data), "bytes are left"
        yield said


def main():
    beside = os.path.join(os.path.dirname(os.path.abspath(__file__)), "mask-rasteriser.json")
    with open(sys.argv[1] if len(sys.argv) > 1 else beside, encoding="utf-8") as file:
        lanes = json.load(file)
    acts = differing = 0
    for number, lane in enumerate(lanes):
        assert len(lane["elements"]) == len(lane["acts"])
        for at, (found, expected) in enumerate(zip(read_lane(lane), lane["acts"])):
            acts += expected is not None
            if found != expected:
                differing += 1
                print(f"lane {number}, element {at}: found {found}, the file says {expected}")
    print(f"{acts} acts, {differing} differ")
    sys.exit(1 if differing or acts == 0 else 0)


main()
