/** The judge must find what it is there to find: each test takes a sound journal and spoils one thing. */
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { judge, type Ledger, type StoredRow } from './ledger.ts'

/** Three acts of one person, a row each, all of them said to be saved. */
function sound(): { rows: StoredRow[]; ledger: Ledger } {
  const doc = new Y.Doc()
  doc.clientID = 7
  const rows: StoredRow[] = []
  const acts: { until: number; what: string }[] = []
  doc.on('update', (bytes: Uint8Array) => {
    const seq = rows.length + 1
    rows.push({ seq, hash: `hash ${seq}`, edit: true, bytes, created: [`annotations:${seq}`] })
  })
  for (const key of ['a', 'b', 'c']) {
    doc.getMap('annotations').set(key, 'some text')
    acts.push({ until: Y.getState(doc.store, 7), what: `set ${key}` })
  }
  const acknowledged = Y.getState(doc.store, 7)
  return {
    rows,
    ledger: { client: 7, acts, acknowledged, confirmed: rows.map(({ seq, hash }) => ({ seq, hash })) },
  }
}

const renumbered = (rows: readonly StoredRow[]): StoredRow[] => rows.map((row, n) => ({ ...row, seq: n + 1 }))

describe('what the judge of acknowledged edits finds', () => {
  it('nothing, where nothing is wrong', () => {
    const { rows, ledger } = sound()
    expect(judge(rows, [ledger])).toMatchObject({ lost: [], doubled: [], broken: [] })
  })

  it('an edit that was acknowledged before it was in the journal', () => {
    const { rows, ledger } = sound()
    const early = { ...ledger, confirmed: [] }
    expect(judge(rows.slice(0, 2), [early]).lost).toEqual(['set c of 7, up to clock 3'])
  })

  it('nothing in an edit that nobody was told of', () => {
    const { rows, ledger } = sound()
    const silent = { ...ledger, acknowledged: 2, confirmed: ledger.confirmed.slice(0, 2) }
    expect(judge(rows.slice(0, 2), [silent]).lost).toEqual([])
  })

  it('a row that was confirmed and is another now', () => {
    const { rows, ledger } = sound()
    const rewritten = rows.map((row) => (row.seq === 2 ? { ...row, hash: 'another' } : row))
    expect(judge(rewritten, [ledger]).lost).toEqual(['row 2, which 7 was told of, is not there as it was'])
  })

  it('an edit that is there twice', () => {
    const { rows, ledger } = sound()
    const [first, second] = rows as [StoredRow, StoredRow]
    const again = { ...second, created: [] }
    expect(
      judge(renumbered([first, second, again]), [{ ...ledger, acts: [], confirmed: [] }]).doubled,
    ).toEqual(['row 3 brings clock 1 of 7 again'])
  })

  it('an entry that two rows create', () => {
    const { rows, ledger } = sound()
    const twice = rows.map((row) => ({ ...row, created: ['annotations:x'] }))
    expect(judge(twice, [ledger]).doubled[0]).toBe('annotations:x is created by row 1 and by row 2')
  })

  it('a row that is missing in the middle', () => {
    const { rows, ledger } = sound()
    const { broken } = judge([rows[0], rows[2]] as StoredRow[], [{ ...ledger, acts: [], confirmed: [] }])
    expect(broken).toEqual(['row 3 stands where row 2 belongs', 'row 3 leaves out clocks 1 to 2 of 7'])
  })
})
