/** What of JavaScript a page asks for until a case is open, each file gzipped, workers included. A volume in 3D is not shown, so vtk.js is not among it. */
import { gzipSync } from 'node:zlib'
import { goal } from '../../goals.ts'
import type { Row } from '../../report.ts'
import type { Page } from '../page.ts'
import type { Asked, Target } from '../target.ts'
import { inBrowser, opened } from '../visit.ts'
import type { Part } from './part.ts'

const kB = (bytes: number): number => Number((bytes / 1_000).toFixed(1))

const sizeOf = (target: Target, asked: Asked): Promise<number> =>
  inBrowser(async (page) => {
    const scripts = await scriptsOf(page)
    await opened(page, target, asked)
    const sizes = [...scripts].map(async (address) => {
      const answer = await fetch(address)
      if (!answer.ok) throw new Error(`${address} was answered with ${answer.status}`)
      return gzipSync(await answer.bytes()).length
    })
    return (await Promise.all(sizes)).reduce((sum, bytes) => sum + bytes, 0)
  })

/** Addresses of the scripts that the page and its workers ask for from now on. */
async function scriptsOf({ devtools, session }: Page): Promise<ReadonlySet<string>> {
  const scripts = new Set<string>()
  const watch = async (of: string): Promise<void> => {
    await devtools.send('Network.enable', {}, of)
    const workers = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true }
    await devtools.send('Target.setAutoAttach', workers, of)
    await devtools.send('Runtime.runIfWaitingForDebugger', {}, of)
  }
  devtools.on((method, given) => {
    // A worker that has ended meanwhile asks for nothing more.
    if (method === 'Target.attachedToTarget') watch(String(given['sessionId'])).catch(() => undefined)
    if (method !== 'Network.responseReceived') return
    const { mimeType, url } = given['response'] as { mimeType: string; url: string }
    if (/javascript/.test(mimeType)) scripts.add(url)
  })
  await watch(session)
  return scripts
}

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
