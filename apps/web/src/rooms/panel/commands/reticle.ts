/** The hand of those who point with keys. While the reticle is on, arrows, Enter and Space are its own. */
import type { Desk } from '../state/desk.ts'
import { leave } from './annotating.ts'
import { type Act, type Command, keys, ownWay } from './command.ts'

const reticle = (
  id: string,
  title: string,
  at: Act['keys'],
  run: Act['run'],
  more: Partial<Act> = {},
): Act => ({
  id: `reticle.${id}`,
  title,
  group: 'Reticle',
  keys: at,
  situation: 'reticle',
  run,
  ...more,
})

const WAYS = [
  ['left', 'ArrowLeft', -1, 0],
  ['right', 'ArrowRight', 1, 0],
  ['up', 'ArrowUp', 0, -1],
  ['down', 'ArrowDown', 0, 1],
] as const

const MOVES: readonly Act[] = WAYS.flatMap(([way, arrow, right, down]) => [
  reticle(`${way}-1`, `A voxel ${way}`, keys(arrow), (desk) => desk.reticle.step(right, down)),
  reticle(`${way}-10`, `Ten voxels ${way}`, keys(`Shift+${arrow}`), (desk) =>
    desk.reticle.step(10 * right, 10 * down),
  ),
])

const slices = (by: number) => ownWay(({ stage }: Desk) => stage()?.step(by))

/** The arrows are taken, so the slices have the keys beside them. */
const SLICES: readonly Act[] = [
  reticle('slice-before', 'Slice before', keys('PageUp'), slices(-1)),
  reticle('slice-after', 'Next slice', keys('PageDown'), slices(1)),
  reticle('ten-before', 'Ten slices back', keys('Shift+PageUp'), slices(-10)),
  reticle('ten-after', 'Ten slices on', keys('Shift+PageDown'), slices(10)),
]

const ofSelected = ({ choices, shelves }: Desk) => {
  const id = choices.selection()
  return id === null ? undefined : shelves().annotations.get(id)
}

/** It goes along to the pane. */
const pane = (id: string, title: string, at: Act['keys'], by: 1 | -1): Act =>
  reticle(`pane-${id}`, title, at, ({ panes }) => panes.activateBeside(by), {
    denied: ({ panes }) => (panes.layout().panes > 1 ? null : 'There is one pane.'),
  })

export const RETICLE: readonly Command[] = [
  reticle('toggle', 'Reticle: point with keys', keys('j'), ({ reticle }) => reticle.toggle(), {
    situation: 'always',
  }),
  reticle('tell', 'Say where the reticle is and what lies there', keys('Shift+j'), ({ reticle }) =>
    reticle.tell(),
  ),
  ...MOVES,
  reticle('click', 'Click; twice at one place finishes a shape', keys('Enter'), ({ reticle }) =>
    reticle.click(),
  ),
  reticle('click-shift', 'Click with Shift: erase with a brush', keys('Shift+Enter'), ({ reticle }) =>
    reticle.click({ shift: true }),
  ),
  reticle('click-alt', 'Click with Alt: paint in the segment there', keys('Alt+Enter'), ({ reticle }) =>
    reticle.click({ alt: true }),
  ),
  reticle('hold', 'Press, and let go', keys('Space'), ({ reticle }) => reticle.hold()),
  reticle('hold-shift', 'Press with Shift, and let go', keys('Shift+Space'), ({ reticle }) =>
    reticle.hold({ shift: true }),
  ),
  reticle(
    'next-point',
    'To the next point of the selected annotation',
    keys('Alt+j'),
    (desk) => {
      const annotation = ofSelected(desk)
      if (annotation) desk.reticle.nextPoint(annotation)
    },
    { denied: (desk) => (ofSelected(desk) ? null : 'Nothing is selected.') },
  ),
  ...SLICES,
  pane('before', 'To the pane before', keys('Mod+ArrowLeft'), -1),
  pane('next', 'To the next pane', keys('Mod+ArrowRight'), 1),
  reticle('leave', 'Let go; leave the reticle', keys('Escape'), (desk) => {
    if (desk.stage()?.cancel()) return
    if (desk.choices.selection() !== null || desk.choices.pin() !== null) leave(desk)
    else desk.reticle.toggle()
  }),
]
