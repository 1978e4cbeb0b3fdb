/** Above the image, only when there is something to know: one is in the past, or something was not kept. */
import History from 'lucide-solid/icons/rotate-ccw-clock'
import SkipForward from 'lucide-solid/icons/skip-forward'
import TriangleAlert from 'lucide-solid/icons/triangle-alert'
import { createSignal, type JSX, Show } from 'solid-js'
import { explain } from '../../errors.ts'
import { count, number, timeOfDay } from '../../format.ts'
import { Banner } from '../../parts/Banner.tsx'
import { Button } from '../../parts/Button.tsx'
import { refusalWords } from '../../session/saveState.ts'
import { LostDialog } from './LostDialog.tsx'
import { useDesk } from './state/desk.ts'

export function Banners(): JSX.Element {
  const { past, document } = useDesk()
  const [showLost, setShowLost] = createSignal(false)
  return (
    <>
      <Show when={past.past()}>
        {(found) => (
          <Banner
            tone="bone"
            icon={History}
            actions={
              <Button kind="primary" size="bar" icon={SkipForward} onClick={() => past.backToNow()}>
                Back to now
              </Button>
            }
          >
            You are looking at <strong class="font-semibold">revision {number(found().revision.seq)}</strong>,{' '}
            {timeOfDay(found().revision.at)}. Nothing you do here changes the case.
          </Banner>
        )}
      </Show>
      <Show when={past.fault()}>
        {(fault) => (
          <Banner tone="bad" icon={TriangleAlert}>
            That revision could not be opened. {explain(fault()).message} {explain(fault()).next}
          </Banner>
        )}
      </Show>
      <Show when={document.lost()}>
        {(lost) => (
          <>
            <Banner
              tone="bad"
              icon={TriangleAlert}
              urgent
              actions={
                <Button size="bar" onClick={() => setShowLost(true)}>
                  Show what was not kept
                </Button>
              }
            >
              {lost().changes.length === 0
                ? 'The server refused a change.'
                : `${count(lost().changes.length, 'change')} of yours ${lost().changes.length === 1 ? 'was' : 'were'} not kept.`}{' '}
              {refusalWords(lost().refusal)}
            </Banner>
            <LostDialog open={showLost()} onClose={() => setShowLost(false)} lost={lost()} />
          </>
        )}
      </Show>
    </>
  )
}
