/**
 * Rows (z, y, x0, x1): how many, then each by how it differs from the one that is expected. A line is expected to be like the line before
 * it, row for row; so what is smooth takes a byte per row, also where it has holes or lies in pieces.
 */
import { GRID_LIMITS } from '@consilium/geometry/raster/grid'
import { MalformedAct } from './malformed.ts'
import { firstOf, IN_FULL, isSmall, isTwo, secondOf, toNibbles } from './nibbles.ts'
import type { ByteSink, ByteSource } from './varint.ts'

/** Numbers in a row. */
const ROW = 4

interface Row {
  readonly z: number
  readonly y: number
  readonly x: number
  readonly length: number
}

/** What was written or read so far, as far as the next row depends on it. */
class Lines {
  z = 0
  y = 0
  /** Rows of this line, and of the one before where that is its neighbour. */
  here: Row[] = []
  #before: Row[] = []
  /** Where this slice and this line began; where the last row ended. */
  sliceY = 0
  sliceX = 0
  lineX = 0
  end = -1

  expected(): Row | null {
    const like = this.#before[this.here.length]
    if (like !== undefined) return { z: this.z, y: this.y, x: like.x, length: like.length }
    const first = this.here[0]
    return first === undefined ? null : { z: this.z, y: this.y + 1, x: first.x, length: first.length }
  }

  add(row: Row): void {
    const isNewSlice = row.z > this.z || this.end < 0
    if (isNewSlice || row.y > this.y) {
      this.#before = !isNewSlice && row.y === this.y + 1 ? this.here : []
      this.here = []
      this.lineX = row.x
    }
    if (isNewSlice) {
      this.sliceY = row.y
      this.sliceX = row.x
    }
    this.here.push(row)
    this.z = row.z
    this.y = row.y
    this.end = row.x + row.length
  }
}

/** By how much a row's start and length differ from what is expected; null where it does not fit a byte. */
function smallChange(row: Row, expected: Row | null): readonly [number, number] | null {
  if (expected === null || expected.z !== row.z || expected.y !== row.y) return null
  const change = [row.x - expected.x, row.length - expected.length] as const
  return isSmall(...change) ? change : null
}

export function writeRows(rows: Int32Array, to: ByteSink): void {
  to.varint(rows.length / ROW)
  const lines = new Lines()
  for (let i = 0; i < rows.length; i += ROW) {
    const x = rows[i + 2] as number
    const length = (rows[i + 3] as number) - x
    const row = { z: rows[i] as number, y: rows[i + 1] as number, x, length }
    const change = smallChange(row, lines.expected())
    if (change !== null) to.byte(toNibbles(...change))
    else writeInFull(row, lines, to)
    lines.add(row)
  }
}

function writeInFull({ z, y, x, length }: Row, lines: Lines, to: ByteSink): void {
  to.byte(IN_FULL)
  to.varint(z - lines.z)
  if (z > lines.z) {
    to.signed(y - lines.sliceY)
    to.signed(x - lines.sliceX)
  } else {
    to.varint(y - lines.y)
    if (y > lines.y) to.signed(x - lines.lineX)
    else to.varint(x - lines.end - 1)
  }
  to.varint(length - 1)
}

export function readRows(from: ByteSource): Int32Array {
  const count = from.count()
  const rows = new Int32Array(ROW * count)
  const lines = new Lines()
  for (let i = 0; i < count; i++) {
    const row = readRow(from, lines)
    const { z, y, x, length } = row
    const { size } = GRID_LIMITS
    if (z >= size || y < 0 || y >= size || x < 0 || length < 1 || x + length > size)
      throw new MalformedAct('A row lies outside of every volume.')
    if (z === lines.z && y === lines.y && x <= lines.end)
      throw new MalformedAct('A row touches the one before it.')
    rows[ROW * i] = z
    rows[ROW * i + 1] = y
    rows[ROW * i + 2] = x
    rows[ROW * i + 3] = x + length
    lines.add(row)
  }
  return rows
}

function readRow(from: ByteSource, lines: Lines): Row {
  const byte = from.byte()
  const expected = lines.expected()
  if (byte === IN_FULL) {
    const row = readInFull(from, lines)
    if (smallChange(row, expected) !== null) throw new MalformedAct('A row is written longer than it is.')
    return row
  }
  if (expected === null || !isTwo(byte)) throw new MalformedAct('A row is written as no row is.')
  const { z, y, x, length } = expected
  return { z, y, x: x + firstOf(byte), length: length + secondOf(byte) }
}

function readInFull(from: ByteSource, lines: Lines): Row {
  const z = lines.z + from.varint()
  let { y } = lines
  let x: number
  if (z > lines.z) {
    y = lines.sliceY + from.signed()
    x = lines.sliceX + from.signed()
  } else {
    y += from.varint()
    x = y > lines.y ? lines.lineX + from.signed() : lines.end + 1 + from.varint()
  }
  return { z, y, x, length: from.varint() + 1 }
}
