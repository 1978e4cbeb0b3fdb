/** Memory of documents that are open and idle, one light page each, and what is left when everybody has gone. */
import { goal } from '../../goals.ts'
import type { Row } from '../../report.ts'
import { connect, Light } from '../clients.ts'
import type { Running } from '../target.ts'
import { TARGETS } from '../targets.ts'
import type { Part } from './part.ts'
import { ownShapes, pause, until } from './shapes.ts'

const DOCUMENTS = 300
const ANNOTATIONS = 20
/** Opened and left before, and not counted: what a server needs once, however many documents there are. */
const FIRST = 30
/** Long enough for caches of joining to be dropped, and documents without people to be put away. */
const IDLE_MS = 35_000
const LEFT_MS = 10_000

interface Figures {
  /** KiB per open document, live after a collection. */
  readonly open: number
  /** The same after everybody left. */
  readonly left: number
  readonly rss: number
}

/** A document with annotations, and one page that has it open. */
async function openOne(server: Running): Promise<Light> {
  const document = await server.freshDocument()
  const writer = await connect(server.access, document)
  ownShapes(writer.doc, ANNOTATIONS)
  if (writer.unacknowledged() === null) await pause(50)
  else await until(() => writer.unacknowledged() === 0, 10_000)
  const page = await Light.open(server.access, document)
  writer.close()
  return page
}

async function openMany(server: Running, count: number): Promise<Light[]> {
  const pages: Light[] = []
  while (pages.length < count) pages.push(await openOne(server))
  return pages
}

async function leave(pages: readonly Light[]): Promise<void> {
  for (const page of pages) page.close()
  await pause(LEFT_MS)
}

async function measure(server: Running): Promise<Figures> {
  await leave(await openMany(server, FIRST))
  const before = await server.report()
  const pages = await openMany(server, DOCUMENTS)
  await pause(IDLE_MS)
  const open = await server.report()
  await leave(pages)
  const left = await server.report()
  const perDocument = (bytes: number): number => bytes / DOCUMENTS / 1_024
  return {
    open: perDocument(open.live - before.live),
    left: perDocument(left.live - before.live),
    rss: perDocument(open.rss - before.rss),
  }
}

export const idle: Part = {
  name: 'idle',
  title: `${DOCUMENTS} open documents of ${ANNOTATIONS} annotations, one page each, idle`,
  async run() {
    const figures: Figures[] = []
    for (const target of TARGETS) {
      const server = await target.start()
      try {
        figures.push(await measure(server))
      } finally {
        await server.close()
      }
    }
    const kib = (value: number): number => Math.round(value * 10) / 10
    const rows: Row[] = TARGETS.map((target, i) => ({
      server: target.name,
      'KiB live per open document': kib(figures[i]?.open ?? 0),
      'KiB RSS per open document': kib(figures[i]?.rss ?? 0),
      'KiB live after everybody left': kib(figures[i]?.left ?? 0),
    }))
    const [bare, , ours] = figures
    if (!bare || !ours) throw new Error('nothing was measured')
    return {
      rows,
      goals: [
        goal('live memory per open document by bare Hocuspocus', ours.open / bare.open, '<=', 1),
        goal('KiB per document after everybody left', ours.left, '<=', bare.open / 10),
      ],
    }
  },
}
