/** How a button of the tool rail looks, and how a key is printed in its corner. */
import type { Chord } from './commands/chords.ts'

export const railClass = ({ pressed, denied }: { pressed?: boolean; denied?: boolean }): string =>
  `relative flex size-[34px] shrink-0 items-center justify-center rounded-control transition-colors wide:size-10 ${
    pressed ? 'bg-bone text-on-bone' : denied ? 'text-t2 opacity-40' : 'text-t2 hover:bg-s3 hover:text-t1'
  }`

/** "⇧L" for Shift+l: there is room for two signs; of what is longer the tooltip tells. */
export function cornerKey(chord: Chord | undefined): string | undefined {
  const short = chord?.replace('Shift+', '⇧').toUpperCase()
  return short !== undefined && short.length <= 2 ? short : undefined
}
