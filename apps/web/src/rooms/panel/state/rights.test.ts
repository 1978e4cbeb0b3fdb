import type { Role } from '@consilium/crdt-schema/roles'
import { describe, expect, it } from 'vitest'
import { createRights, ON_PRIOR, type RightsPorts } from './rights.ts'

const rights = (role: Role, over: Partial<RightsPorts> = {}) =>
  createRights({
    actor: () => ({ person: 'me', role }),
    phase: () => 'panel',
    isPast: () => false,
    isPrior: () => false,
    canWrite: () => true,
    maker: (entry) => {
      if (entry === 'unknown') return null
      return entry === 'mine' ? { person: 'me', name: 'I' } : { person: 'lind', name: 'Dr J. Lindqvist' }
    },
    writer: (entry, field) => (entry === 'mine' && field === 'retired' ? 'vasq' : 'me'),
    ...over,
  })

describe('[W58] what may be changed, and why not', () => {
  it('is one’s own for a reader, everybody’s for the adjudicator', () => {
    expect(rights('reader').deniedChange('mine', 'label')).toBeNull()
    expect(rights('reader').deniedChange('theirs', 'label')).toBe(
      'Made by Dr J. Lindqvist. Comment on it, or ask them or the adjudicator to change it.',
    )
    expect(rights('adjudicator').deniedChange('theirs', 'label')).toBeNull()
  })
  it('is not what the adjudicator deleted', () => {
    expect(rights('reader').deniedChange('mine', 'retired')).toMatch(/^The adjudicator deleted this\./)
    expect(rights('adjudicator').deniedChange('mine', 'retired')).toBeNull()
  })
  it('is nothing whose maker is not known yet, unless one may change everybody’s', () => {
    expect(rights('reader').deniedChange('unknown', 'label')).toBe('Who made this is not known yet.')
    expect(rights('adjudicator').deniedChange('unknown', 'label')).toBeNull()
  })
  it('[V32] is nothing that is made on the prior; what is on the case itself may be changed meanwhile', () => {
    const beside = rights('reader', { isPrior: () => true })
    expect(beside.denied('annotations')).toBe(ON_PRIOR)
    expect([beside.denied('comments'), beside.deniedChange('mine', 'label')]).toEqual([null, null])
  })
  it('is nothing in a decided case but the discussion, and nothing at all in the past', () => {
    const decided = rights('reader', { phase: () => 'decided' })
    expect(decided.deniedChange('mine', 'label')).toMatch(/^This case is decided/)
    expect(decided.denied('annotations')).toMatch(/^This case is decided/)
    expect(decided.denied('comments')).toBeNull()
    const past = rights('adjudicator', { isPast: () => true })
    expect(past.denied('comments')).toMatch(/^You are looking at the past/)
  })
  it('[M108] of painting is withdrawn as adjudicator by an adjudicator alone, in a case that is open', () => {
    const turned = { op: 'switch', hand: 'adjudicator', owner: 'lind' } as const
    expect(rights('adjudicator').deniedPainting(turned)).toBeNull()
    expect(rights('reader').deniedPainting(turned)).not.toBeNull()
    expect(rights('reader').deniedPainting({ ...turned, hand: 'author', owner: 'me' })).toBeNull()
    expect(rights('adjudicator', { isPast: () => true }).deniedPainting(turned)).toMatch(/the past/)
    expect(rights('adjudicator', { isPrior: () => true }).deniedPainting(turned)).toBe(ON_PRIOR)
    expect(rights('adjudicator', { phase: () => 'decided' }).deniedPainting(turned)).toMatch(/decided/)
    expect(rights('adjudicator', { canWrite: () => false }).deniedPainting(turned)).toMatch(/not open/)
  })
  it('is nothing while the document is not open', () => {
    expect(rights('reader', { canWrite: () => false }).denied('annotations')).toMatch(/not open for writing/)
  })
})
