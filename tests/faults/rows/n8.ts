/** One person with many pages: opened at once, duplicated, put to sleep and woken up. */
import * as Y from 'yjs'
import { annotate, OwnHistory, setLabel } from '../../../packages/crdt-schema/src/acts/all.ts'
import { readRoots } from '../../../packages/crdt-schema/src/changes.ts'
import { openPage, type Page, until } from '../../wire/page.ts'
import { box } from '../../wire/ward.ts'
import { type Fault, Random, tell } from '../fault.ts'
import { plain } from '../wire/scene.ts'
import { doubledClocks, newMember, signedIn, type Ward, withWard } from '../wire/wards.ts'

async function trial(ward: Ward, seed: number): Promise<{ failures: string[]; pages: number }> {
  const random = new Random(seed)
  const failures: string[] = []
  const { name, caseId } = await ward.newDocument()
  const person = await newMember(ward)
  // Two browsers of theirs, and every tab at once.
  const other = await signedIn(ward, person.id)
  const pages = await Promise.all(
    Array.from({ length: random.whole(2, 6) }, () => openPage(random.pick([person.client, other]), name)),
  )
  const witness = await openPage(ward.lindqvist, name, { client: null })
  const clients = pages.map(({ client }) => client ?? 0)
  if (new Set(clients).size !== pages.length) failures.push(`two tabs write under one clientID: ${clients}`)

  // One person, as many views.
  pages.forEach((page, n) => page.provider.awareness?.setLocalState({ selection: `tab-${n}` }))
  const shown = (): Map<number, Record<string, unknown>> =>
    new Map(
      [...(witness.provider.awareness?.getStates() ?? [])].filter(([client]) => clients.includes(client)),
    )
  await until('every tab to be seen', () => shown().size === pages.length)
  const people = new Set([...shown().values()].map(({ user }) => JSON.stringify(user)))
  if (people.size !== 1) failures.push(`one person is shown as ${people.size}`)
  const here = ward.server.running.services.room.here(caseId)
  if (here.filter(({ id }) => id === person.handle).length !== 1)
    failures.push('the person is counted more than once')

  // Undo is a tab's own.
  const [first, second] = pages as [Page, Page]
  const histories = [first, second].map((page) => new OwnHistory(page.doc))
  const id = annotate(first.doc, { ...box, label: '' })
  await until('it to arrive', () => readRoots(second.doc).annotations.has(id))
  setLabel(second.doc, id, 'vessel')
  await until('it to arrive', () => readRoots(first.doc).annotations.get(id)?.label === 'vessel')
  histories[1]?.undo()
  await until('the undo', () => readRoots(first.doc).annotations.get(id)?.label === '')
  if (histories[1]?.canUndo) failures.push('a tab can undo what another has made')

  // A tab is duplicated: the copy has all that the first kept, and takes a clientID of its own.
  const kept = new Y.Doc()
  Y.applyUpdate(kept, Y.encodeStateAsUpdate(first.doc))
  const copy = await openPage(person.client, name, { doc: kept })
  if (clients.includes(copy.client ?? 0))
    failures.push('a duplicated tab writes under the clientID of the first')
  // The first is put to sleep meanwhile, and comes back as it was.
  first.disconnect()
  await until('it to be asleep', () => !first.provider.synced)
  annotate(first.doc, box)
  annotate(copy.doc, box)
  first.connect()
  const all = [...pages, copy]
  for (const page of all) await page.saved()
  await until('all tabs to agree', () => all.every((page) => plain(page.doc) === plain(witness.doc))).catch(
    (error: Error) => failures.push(error.message),
  )
  const doubled = await doubledClocks(ward, name)
  if (doubled > 0) failures.push(`${doubled} ranges of clocks stand in the journal twice`)
  for (const page of all)
    if (page.refusals.length > 0) failures.push(`a tab was turned out: ${page.refusals}`)
  for (const page of [...all, witness]) page.close()
  return { failures: failures.map((line) => `seed ${seed}: ${line}`), pages: all.length }
}

export const fault: Fault = {
  id: 'N8',
  fault: 'one person opens two to six tabs in two browsers at once, duplicates one, and puts one to sleep',
  must: 'every tab has its own clientID and its own undo; the person is shown once, with as many views; all agree in the end',
  trials: { short: 4, full: 150 },
  run: (trials, seed) =>
    withWard(async (ward) => {
      const failures: string[] = []
      let pages = 0
      for (let n = 0; n < trials; n++) {
        const found = await trial(ward, seed + n)
        failures.push(...found.failures)
        pages += found.pages
        if ((n + 1) % 50 === 0) tell(`${n + 1} of ${trials}`)
      }
      return { trials, failures, figures: { 'tabs opened': pages } }
    }),
}
