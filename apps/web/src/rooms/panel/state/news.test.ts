import { describe, expect, it } from 'vitest'
import { type Happened, newsOf } from './news.ts'

const happened = (own: Partial<Happened>): Happened => ({
  root: 'annotations',
  isChange: false,
  maker: 'Dr Lindqvist',
  kind: 'box',
  isRetired: false,
  ...own,
})
const said = (own: Partial<Happened>): string | undefined => newsOf(happened(own))?.sentence

describe('what others did', () => {
  it('[W118] is said in a sentence: what was drawn, begun, changed and deleted', () => {
    expect(said({})).toBe('Dr Lindqvist drew a box')
    expect(said({ kind: 'segment' })).toBe('Dr Lindqvist began a segment')
    expect(said({ isChange: true })).toBe('Box of Dr Lindqvist changed')
    expect(said({ isChange: true, isRetired: true })).toBe('Box of Dr Lindqvist deleted')
    expect(said({ root: 'comments', kind: null })).toBe('Dr Lindqvist commented')
  })

  it('[W118] changes are counted by whose annotations they are about, not ascribed to them', () => {
    expect(newsOf(happened({ isChange: true }))?.by).toBe('Annotations of Dr Lindqvist')
    expect(newsOf(happened({}))?.by).toBe('Dr Lindqvist')
  })

  it('a thread that is resolved makes no noise', () => {
    expect(newsOf(happened({ root: 'threads', kind: null, isChange: true }))).toBeNull()
  })
})
