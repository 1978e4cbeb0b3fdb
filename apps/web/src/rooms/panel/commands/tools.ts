/**
 * One command for each tool of the rail; the tools say their names and usual keys. In Radiology r, l, h and v turn and mirror the picture
 * as radiologists know it, so the tools that had them have others there; in Annotator d and f go through the slices.
 */

import { TOOLS, type ToolEntry } from '../tools.ts'
import type { Chord } from './chords.ts'
import { type Command, type Profile, perProfile } from './command.ts'
import { idOfTool } from './ids.ts'

const OTHERS: Readonly<Record<Profile, Readonly<Record<string, Chord>>>> = {
  radiology: { select: 'Shift+v', pan: 'Shift+h', length: 'd', bidirectional: 'Shift+d' },
  annotator: { freehand: 'Shift+k', finding: 'Shift+n' },
}

const usual = ({ tool, key }: ToolEntry, profile: Profile): readonly Chord[] => [OTHERS[profile][tool] ?? key]

export const CHOOSING: readonly Command[] = [
  ...TOOLS.map((entry): Command => {
    const { tool, title, writes } = entry
    return {
      id: idOfTool(tool),
      title,
      group: 'Tools',
      keys: perProfile(usual(entry, 'radiology'), usual(entry, 'annotator')),
      situation: 'always',
      denied: ({ rights }) => (writes === null ? null : rights.denied(writes)),
      run: ({ choices }) => choices.setTool(tool),
    }
  }),
  {
    id: 'tool.last',
    title: 'The last tool again',
    group: 'Tools',
    keys: perProfile([], ['n']),
    situation: 'always',
    denied: ({ lastTool, rights }) =>
      lastTool() === null ? 'No tool was in the hand yet.' : rights.denied('annotations'),
    run: ({ choices, lastTool }) => {
      const tool = lastTool()
      if (tool !== null) choices.setTool(tool)
    },
  },
]
