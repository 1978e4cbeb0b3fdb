/** `consilium export --history <case> <folder>`, `--audit <folder>`: takes the record of a case, or the audit log, away for whoever verifies or keeps it. */
import type { Command } from 'commander'
import { Usage } from '../failure.ts'
import { Link, type LinkOptions, withLink } from '../link.ts'
import { findCase } from '../projects.ts'
import { ProgressLine, print, printJson } from '../terminal.ts'
import { takeAuditAway, takeAway } from '../verify/takeAway.ts'

export function addExport(program: Command): void {
  withLink(program.command('export'))
    .description(
      'Take the record of a case, or the audit log, away with everything needed to verify it without a server.',
    )
    .option('--history <case>', 'the record of a case: its key (LN-0001) or id')
    .option('--audit', 'the audit log, for administrators')
    .argument('<folder>', 'a new or empty folder')
    .option('--json', 'print what was written as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  consilium export --history LN-0001 ./LN-0001-history\n  consilium export --audit ./audit',
    )
    .action(run)
}

interface Options extends LinkOptions {
  history?: string
  audit?: boolean
  json?: boolean
}

async function run(folder: string, { history, audit, json, ...options }: Options): Promise<void> {
  if ((history === undefined) === !audit) throw new Usage('Name one: --history <case>, or --audit.')
  const link = new Link(options)
  const { manifest, said } = await (history === undefined
    ? auditOf(link, folder)
    : historyOf(link, history, folder))
  if (json) return printJson({ folder, ...manifest })
  print(said)
  print(`Fingerprint of the server's key today: ${manifest.latest.fingerprint}`)
}

async function historyOf(link: Link, name: string, folder: string) {
  const line = new ProgressLine()
  const found = await findCase(link, name)
  const manifest = await takeAway(link, found, folder, (what) => line.show(what)).finally(() => line.clear())
  const { rows, checkpoints } = manifest.files
  return {
    manifest,
    said: `${found.key}: ${rows.lines} revisions and ${checkpoints.lines} checkpoints in ${folder}.`,
  }
}

async function auditOf(link: Link, folder: string) {
  const line = new ProgressLine()
  const manifest = await takeAuditAway(link, folder, (what) => line.show(what)).finally(() => line.clear())
  const { audit, checkpoints } = manifest.files
  return { manifest, said: `${audit.lines} entries and ${checkpoints.lines} checkpoints in ${folder}.` }
}
