import { expect, it } from 'vitest'
import type { Peer } from '../../../session/presence.ts'
import { hereOf } from './here.ts'

const page = (client: number, id: string, own: Partial<Peer> = {}): Peer => ({
  client,
  user: { id, name: `Dr ${id}`, initials: id.slice(0, 2), role: 'reader', colour: client },
  cursor: null,
  draft: null,
  stroke: null,
  selection: null,
  view: null,
  following: null,
  idle: false,
  gone: false,
  ...own,
})
const pointing = (x: number): Partial<Peer> => ({ cursor: { at: [x, 0, 0], series: 's', frame: 1 } })

it('[V100] while somebody points, who is here stays the same list of the same people', () => {
  const before = hereOf([page(1, 'okafor', pointing(1)), page(2, 'solberg')], 'me', [])
  expect(before.map(({ id }) => id)).toEqual(['okafor', 'solberg'])
  expect(hereOf([page(1, 'okafor', pointing(2)), page(2, 'solberg')], 'me', before)).toBe(before)
})

it('[V100] who follows, opens a second page, comes or goes is another, and the others stay', () => {
  const before = hereOf([page(1, 'okafor'), page(2, 'solberg')], 'me', [])
  const follows = hereOf([page(1, 'okafor'), page(2, 'solberg', { following: 'me' })], 'me', before)
  expect(follows[0]).toBe(before[0])
  expect(follows[1]).toMatchObject({ id: 'solberg', followsMe: true })
  const twice = hereOf([page(1, 'okafor'), page(2, 'solberg'), page(3, 'solberg')], 'me', before)
  expect(twice[1]).toMatchObject({ pages: 2, followsMe: false })
  expect(hereOf([page(2, 'solberg')], 'me', before)).toEqual([before[1]])
})
