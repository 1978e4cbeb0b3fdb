/** One command and its keys. A key that belongs to another command is given over only when that is said. */
import RotateCcw from 'lucide-solid/icons/rotate-ccw'
import { createSignal, type JSX, Show } from 'solid-js'
import { Button, IconButton } from '../../../parts/Button.tsx'
import { COMMANDS } from '../commands/all.ts'
import { type Chord, chordFault } from '../commands/chords.ts'
import { type Command, isHold } from '../commands/command.ts'
import { holdersOf, withKeys } from '../commands/keymap.ts'
import { chordText } from '../commands/keyWords.ts'
import { titleIn } from '../commands/naming.ts'
import { SITUATION_WORDS } from '../commands/situations.ts'
import { useDesk } from '../state/desk.ts'
import { Keys } from './Keys.tsx'
import { Recorder } from './Recorder.tsx'

export function KeyRow(props: { readonly command: Command }): JSX.Element {
  const desk = useDesk()
  const { keymap } = desk
  const [recording, setRecording] = createSignal(false)
  const [fault, setFault] = createSignal<string | null>(null)
  /** What was asked for and others have; null: the usual keys. */
  const [asked, setAsked] = createSignal<{
    readonly chords: readonly Chord[] | null
    readonly of: string
  } | null>(null)
  let button: HTMLButtonElement | undefined

  const title = () => titleIn(props.command, desk)
  const chords = () => keymap.keysOf(props.command.id)
  const isChanged = () => {
    const { profile, changes } = keymap.keymap()
    return changes[profile][props.command.id] !== undefined
  }
  const again = (): void => {
    setRecording(false)
    setAsked(null)
    queueMicrotask(() => button?.focus())
  }
  const take = (next: readonly Chord[] | null): void => {
    keymap.setKeymap(withKeys(keymap.keymap(), COMMANDS, props.command, next))
    again()
  }
  const ask = (next: readonly Chord[] | null): void => {
    const wrong = next?.map(chordFault).find((found) => found !== null) ?? null
    setFault(wrong === null || !next?.[0] ? null : `${chordText(next[0])} ${wrong}.`)
    if (wrong !== null) return again()
    const { profile } = keymap.keymap()
    const holders = holdersOf(keymap.keymap(), COMMANDS, props.command, next ?? props.command.keys[profile])
    setRecording(false)
    if (holders.length === 0) take(next)
    else setAsked({ chords: next, of: holders.map((other) => `“${titleIn(other, desk)}”`).join(', ') })
  }

  return (
    <li class="flex flex-col border-b border-line py-1" data-command={props.command.id}>
      <div class="flex min-h-7 items-center gap-2 text-13 text-t1">
        <span class="min-w-0 flex-1">
          {title()}
          <span class="ml-2 text-12 text-t3">
            {isHold(props.command) ? 'while held' : SITUATION_WORDS[props.command.situation]}
          </span>
        </span>
        <Show when={isChanged() && !recording()}>
          <IconButton
            icon={RotateCcw}
            size="small"
            label={`Usual keys of ${title()}`}
            onClick={() => ask(null)}
          />
        </Show>
        <Show
          when={recording()}
          fallback={
            <button
              ref={(element) => {
                button = element
              }}
              type="button"
              onClick={() => {
                setFault(null)
                setAsked(null)
                setRecording(true)
              }}
              class="flex min-h-6 min-w-16 items-center justify-center rounded-control border border-line2 px-1.5 py-0.5 hover:border-ctl hover:bg-s3"
            >
              <span class="sr-only">Change the key of {title()}: </span>
              <Show when={chords().length > 0} fallback={<span class="text-12 text-t3">none</span>}>
                <Keys chords={chords()} />
              </Show>
            </button>
          }
        >
          <Recorder of={title()} onKeys={(chord) => ask([chord])} onNone={() => take([])} onCancel={again} />
        </Show>
      </div>
      <Show when={fault()}>
        <p role="alert" class="py-1 text-12 text-bad">
          {fault()}
        </p>
      </Show>
      <Show when={asked()}>
        {(conflict) => (
          <div role="alert" class="flex flex-wrap items-center gap-2 py-1 text-12 text-warn">
            <span class="flex-1">
              {conflict().chords?.map(chordText).join(' or ') ?? 'The usual key'} is {conflict().of} now.
            </span>
            <Button size="bar" kind="outline" onClick={again}>
              Keep it there
            </Button>
            <Button size="bar" kind="secondary" onClick={() => take(conflict().chords)}>
              Give it to {title()}
            </Button>
          </div>
        )}
      </Show>
    </li>
  )
}
