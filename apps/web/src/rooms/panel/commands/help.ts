/** About commands themselves. */
import { type Command, keys } from './command.ts'

const common = { group: 'Help', situation: 'always' } as const

export const HELP: readonly Command[] = [
  { ...common, id: 'help.sheet', title: 'Shortcuts', keys: keys('?'), run: ({ help }) => help.show('sheet') },
  {
    ...common,
    id: 'help.palette',
    title: 'Search commands',
    keys: keys('/', 'Mod+k'),
    run: ({ help }) => help.show('palette'),
  },
  { ...common, id: 'help.keys', title: 'Change keys', keys: keys(), run: ({ help }) => help.show('keys') },
]
