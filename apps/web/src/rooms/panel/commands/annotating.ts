/** What is done with shapes and with one's own acts. */
import { setCertainty } from '@consilium/crdt-schema/acts'
import { CERTAINTIES } from '@consilium/crdt-schema/annotation'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import { capital } from '../../../format.ts'
import type { Desk } from '../state/desk.ts'
import { type Act, type Command, keys } from './command.ts'

/** Changes the selected annotation, or says why not. */
export function change(
  { rights, setNote }: Desk,
  selected: EntryKey,
  field: string,
  write: () => void,
): void {
  const denied = rights.deniedChange(selected, field)
  if (denied === null) write()
  else setNote(denied)
}

const mayWrite = ({ rights }: Desk): string | null => rights.denied('annotations')

const certainty = (value: (typeof CERTAINTIES)[number]): Act => ({
  id: `annotate.${value}`,
  title: capital(value),
  group: 'Annotating',
  keys: keys(value.charAt(0)),
  situation: 'always',
  denied: (desk) => (desk.choices.selection() === null ? mayWrite(desk) : null),
  run: (desk) => {
    const selected = desk.choices.selection()
    if (selected === null) desk.choices.setCertainty((known) => (known === value ? null : value))
    else change(desk, selected, 'certainty', () => desk.act(setCertainty, selected, value))
  },
})

/** Out of what is nearest, one thing at a time; the selecting hand is what remains. */
export function leave({ stage, people, panes, choices, setNote }: Desk): void {
  if (stage()?.cancel()) return
  if (people.leave()) return
  if (panes.restore()) return
  if (panes.crosshair() !== null) return panes.point(null)
  if (choices.asking() !== null) return choices.ask(null)
  if (choices.pin() !== null) return void choices.setPin(null)
  if (choices.selection() !== null) return choices.select(null)
  setNote(null)
  choices.setTool('select')
}

const common = { group: 'Annotating', situation: 'always' } as const

export const ANNOTATING: readonly Command[] = [
  ...CERTAINTIES.map(certainty),
  {
    ...common,
    id: 'annotate.finish',
    title: 'Finish the shape',
    keys: keys('Enter'),
    run: ({ stage }) => stage()?.finish(),
  },
  {
    ...common,
    id: 'annotate.take-back',
    title: 'Take back the last corner',
    keys: keys('Backspace', 'Delete'),
    situation: 'drawing',
    run: ({ stage }) => stage()?.deleteLastVertex(),
  },
  {
    ...common,
    id: 'annotate.delete',
    title: 'Delete the selected annotation',
    keys: keys('Backspace', 'Delete'),
    denied: ({ choices }) => (choices.selection() === null ? 'Nothing is selected.' : null),
    run: (desk) => {
      const selected = desk.choices.selection()
      if (selected !== null) change(desk, selected, 'retired', () => desk.choices.ask('delete'))
    },
  },
  {
    ...common,
    id: 'annotate.undo',
    title: 'Undo your last act',
    keys: keys('Mod+z'),
    denied: mayWrite,
    run: ({ document }) => document.undo.undo(),
  },
  {
    ...common,
    id: 'annotate.redo',
    title: 'Redo',
    keys: keys('Mod+Shift+z', 'Mod+y'),
    denied: mayWrite,
    run: ({ document }) => document.undo.redo(),
  },
  {
    ...common,
    id: 'annotate.leave',
    title: 'Leave the shape, following, the selection',
    keys: keys('Escape'),
    run: leave,
  },
]
