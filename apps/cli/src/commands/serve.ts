/** `consilium serve`: becomes the server of this checkout. */
import type { Command } from 'commander'
import { become } from '../become.ts'
import { Usage } from '../failure.ts'

export function addServe(program: Command): void {
  program
    .command('serve')
    .description(
      'Start the server; everything is set by environment variables, of which these two have a short form.',
    )
    .option('--port <number>', 'PORT (default 4000)')
    .option('--data <folder>', 'CONSILIUM_DATA (default ./data)')
    .addHelpText(
      'after',
      '\nExamples:\n  consilium serve\n  consilium serve --port 8080 --data /var/lib/consilium\n  CONSILIUM_DEMO=0 consilium serve',
    )
    .action(serve)
}

async function serve(options: { port?: string; data?: string }): Promise<void> {
  if (options.port !== undefined && !/^\d{1,5}$/.test(options.port))
    throw new Usage(`--port: "${options.port}" is not a port number.`)
  const environment = { ...process.env }
  if (options.port !== undefined) environment['PORT'] = options.port
  if (options.data !== undefined) environment['CONSILIUM_DATA'] = options.data
  await become('main.ts', [], environment)
}
