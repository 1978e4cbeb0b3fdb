/** A label: always a small square. Past the eighth colour it is hatched. Name or number stands beside it. */
import type { JSX } from 'solid-js'
import { isHatched, labelColour } from './colours.ts'

export function Swatch(props: {
  /** 1 to 8, more repeat with hatching; undefined while no label is chosen. */
  readonly colour: number | undefined
  readonly size?: 10 | 12 | 16
}): JSX.Element {
  const size = () => props.size ?? 12
  const hatched = () => props.colour !== undefined && isHatched(props.colour)
  return (
    <span
      aria-hidden="true"
      class="inline-block shrink-0 rounded-swatch"
      classList={{ 'border border-dashed border-ctl': props.colour === undefined }}
      style={{
        width: `${size()}px`,
        height: `${size()}px`,
        'background-color': props.colour === undefined ? 'transparent' : labelColour(props.colour),
        'background-image': hatched()
          ? 'repeating-linear-gradient(45deg, rgb(0 0 0 / 0.65) 0 1.5px, transparent 1.5px 4px)'
          : 'none',
      }}
    />
  )
}
