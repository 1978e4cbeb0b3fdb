/** The colours of a table from the least value to the largest. Its name stands beside it. */
import { type ColourTable, coloursOf } from '@consilium/viewer/colours'
import type { JSX } from 'solid-js'

const WIDE = 64

export function ColourStrip(props: { readonly table: ColourTable }): JSX.Element {
  const paint = (canvas: HTMLCanvasElement): void => {
    const context = canvas.getContext('2d')
    if (!context) return
    const colours = coloursOf(props.table)
    for (let x = 0; x < WIDE; x++) {
      const [red, green, blue] = colours[Math.round((x * 255) / (WIDE - 1))] ?? [0, 0, 0]
      context.fillStyle = `rgb(${red} ${green} ${blue})`
      context.fillRect(x, 0, 1, 1)
    }
  }
  return (
    <canvas
      ref={(canvas) => paint(canvas)}
      width={WIDE}
      height={1}
      aria-hidden="true"
      class="h-3 w-16 rounded-swatch"
    />
  )
}
