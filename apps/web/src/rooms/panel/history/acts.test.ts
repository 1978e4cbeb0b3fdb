import type { Revision } from '@consilium/contract/revisions'
import type { Annotation } from '@consilium/crdt-schema/annotation'
import { differenceOf } from '@consilium/crdt-schema/compare'
import { describe, expect, it } from 'vitest'
import { SOURCE } from '../../../session/testing/story.ts'
import type { Life } from '../state/lives.ts'
import type { Lookups } from '../state/words.ts'
import { isMeant, type ListedAct, listedActs, listedWords, sameActs, wantedBy } from './acts.ts'

const ID = '1-aaaa'
const drawn: Annotation = {
  id: ID,
  kind: 'polygon',
  label: 'nodule',
  certainty: null,
  confidence: null,
  reasoning: '',
  source: SOURCE,
  vertices: [0, 1, 2].map((n) => ({ key: `a${n}V`, at: [n, n * n, 0] })),
  retired: null,
}
const moved = (...which: number[]): Annotation => ({
  ...drawn,
  vertices: drawn.vertices.map((one, n) => (which.includes(n) ? { ...one, at: [one.at[0] + 3, 9, 0] } : one)),
})
const edit = (seq: number, by: string, field = 'vertices.a0V', rest: Partial<Revision> = {}): Revision => ({
  seq,
  at: seq * 100,
  saidAt: null,
  act: 'edit',
  author: { id: by, name: `Dr ${by}`, initials: by },
  role: 'reader',
  session: 's',
  bytes: 1,
  touched: [{ root: 'annotations', entry: ID, op: 'change', fields: [field] }],
  hash: '',
  ...rest,
})
/** The annotation's values, row after row from revision 1, as the server tells its life. */
const lifeOf = (...values: Annotation[]): Life =>
  new Map(values.slice(1).map((after, n) => [n + 1, differenceOf('annotations', values[n] ?? null, after)]))
const lookups = (now: Annotation): Lookups => ({
  entry: () => now as never,
  labelTitle: (key) => ({ nodule: 'Solid nodule', vessel: 'Vessel' })[key] ?? key,
  frameWords: (_series, frame) => `slice ${frame + 1}`,
  spacingAt: () => 'patient',
  switchedOn: () => false,
  painted: () => null,
})
const only = (revisions: Revision[]): ListedAct => listedActs(revisions)[0] as ListedAct

describe('[W101] the list of the history', () => {
  it('is of acts, newest first: what somebody did to one thing without a pause is one', () => {
    const acts = listedActs([
      edit(1, 'A'),
      edit(2, 'B'),
      edit(3, 'A'),
      edit(4, 'C', 'label', { act: 'name', touched: [] }),
    ])
    expect(acts.map(({ revisions }) => revisions.map(({ seq }) => seq))).toEqual([[4], [1, 3], [2]])
  })

  it('tells an act in figures where its values are known, and by its fields until then', () => {
    const act = only([edit(1, 'A'), edit(2, 'A', 'vertices.a1V')])
    const life = lifeOf(drawn, moved(0), moved(0, 1))
    expect([...wantedBy(act)]).toEqual([[ID, [1, 2]]])
    expect(listedWords(act, lookups(moved(0, 1)), () => undefined).title).toBe('Moved points')
    expect(listedWords(act, lookups(moved(0, 1)), () => life)).toEqual({
      title: 'Moved 2\u00a0vertices',
      detail: 'Polygon · Solid nodule · slice 5',
    })
  })

  it('does not ask for the values of a segment to tell that it was painted in', () => {
    const segment: Annotation = { ...drawn, kind: 'segment', vertices: [], name: 'Nodule 3' }
    const act = only([edit(1, 'A', 'voxels'), edit(2, 'A', 'voxels')])
    expect(wantedBy(act).size).toBe(0)
    expect(listedWords(act, lookups(segment), () => new Map())).toEqual({
      title: 'Painted',
      detail: 'Segment · Nodule 3 · slice 5',
    })
    const painted = (seqs: readonly number[], id: string): string => `Painted ${seqs.join(' and ')} in ${id}`
    expect(listedWords(act, { ...lookups(segment), painted }, () => new Map())).toEqual({
      title: `Painted 1 and 2 in ${ID}`,
      detail: 'Segment · Nodule 3 · slice 5',
    })
    const named = only([edit(1, 'A', 'voxels'), edit(2, 'A', 'name')])
    const life: Life = new Map([[2, differenceOf('annotations', { ...segment, name: 'Nodule' }, segment)]])
    expect([...wantedBy(named)]).toEqual([[ID, [2]]])
    expect(listedWords(named, lookups(segment), () => life).title).toBe('Changed the name')
  })

  it('names a thing as it was called then', () => {
    const renamed = { ...moved(0), label: 'vessel' }
    const life = lifeOf(drawn, moved(0), renamed)
    const [label, move] = listedActs([edit(1, 'A'), edit(2, 'B', 'label')])
    expect(listedWords(move as ListedAct, lookups(renamed), () => life).detail).toContain('Solid nodule')
    expect(listedWords(label as ListedAct, lookups(renamed), () => life).title).toBe('Set label to Vessel')
  })

  it('says that words were taken out, from what and why', () => {
    const touched: Revision['touched'] = [{ root: 'comments', entry: '1-c', op: 'change', fields: ['text'] }]
    const act = only([edit(1, 'A', '', { act: 'redact', touched, reason: 'A name.' })])
    expect(listedWords(act, lookups(drawn), () => undefined)).toEqual({
      title: 'Took words out of a comment',
      detail: '“A name.”',
    })
  })

  it('needs no values of what changed many things at once', () => {
    const many = ['1-a', '1-b', '1-c'].map((entry) => ({
      root: 'annotations',
      entry,
      op: 'change',
      fields: [],
    }))
    expect(wantedBy(only([edit(1, 'A', '', { touched: many as Revision['touched'] })])).size).toBe(0)
  })

  it('is searched by who, what and label, in any order', () => {
    const act = only([edit(7, 'Okafor')])
    const words = { title: 'Moved 2 vertices', detail: 'Polygon · Solid nodule · slice 5' }
    expect(isMeant('solid okafor', act, words)).toBe(true)
    expect(isMeant('solid lindqvist', act, words)).toBe(false)
  })

  it('leaves acts alone that nothing was added to', () => {
    const before = listedActs([edit(1, 'A'), edit(2, 'B')])
    const now = sameActs(before, listedActs([edit(1, 'A'), edit(2, 'B'), edit(3, 'B')]))
    expect(now[1]).toBe(before[1])
    expect(now[0]).not.toBe(before[0])
  })
})
