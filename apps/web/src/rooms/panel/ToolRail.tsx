/** Tools at the left. What may not be used says why; undo and redo say what they would take back. */
import CircleQuestionMark from 'lucide-solid/icons/circle-question-mark'
import Redo2 from 'lucide-solid/icons/redo-2'
import Undo2 from 'lucide-solid/icons/undo-2'
import { For, type JSX, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { type Icon, strokeOf } from '../../parts/icon.ts'
import { spokenKeys } from '../../parts/spokenKeys.ts'
import { Tooltip } from '../../parts/Tooltip.tsx'
import { After, type Turn } from './After.tsx'
import { idOfTool } from './commands/ids.ts'
import { ABOVE_KEY, BLANK, cornerKey, LINE, RAIL, railClass } from './railLook.ts'
import { SeldomTools } from './SeldomTools.tsx'
import { useDesk } from './state/desk.ts'
import { iconNamed } from './toolIcons.ts'
import { TOOL_GROUPS, type ToolEntry } from './tools.ts'

interface RailButtonProps {
  readonly icon: Icon
  readonly label: string
  /** What does the same: its key is told, and printed in the corner. */
  readonly command: string
  readonly pressed?: boolean
  /** Why it cannot be used; null where it can. */
  readonly denied?: string | null
  readonly onClick: () => void
}

function RailButton(props: RailButtonProps): JSX.Element {
  const { keymap } = useDesk()
  const letter = () => cornerKey(keymap.keysOf(props.command)[0])
  return (
    <Tooltip
      as="button"
      type="button"
      side="right"
      text={props.denied ? `${props.label}. ${props.denied}` : props.label}
      hint={props.denied ? undefined : keymap.hint(props.command)}
      aria-label={props.label}
      aria-description={props.denied ?? undefined}
      aria-pressed={props.pressed}
      aria-disabled={props.denied ? 'true' : undefined}
      aria-keyshortcuts={spokenKeys(keymap.hint(props.command))}
      onClick={() => {
        if (!props.denied) props.onClick()
      }}
      class={railClass({ pressed: props.pressed, denied: Boolean(props.denied) })}
    >
      <Dynamic
        component={props.icon}
        size={18}
        strokeWidth={strokeOf(18)}
        class={letter() ? ABOVE_KEY : ''}
        aria-hidden="true"
      />
      <Show when={letter()}>
        {/* Drawn, not written: whoever speaks to their machine says the tool's name. */}
        <span
          aria-hidden="true"
          data-letter={letter()}
          class={`absolute right-[3px] bottom-px text-[9px] leading-3 font-medium after:content-[attr(data-letter)] ${props.pressed ? 'text-on-bone' : 'text-t3'}`}
        />
      </Show>
    </Tooltip>
  )
}

const Line = (): JSX.Element => <span aria-hidden="true" class={LINE} />

/** As large as what will stand there, also where the rail wraps to rows above a narrow picture: nothing moves when it comes. */
const Blanks = (props: { readonly count: number }): JSX.Element => (
  <For each={Array.from({ length: props.count })}>{() => <span aria-hidden="true" class={BLANK} />}</For>
)

const buttonsOf = (group: readonly ToolEntry[]): number =>
  group.filter(({ seldom }) => !seldom).length + Number(group.some(({ seldom }) => seldom))

/** A rail made in one go would hold up the hand that scrolls already. */
const TURN_OF_GROUP: readonly Turn[] = [1, 2]
const LAST_TURN: Turn = 3

export function ToolRail(): JSX.Element {
  return (
    <div role="toolbar" aria-label="Tools" aria-orientation="vertical" class={RAIL}>
      <For each={TOOL_GROUPS}>
        {(group, index) => (
          <>
            <Show when={index() > 0}>
              <Line />
            </Show>
            <After turn={TURN_OF_GROUP[index()] ?? LAST_TURN} fallback={<Blanks count={buttonsOf(group)} />}>
              <Tools group={group} />
            </After>
          </>
        )}
      </For>
      <span class="flex-1 max-read:hidden low:col-span-2" />
      <After turn={LAST_TURN} fallback={<Blanks count={3} />}>
        <BackAndHelp />
      </After>
    </div>
  )
}

function Tools(props: { readonly group: readonly ToolEntry[] }): JSX.Element {
  const { choices, rights } = useDesk()
  return (
    <>
      <For each={props.group.filter(({ seldom }) => !seldom)}>
        {(entry) => (
          <RailButton
            icon={iconNamed(entry.icon)}
            label={entry.title}
            command={idOfTool(entry.tool)}
            pressed={choices.tool() === entry.tool}
            denied={entry.writes === null ? null : rights.denied(entry.writes)}
            onClick={() => choices.setTool(entry.tool)}
          />
        )}
      </For>
      <Show when={props.group.some(({ seldom }) => seldom)}>
        <SeldomTools entries={props.group.filter(({ seldom }) => seldom)} />
      </Show>
    </>
  )
}

function BackAndHelp(): JSX.Element {
  const { help, rights, document } = useDesk()
  const denied = () => rights.denied('annotations')
  return (
    <>
      <RailButton
        icon={Undo2}
        label={document.undo.titles().undo ?? 'Undo'}
        command="annotate.undo"
        denied={denied() ?? (document.undo.titles().undo === null ? 'Nothing of yours to undo.' : null)}
        onClick={() => document.undo.undo()}
      />
      <RailButton
        icon={Redo2}
        label={document.undo.titles().redo ?? 'Redo'}
        command="annotate.redo"
        denied={denied() ?? (document.undo.titles().redo === null ? 'Nothing to redo.' : null)}
        onClick={() => document.undo.redo()}
      />
      <RailButton
        icon={CircleQuestionMark}
        label="Shortcuts"
        command="help.sheet"
        onClick={() => help.show('sheet')}
      />
    </>
  )
}
