/** How a button of the tool rail looks, and how a key is printed in its corner. */
import type { Chord } from './commands/chords.ts'

/** Less high where all of them would not fit, as above an open timeline; where the rail is a row, all of them are of one size. */
export const RAIL_HEIGHT = 'h-[34px] min-h-[26px] shrink max-read:shrink-0 wide:h-10'

export const railClass = ({ pressed, denied }: { pressed?: boolean; denied?: boolean }): string =>
  `relative flex w-[34px] [container-type:size] items-center justify-center rounded-control transition-colors wide:w-10 ${RAIL_HEIGHT} ${
    pressed ? 'bg-bone text-on-bone' : denied ? 'text-t2 opacity-40' : 'text-t2 hover:bg-s3 hover:text-t1'
  }`

/** Of an icon above a key: keeps off it where the button is less high. */
export const ABOVE_KEY = '[@container_(max-height:31px)]:-translate-y-[3px]'

/** "⇧L" for Shift+l: there is room for two signs; of what is longer the tooltip tells. */
export function cornerKey(chord: Chord | undefined): string | undefined {
  const short = chord?.replace('Shift+', '⇧').toUpperCase()
  return short !== undefined && short.length <= 2 ? short : undefined
}
