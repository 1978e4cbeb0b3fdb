import { AUDIT_ACTS } from '@consilium/contract/audit'
import { describe, expect, test } from 'vitest'
import { AUDIT_GROUPS, type AuditGroup, actsOf, actTitle, detailWhole, detailWords } from './auditWords.ts'

const groups = Object.keys(AUDIT_GROUPS) as AuditGroup[]

describe('words of the audit log', () => {
  test('[W80] every act can be looked for in exactly one group, under words of its own', () => {
    const grouped = groups.flatMap((group) => [...actsOf(group)])
    expect(grouped.toSorted()).toEqual(Object.keys(AUDIT_ACTS).toSorted())
    expect(new Set(grouped.map(actTitle)).size).toBe(grouped.length)
  })

  test('a role is said with what it was before', () => {
    expect(detailWords({ detail: { role: 'reader', before: 'observer' } })).toBe('Reader, before: observer')
    expect(detailWords({ detail: { before: 'observer' } })).toBe('before: observer')
  })

  test('what words were taken out of is said, which one only in the opened row', () => {
    const detail = { revision: 1478, root: 'comments', entry: '1234:0', field: 'text', rows: 2 }
    expect(detailWords({ detail })).toBe('Revision 1\u202f478, A comment, Rows 2')
    expect(detailWhole({ detail })).toBe(
      'revision: 1478, root: comments, entry: 1234:0, field: text, rows: 2',
    )
  })

  test('an account is told apart by whether it is of an administrator', () => {
    expect(detailWords({ detail: { admin: 1 } })).toBe('Of an administrator')
    expect(detailWords({ detail: { admin: 0 } })).toBe('')
  })

  test('figures have thin spaces, and what they count is named', () => {
    expect(detailWords({ detail: { entries: 12_045 } })).toBe('Entries 12\u202f045')
    expect(detailWords({ detail: { 'files-refused': 3 } })).toBe('Files refused 3')
    expect(detailWords({ detail: {} })).toBe('')
  })
})
