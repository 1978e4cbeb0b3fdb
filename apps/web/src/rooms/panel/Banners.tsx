/** Above the image, only when there is something to know: one is in the past, one's rights have changed, or something was not taken. */
import Download from 'lucide-solid/icons/download'
import Info from 'lucide-solid/icons/info'
import TriangleAlert from 'lucide-solid/icons/triangle-alert'
import { createEffect, createMemo, createSignal, type JSX, on, Show } from 'solid-js'
import { explain } from '../../errors.ts'
import { count } from '../../format.ts'
import { Banner } from '../../parts/Banner.tsx'
import { Button } from '../../parts/Button.tsx'
import { Late } from '../../parts/Late.tsx'
import type { KeptWork } from '../../session/keptWork.ts'
import { refusalWords } from '../../session/saveState.ts'
import { createOnceAsked } from './later/createOnceAsked.ts'
import { UNSEEN } from './later/files.ts'
import { NotFetched } from './later/NotFetched.tsx'
import { useDesk } from './state/desk.ts'

export function Banners(): JSX.Element {
  const { past, standing } = useDesk()
  return (
    <>
      <Show when={past.isPast()}>
        <Late of={UNSEEN} waiting={<div class="min-h-11 border-b border-line2 bg-bone-tint" />}>
          {({ PastBanner }) => <PastBanner />}
        </Late>
      </Show>
      <Show when={past.fault()}>
        {(fault) => (
          <Banner tone="bad" icon={TriangleAlert}>
            That moment could not be opened. {explain(fault()).message} {explain(fault()).next}
          </Banner>
        )}
      </Show>
      <Show when={standing.news()}>
        {(news) => (
          <Banner
            tone="acc"
            icon={Info}
            actions={
              <Button size="bar" onClick={() => standing.read()}>
                Understood
              </Button>
            }
          >
            {news()}
          </Banner>
        )}
      </Show>
      <PriorNews />
      <NotTaken />
      <NotFetched />
    </>
  )
}

/** What one looks at stays as it is: whoever wants the prior beside it says so. */
function PriorNews(): JSX.Element {
  const { hanging, prior } = useDesk()
  return (
    <Show when={prior.news()}>
      {(news) => (
        <Banner
          tone="acc"
          icon={Info}
          actions={
            <>
              <Show when={news().isHere}>
                <Button
                  size="bar"
                  onClick={() => {
                    hanging.besidePrior()
                    prior.read()
                  }}
                >
                  Open it beside
                </Button>
              </Show>
              <Button size="bar" onClick={() => prior.read()}>
                Understood
              </Button>
            </>
          }
        >
          {news().sentence}
        </Banner>
      )}
    </Show>
  )
}

/** The dialog comes by itself when work was refused just now; afterwards it is a click away, until all of it is decided. */
function NotTaken(): JSX.Element {
  const { document, kept } = useDesk()
  const [open, setOpen] = createSignal(false)
  const wasOpened = createOnceAsked(open)
  const newest = () => document.kept()[0]
  const newestId = createMemo(() => newest()?.id)
  createEffect(
    on(newestId, () => {
      if (newest()?.justNow) setOpen(true)
    }),
  )
  const cut = () => document.kept().find(({ refusal }) => refusal.code === 'record-cut')
  const waiting = () => document.status().notTaken
  return (
    <>
      <Show when={cut()}>
        {(work) => (
          <Banner
            tone="bad"
            icon={TriangleAlert}
            urgent
            actions={
              <>
                <Button size="bar" onClick={() => setOpen(true)}>
                  Look at it
                </Button>
                <Button size="bar" kind="primary" icon={Download} onClick={() => kept.saveAsFile(work())}>
                  Save as a file
                </Button>
              </>
            }
          >
            {refusalWords(work().refusal)}
          </Banner>
        )}
      </Show>
      <Show when={cut() === undefined && newest()}>
        {(work) => (
          <Banner
            tone="bad"
            icon={TriangleAlert}
            urgent
            actions={
              <Button size="bar" onClick={() => setOpen(true)}>
                {waiting() === 1 ? 'Look at it' : 'Look at them'}
              </Button>
            }
          >
            {sentence(work(), waiting())}
          </Banner>
        )}
      </Show>
      <Show when={wasOpened()}>
        <Late of={UNSEEN}>
          {({ KeptDialog }) => <KeptDialog open={open()} onClose={() => setOpen(false)} />}
        </Late>
      </Show>
    </>
  )
}

function sentence({ refusal }: KeptWork, waiting: number): string {
  if (waiting === 0) return `The server refused a change. ${refusal.message}`
  const changes = `${count(waiting, 'change')} of yours ${waiting === 1 ? 'was' : 'were'} not taken and ${waiting === 1 ? 'is' : 'are'} kept here.`
  return `${changes} ${refusal.message}`
}
