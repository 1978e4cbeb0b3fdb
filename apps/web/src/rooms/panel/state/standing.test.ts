import { describe, expect, it } from 'vitest'
import { newsOf } from './standing.ts'

describe('[W55] what changed about one’s rights is said in a sentence', () => {
  const reader = { role: 'reader', phase: 'panel' } as const
  it.each([
    [
      { role: 'observer' },
      'You are now an observer in this project: you can look, but not annotate or discuss.',
    ],
    [{ role: 'manager' }, 'You are now a manager in this project: you can discuss, but not annotate.'],
    [
      { role: 'adjudicator' },
      'You are now the adjudicator in this project: you can annotate, change what others made, and settle disputes.',
    ],
    [{ role: null }, 'You no longer belong to this project.'],
    [
      { phase: 'decided' },
      'This case is decided now: its annotations and decisions stand. Comments can still be written.',
    ],
    [
      { role: 'observer', phase: 'signed' },
      'You are now an observer in this project: you can look, but not annotate or discuss. This case is signed and closed now.',
    ],
  ] as const)('%j', (change, sentence) => {
    expect(newsOf(reader, { ...reader, ...change })).toBe(sentence)
  })
  it('when a case is opened again', () => {
    expect(newsOf({ ...reader, phase: 'decided' }, reader)).toBe('This case is open again.')
  })
  it('and nothing where nothing changed', () => {
    expect(newsOf(reader, { ...reader })).toBeNull()
  })
})
