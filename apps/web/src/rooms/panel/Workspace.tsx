/**
 * The room of one opened case: header, rail, options, image, status and the panel at the right; below 600 px it declines politely.
 * When the case is closed to this person it gives way to Out.tsx, at once.
 */
import MonitorX from 'lucide-solid/icons/monitor-x'
import { createEffect, type JSX, onCleanup, Show } from 'solid-js'
import { ButtonLink } from '../../parts/Button.tsx'
import { EmptyState } from '../../parts/states.tsx'
import { noteOnlyHere } from '../../session/onlyHere.ts'
import { Banners } from './Banners.tsx'
import { Help } from './help/Help.tsx'
import { bindKeys } from './keys.ts'
import { SeriesRail } from './layout/SeriesRail.tsx'
import { OptionsBar } from './OptionsBar.tsx'
import { Out } from './Out.tsx'
import { SidePanel } from './SidePanel.tsx'
import { StagePane } from './StagePane.tsx'
import { StatusBar } from './StatusBar.tsx'
import { useDesk } from './state/desk.ts'
import { ToolRail } from './ToolRail.tsx'
import { Top } from './Top.tsx'
import { bindAddress } from './timeline/address.ts'
import { ComparePanel } from './timeline/ComparePanel.tsx'
import { Timeline } from './timeline/Timeline.tsx'
import { FusionBar } from './volume/FusionBar.tsx'

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
      <Room />
    </Show>
  )
}

function Room(): JSX.Element {
  const desk = useDesk()
  bindKeys(desk)
  bindAddress(desk)
  return (
    <div class="h-full">
      {/* Enlarged to twice its size a page is half as wide: then the columns stand below each other, and the page scrolls. */}
      <div class="hidden h-full flex-col max-list:overflow-y-auto read:flex">
        <Top />
        <div class="flex min-h-0 flex-1 max-list:flex-none max-list:flex-col">
          <main
            class="flex min-w-0 flex-1 max-list:h-[90vh] max-list:min-h-80 max-list:flex-none"
            aria-label={`Case ${desk.kase.key}`}
          >
            <h1 class="sr-only">Case {desk.kase.key}</h1>
            <ToolRail />
            <SeriesRail />
            <div class="flex min-w-0 flex-1 flex-col">
              <OptionsBar />
              <FusionBar />
              <Banners />
              <StagePane />
              <StatusBar />
            </div>
          </main>
          <Show when={desk.comparison.from() !== null}>
            <ComparePanel />
          </Show>
          <SidePanel />
        </div>
        <Show when={desk.timeline.isOpen()}>
          <Timeline />
        </Show>
        <p class="sr-only" role="status" aria-live="polite">
          {desk.announcement()}
        </p>
        <Help />
      </div>
      <div class="flex h-full items-center justify-center read:hidden">
        <EmptyState
          icon={MonitorX}
          title="This window is too small to read images"
          action={<ButtonLink href={`/projects/${desk.kase.project}`}>To the worklist</ButtonLink>}
        >
          Make it at least 600 pixels wide. Lists and the record work at any size.
        </EmptyState>
      </div>
    </div>
  )
}
