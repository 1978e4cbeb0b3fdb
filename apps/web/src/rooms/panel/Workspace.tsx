/**
 * The room of one opened case: header, rail, options, image, status and the panel at the right; in a narrow window below each other.
 * When the case is closed to this person it gives way to Out.tsx, at once.
 */
import { createEffect, type JSX, onCleanup, Show } from 'solid-js'
import { Header } from '../../parts/Header.tsx'
import { Late } from '../../parts/Late.tsx'
import { noteOnlyHere } from '../../session/onlyHere.ts'
import { After, FirstThePicture } from './After.tsx'
import { Banners } from './Banners.tsx'
import { Help } from './help/Help.tsx'
import { bindKeys } from './keys.ts'
import { Coming } from './later/Coming.tsx'
import { createFetchedSoon } from './later/fetchSoon.ts'
import { LATE_FILES, UNSEEN } from './later/files.ts'
import { SeriesRail } from './layout/SeriesRail.tsx'
import { OptionsBar } from './OptionsBar.tsx'
import { Out } from './Out.tsx'
import { ROOM } from './railLook.ts'
import { SidePanel } from './SidePanel.tsx'
import { StagePane } from './StagePane.tsx'
import { StatusBar } from './StatusBar.tsx'
import { useDesk } from './state/desk.ts'
import { ToolRail } from './ToolRail.tsx'
import { Top } from './Top.tsx'
import { bindAddress } from './timeline/address.ts'

export function Workspace(): JSX.Element {
  const { document } = useDesk()
  const over = () => document.status().state === 'signed-out' || document.status().state === 'refused'
  createEffect(() => {
    const { unsaved, durableHere } = document.status()
    noteOnlyHere(durableHere ? 0 : unsaved)
  })
  onCleanup(() => noteOnlyHere(0))
  return (
    <Show when={!over()} fallback={<Out />}>
      <FirstThePicture>
        <Room />
      </FirstThePicture>
    </Show>
  )
}

function Room(): JSX.Element {
  const desk = useDesk()
  bindKeys(desk)
  bindAddress(desk)
  createFetchedSoon(desk, LATE_FILES)
  const isWhole = () => LATE_FILES.every((file) => file.here() !== null)
  const isLaid = () => desk.fusion.laidOn(desk.series.current()?.id ?? '') !== null
  return (
    // Enlarged to twice its size a page is half as wide: then the columns stand below each other, and the page scrolls. Enlarged to four
    // times the tools lie above the image, which keeps the whole width.
    <div class="flex h-full flex-col max-list:overflow-y-auto">
      <After turn={5} fallback={<Header crumbs={[{ title: desk.kase.key }]} />}>
        <Top />
      </After>
      <div class="flex min-h-0 flex-1 max-list:flex-none max-list:flex-col">
        <main
          class={`flex min-w-0 flex-1 max-list:h-[90vh] max-list:min-h-80 max-list:flex-none max-read:h-auto max-read:flex-col ${ROOM}`}
          aria-label={`Case ${desk.kase.key}`}
          data-whole={isWhole() ? '' : undefined}
        >
          <h1 class="sr-only">Case {desk.kase.key}</h1>
          <ToolRail />
          <SeriesRail />
          <div class="flex min-w-0 flex-1 flex-col max-read:flex-none">
            <After turn={6} fallback={<div class="h-11 shrink-0 border-b border-line bg-s1" />}>
              <OptionsBar />
            </After>
            <Show when={isLaid()}>
              <Late of={UNSEEN} waiting={<div class="h-10 shrink-0 border-b border-line bg-s1" />}>
                {({ FusionBar }) => <FusionBar />}
              </Late>
            </Show>
            <Banners />
            <StagePane />
            <After turn={6} fallback={<div class="h-[26px] shrink-0 border-t border-line bg-s1" />}>
              <StatusBar />
            </After>
          </div>
        </main>
        <Show when={desk.comparison.from() !== null}>
          <Late
            of={UNSEEN}
            waiting={
              <div class="w-82 shrink-0 border-l border-line bg-s1 max-list:w-full wide:w-99">
                <Coming what="The comparison is" />
              </div>
            }
          >
            {({ ComparePanel }) => <ComparePanel />}
          </Late>
        </Show>
        <After
          turn={7}
          fallback={<div class="w-82 shrink-0 border-l border-line bg-s1 max-list:hidden wide:w-94" />}
        >
          <SidePanel />
        </After>
      </div>
      <Show when={desk.timeline.isOpen()}>
        <Late
          of={UNSEEN}
          waiting={
            <div class="min-h-46 shrink-0 border-t border-line bg-s1">
              <Coming what="The timeline is" />
            </div>
          }
        >
          {({ Timeline }) => <Timeline />}
        </Late>
      </Show>
      <p class="sr-only" role="status" aria-live="polite">
        {desk.announcement()}
      </p>
      <After turn={8}>
        <Help />
      </After>
    </div>
  )
}
