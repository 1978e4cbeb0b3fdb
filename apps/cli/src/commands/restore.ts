/** `consilium restore <file>`: puts a backup back into an empty data folder, and verifies it up to its signed head. Becomes the server's program. */
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { become } from '../become.ts'
import { Usage } from '../failure.ts'

interface Options {
  data?: string
  keys?: string
  withoutKeys?: boolean
  head?: string
  fingerprint?: string
  json?: boolean
}

export function addRestore(program: Command): void {
  program
    .command('restore')
    .description(
      'Put a backup back into an empty data folder (or the empty database of DATABASE_URL). It is verified up to its signed head before it can be used.',
    )
    .argument('<file>', 'what "consilium backup" wrote')
    .option('--data <folder>', 'CONSILIUM_DATA (default ./data); new, or empty')
    .option('--keys <file>', 'what "consilium backup --keys" wrote beside it')
    .option(
      '--without-keys',
      "nobody can sign in until an administrator is made anew; nobody's name can be read",
    )
    .option('--head <hash>', 'of the checkpoint it must end with, as it was printed')
    .option('--fingerprint <fingerprint>', 'of the key that must have signed it, as you were given it')
    .option('--json', 'print what was verified as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  consilium restore monday.backup --keys monday.keys --data /var/lib/consilium-restored --fingerprint 5f0c…',
    )
    .action(run)
}

async function run(file: string, options: Options): Promise<void> {
  const { data, keys, withoutKeys = false, head, fingerprint, json = false } = options
  if (keys ? withoutKeys : !withoutKeys)
    throw new Usage(
      "Say either --keys <file> or --without-keys: then nobody can sign in until an administrator is made anew, and nobody's name can be read.",
    )
  const digits = { head, fingerprint }
  for (const [name, value] of Object.entries(digits))
    if (value !== undefined && !/^[0-9a-f]{64}$/i.test(value))
      throw new Usage(`--${name}: that is not 64 hex digits.`)
  const args = [resolve(file)]
  for (const [name, value] of Object.entries({ keys: keys && resolve(keys), ...digits }))
    if (value) args.push(`--${name}`, value)
  if (json) args.push('--json')
  await become('restore.ts', args, {
    ...process.env,
    ...(data === undefined ? {} : { CONSILIUM_DATA: data }),
  })
}
