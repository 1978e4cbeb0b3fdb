import { readFileSync } from 'node:fs'
import * as Y from 'yjs'
import { roleCode } from '../../../apps/collab-server/src/journal/rows.ts'
import { ACTS } from '../../../packages/contract/src/revisions.ts'
import type { TestServer } from '../../support/server.ts'
import { openPage, Page, until } from '../../wire/page.ts'
import { Editors } from '../editor.ts'
import { type Fault, Random, tell } from '../fault.ts'
import { Installation } from '../installation.ts'

const HEAP_MB = 64
/** One document for each trial: one that fits, some about as large as the memory, and far larger ones. */
const OPERATIONS = [40_000, 80_000, 200_000, 1_000_000, 5_000_000]
/** More than this cannot fit, at 500 bytes each. */
const SURELY_TOO_MANY = 150_000
/** A comment is its map and three values. */
const COMMENTS_PER_ROW = 5_000
const OPERATIONS_PER_ROW = COMMENTS_PER_ROW * 4

export const fault: Fault = {
  id: 'R16',
  fault: `a server with a heap of ${HEAP_MB} MB (--max-old-space-size) is asked for a document of ${OPERATIONS.map((n) => n / 1_000).join('/')} thousand operations, all of them alive, on the live channel and over REST`,
  must: 'the document is opened where it fits, else refused (too-large-to-open); the process lives, and another document is edited meanwhile',
  trials: { short: 2, full: OPERATIONS.length },
  async run(trials, seed) {
    const failures: string[] = []
    const opened: number[] = []
    const residentMb: number[] = []
    const sizes = OPERATIONS.slice(0, trials)
    const installation = await Installation.make({
      documents: sizes.length + 1,
      env: { NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}` },
      async prepare(server, documents) {
        for (const [n, operations] of sizes.entries()) await fill(server, documents[n] as string, operations)
      },
    })
    try {
      await installation.start()
      for (const [trial, operations] of sizes.entries()) {
        const { server, documents } = installation
        const note = (what: string): number => failures.push(`${operations} operations: ${what}`)
        const random = new Random(seed + trial)
        try {
          const isOpened = await ask(
            installation,
            documents[trial] as string,
            documents.at(-1) as string,
            random,
            note,
          )
          if (isOpened) opened.push(operations)
          if (isOpened && operations > SURELY_TOO_MANY) note('it was opened')
          residentMb.push(residentOf(server.pid))
        } catch (error) {
          note(`${error}; the server’s last words: ${/FATAL.*/.exec(server.stderr())?.[0] ?? 'none'}`)
          await server.kill('SIGKILL')
          await installation.start()
        }
        tell(`${trial + 1} of ${sizes.length}`)
      }
      const { code, signal } = await installation.server.kill('SIGTERM')
      if (code !== 0) failures.push(`in the end the server ended with ${signal ?? code}`)
      return {
        trials: sizes.length,
        failures,
        figures: {
          'operations that were opened': opened.join(', ') || 'none',
          'memory of the process afterwards, at most, MB': Math.max(0, ...residentMb),
        },
      }
    } finally {
      await installation.close()
    }
  },
}

/** Asks for the document in both ways while the other one is edited. True where it was opened. Throws where nobody answers. */
async function ask(
  installation: Installation,
  document: string,
  other: string,
  random: Random,
  note: (what: string) => unknown,
): Promise<boolean> {
  const people = await installation.people()
  const [witness] = people as [(typeof people)[number]]
  const editors = await Editors.open(people, other, 3)
  editors.work(random)
  const asked = performance.now()

  const page = new Page(witness, document, new Y.Doc(), null)
  const said = () => [...page.reasons, ...page.refusals]
  await until('an answer', () => page.provider.synced || said().includes('too-large-to-open')).catch(() =>
    note(`opening it was answered with ${said().join(', ') || 'nothing'}`),
  )
  const isOpened = page.provider.synced
  page.close()
  const { head } = await witness.get<{ head: number }>(`/documents/${document}/revisions?limit=1`)
  const moment = await witness.ask('GET', `/documents/${document}/at/${head}`)
  if (!moment.ok && moment.status !== 503) note(`over REST it was answered with ${moment.status}`)
  await moment.arrayBuffer()

  await until('the other document to go on', () => editors.firstToldAfter(asked) !== null)
  await editors.rest()
  await editors.saved()
  const late = await openPage(witness, other)
  if (!late.provider.synced) note(`the other document is not opened any more: ${late.reasons}`)
  late.close()
  editors.close()
  return isOpened
}

/** Straight into the journal: comments by one person, a clientID for every row. */
async function fill(server: TestServer, document: string, operations: number): Promise<void> {
  const { journal, people } = server.running.services
  const rows = operations / OPERATIONS_PER_ROW
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
