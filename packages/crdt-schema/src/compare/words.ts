/**
 * Two versions of a text as pieces, old and new in reading order: what stayed, what went, what came. Whole words change, not letters.
 * Beginning and end that are alike are set aside; in between the longest common sequence of words stays.
 */
import type { TextPiece } from './difference.ts'

/** A word, a gap, or one other sign. */
const TOKEN = /[\p{L}\p{M}\p{N}_]+|\s+|[^\p{L}\p{M}\p{N}_\s]/gu
/** Cells of the table of what is in common (two bytes each). Beyond it the middle is told as replaced. */
const MAX_CELLS = 4_000_000

export function wordsBetween(before: string, after: string): TextPiece[] {
  const a = before.match(TOKEN) ?? []
  const b = after.match(TOKEN) ?? []
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++
  return joined([
    ...a.slice(0, start).map((text) => ({ op: 'same', text }) as const),
    ...middle(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...a.slice(a.length - end).map((text) => ({ op: 'same', text }) as const),
  ])
}

function middle(a: readonly string[], b: readonly string[]): TextPiece[] {
  const removed = (text: string): TextPiece => ({ op: 'removed', text })
  const added = (text: string): TextPiece => ({ op: 'added', text })
  if (a.length * b.length > MAX_CELLS) return [...a.map(removed), ...b.map(added)]
  const common = commonWorth(a, b)
  const width = b.length + 1
  const pieces: TextPiece[] = []
  let [i, j] = [0, 0]
  while (i < a.length && j < b.length) {
    const [old, fresh] = [a[i] as string, b[j] as string]
    if (old === fresh) {
      pieces.push({ op: 'same', text: old })
      i++
      j++
    } else if ((common[(i + 1) * width + j] as number) >= (common[i * width + j + 1] as number)) {
      pieces.push(removed(old))
      i++
    } else {
      pieces.push(added(fresh))
      j++
    }
  }
  return [...pieces, ...a.slice(i).map(removed), ...b.slice(j).map(added)]
}

/** That a word stays is worth more than that a gap does. */
const worth = (token: string): number => (token.trim() === '' ? 1 : 4)

/** At [i, j]: what the rest of `a` from i and the rest of `b` from j have in common is worth. */
function commonWorth(a: readonly string[], b: readonly string[]): Uint16Array {
  const width = b.length + 1
  const worths = new Uint16Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      worths[i * width + j] =
        a[i] === b[j]
          ? (worths[(i + 1) * width + j + 1] as number) + worth(b[j] as string)
          : Math.max(worths[(i + 1) * width + j] as number, worths[i * width + j + 1] as number)
  return worths
}

/** Neighbours of one kind become one piece, removed before added; a gap alone between two changes belongs to both of them. */
function joined(tokens: readonly TextPiece[]): TextPiece[] {
  const pieces: TextPiece[] = []
  const changed = { removed: '', added: '' }
  const isChanged = (): boolean => changed.removed !== '' || changed.added !== ''
  const tell = (op: TextPiece['op'], text: string): void => {
    const last = pieces.at(-1)
    if (text === '') return
    if (last?.op === op) pieces[pieces.length - 1] = { op, text: last.text + text }
    else pieces.push({ op, text })
  }
  for (const [n, { op, text }] of tokens.entries()) {
    const next = tokens[n + 1]
    if (op !== 'same') changed[op] += text
    else if (isChanged() && text.trim() === '' && next && next.op !== 'same') {
      changed.removed += text
      changed.added += text
    } else {
      tell('removed', changed.removed)
      tell('added', changed.added)
      changed.removed = changed.added = ''
      tell('same', text)
    }
  }
  tell('removed', changed.removed)
  tell('added', changed.added)
  return pieces
}
