/** What is done with the chosen segment as a whole; what needs a measure is set in its row. */
import type { Asked } from '../operations/asked.ts'
import type { Desk } from '../state/desk.ts'
import { type Act, type Command, keys } from './command.ts'

const common = { group: 'Painting', situation: 'always', keys: keys() } as const

/** Why nothing can be done with the segment; null where it can. */
const denied = ({ painting }: Desk): string | null => painting.scene()?.settings.fault ?? null

const asking = (id: string, title: string, asked: Asked): Act => ({
  ...common,
  id,
  title,
  denied,
  run: ({ painting }) => painting.operations.start(asked),
})

const nothingComputed = ({ painting }: Desk): string | null =>
  painting.operations.pending() ? null : 'No slices were computed.'

const empty = ({ painting }: Desk): string | null =>
  painting.segments().length > 0 ? null : 'There is no segment in this series.'

export const OPERATING: readonly Command[] = [
  asking('segment.between', 'Fill between slices', { what: 'between' }),
  {
    ...common,
    id: 'segment.confirm',
    title: 'Confirm computed slices',
    denied: nothingComputed,
    run: ({ painting }) => painting.operations.confirm(),
  },
  {
    ...common,
    id: 'segment.let-go',
    title: 'Let go of computed slices',
    denied: nothingComputed,
    run: ({ painting }) => painting.operations.letGo(),
  },
  asking('segment.next', 'Copy to the next slice', { what: 'copy', to: 'next' }),
  asking('segment.previous', 'Copy to the previous slice', { what: 'copy', to: 'previous' }),
  asking('segment.largest', 'Keep the largest part', { what: 'largest' }),
  {
    ...common,
    id: 'segment.save',
    title: 'Save masks as NIfTI',
    denied: empty,
    run: ({ painting }) => painting.files.save(false),
  },
]
