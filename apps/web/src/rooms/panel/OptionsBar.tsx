/** What the current tool will make, and how the image is shown. Always 44 px, whatever the tool. */
import { CERTAINTIES, type Certainty } from '@consilium/crdt-schema/annotation'
import { extentWords } from '@consilium/viewer/moments'
import { isPaintTool, type Window } from '@consilium/viewer/scene'
import { fromFile, isColour, presetsFor, type Windowed } from '@consilium/viewer/window'
import ChevronDown from 'lucide-solid/icons/chevron-down'
import { createMemo, type JSX, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { capital, number, trimmed } from '../../format.ts'
import { Button } from '../../parts/Button.tsx'
import { Chip } from '../../parts/Chip.tsx'
import { Divider } from '../../parts/Header.tsx'
import { Menu } from '../../parts/Menu.tsx'
import { Segmented } from '../../parts/Segmented.tsx'
import { Select } from '../../parts/Select.tsx'
import { Swatch } from '../../parts/Swatch.tsx'
import { idOfLabel, idOfWindow } from './commands/ids.ts'
import { LayoutMenu } from './layout/LayoutMenu.tsx'
import { LinkMenu } from './layout/LinkMenu.tsx'
import { PaintOptions } from './segments/PaintOptions.tsx'
import { useDesk } from './state/desk.ts'
import { iconNamed } from './toolIcons.ts'
import { toolEntry } from './tools.ts'

export const CERTAINTY_CHOICES = CERTAINTIES.map((value) => ({ value, title: capital(value) }))

export function OptionsBar(): JSX.Element {
  const desk = useDesk()
  const { choices, rights, kase, series } = desk
  const entry = () => toolEntry(choices.tool())
  const denied = () => rights.denied('annotations')
  const options = () =>
    kase.labels.map((label, index) => ({
      value: label.key,
      title: label.title,
      before: () => <Swatch colour={label.colour} />,
      hint: desk.keymap.hint(idOfLabel(index + 1)),
    }))
  return (
    <div
      role="toolbar"
      aria-label="Options"
      class="flex h-11 shrink-0 items-center gap-3 overflow-hidden border-b border-line bg-s1 px-3"
    >
      <span class="flex min-w-24 shrink-0 items-center gap-2 text-13 font-medium text-t1">
        <Dynamic component={iconNamed(entry().icon)} size={16} aria-hidden="true" />
        {entry().title}
      </span>
      <Divider />
      <Show
        when={denied() === null}
        fallback={
          <Show when={!desk.past.isPast()} fallback={<Chip tone="bone">Read only</Chip>}>
            <span class="truncate text-12 text-t2" data-testid="denied">
              {denied()}
            </span>
          </Show>
        }
      >
        <Show when={!isPaintTool(choices.tool())} fallback={<PaintOptions />}>
          <Select
            bare
            label="Label of the next annotation"
            look="filled"
            size="bar"
            options={options()}
            value={choices.label()}
            onChange={(key) => choices.setLabel(key)}
            class="w-52"
          />
          <Segmented<Certainty>
            label="Certainty of the next annotation"
            size="bar"
            choices={CERTAINTY_CHOICES}
            value={choices.certainty()}
            onChange={(value) => choices.setCertainty(value)}
            onClear={() => choices.setCertainty(null)}
          />
        </Show>
      </Show>
      <div class="ml-auto flex shrink-0 items-center gap-2">
        <Show when={series.list.length > 1}>
          <Select
            bare
            label="Series"
            look="filled"
            size="bar"
            options={series.list.map((one, index) => ({
              value: one.id,
              title: `Series ${index + 1} · ${one.modality} · ${extentWords(one)}`,
            }))}
            value={series.current()?.id ?? null}
            onChange={(id) => {
              desk.people.leave()
              series.choose(id)
            }}
            class="w-56"
          />
        </Show>
        <LinkMenu />
        <LayoutMenu />
        <Windows />
      </div>
    </div>
  )
}

/** Those of the file and presets by name; the button says what is on the screen now. */
function Windows(): JSX.Element {
  const desk = useDesk()
  const offered = () => {
    const series: Windowed | null = desk.series.current()
    return series ? [...fromFile(series), ...presetsFor(series)] : []
  }
  const now = () => desk.view()?.window
  const isNow = ({ center, width, table }: Window) =>
    near(now()?.center, center) && near(now()?.width, width) && now()?.table === table
  const words = createMemo(() => {
    const window = now()
    const series = desk.series.current()
    if (!window || !series) return 'Window'
    const name = offered().find(isNow)?.name
    // Of a picture in colour the figures say nothing that its name does not.
    if (name && isColour(series)) return name
    return `${name ? `${name} ` : ''}${windowFigure(window.center)} / ${windowFigure(window.width)}`
  })
  return (
    <Menu
      placement="bottom-end"
      trigger={(trigger: object) => (
        <Button {...trigger} size="bar" kind="quiet" after={ChevronDown} aria-label={`Window: ${words()}`}>
          {words()}
        </Button>
      )}
      items={offered().map((preset) => ({
        title: preset.name,
        detail: `Level ${windowFigure(preset.center)}, width ${windowFigure(preset.width)}`,
        hint: preset.key === undefined ? undefined : desk.keymap.hint(idOfWindow(preset.key)),
        current: isNow(preset),
        onSelect: () => {
          desk.people.leave()
          desk.stage()?.setWindow(preset)
        },
      }))}
    />
  )
}

/** By hand a window is set in whole values, or in small steps where values are small. */
const near = (a: number | undefined, b: number): boolean =>
  a !== undefined && Math.abs(a - b) < Math.max(0.5, Math.abs(b)) * 1e-3

/** Whole, or to three figures where it is small. */
const windowFigure = (value: number): string =>
  Math.abs(value) >= 100 || Number.isInteger(value)
    ? number(value)
    : trimmed(value, Math.max(0, Math.min(6, 2 - Math.floor(Math.log10(Math.abs(value) || 1)))))
