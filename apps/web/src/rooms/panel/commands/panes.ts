/** How the image area is divided, and planes that are turned: by five degrees, with Shift by one. */
import { LAYOUTS } from '../layout/layouts.ts'
import { type Act, type Command, keys, ownWay } from './command.ts'
import { idOfLayout } from './ids.ts'

const LAYOUT: readonly Act[] = LAYOUTS.map(({ name, title, key }) => ({
  id: idOfLayout(name),
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

const beside = (title: string, by: 1 | -1, arrow: string): Act => ({
  id: by === 1 ? 'panes.next' : 'panes.before',
  title,
  group: 'Panes and planes',
  keys: keys(arrow),
  situation: 'always',
  denied: ({ panes }) => (panes.layout().panes > 1 ? null : 'There is one pane.'),
  run: ({ panes }) => panes.activateBeside(by),
})

const stage = (id: string, title: string, key: string, by: 1 | -1): Act => ({
  id: `panes.stage-${id}`,
  title,
  group: 'Panes and planes',
  keys: keys(key),
  situation: 'always',
  denied: ({ hanging }) => hanging.denied(by),
  run: ownWay(({ hanging }) => hanging.go(by)),
})

export const PANES: readonly Command[] = [
  beside('Pane before', -1, 'ArrowLeft'),
  beside('Next pane', 1, 'ArrowRight'),
  ...LAYOUT,
  stage('before', 'Stage of hanging before', ',', -1),
  stage('after', 'Next stage of hanging', '.', 1),
  ...turn('left', 'column', -1, 'ArrowLeft'),
  ...turn('right', 'column', 1, 'ArrowRight'),
  ...turn('up', 'row', 1, 'ArrowUp'),
  ...turn('down', 'row', -1, 'ArrowDown'),
]
