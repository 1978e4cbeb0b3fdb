/** The same in Chromium, in slices of eight milliseconds as on a page's main thread; and that it comes to the same as in Node. */
import { chromium } from '@playwright/test'
import { COMPUTED_GPU_FLAGS, findChromium } from '../../../support/chromium.ts'
import { type Goal, goal } from '../../goals.ts'
import { type Row, round } from '../../report.ts'
import { type Measured, measure } from '../page/measure.ts'
import { serveModules } from '../page/serve.ts'
import { inShort, type Part } from './part.ts'

const MODULE = '/tests/bench/masks/page/measure.ts'
const SETS = [
  ['realistic', 10_000],
  ['realistic', 50_000],
  ['scatter', 10_000],
  ['same tile', 10_000],
] as const

export const browser: Part = {
  name: 'browser',
  title: 'b, c in Chromium, ms; one act more: p50 (p95, most)',
  async run(share) {
    const rows: Row[] = []
    const goals: Goal[] = []
    const server = await serveModules()
    const chrome = await chromium.launch({ executablePath: findChromium(), args: COMPUTED_GPU_FLAGS })
    try {
      const page = await chrome.newPage()
      await page.goto(server.url)
      const measured = (name: string, count: number): Promise<Measured> =>
        page.evaluate(
          async ([module, ...of]) => ((await import(module)) as { measure: typeof measure }).measure(...of),
          [MODULE, name, count] as const,
        )
      await measured('realistic', 400)
      for (const [name, full] of SETS) {
        const count = Math.round(full * share)
        const { read, fed, slice, rest, longest, onTop, undo, hash } = await measured(name, count)
        rows.push({
          acts: `${name} ${full}`,
          'bytes → first slice': round(read + fed + slice, 0),
          'all tiles': round(rest, 0),
          'longest slice of work': round(longest, 1),
          'on top': inShort(onTop),
          undo: inShort(undo),
          'as in Node': hash === measure(name, count).hash ? 'yes' : '**no**',
        })
        if (name === 'realistic' && full === 10_000)
          goals.push(goal('10,000 realistic acts into tiles, ms', rest, '<=', 1_000))
        if (full === 50_000)
          goals.push(
            goal('50,000 realistic acts, from bytes to the first slice, ms', read + fed + slice, '<=', 600),
          )
      }
    } finally {
      await chrome.close()
      server.close()
    }
    const other = rows.filter((row) => row['as in Node'] !== 'yes').length
    return { rows, goals: [...goals, goal('sets that come to something else than in Node', other, '<=', 0)] }
  },
}
