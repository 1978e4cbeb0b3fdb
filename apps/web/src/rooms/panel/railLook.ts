/**
 * How the tool rail looks: one column; where that is too low for all tools, as above an open timeline, two; above a narrow picture, rows.
 * And how a key is printed in the corner of a tool.
 */
import type { Chord } from './commands/chords.ts'

/** Of what the rail stands in, whose height says which. Not of a page that scrolls: that one is as high as what is in it. */
export const ROOM = 'list:[container-type:size]'

/** `low:` where one column of the lowest buttons would not fit (styles.css). */
export const RAIL =
  'flex w-11 shrink-0 flex-col items-center gap-px overflow-y-auto border-r border-line bg-s1 py-1.5 [scrollbar-width:none] max-read:w-full max-read:flex-row max-read:flex-wrap max-read:border-r-0 max-read:border-b max-read:px-2 max-read:py-1 wide:w-13 wide:gap-0.5 low:grid low:w-19.5 low:grid-cols-2 low:content-start low:justify-items-center low:px-1 wide:low:w-23'

export const LINE =
  'my-1 h-px w-5 shrink-0 bg-line2 max-read:mx-1 max-read:h-5 max-read:w-px low:col-span-2 low:my-0.5'

const HEIGHT = 'h-[34px] min-h-7 shrink max-read:shrink-0 wide:h-10'

/** As large as a button. */
export const BLANK = `w-[34px] wide:w-10 ${HEIGHT}`

export const railClass = ({ pressed, denied }: { pressed?: boolean; denied?: boolean }): string =>
  `relative flex w-[34px] items-center justify-center rounded-control transition-colors wide:w-10 ${HEIGHT} ${
    pressed ? 'bg-bone text-on-bone' : denied ? 'text-t2 opacity-40' : 'text-t2 hover:bg-s3 hover:text-t1'
  }`

/** Of an icon above a key: keeps off it. */
export const ABOVE_KEY = '-translate-y-[3px]'

/** "⇧L" for Shift+l: there is room for two signs; of what is longer the tooltip tells. */
export function cornerKey(chord: Chord | undefined): string | undefined {
  const short = chord?.replace('Shift+', '⇧').toUpperCase()
  return short !== undefined && short.length <= 2 ? short : undefined
}
