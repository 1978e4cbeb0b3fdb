/** The list of all commands. Whoever adds a file of them adds its line here. */
import { ANNOTATING } from './annotating.ts'
import type { Command } from './command.ts'
import { BY_DIGIT } from './digits.ts'
import { DISPLAY } from './display.ts'
import { HELP } from './help.ts'
import { LOOKING } from './looking.ts'
import { OPERATING } from './operations.ts'
import { PAINTING } from './painting.ts'
import { PANES } from './panes.ts'
import { PAST } from './past.ts'
import { RETICLE } from './reticle.ts'
import { SERIES } from './series.ts'
import { CHOOSING } from './tools.ts'

export const COMMANDS: readonly Command[] = [
  ...LOOKING,
  ...PANES,
  ...SERIES,
  ...BY_DIGIT,
  ...DISPLAY,
  ...CHOOSING,
  ...ANNOTATING,
  ...RETICLE,
  ...PAINTING,
  ...OPERATING,
  ...PAST,
  ...HELP,
]
