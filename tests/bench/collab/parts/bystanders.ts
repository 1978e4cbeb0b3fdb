/** Two pages that go on editing while others open the document; a process of their own, so that the storm is not in their way. */
import { connect } from '../clients.ts'
import { ownShapes, whenMoved } from './shapes.ts'

const EVERY_MS = 25

const [access = '', document = ''] = process.argv.slice(2)
const [writer, reader] = await Promise.all([
  connect(JSON.parse(access), document),
  connect(JSON.parse(access), document),
])
const own = ownShapes(writer.doc, 1)
const sentAt = new Map<number, number>()
let samples: number[] = []
whenMoved(reader.doc, (annotation, n) => {
  const sent = sentAt.get(n)
  if (annotation !== own.ids[0] || sent === undefined) return
  samples.push(performance.now() - sent)
  sentAt.delete(n)
})

let n = 0
setInterval(() => {
  n++
  sentAt.set(n, performance.now())
  own.move(n)
}, EVERY_MS)

process.on('message', ({ ask }: { ask: string }) => {
  if (ask === 'begin') {
    samples = []
    sentAt.clear()
    process.send?.({ begun: true })
  } else {
    // What has not arrived yet took at least this long.
    const now = performance.now()
    process.send?.({ samples: [...samples, ...[...sentAt.values()].map((sent) => now - sent)] })
  }
})
process.send?.({ ready: true })
