/** `consilium history <case>`: who changed what in a case, newest first, as the journal has it. */
import type { Revision, Revisions } from '@consilium/contract/revisions'
import { panelOf } from '@consilium/crdt-schema/documents'
import type { Command } from 'commander'
import { Usage } from '../failure.ts'
import { Link, type LinkOptions, withLink } from '../link.ts'
import { findCase } from '../projects.ts'
import { print, printJson, table } from '../terminal.ts'

const PAGE = 100
const SHOWN = 50

export function addHistory(program: Command): void {
  withLink(program.command('history'))
    .description('List the revisions of a case, newest first.')
    .argument('<case>', 'its key (LN-0001) or id')
    .option('--limit <number>', `how many (default: ${SHOWN})`)
    .option('--json', 'print the revisions as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  consilium history LN-0001\n  consilium history LN-0001 --limit 1000 --json',
    )
    .action(history)
}

async function history(
  name: string,
  options: LinkOptions & { limit?: string; json?: boolean },
): Promise<void> {
  const limit = Number(options.limit ?? SHOWN)
  if (!Number.isSafeInteger(limit) || limit < 1)
    throw new Usage(`--limit: "${options.limit}" is not a count.`)
  const link = new Link(options)
  const found = await findCase(link, name)
  const document = panelOf(found.id)
  const items: Revision[] = []
  for (let before: number | null | undefined; items.length < limit && before !== null; ) {
    const query = new URLSearchParams({ limit: String(Math.min(PAGE, limit - items.length)) })
    if (before !== undefined) query.set('before', String(before))
    const page = await link.call<Revisions>(
      'GET',
      `/documents/${encodeURIComponent(document)}/revisions?${query}`,
    )
    items.push(...page.items)
    before = page.items.length === 0 ? null : page.next
  }
  if (options.json) return printJson({ case: found.id, key: found.key, document, items })
  if (items.length === 0) return print('Nothing has been changed yet.')
  print(
    table([
      ['Revision', 'Time (UTC)', 'Who', 'What'],
      ...items.map((one) => [String(one.seq), timeOf(one.at), one.author.name, whatOf(one)]),
    ]),
  )
}

const timeOf = (at: number): string => new Date(at).toISOString().replace('T', ' ').slice(0, 19)

function whatOf(revision: Revision): string {
  if (revision.act !== 'edit')
    return {
      lease: 'joined',
      role: 'role changed',
      phase: 'phase changed',
      name: 'named',
      restore: 'restored',
      redact: 'words taken out',
    }[revision.act]
  const verbs = { create: 'new', change: 'changed', remove: 'removed' } as const
  return revision.touched
    .map(
      (t) =>
        `${verbs[t.op]} ${t.root.replace(/s$/, '')} ${t.entry}${t.op === 'change' ? ` (${t.fields.join(', ')})` : ''}`,
    )
    .join('; ')
}
