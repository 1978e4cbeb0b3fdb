/**
 * `consilium import <paths…>`: sends what the server has not, and says what became of each file. A refused file does not stop the others; it
 * makes the exit code 1. Interrupted, the same command goes on where it was.
 */
import type { Import } from '@consilium/contract/studies'
import type { Command } from 'commander'
import { Failure, NotThere } from '../failure.ts'
import { type FoundFile, findFiles } from '../files.ts'
import { outcomesOf, reportOf, say, sayRefused } from '../import/report.ts'
import { sendAll } from '../import/sending.ts'
import { sorted } from '../import/sorted.ts'
import { type Underway, underwayOf } from '../import/underway.ts'
import { Link, type LinkOptions, withLink } from '../link.ts'
import { findProject } from '../projects.ts'
import { note, ProgressLine, printJson } from '../terminal.ts'

/** As shells count it: 128 and the number of SIGINT. */
const INTERRUPTED = 130

interface ImportOptions extends LinkOptions {
  project?: string
  json?: boolean
}

export function addImport(program: Command): void {
  withLink(program.command('import'))
    .description(
      'Bring files, folders or archives into a project: DICOM, NIfTI, photographs. Names, dates and ids in them are left out; the originals are not kept.',
    )
    .argument('<paths...>', 'files, or folders that are searched')
    .option('--project <project>', 'its key, title or id (default: the only project there is)')
    .option('--json', 'print what was imported as one JSON document')
    .addHelpText(
      'after',
      '\nExamples:\n  consilium import ~/ct-chest --project LN\n  consilium import a.dcm b.zip --json > result.json' +
        '\n\nInterrupted, the same command goes on where it was: only what is missing is sent.',
    )
    .action(runImport)
}

async function runImport(paths: string[], options: ImportOptions): Promise<void> {
  const { files, skipped } = await findFiles(paths)
  for (const path of skipped) note(`Left out, not an ordinary file: ${path}`)
  if (files.length === 0) throw new Failure('There are no files to import there.')
  const link = new Link(options)
  const project = await findProject(link, options.project)
  const underway = underwayOf(link.base, project.id, paths)
  const begun = await begin(link, project.id, underway)
  const line = new ProgressLine()
  const stop = () => {
    line.clear()
    note('Interrupted. The same command goes on with this import; only what is missing is sent.')
    process.exit(INTERRUPTED)
  }
  process.on('SIGINT', stop)
  try {
    const answers = begun.state === 'receiving' ? await send(link, begun.id, files, line) : []
    line.show('Sorting slices…')
    const finished = await sorted(link, begun.id, (progress) => {
      if (progress) line.show(`Sorting: ${progress.done} of ${progress.total} pictures ready`)
    })
    await underway.forget()
    line.clear()
    const outcomes = outcomesOf(begun.state === 'receiving' ? answers : asAnswers(finished), finished)
    if (options.json) printJson(reportOf(finished, outcomes))
    else await say(link, finished, outcomes)
    sayRefused(outcomes)
    if (finished.state === 'failed') throw new Failure('The server could not sort these files into series.')
    if (outcomes.some((one) => one.status === 'refused')) process.exitCode = 1
  } finally {
    line.clear()
    process.removeListener('SIGINT', stop)
  }
}

/** The import that the same command began and did not end, or a new one. */
async function begin(link: Link, project: string, underway: Underway): Promise<Import> {
  const known = await underway.recall()
  const found = known === null ? null : await link.call<Import>('GET', `/imports/${known}`).catch(notThere)
  if (found && (found.state === 'receiving' || found.state === 'sorting')) {
    note('Going on with the import that was interrupted.')
    return found
  }
  const started = await link.call<Import>('POST', `/projects/${project}/imports`)
  await underway.keep(started.id)
  return started
}

function notThere(error: unknown): null {
  if (error instanceof NotThere) return null
  throw error
}

async function send(link: Link, importId: string, files: readonly FoundFile[], line: ProgressLine) {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  const megabytes = (value: number) => Math.round(value / 1e6)
  return sendAll(link, importId, files, (sent) =>
    line.show(`${sent.files} of ${files.length} files, ${megabytes(sent.bytes)} of ${megabytes(bytes)} MB`),
  )
}

/** Of an import that was being sorted already, the server alone knows what became of its files. */
const asAnswers = (finished: Import) => finished.files.map((one) => ({ ...one, inside: [] }))
