/** The boxes as numbers, for whoever does not point: each can be made, placed, sized and taken away here. */
import type { HeldPictures } from '@consilium/contract/studies'
import Plus from 'lucide-solid/icons/plus'
import Trash from 'lucide-solid/icons/trash'
import { For, type JSX, Show } from 'solid-js'
import { Button, IconButton } from '../../parts/Button.tsx'
import { Field } from '../../parts/Field.tsx'
import { type Drawn, offered, within } from './boxes.ts'
import type { Regions } from './regions.ts'

const SIDES = [
  { name: 'column', title: 'From left' },
  { name: 'row', title: 'From top' },
  { name: 'columns', title: 'Width' },
  { name: 'rows', title: 'Height' },
] as const

export function BoxFields(props: { readonly held: HeldPictures; readonly regions: Regions }): JSX.Element {
  const set = (box: Drawn, name: (typeof SIDES)[number]['name'], text: string): void => {
    const value = Number(text)
    if (text.trim() !== '' && Number.isFinite(value))
      props.regions.set(box.id, within({ ...box, [name]: value }, props.held))
  }
  return (
    <section class="flex flex-col gap-3 border-b border-line p-4" aria-labelledby="regions">
      <div class="flex items-center justify-between gap-3">
        <h2 id="regions" class="text-14 font-semibold">
          Regions to black out
        </h2>
        <Button size="bar" icon={Plus} onClick={() => props.regions.add(offered(props.held))}>
          Add a region
        </Button>
      </div>
      <p class="text-12 text-t2">
        <Show when={props.held.frames > 1} fallback="Drag on the picture over text that may name somebody.">
          Drag on the picture over text that may name somebody. A region applies to every frame.
        </Show>
      </p>
      <ul class="flex flex-col gap-2" aria-label="Regions">
        <For each={props.regions.list}>
          {(box, k) => (
            <li
              class={`rounded-tile border p-2.5 ${props.regions.selected() === box.id ? 'border-bone bg-s3' : 'border-line bg-s2'}`}
              onFocusIn={() => props.regions.select(box.id)}
            >
              <fieldset class="flex flex-col gap-2">
                <legend class="sr-only">Region {k() + 1}, in pixels</legend>
                <div class="flex h-6 items-center justify-between text-12 font-medium">
                  <span aria-hidden="true">Region {k() + 1}</span>
                  <IconButton
                    icon={Trash}
                    label={`Take region ${k() + 1} away`}
                    size="small"
                    side="left"
                    onClick={() => props.regions.remove(box.id)}
                  />
                </div>
                <div class="grid grid-cols-4 gap-2">
                  <For each={SIDES}>
                    {({ name, title }) => (
                      <Field
                        label={title}
                        size="bar"
                        type="number"
                        min={0}
                        value={String(box[name])}
                        onInput={(text) => set(box, name, text)}
                      />
                    )}
                  </For>
                </div>
              </fieldset>
            </li>
          )}
        </For>
      </ul>
    </section>
  )
}
