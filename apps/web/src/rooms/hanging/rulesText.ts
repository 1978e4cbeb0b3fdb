/** Hanging rules as a person writes them, and what is wrong with them, by its place. Pure. */
import { type HangingRule, HangingRules } from '@consilium/contract/hangingRules'

export type Read =
  | { readonly rules: readonly HangingRule[]; readonly fault: null }
  | { readonly rules: null; readonly fault: string }

export const textOf = (rules: readonly unknown[]): string => JSON.stringify(rules, null, 2)

export function readRules(text: string): Read {
  let said: unknown
  try {
    said = JSON.parse(text.trim() === '' ? '[]' : text)
  } catch (error) {
    return { rules: null, fault: `This is not JSON: ${error instanceof Error ? error.message : error}` }
  }
  const read = HangingRules.safeParse(said)
  if (read.success) return { rules: read.data, fault: null }
  const issue = read.error.issues[0]
  return { rules: null, fault: `${placeWords(issue?.path ?? [])}: ${issue?.message ?? 'not as expected'}.` }
}

const NAMES: Readonly<Record<string, string>> = { stages: 'stage', panes: 'pane' }

/** [0, 'stages', 1, 'layout'] -> "Rule 1, stage 2, layout"; people count from 1. */
export function placeWords(path: readonly PropertyKey[]): string {
  const words: string[] = []
  let list = 'rule'
  for (const step of path) {
    if (typeof step === 'number') {
      if (words.at(-1) === list) words.pop()
      words.push(`${NAMES[list] ?? list} ${step + 1}`)
    } else {
      list = String(step)
      words.push(list)
    }
  }
  const text = words.join(', ')
  return text === '' ? 'The rules' : text.charAt(0).toUpperCase() + text.slice(1)
}

/** To begin with, where a project has none. */
export const EXAMPLE: readonly unknown[] = [
  {
    name: 'CT of the chest',
    when: { modalities: ['CT'], bodyPart: 'chest' },
    stages: [
      { layout: 'one', panes: [{ window: 'Lung' }] },
      {
        layout: 'three',
        panes: [{ plane: 'axial' }, { plane: 'coronal' }, { plane: 'sagittal' }],
        linked: true,
      },
    ],
  },
]
