/** The record of the case as a line to move along, below image and panel, 184 px high, or as much as its lanes take. */
import { createEffect, createMemo, type JSX, on, Show } from 'solid-js'
import { number, timeOfDay } from '../../../format.ts'
import { FaultBanner } from '../../../parts/Banner.tsx'
import { Button } from '../../../parts/Button.tsx'
import { useDesk } from '../state/desk.ts'
import { createLookups } from '../state/lookups.ts'
import { revisionWords } from '../state/words.ts'
import { Controls } from './Controls.tsx'
import { Track } from './Track.tsx'

export function Timeline(): JSX.Element {
  const desk = useDesk()
  const { timeline, past } = desk
  const lookups = createLookups(desk)
  /** Where the film is not here, what the list of revisions says. */
  const words = createMemo(() => {
    const told = timeline.words()
    if (told) return told
    const revision = desk.revisions.rows().find(({ seq }) => seq === timeline.told())
    return revision ? revisionWords(revision, lookups) : null
  })
  const spoken = createMemo(() => {
    // While it plays nobody could follow the words.
    const direction = timeline.player.playing()
    if (direction !== null) return direction === 1 ? 'Playing' : 'Playing backwards'
    const row = timeline.rows().row(timeline.told())
    const which = `Revision ${number(timeline.told())} of ${number(timeline.head())}`
    const said = row && [timeOfDay(row.at), row.writer.author.name]
    return [which, ...(said ?? []), words()?.title, words()?.detail].filter(Boolean).join(', ')
  })
  createEffect(
    on(spoken, (sentence) => {
      if (past.isPast()) desk.announce(sentence)
    }),
  )
  return (
    <section
      aria-label="Timeline"
      class="flex min-h-46 shrink-0 flex-col border-t border-line bg-s1"
      data-moment={timeline.moment()}
    >
      <Controls words={words()} />
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
