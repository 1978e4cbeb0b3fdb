/** The whole life of one annotation, with every value it had: page after page, as many rows as an answer has room for. */
import type { EntryHistory } from '@consilium/contract/history'
import { Random } from '../../../faults/fault.ts'
import { goal } from '../../goals.ts'
import { percentile, type Row, round } from '../../report.ts'
import type { Bed } from '../bed.ts'
import { type Part, timed } from './part.ts'

const LIVES = 300
const FAVOURITES = 20
const PAGE = 1_000
const WARM = 20

interface Life {
  readonly ms: number
  readonly rows: number
  /** Of each page. */
  readonly pages: readonly number[]
}

export const lives: Part = {
  name: 'lives',
  title: 'The whole life of one annotation',
  async run(bed) {
    const { all, favourites } = bed.long.annotations
    const random = new Random(2)
    await many(bed, random, all, WARM)
    const any = await many(bed, random, all, LIVES)
    const long = await many(bed, random, favourites, FAVOURITES)
    return {
      rows: [row(`any of ${all.length} annotations`, any), row('those changed most', long)],
      goals: [
        goal(`the whole life, p95 of ${LIVES} annotations, ms`, p95(any.map(({ ms }) => ms)), '<=', 50),
      ],
    }
  },
}

async function many(bed: Bed, random: Random, among: readonly string[], count: number): Promise<Life[]> {
  const found: Life[] = []
  while (found.length < count) found.push(await life(bed, random.pick(among)))
  return found
}

async function life({ person, long }: Bed, id: string): Promise<Life> {
  const pages: number[] = []
  let rows = 0
  for (let before: number | null | undefined; before !== null; ) {
    const query = new URLSearchParams({ limit: String(PAGE), ...(before && { before: String(before) }) })
    pages.push(
      await timed(async () => {
        const path = `/documents/${long.document}/annotations/${id}/history?${query}`
        const page = await person.get<EntryHistory>(path)
        rows += page.items.length
        before = page.next
      }),
    )
  }
  return { ms: pages.reduce((sum, ms) => sum + ms, 0), rows, pages }
}

const p95 = (values: readonly number[]): number => percentile(values, 95) ?? Number.NaN

const row = (what: string, found: readonly Life[]): Row => {
  const whole = found.map(({ ms }) => ms)
  return {
    what,
    'rows, p50': percentile(
      found.map(({ rows }) => rows),
      50,
    ),
    'rows, most': Math.max(...found.map(({ rows }) => rows)),
    'whole p50 ms': round(percentile(whole, 50), 1),
    'whole p95 ms': round(p95(whole), 1),
    'a page p95 ms': round(p95(found.flatMap(({ pages }) => pages)), 1),
  }
}
