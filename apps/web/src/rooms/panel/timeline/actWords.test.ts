import type { Annotation } from '@consilium/crdt-schema/annotation'
import { describe, expect, it } from 'vitest'
import type { Change } from '../../../session/film/log.ts'
import { SOURCE } from '../../../session/testing/story.ts'
import type { Wording } from '../state/wording.ts'
import { editWords } from './actWords.ts'

const SQUARE: Annotation = {
  id: '1-aaaa',
  kind: 'polygon',
  label: 'nodule',
  certainty: null,
  confidence: null,
  reasoning: '',
  source: SOURCE,
  vertices: ([0, 1, 2, 3] as const).map((n) => ({ key: `a${n}V`, at: [n % 2 ? 10 : 0, n > 1 ? 10 : 0, 0] })),
  retired: null,
}
const moved = (by: number, ...which: number[]): Annotation => ({
  ...SQUARE,
  vertices: SQUARE.vertices.map((vertex, n) =>
    which.includes(n) ? { ...vertex, at: [vertex.at[0] + by, vertex.at[1], 0] } : vertex,
  ),
})
/** The values one after the other, each row from one to the next. */
const story = (...values: (Annotation | null)[]): Change[] =>
  values
    .slice(1)
    .map((after, n) => ({ root: 'annotations', entry: '1-aaaa', before: values[n] ?? null, after }))
const WORDING: Wording = {
  labelTitle: (key) => ({ nodule: 'Solid nodule', '': 'No label' })[key] ?? key,
  frameWords: (_series, frame) => `slice ${frame + 1}`,
  spacingAt: () => 'patient',
}
const told = (changes: Change[], wording = WORDING) => editWords(changes, wording)

describe('[W71] acts are told in words and figures of their moment', () => {
  it('moving some vertices, whether in one row or in several', () => {
    const words = { title: 'Moved 2\u00a0vertices', detail: 'Polygon · Solid nodule · slice 5' }
    expect(told(story(SQUARE, moved(3, 0, 1)))).toEqual(words)
    expect(told(story(SQUARE, moved(1, 0), moved(2, 0), moved(2, 0, 1)))).toEqual(words)
  })
  it('moving all of it by as much is moving it', () => {
    expect(told(story(SQUARE, moved(2, 0, 1, 2, 3), moved(4.2, 0, 1, 2, 3))).title).toBe(
      'Moved the polygon by 4.2\u00a0mm',
    )
  })
  it('[W108] in a film by its moment, and without the size of a pixel in pixels', () => {
    const film: Wording = {
      ...WORDING,
      frameWords: (_series, frame) => `moment ${frame + 1}`,
      spacingAt: () => null,
    }
    expect(told(story(SQUARE, moved(4, 0, 1, 2, 3)), film)).toEqual({
      title: 'Moved the polygon by 4.0\u00a0px',
      detail: 'Polygon · Solid nodule · moment 5',
    })
  })
  it('vertices that came or went', () => {
    expect(told(story(SQUARE, { ...SQUARE, vertices: SQUARE.vertices.slice(1) })).title).toBe(
      'Reshaped the polygon',
    )
  })
  it('what others moved in between is not one’s own', () => {
    const [first] = story(SQUARE, moved(1, 0))
    const both: Annotation = { ...SQUARE, vertices: moved(1, 0, 3).vertices }
    const [second] = story(both, { ...both, certainty: 'absent' })
    expect(told([first, second].flatMap((change) => change ?? [])).title).toBe(
      'Moved 1\u00a0vertex, set certainty to absent',
    )
  })
  it('fields, with what they were set to', () => {
    expect(
      told(story(SQUARE, { ...SQUARE, certainty: 'uncertain' }, { ...SQUARE, certainty: 'absent' })).title,
    ).toBe('Set certainty to absent')
    expect(told(story({ ...SQUARE, confidence: 40 }, SQUARE)).title).toBe('Took back the confidence')
    expect(told(story(SQUARE, { ...SQUARE, label: '' })).title).toBe('Set label to No label')
    expect(told(story(SQUARE, { ...SQUARE, reasoning: 'Spiculated.' })).title).toBe('Wrote the reasoning')
  })
  it('drawing, deleting with the reason, and bringing back', () => {
    expect(told(story(null, SQUARE, { ...SQUARE, certainty: 'present' }))).toEqual({
      title: 'Drew a polygon',
      detail: 'Solid nodule · slice 5',
    })
    const gone: Annotation = { ...SQUARE, retired: { reason: 'Drawn twice.' } }
    expect(told(story(SQUARE, gone))).toEqual({ title: 'Deleted a polygon', detail: '“Drawn twice.”' })
    expect(told(story(gone, SQUARE)).title).toBe('Brought back a polygon')
  })
  it('a thread with its first words is one act', () => {
    const anchor = { series: 's', frame: 4, point: [0, 0, 0], annotation: null } as const
    const thread = { id: '1-tttt', about: 'comment', anchor, reason: '', resolved: false } as const
    const comment = { id: '1-cccc', thread: '1-tttt', text: 'One vessel or two?', writtenAt: 1 }
    expect(
      told([
        { root: 'threads', entry: '1-tttt', before: null, after: thread },
        { root: 'comments', entry: '1-cccc', before: null, after: comment },
      ]),
    ).toEqual({ title: 'Commented', detail: '“One vessel or two?”' })
    expect(
      told([{ root: 'threads', entry: '1-tttt', before: thread, after: { ...thread, resolved: true } }]),
    ).toEqual({
      title: 'Resolved a thread',
      detail: 'On slice 5',
    })
  })
  it('what lost against somebody else is told as such', () => {
    expect(told(story(SQUARE, SQUARE)).title).toBe('Changed nothing that stayed')
  })
})
