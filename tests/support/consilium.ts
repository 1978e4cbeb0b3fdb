/** `consilium …` as somebody at a terminal of the server's machine starts it. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'

const BIN = join(import.meta.dirname, '../../apps/cli/bin/consilium.mjs')

export interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** `env` beside what every program needs: CONSILIUM_DATA, PORT, DATABASE_URL. */
export function consilium(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [BIN, ...args],
      {
        env: {
          PATH: process.env.PATH,
          NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
          NO_COLOR: '1',
          ...env,
        },
        maxBuffer: 2 ** 26,
      },
      (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, stdout, stderr }),
    )
  })
}
