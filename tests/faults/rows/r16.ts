import { readFileSync } from 'node:fs'
import * as Y from 'yjs'
import { roleCode } from '../../../apps/collab-server/src/journal/rows.ts'
import { ACTS } from '../../../packages/contract/src/revisions.ts'
import { startTestServer, type TestServer } from '../../support/server.ts'
import { openPage, Page, until } from '../../wire/page.ts'
import { Editors } from '../editor.ts'
import { type Fault, Random, tell } from '../fault.ts'
import { Installation } from '../installation.ts'

const HEAP_MB = 64
const OPERATIONS_PER_TRIAL = 1_000_000
/** A comment is its map and three values. */
const COMMENTS_PER_ROW = 5_000
const OPERATIONS_PER_ROW = COMMENTS_PER_ROW * 4

export const fault: Fault = {
  id: 'R16',
  fault: `a server with a heap of ${HEAP_MB} MB (--max-old-space-size) is asked for a document of a million operations, and of a million more in every trial, all of them alive; on the live channel and over REST`,
  must: 'the document is refused (too-large-to-open), the process lives, and another document is edited meanwhile',
  trials: { short: 1, full: 5 },
  async run(trials, seed) {
    const failures: string[] = []
    const residentMb: number[] = []
    const installation = await Installation.make({
      port: 4567,
      documents: 2,
      env: { NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}` },
    })
    const [huge, ordinary] = installation.documents as [string, string]
    try {
      for (let trial = 0; trial < trials; trial++) {
        const grown = await startTestServer({ data: installation.data, demo: true })
        await grow(grown, huge)
        await grown.close()

        const server = await installation.start()
        const people = await installation.people()
        const editors = await Editors.open(people, ordinary, 3)
        const [witness] = people as [(typeof people)[number]]
        const note = (what: string): number =>
          failures.push(`seed ${seed + trial}, ${trial + 1} million: ${what}`)

        editors.work(new Random(seed + trial))
        const asked = performance.now()
        const page = new Page(witness, huge, new Y.Doc(), null)
        await until('a refusal', () =>
          [...page.reasons, ...page.refusals].includes('too-large-to-open'),
        ).catch(() =>
          note(`opening it was answered with ${[...page.reasons, ...page.refusals].join(', ') || 'nothing'}`),
        )
        if (page.provider.synced) note('it was opened')
        page.close()
        const { head } = await witness.get<{ head: number }>(`/documents/${huge}/revisions?limit=1`)
        const moment = await witness.ask('GET', `/documents/${huge}/at/${head}`)
        if (moment.ok) note('its state was made for REST')
        await moment.body?.cancel()
        await until('the other document to go on', () => editors.firstToldAfter(asked) !== null).catch(() =>
          note('the other document is not served any more'),
        )
        await editors.rest()
        await editors.saved()
        const late = await openPage(witness, ordinary)
        if (!late.provider.synced) note(`the other document is not opened any more: ${late.reasons}`)
        late.close()
        residentMb.push(residentOf(server.pid))
        editors.close()
        const { code, signal } = await server.kill('SIGTERM')
        if (code !== 0) note(`the server ended with ${signal ?? code}`)
        tell(`${trial + 1} of ${trials}`)
      }
      return {
        trials,
        failures,
        figures: {
          'operations in the end': trials * OPERATIONS_PER_TRIAL,
          'memory of the process afterwards, MB': Math.max(...residentMb),
        },
      }
    } finally {
      await installation.close()
    }
  },
}

/** A million more, straight into the journal: comments by one person, a clientID for every row. */
async function grow(server: TestServer, document: string): Promise<void> {
  const { journal, people } = server.running.services
  const rows = OPERATIONS_PER_TRIAL / OPERATIONS_PER_ROW
  const okafor = (await people.list()).find(({ login }) => login === 'okafor')
  if (!okafor) throw new Error('the demo has no okafor')
  const book = await journal.open(document)
  const { id: person, handle: id, name, initials, credential } = okafor
  const holder = { person, id, name, initials, credential, role: 'reader', session: 'fault' } as const
  for (const lease of await journal.lease(book, holder, rows))
    await journal.append(book, {
      lease: lease.id,
      client: lease.client,
      clock: 0,
      len: OPERATIONS_PER_ROW,
      act: ACTS.edit,
      role: roleCode('reader'),
      said: 0,
      bytes: comments(lease.client),
    })
}

function comments(client: number): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = client
  const root = doc.getMap('comments')
  doc.transact(() => {
    for (let n = 0; n < COMMENTS_PER_ROW; n++)
      root.set(
        `${client}-${n}`,
        new Y.Map(Object.entries({ thread: 'a thread', text: `comment ${n}`, writtenAt: n })),
      )
  })
  return Y.encodeStateAsUpdate(doc)
}

/** MB; 0 where the system does not tell. */
function residentOf(pid: number): number {
  if (process.platform !== 'linux') return 0
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Math.round(Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024)
}
