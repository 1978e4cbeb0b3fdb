/** A session is ended from another browser while its page edits, and commits are slow. */
import { setTimeout as sleep } from 'node:timers/promises'
import { until } from '../../wire/page.ts'
import { type Fault, Random, tell } from '../fault.ts'
import { percentile, rounded } from '../percentiles.ts'
import { Lane } from '../wire/lane.ts'
import { Peer } from '../wire/peer.ts'
import { inLanes } from '../wire/scene.ts'
import { type Member, newMember, signedIn, type Ward, withWard } from '../wire/wards.ts'

const LANES = 6
/** After this nothing can be on its way any more. */
const AFTERWARDS_MS = 400

interface Found {
  readonly failures: string[]
  readonly kickMs: number
  readonly rows: number
}

async function trial(ward: Ward, lane: Lane, person: Member, seed: number): Promise<Found> {
  const random = new Random(seed)
  const browser = await signedIn(ward, person.id)
  const sessions = await browser.get<{ id: string; current: boolean }[]>('/me/sessions')
  const session = sessions.find(({ current }) => current)?.id ?? ''
  const peer = await Peer.open(browser, lane.document)
  const client = peer.client as number
  const { taken, stop } = await lane.during(peer, random, async () => {
    const answer = await person.client.ask('DELETE', `/me/sessions/${session}`)
    const at = Date.now()
    await answer.body?.cancel()
    return { status: answer.status, at, rows: (await lane.rowsOf(client)).length }
  })
  const failures: string[] = []
  await until('the socket to be closed', () => peer.closed !== null).catch(() =>
    failures.push('the socket stayed open'),
  )
  await stop()
  await sleep(AFTERWARDS_MS)
  await lane.settled()
  const rows = await lane.rowsOf(client)
  const late = rows.filter(({ at }) => at > taken.at).length
  if (taken.status >= 300) failures.push(`ending the session was answered ${taken.status}`)
  if (late > 0) failures.push(`${late} rows bear a time after the end of the session`)
  if (rows.length > taken.rows)
    failures.push(`${rows.length - taken.rows} rows appeared after the end was confirmed`)
  if (peer.closed && peer.closed.code !== 4401)
    failures.push(`the socket was closed with ${peer.closed.code}`)
  const again = await browser.ask('GET', '/me')
  await again.body?.cancel()
  if (again.status !== 401) failures.push(`the ended session was answered ${again.status}`)
  peer.disconnect()
  return {
    failures: failures.map((line) => `seed ${seed}: ${line}`),
    kickMs: Math.max(0, (peer.closed?.at ?? Number.POSITIVE_INFINITY) - taken.at),
    rows: rows.length,
  }
}

export const fault: Fault = {
  id: 'A1',
  fault:
    'a session is ended from another browser while its page edits every 1 to 4 ms and commits take up to 300 ms',
  must: 'no row of it is written after the end was confirmed, and its socket is closed',
  trials: { short: 12, full: 500 },
  run: (trials, seed) =>
    withWard(async (ward) => {
      const lanes = await Promise.all(
        Array.from({ length: Math.min(LANES, trials) }, async () => {
          const document = (await ward.newDocument()).name
          return {
            lane: await Lane.open(ward, document, await newMember(ward)),
            person: await newMember(ward),
          }
        }),
      )
      const free = [...lanes]
      const found: Found[] = []
      await inLanes(trials, lanes.length, async (n) => {
        const mine = free.pop() as (typeof lanes)[number]
        found.push(await trial(ward, mine.lane, mine.person, seed + n))
        free.push(mine)
        if ((n + 1) % 50 === 0) tell(`${n + 1} of ${trials}`)
      })
      for (const { lane } of lanes) lane.close()
      const kicks = found.map(({ kickMs }) => kickMs)
      return {
        trials,
        failures: found.flatMap(({ failures }) => failures),
        figures: {
          'rows written before the end': found.reduce((sum, { rows }) => sum + rows, 0),
          'socket closed after, ms p50': rounded(percentile(kicks, 0.5)),
          p95: rounded(percentile(kicks, 0.95)),
          max: rounded(Math.max(...kicks)),
        },
      }
    }),
}
