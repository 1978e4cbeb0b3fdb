/** Moments with a name, above the line: those people named, filled; those at which the case entered another phase, hollow. */
import type { NamedMoment } from '@consilium/contract/history'
import Bookmark from 'lucide-solid/icons/bookmark'
import Flag from 'lucide-solid/icons/flag'
import { createMemo, For, type JSX } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { moment as momentOf, number } from '../../../format.ts'
import { Tooltip } from '../../../parts/Tooltip.tsx'
import { useDesk } from '../state/desk.ts'
import { spread } from './spread.ts'

/** px from middle to middle: two may follow each other at once. */
const APART = 24

/** `width`: of the line, px. */
export function Milestones(props: {
  readonly place: (seq: number) => number
  readonly width: number
}): JSX.Element {
  const { timeline } = useDesk()
  const lefts = createMemo(() =>
    spread(
      timeline.names().map(({ seq }) => props.place(seq) * props.width),
      props.width,
      APART,
    ),
  )
  return (
    <ul aria-label="Named moments" class="absolute inset-x-0 top-0 h-5">
      <For each={timeline.names()}>
        {(name, i) => (
          <li class="absolute top-0 -translate-x-1/2" style={{ left: `${lefts()[i()] ?? 0}px` }}>
            <Tooltip
              as="button"
              type="button"
              side="top"
              text={`${name.title} · revision ${number(name.seq)} · ${namedBy(name)}`}
              class={`target flex size-4 items-center justify-center rounded-full hover:text-bone ${timeline.moment() === name.seq ? 'text-bone' : name.phase ? 'text-acc' : 'text-t2'}`}
              aria-label={`${name.title}, revision ${number(name.seq)}, ${namedBy(name)}`}
              onClick={() => void timeline.lookAt(name.seq)}
            >
              <Dynamic
                component={name.phase ? Flag : Bookmark}
                size={12}
                fill={name.phase ? 'none' : 'currentColor'}
                aria-hidden="true"
              />
            </Tooltip>
          </li>
        )}
      </For>
    </ul>
  )
}

/** Who gave the name, as what, and when; or who brought the case into the phase. */
export function namedBy({ writer: { author, role }, at, phase }: NamedMoment): string {
  const who = role ? `${author.name}, ${role}` : author.name
  return `${phase ? 'entered' : 'named'} by ${who}, ${momentOf(at, Date.now())}`
}
