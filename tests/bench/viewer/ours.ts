/**
 * The product as it is shipped, with both series in a project: whoever opens a case is signed in and the live channel is open. Two ways of
 * opening: in one pane, and in three by a hanging rule of the project.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { importFiles, projectOf } from '../../import/door.ts'
import { Client, startServerProcess, temporaryFolder } from '../../support/server.ts'
import { cpuOf } from '../ingest/tree.ts'
import type { Target } from './target.ts'

export const PASSWORD = 'consilium-demo'
const THREE = [
  {
    name: 'Three planes',
    when: { modalities: ['CT'] },
    stages: [{ layout: 'three', panes: [{ plane: 'axial' }, { plane: 'coronal' }, { plane: 'sagittal' }] }],
  },
]

export interface Study {
  readonly case: string
  readonly series: string
}

export interface Ours {
  readonly port: number
  readonly url: string
  readonly studies: ReadonlyMap<number, Study>
  target(url?: string): Target
  openIn(planes: 1 | 3): Promise<void>
  close(): Promise<void>
}

/** `pictures`: the folder with all series; `at`: where people open it, if not at its own port, and that port. */
export async function serveOurs(
  pictures: string,
  lengths: readonly number[],
  at?: { readonly port: number; readonly origin: string },
): Promise<Ours> {
  const folder = temporaryFolder('bench')
  const server = await startServerProcess({
    data: join(folder.path, 'data'),
    demo: true,
    ownCluster: true,
    ...(at && { port: at.port, env: { CONSILIUM_ORIGIN: at.origin } }),
  })
  const keeper = new Client(server.url)
  await keeper.signIn('vasquez')
  const admin = Client.withToken(server.url, readFileSync(join(server.data, 'admin-token'), 'utf8').trim())
  const studies = new Map<number, Study>()
  for (const slices of lengths) {
    const from = join(pictures, String(slices), 'files')
    const files = readdirSync(from).map((name) => ({ name, bytes: readFileSync(join(from, name)) }))
    const [made] = (await importFiles(keeper, files)).series
    if (!made?.case) throw new Error(`the series of ${slices} slices came to no case`)
    studies.set(slices, { case: made.case, series: made.id })
  }
  const project = (await projectOf(keeper)).id
  await atRest(server.pid)
  return {
    port: server.port,
    url: server.url,
    studies,
    target: (url = server.url) => target(url, studies),
    async openIn(planes) {
      const answer = await admin.ask('PATCH', `/projects/${project}`, {
        hanging: planes === 3 ? THREE : [],
      })
      if (!answer.ok) throw new Error(`the hanging rule was refused: ${await answer.text()}`)
    },
    async close() {
      await server.kill('SIGTERM')
      folder.remove()
    },
  }
}

/** What came in is compressed when nobody brings anything any more; until then a server has other work, and longer answers. */
const REST = { everyMs: 1_000, times: 6, tries: 120, share: 0.05 }

async function atRest(pid: number): Promise<void> {
  let before = cpuOf(pid)
  for (let times = 0, tries = 0; times < REST.times && tries < REST.tries; tries++) {
    await sleep(REST.everyMs)
    const now = cpuOf(pid)
    times = (now - before) * 1_000 < REST.share * REST.everyMs ? times + 1 : 0
    before = now
  }
}

/** Runs inside the page, which says how many slices are here. */
function noteAll(count: string): void {
  new MutationObserver(() => {
    if (document.querySelector<HTMLElement>('#stage')?.dataset['framesHere'] === count)
      window.allHere ??= performance.now()
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-frames-here'] })
}

const target = (url: string, studies: ReadonlyMap<number, Study>): Target => ({
  name: 'Consilium',
  canvases: '[data-slicing] .cs-picture > canvas:first-child',
  async prepare(page, { slices }) {
    const reader = new Client(url)
    await reader.signIn('okafor', PASSWORD)
    const [name = '', value = ''] = reader.cookie.split('=')
    await page.keep({ name, value, url })
    await page.before(noteAll, String(slices))
  },
  address: ({ slices }) => `${url}/cases/${studies.get(slices)?.case}`,
  takeWindow: (page) => page.key('w'),
})
