/** Memory of documents that are open and idle, one light page each, and what is left when everybody has gone. */
import type { Row } from '../../report.ts'
import { connect, Light } from '../clients.ts'
import type { Running } from '../target.ts'
import { TARGETS } from '../targets.ts'
import { goal, type Part } from './part.ts'
import { ownShapes, pause, until } from './shapes.ts'

const DOCUMENTS = 300
const ANNOTATIONS = 20
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

async function measure(server: Running): Promise<Figures> {
  const before = await server.report()
  const pages: Light[] = []
  for (let n = 0; n < DOCUMENTS; n++) {
    const document = await server.freshDocument()
    const writer = await connect(server.access, document)
    ownShapes(writer.doc, ANNOTATIONS)
    if (writer.unacknowledged() === null) await pause(50)
    else await until(() => writer.unacknowledged() === 0, 10_000)
    pages.push(await Light.open(server.access, document))
    writer.close()
  }
  await pause(IDLE_MS)
  const open = await server.report()
  for (const page of pages) page.close()
  await pause(LEFT_MS)
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
