import { describe, expect, it } from 'vitest'
import { EXAMPLE, placeWords, readRules, textOf } from './rulesText.ts'

describe('hanging rules as they are written', () => {
  it('are read back as they were, and nothing is no rule', () => {
    expect(readRules(textOf(EXAMPLE)).fault).toBeNull()
    expect(readRules(' ')).toEqual({ rules: [], fault: null })
  })
  it('[V19] what is wrong is named by its place, counted as people count', () => {
    expect(placeWords([])).toBe('The rules')
    expect(placeWords([0, 'stages', 1, 'panes', 0, 'plane'])).toBe('Rule 1, stage 2, pane 1, plane')
    const [rule] = EXAMPLE as { stages: object[] }[]
    const wrong = [{ ...rule, stages: [...(rule?.stages ?? []), { layout: 'four', panes: [{}] }] }]
    expect(readRules(textOf(wrong)).fault).toBe(
      'Rule 1, stage 3, panes: the layout "four" has 4 of them, not 1.',
    )
    expect(readRules('[{').fault).toMatch(/^This is not JSON: /)
  })
})
