/** The three ways on: let in without the regions, let in as it is, or discard. Each says first what becomes of the pictures for good. */
import type { HeldPictures, Series } from '@consilium/contract/studies'
import { useMutation, useQueryClient } from '@tanstack/solid-query'
import Check from 'lucide-solid/icons/check'
import SquareIcon from 'lucide-solid/icons/square'
import Trash from 'lucide-solid/icons/trash'
import { createSignal, type JSX, Show } from 'solid-js'
import { api } from '../../api.ts'
import { count, number } from '../../format.ts'
import { FaultBanner } from '../../parts/Banner.tsx'
import { Button } from '../../parts/Button.tsx'
import { Dialog } from '../../parts/Dialog.tsx'
import { keys } from '../../queries.ts'
import type { Regions } from './regions.ts'
import { waitingKey } from './waiting.ts'

interface DecisionProps {
  readonly held: HeldPictures
  readonly regions: Regions
  /** Frames that were on screen. */
  readonly seen: number
  /** Null: discarded. */
  readonly onDone: (series: readonly Series[] | null) => void
}

type Way = 'black' | 'as-it-is' | 'discard'

export function Decision(props: DecisionProps): JSX.Element {
  const client = useQueryClient()
  const [way, setWay] = createSignal<Way | null>(null)
  const regions = () => props.regions.list.length
  const frames = () => count(props.held.frames, 'frame')
  const decide = useMutation(() => ({
    mutationFn: async (chosen: Way): Promise<readonly Series[] | null> => {
      if (chosen === 'discard') {
        await api.discardHeld(props.held.id)
        return null
      }
      const boxes =
        chosen === 'black'
          ? props.regions.list.map(({ column, row, columns, rows }) => ({ column, row, columns, rows }))
          : []
      return (await api.clearHeld(props.held.id, { boxes })).series
    },
    onSuccess: (series) => {
      setWay(null)
      void client.invalidateQueries({ queryKey: waitingKey(props.held.project) })
      void client.invalidateQueries({ queryKey: keys.cases(props.held.project) })
      props.onDone(series)
    },
  }))
  const close = (): void => {
    setWay(null)
    decide.reset()
  }
  const words = () => {
    const chosen = way()
    return chosen && WORDS[chosen](frames(), count(regions(), 'region'))
  }
  return (
    <section class="flex flex-col gap-2 p-4" aria-label="Decide">
      <Button
        kind={regions() > 0 ? 'primary' : 'outline'}
        icon={SquareIcon}
        disabled={regions() === 0}
        onClick={() => setWay('black')}
      >
        Black out and let in
      </Button>
      <Button icon={Check} disabled={regions() > 0} onClick={() => setWay('as-it-is')}>
        Nothing names anybody: let in as it is
      </Button>
      <Button kind="quiet" tone="bad" icon={Trash} onClick={() => setWay('discard')}>
        Discard
      </Button>
      <Dialog
        open={way() !== null}
        onClose={close}
        title={words()?.title ?? ''}
        description="It cannot be taken back."
        actions={
          <>
            <Button onClick={close}>Cancel</Button>
            <Button
              kind={way() === 'discard' ? 'outline' : 'primary'}
              {...(way() === 'discard' ? { tone: 'bad' as const } : {})}
              busy={decide.isPending}
              onClick={() => {
                const chosen = way()
                if (chosen) decide.mutate(chosen)
              }}
            >
              {words()?.act}
            </Button>
          </>
        }
      >
        <p class="text-13 text-t2">{words()?.becomes}</p>
        <Show when={way() !== 'discard' && props.seen < props.held.frames}>
          <p class="text-13 text-warn">
            {number(props.seen)} of {frames()} were on this screen so far.
          </p>
        </Show>
        <FaultBanner error={decide.error} />
      </Dialog>
    </section>
  )
}

interface Words {
  readonly title: string
  readonly becomes: string
  readonly act: string
}

const WORDS: Record<Way, (frames: string, regions: string) => Words> = {
  black: (frames, regions) => ({
    title: `Black out ${regions} and let in?`,
    becomes: `What is covered is deleted for good, in ${frames}. What is left becomes a series of its case, which says that a person did this.`,
    act: 'Black out and let in',
  }),
  'as-it-is': (frames) => ({
    title: 'Let in as it is?',
    becomes: `Every pixel of ${frames} comes in as it came, as a series of its case, for everybody in this project. The series says that a person looked.`,
    act: 'Let in as it is',
  }),
  discard: (frames) => ({
    title: 'Discard these pictures?',
    becomes: `Every pixel of ${frames} is deleted here for good. The same files may be sent again, and wait here again.`,
    act: 'Discard',
  }),
}
