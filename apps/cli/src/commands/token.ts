/** `consilium token create`: an access token for a script. */
import type { IssuedToken } from '@consilium/contract/people'
import type { Command } from 'commander'
import { Link, type LinkOptions, withLink } from '../link.ts'
import { note, print, printJson } from '../terminal.ts'

export function addToken(program: Command): void {
  const token = program.command('token').description('Access tokens for scripts')
  withLink(token.command('create'))
    .description('Make an access token and print it once.')
    .requiredOption('--title <title>', 'what it is for')
    .option('--login <login>', 'whom it speaks for (administrators may make one for somebody else)')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  consilium token create --title "nightly import"\n  export CONSILIUM_TOKEN=$(consilium token create --title script --login okafor)',
    )
    .action(create)
}

async function create(
  options: LinkOptions & { title: string; login?: string; json?: boolean },
): Promise<void> {
  const { title, login } = options
  const issued = await new Link(options).call<IssuedToken>(
    'POST',
    '/tokens',
    login === undefined ? { title } : { title, login },
  )
  if (options.json) return printJson(issued)
  print(issued.secret)
  note('The token is shown once. Whoever has it speaks for its owner.')
}
