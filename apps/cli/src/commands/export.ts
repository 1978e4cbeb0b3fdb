/** `consilium export --history <case> <folder>`: takes the record of a case away, for whoever verifies or keeps it. */
import type { Command } from 'commander'
import { Link, type LinkOptions, withLink } from '../link.ts'
import { findCase } from '../projects.ts'
import { ProgressLine, print, printJson } from '../terminal.ts'
import { takeAway } from '../verify/takeAway.ts'

export function addExport(program: Command): void {
  withLink(program.command('export'))
    .description('Take the record of a case away, with everything needed to verify it without a server.')
    .requiredOption('--history <case>', 'its key (LN-0001) or id')
    .argument('<folder>', 'a new or empty folder')
    .option('--json', 'print what was written as JSON')
    .addHelpText('after', '\nExample:\n  consilium export --history LN-0001 ./LN-0001-history')
    .action(run)
}

async function run(
  folder: string,
  options: LinkOptions & { history: string; json?: boolean },
): Promise<void> {
  const link = new Link(options)
  const line = new ProgressLine()
  const found = await findCase(link, options.history)
  const manifest = await takeAway(link, found, folder, (what) => line.show(what)).finally(() => line.clear())
  if (options.json) return printJson({ folder, ...manifest })
  const { files, latest } = manifest
  print(
    `${found.key}: ${files.rows.lines} revisions and ${files.checkpoints.lines} checkpoints in ${folder}.`,
  )
  print(`Fingerprint of the server's key today: ${latest.fingerprint}`)
}
