/** What the palette offers: commands with why they are not possible, places of the series and annotations by their names. */
import type { Annotation } from '@consilium/crdt-schema/annotation'
import { kindOf } from '@consilium/crdt-schema/kinds'
import { COMMANDS } from '../commands/all.ts'
import type { Chord } from '../commands/chords.ts'
import { type Act, isHold, ownWay } from '../commands/command.ts'
import type { Findable } from '../commands/finding.ts'
import { chordText } from '../commands/keyWords.ts'
import { titleIn } from '../commands/naming.ts'
import { whyNot } from '../commands/why.ts'
import type { Desk } from '../state/desk.ts'

export interface Entry extends Findable {
  readonly id: string
  readonly group: string
  readonly chords: readonly Chord[]
  /** Why it cannot be done just now. */
  readonly denied: string | null
  readonly run: () => void
}

export const commandsIn = (desk: Desk): readonly Entry[] =>
  COMMANDS.filter((command): command is Act => !isHold(command))
    // Windows and labels that this case does not have are nothing to look for.
    .filter((command) => command.now === undefined || command.now(desk) !== null)
    .map((command) => {
      const chords = desk.keymap.keysOf(command.id)
      return {
        id: command.id,
        title: titleIn(command, desk),
        more: [command.group, ...chords.map(chordText)].join(' '),
        group: command.group,
        chords,
        denied: whyNot(command, desk),
        run: () => command.run(desk),
      }
    })

/** "slice 84" or "84". */
export function sliceIn(desk: Desk, query: string): readonly Entry[] {
  const asked = /^(?:slice\s*)?(\d{1,5})$/i.exec(query.trim())?.[1]
  const slices = desk.series.current()?.slices
  if (asked === undefined || slices === undefined) return []
  const slice = Number(asked)
  return [
    {
      id: `slice.${slice}`,
      title: `Slice ${slice}`,
      more: '',
      group: 'Go to',
      chords: [],
      denied: slice >= 1 && slice <= slices ? null : `This series has slices 1 to ${slices}.`,
      run: () => ownWay(({ stage }) => stage()?.goAlong(slice - 1))(desk),
    },
  ]
}

export const annotationsIn = (desk: Desk): readonly Entry[] => {
  const { annotations } = desk.shelves()
  return [...annotations.keys()].flatMap((id) => {
    const annotation = annotations.get(id)
    return annotation && annotation.retired === null ? [annotationEntry(desk, annotation)] : []
  })
}

function annotationEntry(desk: Desk, annotation: Annotation): Entry {
  const { id, kind, label, source } = annotation
  return {
    id: `annotation.${id}`,
    title: `${kindOf(kind).title}: ${desk.labelTitle(label)}, ${desk.frameWords(source.series, source.frame)}`,
    more: desk.document.authorOf(id)?.author.name ?? '',
    group: 'Go to',
    chords: [],
    denied: null,
    run: () => desk.goTo(annotation),
  }
}
