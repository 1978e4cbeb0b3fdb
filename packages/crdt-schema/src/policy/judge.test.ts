/**
 * The whole table: what each role may do to each field of each root, whoever made it, in every phase. Written out apart from the policy, so
 * that a change of the policy is a change of this table.
 */
import { describe, expect, it } from 'vitest'
import { ROOTS, type RootName } from '../documents.ts'
import type { Hand } from '../kinds/mask/act.ts'
import { type Change, type Denial, judge, judgePainting, type Painting, PHASES, type Phase } from './judge.ts'
import { may, type Right, ROLE_CODES, ROLES, type Role } from './roles.ts'
import { fieldsOf } from './values.ts'

const A: Denial = 'role-may-not-annotate'
const T: Denial = 'role-may-not-discuss'
const D: Denial = 'role-may-not-decide'

/** What a role lacks for a root altogether. */
const LACKS: Record<Role, Record<RootName, Denial | null>> = {
  observer: { annotations: A, threads: T, comments: T, decisions: D, dissents: T },
  reader: { annotations: null, threads: null, comments: null, decisions: D, dissents: null },
  adjudicator: { annotations: null, threads: null, comments: null, decisions: null, dissents: null },
  manager: { annotations: A, threads: null, comments: null, decisions: D, dissents: null },
  auditor: { annotations: A, threads: T, comments: T, decisions: D, dissents: T },
  model: { annotations: A, threads: T, comments: T, decisions: D, dissents: T },
}

/** Who, of those who may write in the root at all, may change a field of an entry that exists. */
type Who = 'nobody' | 'author' | 'author, adjudicator' | 'everybody'
const WHO: Record<RootName, Record<string, Who>> = {
  annotations: {
    kind: 'nobody',
    label: 'author, adjudicator',
    certainty: 'author, adjudicator',
    confidence: 'author, adjudicator',
    reasoning: 'author, adjudicator',
    source: 'nobody',
    vertices: 'author, adjudicator',
    retired: 'author, adjudicator',
    name: 'author, adjudicator',
    colour: 'author, adjudicator',
  },
  threads: { about: 'nobody', anchor: 'nobody', reason: 'author', resolved: 'everybody' },
  comments: { thread: 'nobody', text: 'author', writtenAt: 'nobody' },
  decisions: {
    thread: 'nobody',
    outcome: 'author',
    rationale: 'author',
    adopted: 'author',
    decidedAt: 'nobody',
  },
  dissents: { decision: 'nobody', text: 'author', writtenAt: 'nobody' },
}

/** What a case that is decided no longer takes. */
const STANDS: readonly RootName[] = ['annotations', 'decisions']

const ME = 1
const OTHER = 2
const PEOPLE = [ME, OTHER, null] as const

function expected(role: Role, phase: Phase, { root, op, field, owner, replaces }: Change): Denial | null {
  if (phase === 'signed') return 'case-closed'
  if (LACKS[role][root]) return LACKS[role][root]
  if (phase === 'decided' && STANDS.includes(root)) return 'case-decided'
  if (op === 'remove') return 'never-removed'
  if (op === 'create') return null
  const who = WHO[root][field ?? '']
  if (who === 'nobody') return 'never-changed'
  if (who === 'everybody' || (who === 'author, adjudicator' && role === 'adjudicator')) return null
  if (owner !== ME) return 'not-yours'
  return field === 'retired' && replaces === OTHER ? 'not-yours' : null
}

const every = (root: RootName): Change[] => {
  const fields = (['create', 'change'] as const).flatMap((op) =>
    fieldsOf(root).flatMap(({ name: field }) =>
      PEOPLE.flatMap((owner) =>
        PEOPLE.map((replaces): Change => ({ root, entry: '77-aaaaaaaa', op, field, owner, replaces })),
      ),
    ),
  )
  const whole = (['create', 'remove'] as const).flatMap((op) =>
    PEOPLE.map((owner): Change => ({ root, entry: '77-aaaaaaaa', op, field: null, owner, replaces: null })),
  )
  return [...fields, ...whole]
}

