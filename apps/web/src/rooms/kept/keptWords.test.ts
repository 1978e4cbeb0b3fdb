import { describe, expect, it } from 'vitest'
import { keptWords } from './keptWords.ts'

const labelTitle = (key: string): string => (key === 'solid' ? 'Solid nodule' : key)
const BOX = {
  kind: 'box',
  label: 'solid',
  certainty: 'present',
  confidence: null,
  reasoning: 'Halo.',
  source: { series: 's', frame: 30 },
  vertices: { a: [0, 0, 0], b: [1, 1, 1] },
  retired: null,
}

describe('what was not taken, in words', () => {
  it('names a drawn annotation with all that was said in it', () => {
    const fields = Object.entries(BOX).map(([field, mine]) => ({ field, mine }))
    const change = { root: 'annotations', entry: '1-a', made: true, fields, whole: BOX, opens: null } as const
    expect(keptWords(change, labelTitle)).toEqual({
      title: 'Box, Solid nodule, slice 31: new',
      lines: ['Label: Solid nodule', 'Certainty: present', 'Reasoning: Halo.'],
    })
  })

  it('gives a comment back word for word', () => {
    const text = 'A long thought.\nWith a second line.'
    const whole = { thread: '1-t', text, writtenAt: 1 }
    const anchor = { frame: 4 }
    const opens = { root: 'threads', entry: '1-t', made: true, fields: [], whole: { anchor } } as const
    const change = {
      opens,
      root: 'comments',
      entry: '1-c',
      made: true,
      fields: [{ field: 'text', mine: text }],
      whole,
    } as const
    expect(keptWords(change, labelTitle)).toEqual({
      title: 'Comment, slice 5: new',
      lines: [`Text: ${text}`],
    })
  })

  it.each([
    [{ field: 'label', mine: 'solid' }, 'Label: Solid nodule'],
    [{ field: 'certainty', mine: null }, 'Certainty: taken back'],
    [{ field: 'reasoning', mine: '' }, 'Reasoning: taken back'],
    [{ field: 'confidence', mine: 0 }, 'Confidence: 0'],
    [{ field: 'vertices', mine: { a: [0, 0, 0], b: null } }, '2\u00a0points changed'],
    [{ field: 'retired', mine: { reason: 'a vessel' } }, 'Deleted: a vessel'],
    [{ field: 'retired', mine: null }, 'Brought back'],
    [{ field: 'resolved', mine: false }, 'Reopened'],
  ])('names of what was there only what was changed: %j', (field, line) => {
    const change = {
      root: 'annotations',
      entry: '1-a',
      made: false,
      fields: [field],
      whole: BOX,
      opens: null,
    } as const
    expect(keptWords(change, labelTitle)).toEqual({
      title: 'Box, Solid nodule, slice 31: changed',
      lines: [line],
    })
  })
})
