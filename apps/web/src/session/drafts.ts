/**
 * Peers' shapes in the making and peers' cursors, as the stage wants them, for one series. Colours are given, not chosen here.
 * A draft is gone the moment its owner lets go (awareness), so nothing here outlives a person's hand.
 */
import { isKindName } from '@consilium/crdt-schema/kinds'
import type { SceneDraft, ScenePeer } from '@consilium/viewer/scene'
import type { Peer } from './presence.ts'

const shortName = (name: string): string => name.split(' ').at(-1) ?? name

export const sceneDrafts = (
  peers: readonly Peer[],
  series: string,
  colourOf: (peer: Peer) => string,
): SceneDraft[] =>
  peers.flatMap((peer): SceneDraft[] => {
    const { draft } = peer
    if (!draft || draft.series !== series || !isKindName(draft.kind)) return []
    return [
      {
        id: `draft-${peer.client}`,
        kind: draft.kind,
        frame: draft.frame,
        normal: draft.normal,
        points: draft.points,
        colour: colourOf(peer),
        name: shortName(peer.user.name),
        replaces: draft.replaces,
      },
    ]
  })

export const scenePeers = (
  peers: readonly Peer[],
  series: string,
  colourOf: (peer: Peer) => string,
): ScenePeer[] =>
  peers.flatMap((peer): ScenePeer[] => {
    const { cursor } = peer
    if (!cursor || cursor.series !== series || peer.gone) return []
    return [
      {
        id: `peer-${peer.client}`,
        name: shortName(peer.user.name),
        initials: peer.user.initials,
        colour: colourOf(peer),
        frame: cursor.frame,
        at: cursor.at,
        idle: peer.idle,
      },
    ]
  })

export { shortName }
