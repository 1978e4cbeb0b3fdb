/** The whole table: what each role may do to each root. Written out, so that a change of the policy is a change of this table. */
import { describe, expect, it } from 'vitest'
import { ROOTS, type RootName } from '../documents.ts'
import { type Change, type Denial, judge, PHASES } from './judge.ts'
import { may, type Right, ROLE_CODES, ROLES, type Role } from './roles.ts'

type Row = Record<RootName, Denial | null>
const A: Denial = 'role-may-not-annotate'
const T: Denial = 'role-may-not-discuss'
const D: Denial = 'role-may-not-decide'

const TABLE: Record<Role, Row> = {
  observer: { annotations: A, threads: T, comments: T, decisions: D, dissents: T },
  reader: { annotations: null, threads: null, comments: null, decisions: D, dissents: null },
  adjudicator: { annotations: null, threads: null, comments: null, decisions: null, dissents: null },
  manager: { annotations: A, threads: null, comments: null, decisions: D, dissents: null },
  auditor: { annotations: A, threads: T, comments: T, decisions: D, dissents: T },
  model: { annotations: A, threads: T, comments: T, decisions: D, dissents: T },
}

const change = (
  root: RootName,
  op: Change['op'],
  owner: number | null = op === 'create' ? null : 1,
): Change => ({
  root,
  op,
  owner,
  entry: '77-aaaaaaaa',
  field: op === 'change' ? 'label' : null,
})
const open = PHASES.filter((phase) => phase !== 'signed')

describe.each(ROLES)('%s', (role) => {
  describe.each(ROOTS)('in %s', (root) => {
    const denial = TABLE[role][root]

    it.each(['create', 'change'] as const)(`${denial ? `is refused to %s: ${denial}` : 'may %s'}`, (op) => {
      for (const phase of open) expect(judge({ person: 1, role }, phase, change(root, op))).toBe(denial)
    })

    it('removes nothing, not even what is their own', () => {
      for (const phase of open)
        for (const owner of [1, 2])
          expect(judge({ person: 1, role }, phase, change(root, 'remove', owner))).toBe(
            denial ?? 'never-removed',
          )
    })

    it('changes nothing once the case is signed', () => {
      for (const op of ['create', 'change', 'remove'] as const)
        expect(judge({ person: 1, role }, 'signed', change(root, op))).toBe('case-closed')
    })
  })
})

describe('reasons come in this order', () => {
  it('who is no member learns nothing more, not even that the case is closed', () => {
    for (const root of ROOTS)
      for (const phase of PHASES)
        expect(judge({ person: 9, role: null }, phase, change(root, 'create'))).toBe('not-a-member')
  })

  it('a closed case is named before a missing right', () => {
    expect(judge({ person: 1, role: 'observer' }, 'signed', change('annotations', 'create'))).toBe(
      'case-closed',
    )
  })

  it('a missing right is named before the rule that nothing is removed', () => {
    expect(judge({ person: 1, role: 'observer' }, 'panel', change('annotations', 'remove'))).toBe(A)
  })
})

describe('rights beyond the document', () => {
  it.each([
    ['import', ['adjudicator', 'manager']],
    ['manage', ['manager']],
    ['see', [...ROLES]],
  ] as const)('%s: %s', (right: Right, allowed: readonly Role[]) => {
    expect(ROLES.filter((role) => may(role, right))).toEqual(allowed)
    expect(may(null, right)).toBe(false)
  })

  it('codes of roles are what journals hold since the first version', () => {
    expect(ROLE_CODES).toEqual({ observer: 1, reader: 2, adjudicator: 3, manager: 4, auditor: 5, model: 6 })
  })
})
