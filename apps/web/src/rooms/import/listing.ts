/** The list as text to paste into a mail or a table: one file per line, tab between path, state and reason. */
import type { Sending } from './upload.ts'

export function listing(files: readonly Sending[]): string {
  const lines = files.map((file) =>
    [file.path, file.state, file.reason ?? ''].map((cell) => cell.replaceAll(/\s+/g, ' ')).join('\t'),
  )
  return ['File\tState\tReason', ...lines].join('\n')
}
