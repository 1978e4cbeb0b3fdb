/** Whoever changes the record afterwards is found: each kind of tampering, online and offline, by the layer that can find it. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fingerprintOf, verifyProof } from '../../apps/cli/src/verify/verify.mjs'
import type { RevisionProof } from '../../packages/contract/src/checkpoints.ts'
import { Client } from '../support/server.ts'
import { inShort } from './inShort.ts'
import { fault as r8 } from './rows/r8.ts'
import { fault as r9 } from './rows/r9.ts'
import { fault as r10 } from './rows/r10.ts'
import { Archive, type Archived } from './tamper/archive.ts'

const PATIENCE_MS = 300_000

let archive: Archive
let first: Archived
beforeAll(async () => {
  archive = await Archive.make(4)
  first = archive.documents[0] as Archived
})
afterAll(() => archive.close())

test('[J79] a record that nobody touched is whole, online and offline, and what is unsealed is counted', async () => {
  const all = { key: archive.fingerprint, seen: archive.seen }
  const online = await archive.online(all)
  expect(online).toMatchObject({ ok: true, faults: [], key: { given: true } })
  expect(online.documents.map(({ rows, unsealed }) => [rows, unsealed])).toEqual(
    archive.documents.map(({ rows, sealed }) => [rows, rows - sealed[1]]),
  )
  const offline = await archive.offline(await archive.export(first), first, all)
  expect(offline).toMatchObject({ ok: true, unsealed: first.rows - first.sealed[1] })
})

describe('[J80] tampering is found, by what can find it and by nothing less', () => {
  test('one bit of a row', () => inShort(r8), PATIENCE_MS)
  test('a row, or the table of leases', () => inShort(r9), PATIENCE_MS)
  test('a record in which every hash fits again', () => inShort(r10), PATIENCE_MS)
})

test('[J81] the folder verifies itself on any Node, and names document, revision and person of what was changed in it', async () => {
  const folder = await archive.export(first)
  const verify = (...args: string[]): { code: number; said: string } => {
    try {
      const said = execFileSync(process.execPath, [join(folder, 'verify.mjs'), ...args], {
        encoding: 'utf8',
        stdio: 'pipe',
      })
      return { code: 0, said }
    } catch (error) {
      const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string }
      return { code: status, said: stdout + stderr }
    }
  }
  const whole = verify(folder, '--key', archive.fingerprint)
  expect(whole).toMatchObject({ code: 0 })
  expect(whole.said).toContain(`Whole; ${first.rows - first.sealed[1]} revisions are not sealed yet.`)
  expect(verify(folder).said).toContain('TAKEN FROM THE RECORD ITSELF')
  expect(verify(folder, '--key', '00'.repeat(32))).toMatchObject({ code: 1 })
  expect(verify(folder, '--nonsense')).toMatchObject({ code: 2 })
  expect(verify()).toMatchObject({ code: 2 })

  const file = join(folder, 'documents', String(first.doc), 'journal.ndjson')
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  const typed = first.typed[7] as number
  const row = JSON.parse(lines[typed - 1] as string)
  lines[typed - 1] = JSON.stringify({ ...row, bytes: Buffer.from('forged').toString('base64') })
  writeFileSync(file, `${lines.join('\n')}\n`)
  const broken = verify(folder, '--json')
  expect(broken.code).toBe(1)
  const okafor = await archive.server.signIn('okafor')
  const lindqvist = await archive.server.signIn('lindqvist')
  const handles = await Promise.all(
    [okafor, lindqvist].map(async (one) => (await one.get<{ person: { id: string } }>('/me')).person.id),
  )
  const report = JSON.parse(broken.said)
  expect(report.faults).toMatchObject([{ layer: 'chain', document: first.name, revision: typed }])
  expect(handles).toContain(report.faults[0].person)
  writeFileSync(file, 'not a line of JSON\n')
  expect(verify(folder)).toMatchObject({ code: 1 })
})

test('[J82] one revision is proved without any other row’s contents; whatever is changed in the proof, it proves nothing', async () => {
  const admin = await archive.server.admin()
  const proof = await admin.get<RevisionProof>(`/documents/${first.name}/proof/7`)
  expect(fingerprintOf(proof.checkpoint.key)).toBe(archive.fingerprint)
  expect(verifyProof(proof, archive.fingerprint)).toBeNull()
  const last = await admin.get<RevisionProof>(`/documents/${first.name}/proof/${first.rows}`)
  expect(verifyProof(last, archive.fingerprint)).toBeNull()
  expect(verifyProof(proof, '00'.repeat(32))).toMatch(/another key/)
  const { row, head, checkpoint } = proof
  const forged: RevisionProof[] = [
    { ...proof, document: proof.document + 1 },
    ...(['seq', 'at', 'lease', 'clock', 'len', 'act', 'role', 'said'] as const).map((field) => ({
      ...proof,
      row: { ...row, [field]: row[field] + 1 },
    })),
    { ...proof, row: { ...row, bytes: '00'.repeat(32) } },
    { ...proof, before: '00'.repeat(32) },
    { ...proof, links: proof.links.slice(44) },
    { ...proof, head: { ...head, seq: head.seq + 1 } },
    { ...proof, head: { ...head, hash: '00'.repeat(32) } },
    { ...proof, index: proof.index + 1 },
    { ...proof, path: proof.path.slice(1) },
    { ...proof, path: [...proof.path, '00'.repeat(32)] },
    ...(['n', 'at', 'documents', 'rows'] as const).map((field) => ({
      ...proof,
      checkpoint: { ...checkpoint, [field]: checkpoint[field] + 1 },
    })),
    { ...proof, checkpoint: { ...checkpoint, root: '00'.repeat(32) } },
    { ...proof, checkpoint: { ...checkpoint, previous: '00'.repeat(32) } },
    { ...proof, checkpoint: { ...checkpoint, next: '00'.repeat(32) } },
  ]
  for (const one of forged) expect(verifyProof(one, archive.fingerprint), JSON.stringify(one)).not.toBeNull()
})

test('[J83] evidence is for auditors, managers, adjudicators and administrators; the latest checkpoint for whoever is signed in', async () => {
  const okafor = await archive.server.signIn('okafor')
  const vasquez = await archive.server.signIn('vasquez')
  for (const what of ['journal', 'evidence', 'checkpoints', 'proof/1']) {
    expect((await okafor.ask('GET', `/documents/${first.name}/${what}`)).status, what).toBe(403)
    expect((await vasquez.ask('GET', `/documents/${first.name}/${what}`)).status, what).toBe(200)
  }
  expect(await okafor.get('/checkpoints/latest')).toMatchObject({ fingerprint: archive.fingerprint })
  expect((await new Client(archive.server.url).ask('GET', '/checkpoints/latest')).status).toBe(401)
})

test('[J84] a document whose journal was altered keeps nobody from the other cases', async () => {
  await archive.tamper(async (sql) => {
    await sql`update revision set bytes = '\\x01' where doc = ${first.doc} and seq = 10`
    // Counted anew only where the head moved.
    await sql`update document set head_seq = head_seq - 1 where id = ${first.doc}`
  })
  const okafor = await archive.server.signIn('okafor')
  const [project] = await okafor.get<{ id: string }[]>('/projects')
  const cases = await okafor.get<{ id: string }[]>(`/projects/${project?.id}/cases`)
  expect(cases).toHaveLength(archive.documents.length)
  await archive.putBack()
})
