/** Every key of the room on one sheet, as the keys are now; and what is done with wheel and pointer. */
import { createMemo, For, type JSX, Show } from 'solid-js'
import { Button } from '../../../parts/Button.tsx'
import { Dialog } from '../../../parts/Dialog.tsx'
import { Kbd } from '../../../parts/Kbd.tsx'
import { COMMANDS } from '../commands/all.ts'
import { type Command, GROUPS, type Group } from '../commands/command.ts'
import { titleIn } from '../commands/naming.ts'
import { SITUATION_WORDS, type Situation } from '../commands/situations.ts'
import { useDesk } from '../state/desk.ts'
import { Keys } from './Keys.tsx'
import { PROFILE_WORDS } from './profiles.ts'

/** No commands: they need a place that is pointed at. */
const BY_HAND: readonly (readonly [keys: readonly string[], words: string])[] = [
  [['Wheel'], 'Slice by slice'],
  [['Shift', 'Wheel'], 'Moment by moment, where there are several'],
  [['Shift', 'Move'], 'All panes show the place under the pointer'],
  [['Double click'], 'One pane alone'],
  [['Shift', 'Drag'], 'Erase with what paints'],
  [['Alt', 'Click'], 'Take up the segment that lies there'],
  [['Ctrl', 'Enter'], 'Send what you wrote'],
]

function Row(props: {
  readonly words: string
  /** When it is heard, where that is not always. */
  readonly when?: string
  readonly children: JSX.Element
}): JSX.Element {
  return (
    <li class="flex items-start justify-between gap-3 text-12 text-t1">
      <span class="py-px">
        {props.words}
        <Show when={props.when}>
          <span class="text-t3">, {props.when}</span>
        </Show>
      </span>
      {props.children}
    </li>
  )
}

function Section(props: { readonly title: string; readonly children: JSX.Element }): JSX.Element {
  return (
    <section class="mb-5 break-inside-avoid">
      <h3 class="mb-1.5 text-12 font-medium text-t3">{props.title}</h3>
      <ul class="flex flex-col gap-1">{props.children}</ul>
    </section>
  )
}

/** Of the timeline and the reticle the heading says it. */
const SAID: Partial<Record<Group, Situation>> = { Timeline: 'timeline', Reticle: 'reticle' }

const whenOf = ({ group, situation }: Command): string =>
  SAID[group] === situation ? '' : SITUATION_WORDS[situation]

const headingOf = (group: Group): string => {
  const situation = SAID[group]
  return situation === undefined ? group : `${group}, ${SITUATION_WORDS[situation]}`
}

export function Sheet(): JSX.Element {
  const desk = useDesk()
  const { help, keymap } = desk
  /** What has a key; of windows and labels those that are there. */
  const isListed = (command: Command): boolean =>
    keymap.keysOf(command.id).length > 0 && (command.now === undefined || command.now(desk) !== null)
  const groups = createMemo(() =>
    GROUPS.map((group) => ({
      group,
      rows: COMMANDS.filter((command) => command.group === group && isListed(command)),
    })).filter(({ rows }) => rows.length > 0),
  )
  return (
    <Dialog
      open={help.open() === 'sheet'}
      onClose={() => help.show(null)}
      title="Shortcuts"
      description={`Profile ${PROFILE_WORDS[keymap.keymap().profile].title}. ${PROFILE_WORDS[keymap.keymap().profile].detail}`}
      width="full"
      actions={
        <Button kind="outline" onClick={() => help.show('keys')}>
          Change keys
        </Button>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: keys scroll it. */}
      <div role="group" aria-label="Keys" tabIndex={0} class="columns-2 gap-x-8 desk:columns-3">
        <For each={groups()}>
          {({ group, rows }) => (
            <Section title={headingOf(group)}>
              <For each={rows}>
                {(command) => (
                  <Row words={titleIn(command, desk)} when={whenOf(command)}>
                    <Keys chords={keymap.keysOf(command.id)} />
                  </Row>
                )}
              </For>
            </Section>
          )}
        </For>
        <Section title="With wheel and pointer">
          <For each={BY_HAND}>
            {([keys, words]) => (
              <Row words={words}>
                <span class="flex shrink-0 gap-1">
                  <For each={keys}>{(key) => <Kbd>{key}</Kbd>}</For>
                </span>
              </Row>
            )}
          </For>
        </Section>
      </div>
      <Show when={groups().length === 0}>
        <p class="text-13 text-t2">No command has a key. “Change keys” brings the usual ones back.</p>
      </Show>
    </Dialog>
  )
}
