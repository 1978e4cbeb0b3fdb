/**
 * The record of a row whose trials take minutes can be made in pieces, on different days: each goes on with the seed after the last one, of
 * the same product on the same machine, and figures are made of all trials, not of the pieces' figures.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Summary } from './fault.ts'
import type { Kept } from './report.ts'

const ROOT = join(import.meta.dirname, '../..')
const PARTS = ['apps', 'packages'].flatMap((folder) =>
  readdirSync(join(ROOT, folder)).map((part) => join(folder, part, 'src')),
)

/** Of everything that is run: the first 12 hexadecimal digits of the SHA-256 of all sources and migrations, with their names. */
export function product(): string {
  const hash = createHash('sha256')
  for (const folder of [...PARTS, 'migrations'])
    for (const file of readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort())
      hash
        .update(`${file.slice(ROOT.length)}\0`)
        .update(readFileSync(file))
        .update('\0')
  return hash.digest('hex').slice(0, 12)
}

/** The record that trials of this product on this machine may be added to: the one that is being made, else the one that is shown. */
export const begunOf = (shown: Kept | undefined, now: Pick<Kept, 'product' | 'machine'>): Kept | undefined =>
  [shown?.begun, shown].find((one) => one?.each && one.product === now.product && one.machine === now.machine)

/** Seeds of the piece follow on those of the record. */
export function joined(before: Kept, piece: Kept, summary: Summary): Kept {
  if (piece.seed !== before.seed + before.trials) throw new Error('a piece that repeats or skips seeds')
  const each = [...(before.each ?? []), ...(piece.each ?? [])]
  const { begun: _, ...rest } = piece
  return {
    ...rest,
    trials: before.trials + piece.trials,
    failures: [...before.failures, ...piece.failures],
    figures: summary(each),
    seed: before.seed,
    seconds: before.seconds + piece.seconds,
    pieces: `${before.pieces ?? before.trials} + ${piece.trials}`,
    each,
  }
}
