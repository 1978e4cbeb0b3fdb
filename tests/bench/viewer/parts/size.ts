/** What of JavaScript a page asks for until a case is open, each file gzipped, workers included. A volume in 3D is not shown, so vtk.js is not among it. */
import { gzipSync } from 'node:zlib'
import { goal } from '../../goals.ts'
import type { Row } from '../../report.ts'
import type { Asked, Target } from '../target.ts'
import { inBrowser, opened, pageOf } from '../visit.ts'
import type { Part } from './part.ts'

const kB = (bytes: number): number => Number((bytes / 1_000).toFixed(1))

const sizeOf = (target: Target, asked: Asked): Promise<number> =>
  inBrowser(async (browser) => {
    const page = await pageOf(browser)
    const scripts = new Map<string, Promise<number>>()
    page.on('response', (answer) => {
      const isCode = /javascript/.test(answer.headers()['content-type'] ?? '')
      if (isCode && !scripts.has(answer.url()))
        scripts.set(
          answer.url(),
          answer.body().then((code) => gzipSync(code).length),
        )
    })
    await opened(page, target, asked)
    return (await Promise.all(scripts.values())).reduce((sum, bytes) => sum + bytes, 0)
  })

export const size: Part = {
  name: 'size',
  title: 'JavaScript until a case is open, gzipped',
  async run(bed) {
    await bed.ours.openIn(1)
    const asked: Asked = { slices: bed.lengths[0] ?? 0, places: bed.places[1] }
    const ours = bed.ours.target()
    const { cornerstone, niivue, dwv } = bed.peers.targets()
    const rows: Row[] = []
    let own = 0
    for (const target of [ours, cornerstone, niivue, dwv]) {
      const bytes = await sizeOf(target, asked)
      if (target === ours) own = bytes
      rows.push({ page: target.name, kB: kB(bytes) })
    }
    return { rows, goals: [goal('JavaScript of the workspace, kB gzipped', kB(own), '<=', 350)] }
  },
}
