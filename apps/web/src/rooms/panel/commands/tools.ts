/** One command for each tool of the rail; the tools say their names and usual keys. */
import { TOOLS } from '../tools.ts'
import { type Command, keys } from './command.ts'

export const CHOOSING: readonly Command[] = TOOLS.map(({ tool, title, key, writes }) => ({
  id: `tool.${tool}`,
  title,
  group: 'Tools',
  keys: keys(key),
  situation: 'always',
  denied: ({ rights }) => (writes === null ? null : rights.denied(writes)),
  run: ({ choices }) => choices.setTool(tool),
}))
