/**
 * `consilium import <paths…>`: sends files to the server one by one, a few at a time, and says what became of each.
 * A refused file does not stop the others; it makes the exit code 1.
 */
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Case } from '@consilium/contract/projects'
import { FILE_LIMIT_BYTES, type FileOutcome, type Import, type Series } from '@consilium/contract/studies'
import type { Command } from 'commander'
import { Failure, Unreachable } from '../failure.ts'
import { type FoundFile, findFiles } from '../files.ts'
import { Link, type LinkOptions, withLink } from '../link.ts'
import { findProject } from '../projects.ts'
import { fault, note, ProgressLine, print, printJson, strong } from '../terminal.ts'

const AT_ONCE = 4
const RETRIES = 2
const RETRY_MS = 500
/** Smaller files are sent in one piece, which keeps connections open between them. */
const STREAM_FROM_BYTES = 16 * 1024 * 1024

interface ImportOptions extends LinkOptions {
  project?: string
  json?: boolean
}

export function addImport(program: Command): void {
  withLink(program.command('import'))
    .description(
      'Bring DICOM files or folders into a project. Names, dates and ids in them are left out; the originals are not kept.',
    )
    .argument('<paths...>', 'files, or folders that are searched')
    .option('--project <project>', 'its key, title or id (default: the only project there is)')
    .option('--json', 'print what was imported as one JSON document')
    .addHelpText(
      'after',
      '\nExamples:\n  consilium import ~/ct-chest --project LN\n  consilium import a.dcm b.dcm --json > result.json',
    )
    .action(runImport)
}

async function runImport(paths: string[], options: ImportOptions): Promise<void> {
  const { files, skipped } = await findFiles(paths)
  for (const path of skipped) note(`Left out, not an ordinary file: ${path}`)
  if (files.length === 0) throw new Failure('There are no files to import there.')
  const link = new Link(options)
  const project = await findProject(link, options.project)
  const started = await link.call<Import>('POST', `/projects/${project.id}/imports`)
  const outcomes = await sendAll(link, started.id, files)
  const line = new ProgressLine()
  line.show('Sorting slices…')
  const finished = await link
    .call<Import>('POST', `/imports/${started.id}/finish`)
    .finally(() => line.clear())
  const refused = outcomes.filter((one) => one.status === 'refused')
  if (options.json) printJson(report(finished, project.id, outcomes))
  else await say(link, finished, outcomes)
  for (const one of refused) fault(`${one.name}: ${one.reason}`)
  if (refused.length > 0) process.exitCode = 1
}

async function sendAll(link: Link, importId: string, files: readonly FoundFile[]): Promise<FileOutcome[]> {
  const outcomes: FileOutcome[] = Array.from({ length: files.length })
  const line = new ProgressLine()
  let next = 0
  let done = 0
  const sender = async () => {
    for (let i = next++; i < files.length; i = next++) {
      outcomes[i] = await sendOne(link, importId, files[i]!)
      done += 1
      line.show(`${done} of ${files.length} files`)
    }
  }
  try {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, files.length) }, sender))
  } finally {
    line.clear()
  }
  return outcomes
}

async function sendOne(link: Link, importId: string, file: FoundFile): Promise<FileOutcome> {
  const refusedHere = (reason: string): FileOutcome => ({ name: file.name, status: 'refused', reason })
  if (file.bytes > FILE_LIMIT_BYTES)
    return refusedHere(`The file is larger than ${FILE_LIMIT_BYTES / 2 ** 30} GiB.`)
  let body: RequestInit['body']
  try {
    body =
      file.bytes < STREAM_FROM_BYTES
        ? await readFile(file.path)
        : (Readable.toWeb(createReadStream(file.path)) as ReadableStream)
  } catch (error) {
    return refusedHere(
      `The file could not be read (${(error as NodeJS.ErrnoException).code ?? 'unknown fault'}).`,
    )
  }
  const headers = {
    'content-type': 'application/octet-stream',
    'x-file-name': encodeURIComponent(file.name.toWellFormed()),
  }
  for (let again = body instanceof Uint8Array ? RETRIES : 0; ; again--) {
    try {
      return await link.send<FileOutcome>('POST', `/imports/${importId}/files`, headers, body)
    } catch (error) {
      // Sending a file twice is harmless: it is known by its content. A connection breaks now and then.
      if (!(error instanceof Unreachable) || again === 0) throw error
      await sleep(RETRY_MS)
    }
  }
}

/** What `--json` prints: per series what `GET /api/series/{id}` says of it, as far as a script needs it to check the import. */
function report(finished: Import, project: string, outcomes: readonly FileOutcome[]) {
  const count = (status: FileOutcome['status']) => outcomes.filter((one) => one.status === status).length
  return {
    import: finished.id,
    project,
    stored: count('stored'),
    alreadyHere: count('already-here'),
    series: finished.series.map((s: Series) => ({
      id: s.id,
      case: s.case,
      modality: s.modality,
      rows: s.rows,
      columns: s.columns,
      slices: s.slices,
      frames: s.frames,
      spacing: s.spacing,
      direction: s.direction,
      firstPosition: s.firstPosition,
      stored: s.stored,
      rescaled: s.rescaled,
      frameSha256: s.frameSha256,
      warnings: s.warnings,
    })),
    refused: outcomes.filter((one) => one.status === 'refused').map(({ name, reason }) => ({ name, reason })),
  }
}

/** A line per series, by the case people will look for. */
async function say(link: Link, finished: Import, outcomes: readonly FileOutcome[]): Promise<void> {
  for (const s of finished.series) {
    const { key } = await link.call<Case>('GET', `/cases/${s.case}`)
    // A single slice, and uneven ones, have no third number; a warning says why.
    const spacing = [s.spacing.column, s.spacing.row, s.spacing.slice]
      .filter((mm) => mm !== null)
      .map((mm) => String(+mm.toFixed(3)))
    const title = [s.modality, s.bodyPart.toLowerCase()].filter(Boolean).join(' ') || 'Images'
    print(
      `${strong(key)}  ${title}  ${s.columns} x ${s.rows}, ${counted(s.slices, 'slice')}, ${spacing.join(' x ')} mm`,
    )
    for (const warning of s.warnings) note(`  ${warning}`)
  }
  const here = outcomes.filter((one) => one.status === 'already-here').length
  const stored = outcomes.filter((one) => one.status === 'stored').length
  print(
    `${counted(stored, 'file')} stored${here > 0 ? `, ${here} were here already` : ''}, ${outcomes.length - stored - here} refused.`,
  )
}

const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`
