/** One thing that is told or chosen about what is selected, with its title before it. */
import type { JSX } from 'solid-js'

interface LineProps {
  readonly title: string
  /** Of several lines: the title stands beside the first. */
  readonly tall?: boolean
  readonly children: JSX.Element
}

export function Line(props: LineProps): JSX.Element {
  return (
    <div class={`grid min-h-8 grid-cols-[76px_1fr] gap-2 ${props.tall ? '' : 'items-center'}`}>
      <span class={`text-12 text-t3 ${props.tall ? 'pt-1.5' : ''}`}>{props.title}</span>
      <div class="min-w-0">{props.children}</div>
    </div>
  )
}
