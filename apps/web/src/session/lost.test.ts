import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { describeLost } from './lost.ts'
import { touchedEntries } from './touched.ts'

const entry = (doc: Y.Doc, key: string, fields: Record<string, unknown>): Y.Map<unknown> => {
  const map = new Y.Map<unknown>(Object.entries(fields))
  doc.getMap('annotations').set(key, map)
  return map
}

describe('what a refusal took', () => {
  it('names entries made here, and the fields that differ, of the entries touched here only', () => {
    const server = new Y.Doc()
    entry(server, '1-theirs00', { label: 'nodule', certainty: 'present' })
    entry(server, '1-moved000', { label: 'nodule' })
    const mine = new Y.Doc()
    Y.applyUpdate(mine, Y.encodeStateAsUpdate(server))
    ;(mine.getMap('annotations').get('1-theirs00') as Y.Map<unknown>).set('label', 'cyst')
    entry(mine, '2-mine0000', { label: 'nodule' })
    ;(server.getMap('annotations').get('1-moved000') as Y.Map<unknown>).set(
      'label',
      'changed by somebody meanwhile',
    )
    const lost = describeLost(mine, server, ['1-theirs00', '2-mine0000'])
    expect(lost.map(({ entry: key, made, fields }) => [key, made, fields])).toEqual([
      ['1-theirs00', false, [{ field: 'label', mine: 'cyst' }]],
      ['2-mine0000', true, [{ field: 'label', mine: 'nodule' }]],
    ])
    expect(describeLost(mine, server, null)).toHaveLength(3)
  })

  it('does not mistake the order of keys for a difference', () => {
    const a = new Y.Doc()
    entry(a, '1-x0000000', { p: 1, q: { r: 1, s: 2 } })
    const b = new Y.Doc()
    entry(b, '1-x0000000', { q: { s: 2, r: 1 }, p: 1 })
    expect(describeLost(a, b, null)).toEqual([])
  })

  it('finds the entry however deep the change was', () => {
    const doc = new Y.Doc()
    const made = entry(doc, '1-deep0000', {
      vertices: new Y.Map([['a0', [0, 0, 0]]]),
      reasoning: new Y.Text('x'),
    })
    const touched: string[][] = []
    doc.on('afterTransaction', (tr: Y.Transaction) => touched.push([...touchedEntries(tr)]))
    ;(made.get('vertices') as Y.Map<unknown>).set('a0', [1, 1, 1])
    ;(made.get('reasoning') as Y.Text).insert(0, 'y')
    made.set('label', 'z')
    entry(doc, '1-new00000', {})
    expect(touched).toEqual([['1-deep0000'], ['1-deep0000'], ['1-deep0000'], ['1-new00000']])
  })
})
