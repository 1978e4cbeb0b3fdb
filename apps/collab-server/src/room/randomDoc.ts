/** For tests: documents that several people wrote at once, with everything that leaves traces in a Y.Doc, from a seed. */
import * as Y from 'yjs'

/** Mulberry32. */
export function dice(seed: number): (sides: number) => number {
  let state = seed >>> 0
  return (sides) => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % sides
  }
}

/** Writes of several people, in the order in which they arrived at one place; each with what it needs before it. */
export function randomUpdates(seed: number, steps: number, people = 4): Uint8Array[] {
  const roll = dice(seed)
  const updates: Uint8Array[] = []
  const docs = Array.from({ length: people }, (_, n) => {
    const doc = new Y.Doc()
    doc.clientID = 1_000 + n * 7 + roll(5)
    return doc
  })
  const server = new Y.Doc()
  server.on('update', (update: Uint8Array) => updates.push(update))
  for (let step = 0; step < steps; step++) {
    const doc = docs[roll(people)] as Y.Doc
    const times = 1 + roll(4)
    doc.transact(() => {
      for (let n = 0; n < times; n++) act(doc, roll)
    })
    // Now and then somebody's work arrives, all of it; and now and then they get everybody's.
    if (roll(3) === 0) Y.applyUpdate(server, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(server)))
    if (roll(4) === 0) Y.applyUpdate(doc, Y.encodeStateAsUpdate(server, Y.encodeStateVector(doc)))
  }
  for (const doc of docs) Y.applyUpdate(server, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(server)))
  return updates
}

function act(doc: Y.Doc, roll: (sides: number) => number): void {
  const root = doc.getMap<Y.Map<unknown>>('annotations')
  const keys = [...root.keys()]
  const key = keys[roll(Math.max(1, keys.length))]
  const entry = key === undefined ? undefined : root.get(key)
  if (!entry || roll(4) === 0) {
    const made = new Y.Map<unknown>()
    made.set('label', `l${roll(100)}`)
    made.set('points', Y.Array.from<unknown[] | number>([1, 2, [roll(9), 3]]))
    made.set('text', new Y.Text('abc'))
    return void root.set(`${doc.clientID}-${keys.length}`, made)
  }
  const points = entry.get('points') as Y.Array<unknown>
  const text = entry.get('text') as Y.Text
  switch (roll(7)) {
    case 0:
      return void entry.set('label', `l${roll(100)}`)
    case 1:
      return points.insert(roll(points.length + 1), [roll(100), { a: roll(3) }])
    case 2:
      return points.length > 0 ? points.delete(roll(points.length)) : undefined
    case 3:
      return text.insert(roll(text.length + 1), 'xyz'.slice(roll(3)))
    case 4:
      return text.length > 1 ? text.delete(roll(text.length - 1), 1 + roll(2)) : undefined
    case 5:
      return roll(6) === 0 && key !== undefined ? root.delete(key) : undefined
    default: {
      // Made and taken back before anybody saw it: it arrives as garbage.
      const passing = new Y.Map<unknown>([['x', roll(9)]])
      entry.set('passing', passing)
      return entry.delete('passing')
    }
  }
}

/** All that one person could see of a document. */
export const seen = (doc: Y.Doc): string => JSON.stringify(sorted(doc.getMap('annotations').toJSON()))

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  )
}
