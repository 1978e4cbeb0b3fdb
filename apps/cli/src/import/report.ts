/** What an import came to, as `--json` prints it and as a person reads it. */
import type { Case } from '@consilium/contract/projects'
import type { FileAnswer, FileOutcome, FileStatus, Import, Series } from '@consilium/contract/studies'
import type { Link } from '../link.ts'
import { fault, note, print, strong } from '../terminal.ts'

/** Each file once, archives by what is in them; what sorting said last counts. */
export function outcomesOf(answers: readonly FileAnswer[], finished: Import): FileOutcome[] {
  const said = new Map(finished.files.map((one) => [one.name, one]))
  return answers
    .flatMap((answer): readonly FileOutcome[] => (answer.inside.length > 0 ? answer.inside : [answer]))
    .map(({ name, status, reason }) =>
      status === 'stored' ? (said.get(name) ?? { name, status, reason }) : { name, status, reason },
    )
}

const of = (outcomes: readonly FileOutcome[], status: FileStatus): FileOutcome[] =>
  outcomes.filter((one) => one.status === status)

/** Per series what `GET /api/series/{id}` says of it, as far as a script needs it to check the import. */
export function reportOf(finished: Import, outcomes: readonly FileOutcome[]) {
  const named = (status: FileStatus) => of(outcomes, status).map(({ name, reason }) => ({ name, reason }))
  return {
    import: finished.id,
    project: finished.project,
    received: outcomes.length,
    stored: of(outcomes, 'stored').length,
    alreadyHere: of(outcomes, 'already-here').length,
    series: finished.series.map((s: Series) => ({
      id: s.id,
      case: s.case,
      modality: s.modality,
      rows: s.rows,
      columns: s.columns,
      slices: s.slices,
      moments: s.moments,
      frames: s.frames,
      samples: s.samples,
      spacing: s.spacing,
      direction: s.direction,
      firstPosition: s.firstPosition,
      stored: s.stored,
      rescaled: s.rescaled,
      frameSha256: s.frameSha256,
      warnings: s.warnings,
    })),
    held: named('held'),
    leftOut: named('left-out'),
    refused: named('refused'),
    quarantine: finished.quarantine,
    notes: finished.notes,
  }
}

/** A line per series, by the case people will look for; then what became of the files. */
export async function say(link: Link, finished: Import, outcomes: readonly FileOutcome[]): Promise<void> {
  for (const series of finished.series) {
    const { key } = await link.call<Case>('GET', `/cases/${series.case}`)
    print(`${strong(key)}  ${lineOf(series)}`)
    for (const warning of series.warnings) note(`  ${warning}`)
  }
  const count = (status: FileStatus) => of(outcomes, status).length
  const rest = [
    [count('already-here'), count('already-here') === 1 ? 'was here already' : 'were here already'],
    [count('held'), 'held until a person has looked'],
    [count('left-out'), 'left out'],
  ] as const
  print(
    [
      `${counted(count('stored'), 'file')} stored`,
      ...rest.flatMap(([files, what]) => (files > 0 ? [`${files} ${what}`] : [])),
      `${count('refused')} refused.`,
    ].join(', '),
  )
  if (finished.quarantine.length > 0)
    print(
      `Text in the held pictures may name somebody. Look at them: ${new URL(`/projects/${finished.project}/quarantine`, link.base)}`,
    )
  for (const one of finished.notes) note(one)
  for (const one of together([...of(outcomes, 'held'), ...of(outcomes, 'left-out')])) note(one)
}

/** Refused files one by one: each has to be seen to. */
export function sayRefused(outcomes: readonly FileOutcome[]): void {
  for (const one of of(outcomes, 'refused')) fault(`${one.name}: ${one.reason}`)
}

const WORDS: Partial<Record<FileStatus, string>> = { held: 'Held', 'left-out': 'Left out' }

/** Files with the same reason in one line: a study may have thousands of them. */
function together(outcomes: readonly FileOutcome[]): string[] {
  const groups = Map.groupBy(outcomes, ({ status, reason }) => `${status}\n${reason}`)
  return [...groups.values()].map((files) => {
    const [first] = files
    const names =
      files.length === 1 ? first?.name : `${first?.name} and ${counted(files.length - 1, 'other')}`
    return `${WORDS[first?.status ?? 'held']}: ${names}: ${first?.reason}`
  })
}

function lineOf(s: Series): string {
  // A single slice, and uneven ones, have no third number; a warning says why.
  const spacing = [s.spacing.column, s.spacing.row, s.spacing.slice]
    .filter((mm) => mm !== null)
    .map((mm) => String(+mm.toFixed(3)))
  const title = [s.modality, s.bodyPart.toLowerCase()].filter(Boolean).join(' ') || 'Images'
  const moments = s.moments > 1 ? [counted(s.moments, 'moment')] : []
  return [
    `${title}  ${s.columns} x ${s.rows}`,
    counted(s.slices, 'slice'),
    ...moments,
    `${spacing.join(' x ')} mm`,
  ].join(', ')
}

const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`
