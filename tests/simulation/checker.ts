/**
 * What must hold once everything broken is mended and everybody has had time. It is asked of what lasts: the rows on the disk, the pages,
 * what lies in the browsers, and what people were told. Each line of the answer is a fault.
 *
 *   one record       a replay of the rows (record.ts), every page, and one that comes anew hold the same
 *   acknowledged     what somebody was told is saved stands in the journal, and what it deleted is deleted
 *   nothing lost     what was refused lies in its author's browser, whole; of every change its author was told one or the other
 *   no false no      a change is refused only where its person lacked the right to one they had not saved, at some moment between making
 *                    it and being told; or where somebody else had meanwhile decided whether the same annotation is retired
 *   nobody stuck     every page is connected and has nothing waiting
 */
import type { RootName } from '@consilium/crdt-schema/documents'
import { creatorOf } from '@consilium/crdt-schema/entry'
import { DENIALS } from '@consilium/crdt-schema/policy'
import * as Y from 'yjs'
import { hasHole, stateOf, withRoots } from '../fuzz/oracle.ts'
import { forbidden } from './authority.ts'
import { hasDeleted, holds, Replay } from './record.ts'
import type { Story } from './story.ts'
import type { Change, Desk, Told } from './tab.ts'

export async function check(story: Story): Promise<string[]> {
  const replay = new Replay(story.house)
  const faults = [...replay.faults, ...pageFaults(story, replay.doc)]
  for (const desk of story.desks) faults.push(...(await changeFaults(desk, replay.doc)))
  for (const told of story.told) {
    const fault = refusalFault(told, story, replay)
    if (fault !== null) faults.push(fault)
  }
  return faults
}

function* pageFaults({ tabs }: Story, record: Y.Doc): Generator<string> {
  const state = stateOf(record)
  for (const { desk, doc, link, isSettled } of tabs) {
    const whose = `the page of person ${desk.person.id}`
    if (!isSettled) yield `${whose} is stuck: ${JSON.stringify(link.status)}`
    else if (hasHole(doc)) yield `${whose} has a hole`
    else if (stateOf(doc) !== state) yield `${whose} is not what the journal says`
  }
}

async function changeFaults(desk: Desk, record: Y.Doc): Promise<string[]> {
  const aside = withRoots(new Y.Doc())
  for (const { state } of await desk.asides()) Y.applyUpdate(aside, state)
  const isIn = (doc: Y.Doc, { made, deleted }: Change) =>
    holds(doc, made) && deleted.every((range) => hasDeleted(doc, range))
  return desk.changes.flatMap((change) => {
    const where = `a change of person ${desk.person.id} at ${Math.round(change.at)} ms`
    if (change.told === 'nothing') return [`${where}: its author was told nothing`]
    if (change.told === 'saved') return isIn(record, change) ? [] : [`${where}: it was saved, and is lost`]
    return isIn(aside, change) || isIn(record, change) ? [] : [`${where}: it was refused, and is lost`]
  })
}

/** "Not now" is no refusal: the page comes back by itself and offers the same again. */
const NOT_NOW: readonly string[] = ['not-ready', 'not-durable']

/** Answers to whoever is no member. */
const OUT: readonly string[] = ['not-found', 'not-a-member']
const DENIED: readonly string[] = DENIALS

function refusalFault(told: Told, story: Story, replay: Replay): string | null {
  if (NOT_NOW.includes(told.code)) return null
  if (OUT.includes(told.code) && wasOut(told, story)) return null
  if (DENIED.includes(told.code) && told.open.some((change) => lackedRight(change, told, story, replay)))
    return null
  if (told.code === 'not-yours' && told.open.some((change) => wasOvertaken(change, told, replay))) return null
  return `person ${told.person} was refused (${told.code}) at ${Math.round(told.at)} ms and had every right, with ${told.open.length} changes`
}

/** All that this person was judged by between two moments. */
const standingsIn = ({ house: { standings } }: Story, from: number, to: number) =>
  standings.filter(({ at }, n) => at <= to && (standings[n + 1]?.at ?? Number.POSITIVE_INFINITY) >= from)

function lackedRight({ at, touched }: Change, told: Told, story: Story, replay: Replay): boolean {
  return standingsIn(story, at, told.at).some(({ roles, phase }) =>
    touched.some((path) => {
      const [root, entry = '', field = null] = path.split('/') as [RootName, string, string?]
      const isNew = field === null
      const own = isNew || replay.ownerOf(creatorOf(entry) ?? -1) === told.person
      return forbidden({ role: roles.get(told.person) ?? null, phase, root, field, own, isNew }) !== null
    }),
  )
}

/** Whoever is no member any more is shown out, whether they wrote or not. */
const wasOut = ({ person, since, at }: Told, story: Story): boolean =>
  standingsIn(story, since, at).some(({ roles }) => (roles.get(person) ?? null) === null)

const wasOvertaken = ({ touched }: Change, { person }: Told, replay: Replay): boolean =>
  touched.some((path) => {
    const [root, entry = '', field] = path.split('/')
    return root === 'annotations' && field === 'retired' && replay.wasRetiredByOther(entry, person)
  })
