/** Somebody works without a line, and meanwhile loses the right to it. */
import * as Y from 'yjs'
import { until } from '../../wire/page.ts'
import { type Fault, Random, tell } from '../fault.ts'
import { Peer } from '../wire/peer.ts'
import { plain, Scene } from '../wire/scene.ts'
import { editsOf, journalOf, type Ward, withWard } from '../wire/wards.ts'
import { EDITS, workAlone } from './n1.ts'

/** How the right is lost, and the word for it. */
const LOSSES = [
  { what: 'made an observer', role: 'observer', codes: ['role-may-not-annotate', 'role-may-not-discuss'] },
  { what: 'made an auditor', role: 'auditor', codes: ['role-may-not-annotate', 'role-may-not-discuss'] },
  { what: 'taken out of the project', role: null, codes: ['not-found', 'not-a-member'] },
  { what: 'the case is decided', role: 'decided', codes: ['case-decided'] },
] as const

async function trial(ward: Ward, seed: number): Promise<string[]> {
  const random = new Random(seed)
  const loss = LOSSES[seed % LOSSES.length] as (typeof LOSSES)[number]
  const scene = await Scene.open(ward)
  const failures: string[] = []
  const { memberships } = ward.server.running.services
  const away = await Peer.open(scene.attacker.client, scene.document, { client: scene.own })
  await away.saved()
  away.disconnect()
  workAlone(away, scene.thread, random)
  const work = Y.encodeStateAsUpdate(away.doc)
  const made = plain(away.doc)
  const caseId = scene.document.split(':')[1] ?? ''
  if (loss.role === 'decided') await ward.vasquez.put(`/cases/${caseId}/phase`, { phase: 'decided' })
  else if (loss.role === null) await memberships.remove(ward.projectId, scene.attacker.id)
  else await memberships.set(ward.projectId, scene.attacker.id, loss.role)

  away.connect()
  await until('to be told', () => away.out !== null || away.refusals.length > 0).catch((error: Error) =>
    failures.push(error.message),
  )
  const word = away.refusals[0] ?? away.out
  if (!(loss.codes as readonly string[]).includes(word ?? '')) failures.push(`the word for it was ${word}`)
  const written = editsOf(await journalOf(ward, scene.document), scene.attacker.id).length
  if (written > 0) failures.push(`${written} rows of it were written`)
  // Nothing of it is lost: the page has it, whole, and may offer it when it may again.
  if (plain(away.doc) !== made) failures.push('the page lost its work')

  if (loss.role === 'decided') await ward.vasquez.put(`/cases/${caseId}/phase`, { phase: 'panel' })
  else await memberships.set(ward.projectId, scene.attacker.id, 'reader')
  const kept = new Y.Doc()
  Y.applyUpdate(kept, work)
  const again = await Peer.open(scene.attacker.client, scene.document, { doc: kept, client: scene.own })
  await again.saved().catch((error: Error) => failures.push(`when they may again: ${error.message}`))
  await until('everybody to agree', () => plain(scene.victim.doc) === plain(again.doc)).catch(
    (error: Error) => failures.push(error.message),
  )
  failures.push(...(await scene.trouble()))
  for (const peer of [away, again]) peer.disconnect()
  scene.close()
  return failures.map((line) => `seed ${seed}: ${loss.what}: ${line}`)
}

export const fault: Fault = {
  id: 'N2',
  fault: `somebody makes ${EDITS} edits offline and meanwhile is made observer or auditor, is taken out of the project, or the case is decided`,
  must: 'the work is refused whole and in words, nothing of it is written, all of it stays with the page, and it is taken when they may again',
  trials: { short: 4, full: 40 },
  run: (trials, seed) =>
    withWard(async (ward) => {
      const failures: string[] = []
      for (let n = 0; n < trials; n++) {
        failures.push(...(await trial(ward, seed + n)))
        if ((n + 1) % 10 === 0) tell(`${n + 1} of ${trials}`)
      }
      return { trials, failures, figures: { 'lost without a word': failures.length } }
    }),
}
