/** Who read, took away and administered what can be found afterwards, by whoever may know it, and by nobody else. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AuditEntry, AuditPage, AuditRow } from '../../packages/contract/src/audit.ts'
import type { Case } from '../../packages/contract/src/projects.ts'
import type { Client } from '../support/server.ts'
import { openPage } from './page.ts'
import { openWard, type Ward } from './ward.ts'

let ward: Ward
let admin: Client
beforeAll(async () => {
  ward = await openWard()
  admin = await ward.server.admin()
})
afterAll(() => ward.server.close())

const all = async (query = ''): Promise<AuditEntry[]> =>
  (await admin.get<AuditPage>(`/audit?limit=500${query}`)).items
const inProject = async (who: Client, query = ''): Promise<AuditPage> =>
  who.get<AuditPage>(`/projects/${ward.projectId}/audit?limit=500${query}`)
const idOf = async (who: Client): Promise<string> =>
  (await who.get<{ person: { id: string } }>('/me')).person.id

describe('[A9] an auditor finds who opened a case', () => {
  test('over the socket, in which role, and from where', async () => {
    const { name, caseId } = await ward.newDocument()
    const page = await openPage(ward.okafor, name)
    page.close()
    const { items, intact } = await inProject(ward.vasquez, `&case=${caseId}&act=opened-case`)
    expect(intact).toBe(true)
    expect(items).toHaveLength(1)
    expect(items[0]).toMatchObject({
      by: { id: await idOf(ward.okafor), name: 'Dr A. Okafor' },
      role: 'reader',
      project: { id: ward.projectId },
      case: { id: caseId },
    })
    const { key } = await ward.okafor.get<Case>(`/cases/${caseId}`)
    expect(items[0]?.case?.key).toBe(key)
    expect(items[0]?.from).toContain('127.0.0.1')
  })
})
