/** How values become greys: by the picture's own values, by typed numbers, between pixels, and in other colours. */
import { COLOUR_TABLES } from '@consilium/viewer/colours'
import { isColour } from '@consilium/viewer/window'
import { toggleSmooth } from '../display/smoothing.ts'
import type { Desk } from '../state/desk.ts'
import { type Act, type Command, keys, ownWay } from './command.ts'

const isGrey = (desk: Desk): string | null => {
  const series = desk.series.current()
  return series && isColour(series) ? 'This picture has colours of its own.' : null
}

const display = (
  id: string,
  title: string,
  at: Act['keys'],
  run: Act['run'],
  more: Partial<Act> = {},
): Act => ({
  id,
  title,
  group: 'Looking',
  keys: at,
  situation: 'always',
  run,
  ...more,
})

export const DISPLAY: readonly Command[] = [
  display('look.smooth', 'Interpolate between pixels', keys('Shift+i'), toggleSmooth),
  display(
    'look.colours',
    'Next colours',
    keys('Shift+c'),
    ownWay(({ stage, view }) => {
      const now = COLOUR_TABLES.indexOf(view()?.colours ?? 'grey')
      const next = COLOUR_TABLES[(now + 1) % COLOUR_TABLES.length]
      if (next) stage()?.setColours(next)
    }),
    { denied: isGrey },
  ),
  display(
    'window.values',
    'Window by the values of this slice',
    keys('0'),
    ownWay(({ stage }) => stage()?.autoWindow()),
    { group: 'Windows', denied: isGrey },
  ),
  display('window.type', 'Type window and level', keys('Shift+0'), ({ stage }) => stage()?.typeWindow(), {
    group: 'Windows',
  }),
]
