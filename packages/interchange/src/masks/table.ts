/**
 * Which number stands for which segment, as a table beside a file that cannot say it: tab-separated index, name and colour, as BIDS has it
 * for segmentations (`_dseg.tsv`). A cell that a spreadsheet would take for a formula gets an apostrophe in front: people choose names.
 */
import type { WrittenLabel } from './write.ts'

export function labelTable(labels: readonly WrittenLabel[]): string {
  const lines = labels.map(({ value, name, colour }) => [String(value), cell(name), colour].join('\t'))
  return `${['index\tname\tcolor', ...lines].join('\n')}\n`
}

function cell(text: string): string {
  const plain = text.replaceAll(/[\t\r\n]+/g, ' ')
  return /^[=+\-@]/.test(plain) ? `'${plain}` : plain
}
