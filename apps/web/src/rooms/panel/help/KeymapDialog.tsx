/** Which key does what, for this person in this browser: searched, changed by pressing the keys, taken elsewhere as a file. */
import Search from 'lucide-solid/icons/search'
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import { Button } from '../../../parts/Button.tsx'
import { Dialog } from '../../../parts/Dialog.tsx'
import { Field } from '../../../parts/Field.tsx'
import { Segmented } from '../../../parts/Segmented.tsx'
import { COMMANDS } from '../commands/all.ts'
import { type Command, GROUPS, type Group, PROFILES, type Profile } from '../commands/command.ts'
import { found } from '../commands/finding.ts'
import { reset } from '../commands/keymap.ts'
import { chordText } from '../commands/keyWords.ts'
import { titleIn } from '../commands/naming.ts'
import { useDesk } from '../state/desk.ts'
import { KeymapFile } from './KeymapFile.tsx'
import { KeyRow } from './KeyRow.tsx'
import { ProjectKeys } from './ProjectKeys.tsx'
import { PROFILE_WORDS } from './profiles.ts'

export function KeymapDialog(): JSX.Element {
  const desk = useDesk()
  const { help, keymap } = desk
  const [query, setQuery] = createSignal('')
  const profile = () => keymap.keymap().profile
  const entries = createMemo(() =>
    COMMANDS.map((command) => ({
      command,
      title: titleIn(command, desk),
      more: [command.group, ...keymap.keysOf(command.id).map(chordText)].join(' '),
    })),
  )
  const hits = createMemo(() => new Set(found(entries(), query()).map(({ command }) => command)))
  /** Groups and commands as the objects they are: rows stay, and with them the focus, while keys change. */
  const rowsOf = (group: Group): readonly Command[] =>
    COMMANDS.filter((command) => command.group === group && hits().has(command))
  const changed = () => Object.keys(keymap.keymap().changes[profile()]).length
  return (
    <Dialog
      open={help.open() === 'keys'}
      onClose={() => help.show(null)}
      title="Change keys"
      description="Kept for you in this browser. Choose a key, then press what it shall be."
      width="wide"
      actions={
        <>
          <KeymapFile />
          <span class="flex-1" />
          <Button
            kind="outline"
            disabled={changed() === 0}
            onClick={() => keymap.setKeymap(reset(keymap.keymap()))}
          >
            Reset all
          </Button>
          <Button kind="primary" onClick={() => help.show(null)}>
            Done
          </Button>
        </>
      }
    >
      <div class="flex items-end gap-3">
        <div class="flex-1">
          <Field label="Search commands and keys" icon={Search} value={query()} onInput={setQuery} />
        </div>
        <Segmented<Profile>
          label="Profile"
          choices={PROFILES.map((value) => ({ value, title: PROFILE_WORDS[value].title }))}
          value={profile()}
          onChange={(next) => keymap.setKeymap({ ...keymap.keymap(), profile: next })}
        />
      </div>
      <p class="text-12 text-t2">{PROFILE_WORDS[profile()].detail}</p>
      <div class="flex h-[50vh] flex-col gap-4 overflow-y-auto">
        <For each={GROUPS}>
          {(group) => (
            <Show when={rowsOf(group).length > 0}>
              <section>
                <h3 class="mb-1 text-12 font-medium text-t3">{group}</h3>
                <ul class="flex flex-col">
                  <For each={rowsOf(group)}>{(command) => <KeyRow command={command} />}</For>
                </ul>
              </section>
            </Show>
          )}
        </For>
        <Show when={hits().size === 0}>
          <p class="text-13 text-t2">No command and no key is called that.</p>
        </Show>
      </div>
      <Show when={changed() > 0}>
        <p class="text-12 text-t2">
          {changed() === 1 ? 'One command has' : `${changed()} commands have`} other keys than usual.
        </p>
      </Show>
      <ProjectKeys />
    </Dialog>
  )
}
