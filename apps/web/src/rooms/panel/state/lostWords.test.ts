import { describe, expect, it } from 'vitest'
import { lostWords } from './lostWords.ts'

const labelTitle = (key: string): string => (key === 'solid' ? 'Solid nodule' : key)

describe('what was not kept, in words', () => {
  it('names a drawn annotation with all that was said in it', () => {
    const whole = {
      kind: 'box',
      label: 'solid',
      certainty: 'present',
      confidence: null,
      reasoning: 'Halo.',
      source: { series: 's', frame: 30 },
      vertices: { a: [0, 0, 0], b: [1, 1, 1] },
      retired: null,
    }
    const fields = Object.entries(whole).map(([field, mine]) => ({ field, mine }))
    expect(lostWords({ root: 'annotations', entry: '1-a', made: true, fields, whole }, labelTitle)).toEqual({
      title: 'Box, Solid nodule, slice 31: made here',
      lines: ['Label: Solid nodule', 'Certainty: present', 'Reasoning: Halo.', 'Points: 2'],
    })
  })

  it('gives a comment back word for word', () => {
    const text = 'A long thought.\nWith a second line.'
    const whole = { thread: '1-t', text, writtenAt: 1 }
    const { title, lines } = lostWords(
      { root: 'comments', entry: '1-c', made: true, fields: [{ field: 'text', mine: text }], whole },
      labelTitle,
    )
    expect(title).toBe('Comment: made here')
    expect(lines).toEqual([`Text: ${text}`])
  })

  it('names only what was changed of what was there', () => {
    const whole = { kind: 'box', label: 'cyst', source: { series: 's', frame: 0 } }
    const words = lostWords(
      { root: 'annotations', entry: '1-a', made: false, fields: [{ field: 'label', mine: 'solid' }], whole },
      labelTitle,
    )
    expect(words).toEqual({ title: 'Box, cyst, slice 1: changed here', lines: ['Label: Solid nodule'] })
  })
})
