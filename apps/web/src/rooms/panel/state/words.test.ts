import type { Revision, Touched } from '@consilium/contract/revisions'
import { describe, expect, it } from 'vitest'
import { type Lookups, revisionWords } from './words.ts'

const revision = (touched: readonly Touched[], rest: Partial<Revision> = {}): Revision => ({
  seq: 7,
  at: 0,
  saidAt: null,
  act: 'edit',
  author: { id: 'a', name: 'Dr A. Okafor', initials: 'AO' },
  role: 'reader',
  session: 's',
  bytes: 1,
  touched: [...touched],
  hash: '',
  ...rest,
})
const touch = (root: Touched['root'], entry: string, op: Touched['op'], fields: string[] = []): Touched => ({
  root,
  entry,
  op,
  fields,
})

const entries: Record<string, unknown> = {
  box: {
    id: 'box',
    kind: 'box',
    label: 'solid',
    source: { series: 's', frame: 30, normal: [0, 0, 1] },
    retired: null,
  },
  point: {
    id: 'point',
    kind: 'keypoint',
    label: '',
    source: { series: 's', frame: 0, normal: [0, 0, 1] },
    retired: null,
  },
  talk: { id: 'talk', about: 'comment', anchor: { frame: 4 }, reason: '', resolved: true },
  fight: { id: 'fight', about: 'dispute', anchor: { frame: 4 }, reason: 'A vessel.', resolved: false },
  said: { id: 'said', thread: 'talk', text: 'Look here.' },
  end: { id: 'end', thread: 'fight', outcome: 'rejected', rationale: 'It is a vessel.' },
}
const lookups: Lookups = {
  entry: (_root, id) => entries[id] as never,
  labelTitle: (key) => (key === 'solid' ? 'Solid nodule' : 'No label'),
  frameWords: (_series, frame) => `slice ${frame + 1}`,
  spacingAt: () => 'patient',
  switchedOn: (seq) => seq === 7,
  painted: () => null,
}
const say = (...touched: Touched[]): string => {
  const { title, detail } = revisionWords(revision(touched), lookups)
  return detail === '' ? title : `${title} | ${detail}`
}

describe('[W104] a change of role says whose and which', () => {
  const to = { id: 'b', name: 'Dr J. Lindqvist', initials: 'JL' }
  it.each<[Revision['gave'], string]>([
    [{ to, role: 'observer' }, 'Gave Dr J. Lindqvist the role observer'],
    [{ to, role: null }, 'Ended the membership of Dr J. Lindqvist'],
    // Who never opened the document is not known in it.
    [{ to: null, role: 'reader' }, 'Gave somebody the role reader'],
  ])('%j', (gave, title) => {
    const said = revision([], { act: 'role', ...(gave && { gave }) })
    expect(revisionWords(said, lookups).title).toBe(title)
  })
})

describe('revisions in words', () => {
  it.each([
    [[touch('annotations', 'box', 'create')], 'Drew a box | Solid nodule · slice 31'],
    [[touch('annotations', 'point', 'create')], 'Placed a key point | No label · slice 1'],
    [[touch('annotations', 'box', 'change', ['vertices'])], 'Moved points | Box · Solid nodule · slice 31'],
    [[touch('annotations', 'box', 'change', ['label'])], 'Changed the label | Box · Solid nodule · slice 31'],
    [
      [touch('annotations', 'box', 'change', ['label', 'certainty'])],
      'Changed the box | Box · Solid nodule · slice 31',
    ],
    [[touch('annotations', 'box', 'change', ['retired'])], 'Deleted a box | Box · Solid nodule · slice 31'],
    [[touch('threads', 'talk', 'create'), touch('comments', 'said', 'create')], 'Commented | “Look here.”'],
    [[touch('comments', 'said', 'create')], 'Commented | “Look here.”'],
    [[touch('threads', 'fight', 'create')], 'Opened a dispute | “A vessel.”'],
    [[touch('threads', 'talk', 'change', ['resolved'])], 'Resolved a thread | On slice 5'],
    [[touch('decisions', 'end', 'create')], 'Decided: rejected | “It is a vessel.”'],
  ] as [Touched[], string][])('%j', (touched, words) => {
    expect(say(...touched)).toBe(words)
  })

  it('says what came in at once after time offline', () => {
    const words = say(
      touch('annotations', 'box', 'create'),
      touch('annotations', 'point', 'create'),
      touch('comments', 'said', 'create'),
    )
    expect(words.replaceAll('\u00a0', ' ')).toBe('3 changes at once | 2 annotations, 1 comment')
  })

  it('tells apart what was switched on and off', () => {
    const off = revision([touch('annotations', 'box', 'change', ['retired'])], { seq: 8 })
    expect(revisionWords(off, lookups).title).toBe('Brought back a box')
  })

  it('still says something about entries it does not know', () => {
    expect(say(touch('annotations', 'gone', 'create'))).toBe('Drew an annotation')
    expect(say(touch('comments', 'gone', 'create'))).toBe('Commented')
    expect(revisionWords(revision([], { act: 'lease' }), lookups).title).toBe('Joined')
  })
})
