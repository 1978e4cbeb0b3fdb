/** What people do in a case, in every form it takes in the journal, is sealed and verifies: over the wire, and without a server. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Link } from '../../apps/cli/src/link.ts'
import { verifyServer } from '../../apps/cli/src/verify/ofServer.ts'
import { takeAway } from '../../apps/cli/src/verify/takeAway.ts'
import { recordIn, verifyProof, verifyRecord } from '../../apps/cli/src/verify/verify.mjs'
import type { LatestCheckpoint, RevisionProof } from '../../packages/contract/src/checkpoints.ts'
import type { Case } from '../../packages/contract/src/projects.ts'
import type { Revisions } from '../../packages/contract/src/revisions.ts'
import { annotate, retire } from '../../packages/crdt-schema/src/acts/all.ts'
import { openPage, until } from './page.ts'
import { box, openWard, type Ward } from './ward.ts'

let ward: Ward
const folder = mkdtempSync(join(tmpdir(), 'consilium-evidence-'))
beforeAll(async () => {
  ward = await openWard()
})
afterAll(async () => {
  await ward.server.close()
  rmSync(folder, { recursive: true })
})

test('[J79] leases, edits, names, restores, roles and phases: all of it is sealed when the document is put away, and verifies', async () => {
  const { server, okafor, vasquez, solberg, projectId } = ward
  const { name, caseId } = await ward.newDocument()
  const page = await openPage(okafor, name)
  const shape = annotate(page.doc, box)
  await page.saved()
  const { head } = await okafor.get<Revisions>(`/documents/${name}/revisions?limit=1`)
  retire(page.doc, shape, 'drawn twice')
  await page.saved()
  await okafor.post(`/documents/${name}/names`, { seq: head, title: 'Before the panel' })
  await okafor.post(`/documents/${name}/restore`, { to: head })
  const admin = await server.admin()
  const me = await solberg.get<{ person: { id: string } }>('/me')
  await admin.put(`/projects/${projectId}/members/${me.person.id}`, { role: 'auditor' })
  await vasquez.put(`/cases/${caseId}/phase`, { phase: 'decided' })
  page.close()
  const latest = () => solberg.get<LatestCheckpoint>('/checkpoints/latest')
  await until('all of it to be sealed', async () => (await latest()).unsealed === 0)

  const { items } = await okafor.get<Revisions>(`/documents/${name}/revisions?limit=50`)
  expect(new Set(items.map(({ act }) => act))).toEqual(
    new Set(['lease', 'edit', 'name', 'restore', 'role', 'phase']),
  )
  const { fingerprint } = await latest()
  const { secret } = await solberg.post<{ secret: string }>('/tokens', { title: 'audit' })
  const link = new Link({ server: server.url, token: secret }, {})
  const rows = items.length
  const whole = { ok: true, faults: [], unsealed: 0, documents: [{ name, rows, sealed: rows }] }
  expect(await verifyServer(link, caseId, { key: fingerprint })).toMatchObject(whole)
  const found = await solberg.get<Case>(`/cases/${caseId}`)
  await takeAway(link, found, join(folder, 'case'))
  expect(await verifyRecord(recordIn(join(folder, 'case')), { key: fingerprint })).toMatchObject(whole)
  for (const { seq } of items) {
    const proof = await solberg.get<RevisionProof>(`/documents/${name}/proof/${seq}`)
    expect([seq, verifyProof(proof, fingerprint)]).toEqual([seq, null])
  }
})
