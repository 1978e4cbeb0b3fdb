import { describe, expect, it } from 'vitest'
import { Ledger } from './ledger.ts'

const at = (time: number, ...touched: string[]) => ({ at: time, touched })

describe('ledger', () => {
  it('takes a change off when the journal names its last clock', () => {
    const ledger = new Ledger()
    ledger.note(7, 0, 3, at(1))
    ledger.note(7, 3, 5, at(2))
    ledger.committed(7, 3)
    expect(ledger.count).toBe(1)
    ledger.committed(7, 4)
    expect(ledger.count).toBe(1)
    ledger.committed(7, 5)
    expect(ledger.count).toBe(0)
  })

  it('is not fooled by another page’s row', () => {
    const ledger = new Ledger()
    ledger.note(7, 0, 3, at(1))
    ledger.committed(8, 100)
    expect(ledger.count).toBe(1)
  })

  it('keeps a deletion, which has no clock of its own, until something later is saved or everything is acknowledged', () => {
    const ledger = new Ledger()
    ledger.note(7, 0, 5, at(1))
    ledger.note(7, 5, 5, at(2))
    ledger.committed(7, 5)
    expect(ledger.count).toBe(1)
    ledger.note(7, 5, 6, at(3))
    ledger.committed(7, 6)
    expect(ledger.count).toBe(0)
    ledger.note(7, 6, 6, at(4))
    ledger.settle()
    expect(ledger.count).toBe(0)
  })

  it('keeps restored changes until everything is acknowledged', () => {
    const ledger = new Ledger()
    ledger.restore({ count: 4, since: 10, touched: ['annotations/1-aaaa'] })
    ledger.note(7, 0, 1, at(20))
    ledger.committed(7, 1)
    expect(ledger.count).toBe(4)
  })

  it('knows when the oldest unsaved change was made and what is touched, and forgets it with the change', () => {
    const ledger = new Ledger()
    expect(ledger.since).toBeNull()
    ledger.restore({ count: 1, since: 10, touched: ['annotations/1-aaaa/label'] })
    ledger.note(7, 0, 1, at(20, 'annotations/7-bbbb'))
    ledger.note(7, 1, 2, at(30, 'annotations/7-bbbb/label', 'annotations/7-bbbb'))
    expect(ledger.since).toBe(10)
    expect(ledger.touched).toEqual([
      'annotations/1-aaaa/label',
      'annotations/7-bbbb',
      'annotations/7-bbbb/label',
    ])
    ledger.settle()
    ledger.note(7, 2, 3, at(40, 'threads/7-cccc'))
    ledger.note(7, 3, 4, at(50))
    ledger.committed(7, 3)
    expect([ledger.since, ledger.touched]).toEqual([50, []])
  })
})