describe.each(ROLES)('%s', (role) => {
  it.each(ROOTS)('[G20] in %s, to every field, whoever made it, in every phase', (root) => {
    for (const phase of PHASES)
      for (const change of every(root))
        expect(judge({ person: ME, role }, phase, change), JSON.stringify({ phase, ...change })).toBe(
          expected(role, phase, change),
        )
  })
})

describe('reasons come in this order', () => {
  const label: Change = {
    root: 'annotations',
    entry: '77-aaaaaaaa',
    op: 'change',
    field: 'label',
    owner: OTHER,
    replaces: OTHER,
  }

  it('who is no member learns nothing more, not even that the case is closed', () => {
    for (const root of ROOTS)
      for (const phase of PHASES)
        for (const change of every(root))
          expect(judge({ person: 9, role: null }, phase, change)).toBe('not-a-member')
  })

  it('a closed case is named before a missing right, and that before a decided one', () => {
    expect(judge({ person: ME, role: 'observer' }, 'signed', label)).toBe('case-closed')
    expect(judge({ person: ME, role: 'observer' }, 'decided', label)).toBe(A)
    expect(judge({ person: ME, role: 'reader' }, 'decided', label)).toBe('case-decided')
  })

  it('that a thing is never changed is named before whose it is', () => {
    expect(judge({ person: ME, role: 'reader' }, 'panel', { ...label, field: 'kind' })).toBe('never-changed')
    expect(judge({ person: ME, role: 'adjudicator' }, 'panel', { ...label, field: 'source' })).toBe(
      'never-changed',
    )
  })
})

it('[G21] a decided case still takes words, and nothing that would make another decision of it', () => {
  const change = (root: RootName): Change => ({
    root,
    entry: '77-aaaaaaaa',
    op: 'create',
    field: null,
    owner: null,
    replaces: null,
  })
  const taken = ROOTS.filter(
    (root) => judge({ person: ME, role: 'adjudicator' }, 'decided', change(root)) === null,
  )
  expect(taken).toEqual(['threads', 'comments', 'dissents'])
})

describe.each(ROLES)('painting by %s', (role) => {
  it('[M44] is for who annotates; acts are turned by their author, or with the other hand by an adjudicator', () => {
    for (const phase of PHASES) {
      const lacks = LACKS[role].annotations
      const barred =
        phase === 'signed' ? 'case-closed' : (lacks ?? (phase === 'decided' ? 'case-decided' : null))
      const of = (painting: Painting) => judgePainting({ person: ME, role }, phase, painting)
      const turned = (hand: Hand, owner: number | null) => of({ op: 'switch', hand, owner })
      expect(of({ op: 'paint' })).toBe(barred)
      expect(turned('author', ME)).toBe(barred)
      for (const owner of [OTHER, null]) expect(turned('author', owner)).toBe(barred ?? 'not-yours')
      for (const owner of PEOPLE)
        expect(turned('adjudicator', owner)).toBe(barred ?? (role === 'adjudicator' ? null : 'not-yours'))
    }
  })
})

it('people are compared however they are known, by number or by handle', () => {
  const change: Change = {
    root: 'comments',
    entry: '77-aaaaaaaa',
    op: 'change',
    field: 'text',
    owner: 'p3rs0n',
    replaces: null,
  }
  expect(judge({ person: 'p3rs0n', role: 'reader' }, 'panel', change)).toBeNull()
  expect(judge({ person: 'an0th3r', role: 'reader' }, 'panel', change)).toBe('not-yours')
})

describe('rights beyond the document', () => {
  it.each([
    ['import', ['adjudicator', 'manager']],
    ['manage', ['manager']],
    ['amend', ['adjudicator']],
    ['audit', ['adjudicator', 'manager', 'auditor']],
    ['see', [...ROLES]],
  ] as const)('%s: %s', (right: Right, allowed: readonly Role[]) => {
    expect(ROLES.filter((role) => may(role, right))).toEqual(allowed)
    expect(may(null, right)).toBe(false)
  })

  it('codes of roles are what journals hold since the first version', () => {
    expect(ROLE_CODES).toEqual({ observer: 1, reader: 2, adjudicator: 3, manager: 4, auditor: 5, model: 6 })
  })
})
