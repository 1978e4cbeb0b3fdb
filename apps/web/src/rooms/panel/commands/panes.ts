/** How the image area is divided, and planes that are turned: by five degrees, with Shift by one. */
import { LAYOUTS } from '../layout/layouts.ts'
import { type Act, type Command, keys } from './command.ts'

const LAYOUT: readonly Act[] = LAYOUTS.map(({ name, title, key }) => ({
  id: `panes.${name}`,
  title,
  group: 'Panes and planes',
  keys: keys(`Alt+${key}`),
  situation: 'always',
  denied: ({ panes }) => (name === 'one' ? null : panes.deniedLayout()),
  run: ({ panes, setNote }) => {
    setNote(null)
    panes.setLayout(name)
  },
}))

const turn = (way: string, about: 'row' | 'column', sign: 1 | -1, arrow: string): readonly Act[] =>
  [5, 1].map((degrees) => ({
    id: `panes.turn-${way}-${degrees}`,
    title: `Turn the plane ${way} by ${degrees}°`,
    group: 'Panes and planes',
    keys: keys(degrees === 1 ? `Alt+Shift+${arrow}` : `Alt+${arrow}`),
    situation: 'always',
    denied: ({ panes }) => panes.denied(),
    run: ({ panes, people, setNote }) => {
      people.leave()
      setNote(null)
      panes.turn(panes.active(), about, sign * degrees)
    },
  }))

export const PANES: readonly Command[] = [
  ...LAYOUT,
  ...turn('left', 'column', -1, 'ArrowLeft'),
  ...turn('right', 'column', 1, 'ArrowRight'),
  ...turn('up', 'row', 1, 'ArrowUp'),
  ...turn('down', 'row', -1, 'ArrowDown'),
]
