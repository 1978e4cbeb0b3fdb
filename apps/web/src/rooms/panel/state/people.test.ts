import type { Person } from '@consilium/contract/people'
import { createRoot } from 'solid-js'
import { expect, it, vi } from 'vitest'
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { Authors } from '../../../session/authors.ts'
import type { Link } from '../../../session/link.ts'
import { Topic } from '../../../session/topic.ts'
import { createPeople } from './people.ts'

const OKAFOR = { id: 'okafor', name: 'Dr A. Okafor', initials: 'AO', role: 'reader', colour: 1 }
const ME = { id: 'lind', name: 'Dr J. Lindqvist' } as Person

/** A page of mine on which Dr Okafor is, with what it is told of them. */
function together() {
  const mine = new Awareness(new Y.Doc())
  const theirs = new Awareness(new Y.Doc())
  const says = (state: { user: object } | null): void => {
    theirs.setLocalState(state)
    applyAwarenessUpdate(mine, encodeAwarenessUpdate(theirs, [theirs.clientID]), 'wire')
  }
  const link = {
    awareness: mine,
    awarenesses: new Topic(),
    selves: new Topic(),
    status: { state: 'live' },
    present: () => {},
  }
  const setNote = vi.fn()
  const announce = vi.fn()
  const { people, dispose } = createRoot((end) => ({
    people: createPeople(link as unknown as Link, ME, { stamp: () => {} } as unknown as Authors, {
      announce,
      setNote,
    }),
    dispose: end,
  }))
  says({ user: OKAFOR })
  const end = (): void => {
    dispose()
    mine.destroy()
    theirs.destroy()
  }
  return { people, leaves: () => says(null), link, setNote, announce, end }
}

it('[V150] who follows somebody who leaves is told, once: the note is heard as well', () => {
  const { people, leaves, setNote, announce, end } = together()
  announce.mockClear()
  people.follow(OKAFOR.id)
  leaves()
  expect(people.followed()).toBeNull()
  expect(setNote).toHaveBeenCalledExactlyOnceWith('Dr A. Okafor has left. You follow nobody now.')
  expect(announce).not.toHaveBeenCalled()
  end()
})

it('[V150] not of anybody else, and not where only the connection is gone', () => {
  const alone = together()
  alone.leaves()
  expect(alone.setNote).not.toHaveBeenCalled()
  expect(alone.announce).toHaveBeenLastCalledWith('Dr A. Okafor left')
  alone.end()
  const offline = together()
  offline.people.follow(OKAFOR.id)
  offline.link.status.state = 'offline'
  offline.leaves()
  expect(offline.setNote).not.toHaveBeenCalled()
  offline.end()
})
