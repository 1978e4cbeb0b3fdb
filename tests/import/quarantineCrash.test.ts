/** A server that is killed while pictures are blacked out: they wait as before or are in, and the old pixels are never left behind. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Case } from '@consilium/contract/projects'
import type { HeldPictures, Series } from '@consilium/contract/studies'
import { afterAll, expect, test } from 'vitest'
import { Client, startServerProcess, temporaryFolder } from '../support/server.ts'
import { importFiles, projectOf } from './door.ts'
import { madeUltrasound, TEXT } from './ultrasound.ts'

const folder = temporaryFolder('consilium-quarantine')
const data = join(folder.path, 'data')
afterAll(() => folder.remove())

const FRAMES = 80

const start = async () => {
  const server = await startServerProcess({ data, demo: true })
  const client = new Client(server.url)
  await client.signIn('vasquez')
  return { server, client }
}

const blobs = (): string[] =>
  readdirSync(join(data, 'frames'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /[0-9a-f]{64}/.test(name))
    .toSorted()

test('[Q8] a kill leaves them waiting or in, never both, and nobody names what is left', {
  timeout: 240_000,
}, async () => {
  // Killed when so many blobs of the new pictures are there; the last time when the old ones begin to go.
  const kills = [1, 40, FRAMES, 'old ones go'] as const
  const seen = new Set<string>()
  for (const [k, when] of kills.entries()) {
    const first = await start()
    const project = await projectOf(first.client)
    const before = new Set(existing())
    const done = await importFiles(first.client, [await madeUltrasound({ variant: 20 + k, frames: FRAMES })])
    const [id = ''] = done.quarantine
    const held = blobs().filter((name) => !before.has(name))
    const cases = await first.client.get<Case[]>(`/projects/${project.id}/cases`)
    let answered = false
    const clearing = first.client
      .ask('POST', `/quarantine/${id}/clear`, { boxes: [TEXT] })
      .catch(() => null)
      .finally(() => {
        answered = true
      })
    const isTime = () =>
      when === 'old ones go'
        ? !held.every((name) => blobs().includes(name))
        : blobs().length >= before.size + held.length + when
    while (!isTime() && !answered) await sleep(1)
    await first.server.kill('SIGKILL')
    await clearing

    const second = await start()
    const after = await second.client.get<Case[]>(`/projects/${project.id}/cases`)
    const waits = await second.client.ask('GET', `/quarantine/${id}`)
    const mine = blobs().filter((name) => !before.has(name))
    if (waits.ok) {
      expect(((await waits.json()) as HeldPictures).frames).toBe(FRAMES)
      expect(after).toEqual(cases)
      expect(mine).toEqual(held)
      expect((await second.client.ask('GET', `/quarantine/${id}/pictures/${FRAMES - 1}`)).status).toBe(200)
      seen.add('waits')
    } else {
      const fresh = after.filter((one) => !cases.some(({ id: known }) => known === one.id))
      expect(fresh).toHaveLength(1)
      const [series] = await second.client.get<Series[]>(`/cases/${fresh[0]?.id}/series`)
      expect(mine).toEqual((series?.frameSha256 ?? []).map((sha) => `${sha.slice(0, 2)}/${sha}`).toSorted())
      expect(mine.filter((name) => held.includes(name))).toEqual([])
      seen.add('in')
    }
    await second.server.kill('SIGTERM')
  }
  expect([...seen].toSorted()).toEqual(['in', 'waits'])
})

function existing(): string[] {
  try {
    return blobs()
  } catch {
    return []
  }
}
