/** Somebody is given another role, or taken out of the project, while their page edits, and commits are slow. */
import { setTimeout as sleep } from 'node:timers/promises'
import { may, ROLE_CODES, type Role } from '../../../packages/crdt-schema/src/policy/roles.ts'
import { until } from '../../wire/page.ts'
import { type Fault, Random, tell } from '../fault.ts'
import { percentile, rounded } from '../percentiles.ts'
import { Lane } from '../wire/lane.ts'
import { Peer } from '../wire/peer.ts'
import { inLanes } from '../wire/scene.ts'
import { type JournalRow, type Member, newMember, newProject, type Ward, withWard } from '../wire/wards.ts'

const LANES = 4
const AFTERWARDS_MS = 400
/** Null: taken out. */
const NEW_ROLES: readonly (Role | null)[] = ['observer', 'manager', 'adjudicator', 'auditor', null]

interface Stage {
  readonly lane: Lane
  readonly project: string
  readonly person: Member
  readonly admin: Awaited<ReturnType<Ward['server']['admin']>>
}

interface Found {
  readonly failures: string[]
  readonly toldMs: number
  readonly rows: number
}

async function trial({ lane, project, person, admin }: Stage, seed: number): Promise<Found> {
  const random = new Random(seed)
  const role = random.pick(NEW_ROLES)
  const peer = await Peer.open(person.client, lane.document)
  const client = peer.client as number
  const path = `/projects/${project}/members/${person.handle}`
  const { taken, stop } = await lane.during(peer, random, async () => {
    const answer = role === null ? await admin.ask('DELETE', path) : await admin.ask('PUT', path, { role })
    const at = Date.now()
    await answer.body?.cancel()
    return { status: answer.status, at }
  })
  const failures: string[] = []
  if (taken.status >= 300) failures.push(`the change was answered ${taken.status}`)
  const mayStill = may(role, 'annotate')
  const told = (): boolean =>
    role === null
      ? peer.refusals.includes('not-a-member') && (peer.out !== null || peer.closed !== null)
      : peer.messages.some((message) => message.t === 'rights' && message.role === role)
  await until('word of the change', told).catch(() => failures.push('the page was never told'))
  const toldAt = Date.now()
  // Who may not annotate any more and goes on all the same is turned out.
  if (!mayStill)
    await until('the end', () => peer.out !== null || peer.closed !== null).catch(() =>
      failures.push('the page was never turned out'),
    )
  await stop()
  await sleep(AFTERWARDS_MS)
  await lane.settled()
  const rows = await lane.rowsOf(client)
  const after = rows.filter(({ at }) => at > taken.at)
  // A manager draws nothing any more, and may still say something.
  const isAllowed = (row: JournalRow): boolean =>
    role !== null && row.role === ROLE_CODES[role] && may(role, row.annotates ? 'annotate' : 'discuss')
  const wrong = after.filter((row) => !isAllowed(row))
  if (wrong.length > 0) failures.push(`${wrong.length} rows after the change, under role ${wrong[0]?.role}`)
  if (mayStill) {
    await peer.saved().catch((error: Error) => failures.push(error.message))
    if (peer.refusals.length > 0) failures.push(`who may more was refused: ${peer.refusals}`)
  }
  peer.disconnect()
  await admin.put(path, { role: 'reader' })
  return {
    failures: failures.map((line) => `seed ${seed}: to ${role ?? 'nobody'}: ${line}`),
    toldMs: Math.max(0, toldAt - taken.at),
    rows: rows.length,
  }
}

export const fault: Fault = {
  id: 'A2',
  fault:
    'a reader is made observer, manager, auditor or adjudicator, or taken out of the project, while their page edits every 1 to 4 ms and commits take up to 300 ms',
  must: 'every row after the change was confirmed is judged by the new role; the page is told of it',
  trials: { short: 10, full: 300 },
  run: (trials, seed) =>
    withWard(async (ward) => {
      const admin = await ward.server.admin()
      const stages = await Promise.all(
        Array.from({ length: Math.min(LANES, trials) }, async (): Promise<Stage> => {
          const { id, document } = await newProject(ward)
          const bystander = await newMember(ward, 'reader', id)
          return {
            lane: await Lane.open(ward, document, bystander),
            project: id,
            person: await newMember(ward, 'reader', id),
            admin,
          }
        }),
      )
      const free = [...stages]
      const found: Found[] = []
      await inLanes(trials, stages.length, async (n) => {
        const mine = free.pop() as Stage
        found.push(await trial(mine, seed + n))
        free.push(mine)
        if ((n + 1) % 50 === 0) tell(`${n + 1} of ${trials}`)
      })
      for (const { lane } of stages) lane.close()
      const told = found.map(({ toldMs }) => toldMs)
      return {
        trials,
        failures: found.flatMap(({ failures }) => failures),
        figures: {
          'rows written before the change and by right after it': found.reduce(
            (sum, { rows }) => sum + rows,
            0,
          ),
          'page told after, ms p50': rounded(percentile(told, 0.5)),
          p95: rounded(percentile(told, 0.95)),
          max: rounded(Math.max(...told)),
        },
      }
    }),
}
