/** The record of the case as a line to move along, below image and panel, 184 px high. */
import { createEffect, createMemo, type JSX, on, Show } from 'solid-js'
import { number, timeOfDay } from '../../../format.ts'
import { FaultBanner } from '../../../parts/Banner.tsx'
import { Button } from '../../../parts/Button.tsx'
import { useDesk } from '../state/desk.ts'
import { Controls } from './Controls.tsx'
import { Track } from './Track.tsx'

export function Timeline(): JSX.Element {
  const desk = useDesk()
  const { timeline, past } = desk
  const told = createMemo(() => {
    const row = timeline.rows().row(timeline.moment())
    const words = timeline.words()
    return [row?.writer.author.name, words?.title, words?.detail].filter(Boolean).join(', ')
  })
  const spoken = createMemo(() => {
    const row = timeline.rows().row(timeline.moment())
    const when = row ? timeOfDay(row.at) : ''
    const which = `Revision ${number(timeline.moment())} of ${number(timeline.head())}`
    return [which, when, told()].filter(Boolean).join(', ')
  })
  // While it plays nobody could follow the words.
  createEffect(
    on(spoken, (words) => {
      if (past.past() !== null && !timeline.player.playing()) desk.announce(words)
    }),
  )
  return (
    <section
      aria-label="Timeline"
      class="flex h-46 shrink-0 flex-col border-t border-line bg-s1"
      data-moment={timeline.moment()}
    >
      <Controls />
      <Show
        when={timeline.fault() === null}
        fallback={
          <div class="flex flex-1 items-center gap-3 px-4">
            <FaultBanner error={timeline.fault()} />
            <Button size="bar" onClick={timeline.retry}>
              Try again
            </Button>
          </div>
        }
      >
        <Track spoken={spoken()} />
      </Show>
    </section>
  )
}
