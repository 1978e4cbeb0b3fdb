/**
 * Who is here, as signals: other people's pages, following, and what this page says of itself. Announces comings and goings to the
 * live region's `say`.
 */

import type { Presence } from '@consilium/contract/live'
import type { Person } from '@consilium/contract/people'
import { type Accessor, createMemo, createSignal, onCleanup } from 'solid-js'
import type { Authors } from '../../../session/authors.ts'
import { Follow, type PeerView } from '../../../session/follow.ts'
import type { Link } from '../../../session/link.ts'
import { Outbox, type Peer, Peers } from '../../../session/presence.ts'
import { type Here, hereOf } from './here.ts'

export interface People {
  readonly peers: Accessor<readonly Peer[]>
  readonly here: Accessor<readonly Here[]>
  readonly followed: Accessor<string | null>
  readonly follow: (person: string) => void
  /** True where somebody was followed. */
  readonly leave: () => boolean
  readonly onView: (listener: (view: PeerView) => void) => void
  readonly say: (patch: Partial<Presence>) => void
}

interface Telling {
  /** To the live region. */
  readonly announce: (sentence: string) => void
  /** Where it is seen, too. */
  readonly setNote: (sentence: string) => void
}

export function createPeople(
  link: Link,
  me: Person,
  authors: Authors,
  { announce, setNote }: Telling,
): People {
  const tracker = new Peers()
  const following = new Follow()
  const outbox = new Outbox((patch) => link.present(patch))
  const [peers, setPeers] = createSignal<readonly Peer[]>([])
  const [followed, setFollowed] = createSignal<string | null>(null)

  link.awarenesses.on((awareness) => tracker.attach(awareness))
  if (link.awareness) tracker.attach(link.awareness)
  tracker.changed.on((all) => {
    for (const peer of all) authors.stamp(peer.user.id, peer.user.colour)
    setPeers(() => all)
    following.update(all)
  })
  link.selves.on((self) => authors.stamp(self.id, self.colour))
  tracker.arrived.on((user) => user.id !== me.id && announce(`${user.name} joined`))
  tracker.left.on((user) => {
    // Without a connection nobody is heard of; that is told elsewhere. A note is read aloud too.
    if (user.id === following.person && link.status.state === 'live')
      setNote(`${user.name} has left. You follow nobody now.`)
    else if (user.id !== me.id) announce(`${user.name} left`)
  })
  following.changed.on((person) => {
    setFollowed(person)
    outbox.say({ following: person })
  })

  const here = createMemo<readonly Here[]>((before) => hereOf(peers(), me.id, before), [])

  onCleanup(() => {
    outbox.cancel()
    tracker.destroy()
  })

  return {
    peers,
    here,
    followed,
    follow: (person) => following.start(person, tracker.peers),
    leave: () => following.leave(),
    onView: (listener) => void onCleanup(following.views.on(listener)),
    say: (patch) => outbox.say(patch),
  }
}
