/** A row of the fault matrix made of kinds of tampering: each so often, found online and offline by what can find it and by nothing less. */
import { type Fault, Random, tell } from '../fault.ts'
import { Archive } from './archive.ts'
import type { Kind } from './kinds.ts'
import { trial } from './trial.ts'

const DOCUMENTS = 4

/** `trials` are counted per kind. */
export const tampering = (
  about: Pick<Fault, 'id' | 'fault' | 'must'>,
  kinds: readonly Kind[],
  perKind: { readonly short: number; readonly full: number },
): Fault => ({
  ...about,
  trials: { short: perKind.short * kinds.length, full: perKind.full * kinds.length },
  async run(trials, seed) {
    const failures: string[] = []
    const found = new Map<Kind, { of: number; found: number }>()
    const archive = await Archive.make(DOCUMENTS)
    try {
      for (let n = 0; n < trials; n++) {
        const random = new Random(seed + n)
        // A single trial with the seed of trial n is that of the same kind.
        const kind = kinds[(seed + n) % kinds.length] as Kind
        const wrong = await trial(archive, kind, random)
        const count = found.get(kind) ?? { of: 0, found: 0 }
        found.set(kind, { of: count.of + 1, found: count.found + (wrong.length === 0 ? 1 : 0) })
        failures.push(...wrong.map((what) => `seed ${seed + n}: ${what}`))
        tell(`${n + 1} of ${trials}`)
      }
    } finally {
      await archive.close()
    }
    const figures = [...found].map(([{ name, foundBy }, { of, found: ok }]) => [
      name,
      `${ok} of ${of} found, by ${foundBy}`,
    ])
    return { trials, failures, figures: Object.fromEntries(figures) }
  },
})
