/** Boxes on a picture, in its pixels from the upper left: drawn, moved and resized. Pure; they never leave the picture and are never empty. */
import type { Box } from '@consilium/contract/studies'

export interface Point {
  readonly column: number
  readonly row: number
}

export interface Size {
  readonly columns: number
  readonly rows: number
}

/** A box that is being worked on; its id keeps it apart while it changes. */
export type Drawn = Box & { readonly id: number }

export type Corner = 'nw' | 'ne' | 'sw' | 'se'
export const CORNERS: readonly Corner[] = ['nw', 'ne', 'sw', 'se']

const between = (value: number, least: number, most: number): number =>
  Math.min(Math.max(value, least), Math.max(least, most))

/** Whole pixels inside of the picture, at least one. */
export function within(box: Box, picture: Size): Box {
  const column = between(Math.round(box.column), 0, picture.columns - 1)
  const row = between(Math.round(box.row), 0, picture.rows - 1)
  return {
    column,
    row,
    columns: between(Math.round(box.columns), 1, picture.columns - column),
    rows: between(Math.round(box.rows), 1, picture.rows - row),
  }
}

/** From where the hand went down to where it is; both pixels are in it. */
export function spanned(from: Point, to: Point, picture: Size): Box {
  const a = onPicture(from, picture)
  const b = onPicture(to, picture)
  const column = Math.min(a.column, b.column)
  const row = Math.min(a.row, b.row)
  return {
    column,
    row,
    columns: Math.abs(a.column - b.column) + 1,
    rows: Math.abs(a.row - b.row) + 1,
  }
}

/** Keeps its size, and stays in the picture. */
export function moved(box: Box, columns: number, rows: number, picture: Size): Box {
  return {
    ...box,
    column: between(Math.round(box.column + columns), 0, picture.columns - box.columns),
    row: between(Math.round(box.row + rows), 0, picture.rows - box.rows),
  }
}

/** One corner goes to a point, the one across stays; dragged past it, it is on the other side. */
export function cornered(box: Box, corner: Corner, to: Point, picture: Size): Box {
  const across = {
    column: corner.endsWith('w') ? box.column + box.columns - 1 : box.column,
    row: corner.startsWith('n') ? box.row + box.rows - 1 : box.row,
  }
  return spanned(across, to, picture)
}

/** Where a new box begins that no hand has drawn: a strip along the top, where names mostly stand. */
export const offered = (picture: Size): Box =>
  within({ column: 0, row: 0, columns: picture.columns, rows: picture.rows / 10 }, picture)

const onPicture = (point: Point, { columns, rows }: Size): Point => ({
  column: between(Math.floor(point.column), 0, columns - 1),
  row: between(Math.floor(point.row), 0, rows - 1),
})
