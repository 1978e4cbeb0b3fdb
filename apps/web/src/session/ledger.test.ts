import { describe, expect, it } from 'vitest'
import { Ledger } from './ledger.ts'

describe('ledger', () => {
  it('takes a change off when the journal names its last clock', () => {
    const ledger = new Ledger()
    ledger.note(7, 0, 3)
    ledger.note(7, 3, 5)
    expect(ledger.committed(7, 3)).toBe(true)
    expect(ledger.count).toBe(1)
    expect(ledger.committed(7, 4)).toBe(false)
    expect(ledger.committed(7, 5)).toBe(true)
    expect(ledger.count).toBe(0)
  })

  it('is not fooled by another page’s row', () => {
    const ledger = new Ledger()
    ledger.note(7, 0, 3)
    ledger.committed(8, 100)
    expect(ledger.count).toBe(1)
  })

  it('keeps a deletion, which has no clock of its own, until everything is acknowledged', () => {
    const ledger = new Ledger()
    ledger.note(7, 5, 5)
    ledger.committed(7, 9)
    expect(ledger.count).toBe(1)
    ledger.settle()
    expect(ledger.count).toBe(0)
  })

  it('keeps restored changes until everything is acknowledged', () => {
    const ledger = new Ledger()
    ledger.restore(4)
    ledger.note(7, 0, 1)
    ledger.committed(7, 1)
    expect(ledger.count).toBe(4)
  })
})
