/** Somebody works for hours without a line, comes back with thousands of edits, and may still do what they did. */

import type { Revisions } from '../../../packages/contract/src/revisions.ts'
import { annotate, comment, moveVertices, setConfidence } from '../../../packages/crdt-schema/src/acts/all.ts'
import { readRoots } from '../../../packages/crdt-schema/src/changes.ts'
import { until } from '../../wire/page.ts'
import { box } from '../../wire/ward.ts'
import { type Fault, Random, tell } from '../fault.ts'
import { percentile, rounded } from '../percentiles.ts'
import { Peer } from '../wire/peer.ts'
import { plain, Scene } from '../wire/scene.ts'
import { doubledClocks, type Ward, withWard } from '../wire/wards.ts'

export const EDITS = 2_000
const HOUR_MS = 3_600_000

/** Shapes, moves, numbers and words, all by one person who hears of nobody else meanwhile. */
export function workAlone(peer: Peer, thread: string, random: Random): void {
  const shapes = [annotate(peer.doc, box)]
  for (let n = 1; n < EDITS; n++) {
    const id = random.pick(shapes)
    const what = random.next()
    if (what < 0.1) shapes.push(annotate(peer.doc, { ...box, label: '' }))
    else if (what < 0.2) comment(peer.doc, thread, `written offline, ${n}`)
    else if (what < 0.6) setConfidence(peer.doc, id, n % 101)
    else {
      const [vertex] = readRoots(peer.doc).annotations.get(id)?.vertices ?? []
      if (vertex) moveVertices(peer.doc, id, [{ key: vertex.key, at: [(n % 39) + 1, -n % 37, 0] }])
    }
  }
}

async function trial(
  ward: Ward,
  seed: number,
): Promise<{ failures: string[]; mergeMs: number; rows: number }> {
  const random = new Random(seed)
  const scene = await Scene.open(ward)
  const failures: string[] = []
  const away = await Peer.open(scene.attacker.client, scene.document, { client: scene.own })
  await away.saved()
  away.disconnect()
  const began = Date.now() - random.whole(1, 30) * HOUR_MS
  workAlone(away, scene.thread, random)
  // Meanwhile the others go on.
  for (let n = 0; n < 20; n++) await scene.victimWorks(n)
  const head = async (): Promise<Revisions> =>
    ward.okafor.get(`/documents/${scene.document}/revisions?limit=50`)
  const before = (await head()).head

  away.said = began
  const back = performance.now()
  away.connect()
  await away.saved().catch((error: Error) => failures.push(error.message))
  const mergeMs = performance.now() - back
  const agree = () => plain(scene.victim.doc) === plain(away.doc)
  await until('everybody to agree', agree).catch((error: Error) => failures.push(error.message))
  if (away.out !== null || away.refusals.length > 0) failures.push(`they were turned out: ${away.refusals}`)

  const { items, head: now } = await head()
  const rows = items.filter(({ seq }) => seq > before)
  const own = rows.filter(({ act }) => act === 'edit')
  if (own.length !== 1) failures.push(`their work stands in ${own.length} rows`)
  const [row] = own
  if (row && row.saidAt !== began) failures.push(`said ${began}, written down ${row.saidAt}`)
  if (row && Math.abs(row.at - Date.now()) > HOUR_MS)
    failures.push('the time of the server is not the server’s')
  const doubled = await doubledClocks(ward, scene.document)
  if (doubled > 0) failures.push(`${doubled} ranges of clocks stand twice`)
  failures.push(...(await scene.trouble()))
  away.disconnect()
  scene.close()
  return { failures: failures.map((line) => `seed ${seed}: ${line}`), mergeMs, rows: now - before }
}

export const fault: Fault = {
  id: 'N1',
  fault: `somebody is offline for 1 to 30 hours, makes ${EDITS} edits, and comes back with the same rights; others have worked meanwhile`,
  must: 'all of it merges; the journal has it as one late batch, with the time the page says and the time of the server',
  trials: { short: 2, full: 40 },
  run: (trials, seed) =>
    withWard(async (ward) => {
      const failures: string[] = []
      const merges: number[] = []
      for (let n = 0; n < trials; n++) {
        const found = await trial(ward, seed + n)
        failures.push(...found.failures)
        merges.push(found.mergeMs)
        if ((n + 1) % 10 === 0) tell(`${n + 1} of ${trials}`)
      }
      return {
        trials,
        failures,
        figures: {
          'edits lost': failures.length === 0 ? 0 : 'see failures',
          'merged after, ms p50': rounded(percentile(merges, 0.5)),
          p95: rounded(percentile(merges, 0.95)),
        },
      }
    }),
}
