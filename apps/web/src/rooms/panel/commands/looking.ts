/** Through the slices and moments, larger and smaller: what nobody else sees, but those who follow. */
import { type Act, type Command, keys, ownWay, perProfile } from './command.ts'

const look = (id: string, title: string, at: Act['keys'], run: Act['run'], more: Partial<Act> = {}): Act => ({
  id: `look.${id}`,
  title,
  group: 'Looking',
  keys: at,
  situation: 'always',
  run: ownWay(run),
  ...more,
})

const MOMENTS: Partial<Act> = { situation: 'moments' }

export const LOOKING: readonly Command[] = [
  look('slice-before', 'Slice before', perProfile(['ArrowUp'], ['ArrowUp', 'd']), ({ stage }) =>
    stage()?.step(-1),
  ),
  look('slice-after', 'Next slice', perProfile(['ArrowDown'], ['ArrowDown', 'f']), ({ stage }) =>
    stage()?.step(1),
  ),
  look(
    'ten-before',
    'Ten slices back',
    perProfile(['Shift+PageUp'], ['PageUp', 'Shift+PageUp']),
    ({ stage }) => stage()?.step(-10),
  ),
  look(
    'ten-after',
    'Ten slices on',
    perProfile(['Shift+PageDown'], ['PageDown', 'Shift+PageDown']),
    ({ stage }) => stage()?.step(10),
  ),
  look('first', 'First slice', keys('Home'), ({ stage }) => stage()?.goAlong(0)),
  look('last', 'Last slice', keys('End'), ({ stage }) => stage()?.goAlong(Number.MAX_SAFE_INTEGER)),
  look('moment-before', 'Moment before', keys('ArrowLeft'), ({ stage }) => stage()?.stepInTime(-1), MOMENTS),
  look('moment-after', 'Next moment', keys('ArrowRight'), ({ stage }) => stage()?.stepInTime(1), MOMENTS),
  look('play', 'Play and pause through the moments', keys('c'), ({ stage }) => stage()?.togglePlay(), {
    denied: (desk) =>
      (desk.series.current()?.moments ?? 1) > 1 ? null : 'This series was taken at one moment only.',
  }),
  look('reset', 'Reset: whole picture, upright, its own window', keys('Space'), ({ stage }) =>
    stage()?.reset(),
  ),
  look('rotate-right', 'Turn the picture right', keys('r'), ({ stage }) => stage()?.rotate(1)),
  look('rotate-left', 'Turn the picture left', perProfile(['l'], ['Shift+r']), ({ stage }) =>
    stage()?.rotate(-1),
  ),
  look('flip-horizontal', 'Mirror left to right', perProfile(['h'], ['Shift+h']), ({ stage }) =>
    stage()?.flip('horizontal'),
  ),
  look('flip-vertical', 'Mirror top to bottom', perProfile(['v'], ['Shift+v']), ({ stage }) =>
    stage()?.flip('vertical'),
  ),
  look('fit', 'Fit the picture into its pane', keys('='), ({ stage }) => stage()?.fit()),
  look('larger', 'Larger', keys('+'), ({ stage }) => stage()?.zoomBy(1.25)),
  look('smaller', 'Smaller', keys('-'), ({ stage }) => stage()?.zoomBy(0.8)),
  {
    id: 'look.twin',
    title: 'The picture in words, and its sliders',
    group: 'Looking',
    keys: keys('Shift+w'),
    situation: 'always',
    run: ({ twin, stage }) => {
      if (twin.isOpen()) stage()?.focus()
      twin.setOpen((was) => !was)
    },
  },
  look('invert', 'Invert greys', keys('i'), ({ stage }) => stage()?.invert()),
  {
    id: 'look.hold-pan',
    title: 'Pan while held',
    group: 'Looking',
    keys: keys('Space'),
    situation: 'always',
    hold: 'pan',
  },
  {
    id: 'look.hold-window',
    title: 'Window while held',
    group: 'Looking',
    keys: keys('w'),
    situation: 'always',
    hold: 'window',
  },
]
