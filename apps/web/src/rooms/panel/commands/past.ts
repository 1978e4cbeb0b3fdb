/** Who made what, and when. While the timeline is open its keys are its own; arrows up and down still go through the slices. */
import { leave } from './annotating.ts'
import { type Act, type Command, keys } from './command.ts'

const line = (id: string, title: string, at: Act['keys'], run: Act['run'], more: Partial<Act> = {}): Act => ({
  id: `line.${id}`,
  title,
  group: 'Timeline',
  keys: at,
  situation: 'timeline',
  run,
  ...more,
})

const ofSelected = (direction: 1 | -1): Partial<Act> & Pick<Act, 'run'> => ({
  denied: ({ choices }) => (choices.selection() === null ? 'Nothing is selected.' : null),
  run: ({ choices, timeline }) => {
    const selected = choices.selection()
    if (selected !== null) timeline.step(direction, 'act', selected)
  },
})

const before = ofSelected(-1)
const after = ofSelected(1)

export const PAST: readonly Command[] = [
  line(
    'toggle',
    'Open and close the timeline',
    keys('t'),
    ({ timeline }) => (timeline.isOpen() ? timeline.close() : timeline.open()),
    { situation: 'always' },
  ),
  line('play', 'Play, pause', keys('Space'), ({ timeline }) => timeline.togglePlay(1)),
  line('play-back', 'Play backwards', keys('Shift+Space'), ({ timeline }) => timeline.togglePlay(-1)),
  line('act-before', 'One act back', keys('ArrowLeft'), ({ timeline }) => timeline.step(-1, 'act')),
  line('act-after', 'One act on', keys('ArrowRight'), ({ timeline }) => timeline.step(1, 'act')),
  line(
    'change-before',
    'Change before of the selected annotation',
    keys('Shift+ArrowLeft'),
    before.run,
    before,
  ),
  line('change-after', 'Next change of the selected annotation', keys('Shift+ArrowRight'), after.run, after),
  line('revision-before', 'One revision back', keys(','), ({ timeline }) => timeline.step(-1, 'revision')),
  line('revision-after', 'One revision on', keys('.'), ({ timeline }) => timeline.step(1, 'revision')),
  line('start', 'To the beginning', keys('Home'), ({ timeline }) => timeline.toStart()),
  line('now', 'Back to now', keys('End'), ({ timeline }) => timeline.toNow()),
  line('leave', 'End comparing, back to now, close', keys('Escape'), (desk) => {
    const { comparison, past, timeline, choices } = desk
    if (comparison.from() !== null) comparison.stop()
    else if (past.past() !== null) timeline.toNow()
    else if (choices.selection() === null) timeline.close()
    else leave(desk)
  }),
  line('blink', 'One moment, then the other', keys('x'), ({ comparison }) => comparison.blink(), {
    situation: 'comparing',
  }),
  line('blame', 'Who made what', keys('o'), ({ blame }) => blame.toggle(), { situation: 'always' }),
  line('vertex-before', 'Vertex before', keys('['), ({ blame }) => blame.step(-1), { situation: 'blaming' }),
  line('vertex-after', 'Next vertex', keys(']'), ({ blame }) => blame.step(1), { situation: 'blaming' }),
]
