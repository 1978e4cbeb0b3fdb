/**
 * Three people who move their pointers over a slice, thirty times a second each, in a process of their own. Arguments: the server's address,
 * the document, the series, the frame. With the first one's hand the annotations that the slices have are drawn before.
 */
import { annotate } from '@consilium/crdt-schema/acts'
import { Client } from '../../../support/server.ts'
import { openPage, type Page } from '../../../wire/page.ts'
import { PASSWORD } from '../ours.ts'

const PEOPLE = ['lindqvist', 'vasquez', 'solberg']
const EVERY_MS = 34
const ON_A_SLICE = 200
const BOXES_IN_A_ROW = 20
/** Of the series: mm from the middle to where the boxes begin, from box to box, and of a box. */
const [REACH, APART, SIDE] = [140, 14, 9]
const [MIDDLE_X, MIDDLE_Y] = [0, 0]

const [url = '', document = '', series = '', at = '0'] = process.argv.slice(2)
const frame = Number(at)

const pages: Page[] = []
for (const login of PEOPLE) {
  const person = new Client(url)
  await person.signIn(login, PASSWORD)
  // The observer draws nothing and is seen all the same.
  pages.push(await openPage(person, document, login === 'solberg' ? { client: null } : {}))
}

const [first] = pages
if (!first) throw new Error('nobody came')
/** On the slice and the one after it: whoever scrolls to and fro between them has as many in view each time. */
for (const slice of [frame, frame + 1])
  for (let n = 0; n < ON_A_SLICE; n++) {
    const x = MIDDLE_X - REACH + APART * (n % BOXES_IN_A_ROW)
    const y = MIDDLE_Y - REACH / 2 + APART * Math.floor(n / BOXES_IN_A_ROW)
    annotate(first.doc, {
      kind: 'box',
      label: '',
      source: { series, frame: slice, normal: [0, 0, 1] },
      points: [
        [x, y, slice],
        [x + SIDE, y + SIDE, slice],
      ],
    })
  }
await first.saved()

let turn = 0
setInterval(() => {
  turn++
  for (const [n, page] of pages.entries()) {
    const angle = turn / 20 + n
    page.provider.awareness?.setLocalState({
      cursor: {
        at: [MIDDLE_X + 80 * Math.cos(angle), MIDDLE_Y + 80 * Math.sin(angle), frame],
        series,
        frame,
      },
    })
  }
}, EVERY_MS)
process.send?.({ ready: true })
// Whoever measures is gone.
process.on('disconnect', () => process.exit())
