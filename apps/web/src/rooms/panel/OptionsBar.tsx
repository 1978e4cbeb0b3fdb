/** What the current tool will make, and how the image is shown. Always 44 px, whatever the tool, where there is room for all of it; else more rows. */
import { CERTAINTIES, type Certainty } from '@consilium/crdt-schema/annotation'
import { isPaintTool } from '@consilium/viewer/scene'
import { type JSX, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { capital } from '../../format.ts'
import { Chip } from '../../parts/Chip.tsx'
import { Divider } from '../../parts/Header.tsx'
import { Late } from '../../parts/Late.tsx'
import { Segmented } from '../../parts/Segmented.tsx'
import { Select } from '../../parts/Select.tsx'
import { Swatch } from '../../parts/Swatch.tsx'
import { idOfLabel } from './commands/ids.ts'
import { PictureMenu } from './display/PictureMenu.tsx'
import { WindowMenu } from './display/WindowMenu.tsx'
import { createOwnTask } from './later/createOwnTask.ts'
import { UNSEEN } from './later/files.ts'
import { LayoutMenu } from './layout/LayoutMenu.tsx'
import { LinkMenu } from './layout/LinkMenu.tsx'
import { useDesk } from './state/desk.ts'
import { iconNamed } from './toolIcons.ts'
import { toolEntry } from './tools.ts'
import { FusionMenu } from './volume/FusionMenu.tsx'

export const CERTAINTY_CHOICES = CERTAINTIES.map((value) => ({ value, title: capital(value) }))

export function OptionsBar(): JSX.Element {
  const desk = useDesk()
  const { choices, rights, kase } = desk
  const entry = () => toolEntry(choices.tool())
  const denied = () => rights.denied('annotations')
  // When a document opens for writing much is made at once; these take longest.
  const labelIsDue = createOwnTask(() => denied() === null)
  const certaintyIsDue = createOwnTask(labelIsDue)
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
      class={`flex min-h-11 shrink-0 flex-wrap items-center gap-y-1 border-b border-line bg-s1 px-3 py-1 ${isPaintTool(choices.tool()) ? 'gap-x-2' : 'gap-x-3'}`}
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
        <Show
          when={!isPaintTool(choices.tool())}
          fallback={<Late of={UNSEEN}>{({ PaintOptions }) => <PaintOptions />}</Late>}
        >
          <Show when={labelIsDue()}>
            <Select
              bare
              label="Label of the next annotation"
              look="filled"
              size="bar"
              options={options()}
              value={choices.label()}
              onChange={(key) => choices.setLabel(key)}
              class="@container w-52"
            />
          </Show>
          <Show when={certaintyIsDue()}>
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
      </Show>
      <div class="ml-auto flex shrink-0 items-center gap-2 max-read:ml-0 max-read:shrink max-read:flex-wrap">
        <LinkMenu />
        <LayoutMenu />
        <FusionMenu />
        <PictureMenu />
        <WindowMenu />
      </div>
    </div>
  )
}
