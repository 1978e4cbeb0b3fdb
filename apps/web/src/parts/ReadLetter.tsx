/** One reader's read: always a square letter. Hollow means "has nothing here". Whose it is stays out of it. */
import type { JSX } from 'solid-js'
import { type ReadLetter as Letter, READS } from './colours.ts'

const BOXES = {
  24: 'size-6 text-13',
  18: 'size-[18px] text-11',
  15: 'size-[15px] text-[10px]',
}

export function ReadLetter(props: {
  readonly letter: Letter
  readonly size?: 24 | 18 | 15
  readonly hollow?: boolean
}): JSX.Element {
  return (
    <span
      class={`inline-flex shrink-0 items-center justify-center rounded-letter leading-none font-semibold select-none ${BOXES[props.size ?? 18]}`}
      classList={{ 'border border-ctl text-t3': props.hollow, 'text-dark': !props.hollow }}
      style={{ 'background-color': props.hollow ? 'transparent' : READS[props.letter].colour }}
    >
      {props.letter}
    </span>
  )
}
