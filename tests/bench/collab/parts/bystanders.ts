/** Two pages that go on editing while others open the document; a process of their own, so that the storm is not in their way. */
import { connect } from '../clients.ts'
import { ownShapes, whenMoved } from './shapes.ts'
import { Stopwatch } from './stopwatch.ts'

const EVERY_MS = 25

const [access = '', document = ''] = process.argv.slice(2)
const [writer, reader] = await Promise.all([
  connect(JSON.parse(access), document),
  connect(JSON.parse(access), document),
])
const own = ownShapes(writer.doc, 1)
let watch = new Stopwatch()
whenMoved(reader.doc, (annotation, n) => {
  if (annotation === own.ids[0]) watch.seen(n)
})

let n = 0
setInterval(() => {
  n++
  watch.sent(n)
  own.move(n)
}, EVERY_MS)

process.on('message', ({ ask }: { ask: string }) => {
  if (ask === 'begin') {
    watch = new Stopwatch()
    process.send?.({ begun: true })
  } else process.send?.({ samples: [...watch.arrived, ...watch.missing] })
})
process.send?.({ ready: true })
