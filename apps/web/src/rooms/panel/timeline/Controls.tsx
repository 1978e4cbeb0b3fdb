/** Above the line: play, step, where one is and what was done there; at the right how it is shown. */
import ChevronDown from 'lucide-solid/icons/chevron-down'
import GitCompare from 'lucide-solid/icons/git-compare'
import ListFilter from 'lucide-solid/icons/list-filter'
import Pause from 'lucide-solid/icons/pause'
import Play from 'lucide-solid/icons/play'
import SkipBack from 'lucide-solid/icons/skip-back'
import StepBack from 'lucide-solid/icons/step-back'
import StepForward from 'lucide-solid/icons/step-forward'
import X from 'lucide-solid/icons/x'
import { createMemo, type JSX, Show } from 'solid-js'
import { capital, number, timeOfDay } from '../../../format.ts'
import { Avatar } from '../../../parts/Avatar.tsx'
import { Button, IconButton } from '../../../parts/Button.tsx'
import { Divider } from '../../../parts/Header.tsx'
import { Menu } from '../../../parts/Menu.tsx'
import { Segmented } from '../../../parts/Segmented.tsx'
import { useDesk } from '../state/desk.ts'
import { BASE_PER_S, SPEEDS, type Speed } from '../state/player.ts'
import type { ActWords } from './actWords.ts'
import type { Scale } from './lanes.ts'

/** Words that give way to what was done where there is little room; their buttons keep the icon and the name. */
const NARROW = 'max-[1199px]:sr-only'

export function Controls(props: { readonly words: ActWords | null }): JSX.Element {
  const desk = useDesk()
  const { timeline, comparison, keymap } = desk
  const playing = timeline.player.playing
  return (
    <div class="flex h-11 shrink-0 items-center gap-2 px-3 max-list:h-auto max-list:min-h-11 max-list:flex-wrap max-list:gap-y-1 max-list:py-1">
      <IconButton
        icon={SkipBack}
        label="To the beginning"
        hint={keymap.hint('line.start')}
        size="bar"
        side="top"
        onClick={timeline.toStart}
      />
      <IconButton
        icon={StepBack}
        label="One act back"
        hint={keymap.hint('line.act-before')}
        size="bar"
        side="top"
        onClick={() => timeline.step(-1, 'act')}
      />
      <IconButton
        icon={playing() === -1 ? Pause : Play}
        label={playing() === -1 ? 'Pause' : 'Play backwards'}
        hint={keymap.hint('line.play-back')}
        kind="secondary"
        size="bar"
        side="top"
        class={playing() === -1 ? '' : '[&_svg]:-scale-x-100'}
        onClick={() => timeline.togglePlay(-1)}
      />
      <IconButton
        icon={playing() === 1 ? Pause : Play}
        label={playing() === 1 ? 'Pause' : 'Play'}
        hint={keymap.hint('line.play')}
        kind="secondary"
        size="bar"
        side="top"
        onClick={() => timeline.togglePlay(1)}
      />
      <IconButton
        icon={StepForward}
        label="One act on"
        hint={keymap.hint('line.act-after')}
        size="bar"
        side="top"
        onClick={() => timeline.step(1, 'act')}
      />
      <Speed />
      <Divider />
      <Where words={props.words} />
      <Scope />
      <Segmented<Scale>
        label="Along the line"
        size="bar"
        choices={[
          { value: 'activity', title: 'By activity' },
          { value: 'clock', title: 'By the clock' },
        ]}
        value={timeline.scale()}
        onChange={timeline.setScale}
      />
      <Button
        size="bar"
        icon={GitCompare}
        aria-pressed={comparison.from() !== null}
        onClick={() => (comparison.from() === null ? comparison.start(timeline.moment()) : comparison.stop())}
      >
        <span class={NARROW}>{comparison.from() === null ? 'Compare from here' : 'End comparing'}</span>
      </Button>
      <IconButton
        icon={X}
        label="Close the timeline"
        hint={keymap.hint('line.toggle')}
        size="bar"
        side="top"
        onClick={timeline.close}
      />
    </div>
  )
}

function Speed(): JSX.Element {
  const { player } = useDesk().timeline
  return (
    <Menu
      placement="top-start"
      trigger={(trigger: object) => (
        <Button
          {...trigger}
          size="bar"
          kind="quiet"
          after={ChevronDown}
          aria-label={`Speed: ${speedWords(player.speed())}`}
        >
          {player.speed() === 'all' ? 'All in 30 s' : `${player.speed()}×`}
        </Button>
      )}
      items={SPEEDS.map((speed) => ({
        title: capital(speedWords(speed)),
        detail: speed === 'all' ? undefined : `${speed * BASE_PER_S} revisions a second`,
        get current() {
          return player.speed() === speed
        },
        onSelect: () => player.setSpeed(speed),
      }))}
    />
  )
}

const speedWords = (speed: Speed): string =>
  speed === 'all' ? 'all in 30 seconds' : speed === 1 ? 'normal' : `${speed} times`

/** When, which revision, who did what. */
function Where(props: { readonly words: ActWords | null }): JSX.Element {
  const { timeline, document } = useDesk()
  const row = createMemo(() => timeline.rows().row(timeline.told()))
  return (
    <div class="flex min-w-0 flex-1 items-center gap-2.5 px-1 text-12">
      <span class="shrink-0 text-14 font-semibold text-t1">{row() ? timeOfDay(row()?.at ?? 0) : '–'}</span>
      <span class="shrink-0 text-t3" data-testid="moment">
        {number(timeline.moment())} of {number(timeline.head())}
      </span>
      <Show when={row()}>
        {(found) => (
          <>
            <Avatar
              initials={found().writer.author.initials}
              name={found().writer.author.name}
              order={document.colourOf(found().writer.author.id)}
              size={22}
            />
            <span class="min-w-0 truncate text-t2" data-testid="act">
              <Show when={props.words} fallback={found().writer.author.name}>
                {(words) => (
                  <>
                    <span class="font-medium text-t1">{words().title}</span>
                    <Show when={words().detail}> · {words().detail}</Show>
                  </>
                )}
              </Show>
            </span>
          </>
        )}
      </Show>
    </div>
  )
}

/** Everything, or the chosen annotation alone. */
function Scope(): JSX.Element {
  const { timeline, choices } = useDesk()
  const filtered = () => timeline.filter().annotation !== null
  return (
    <Show when={filtered() || choices.selection() !== null}>
      <Button
        size="bar"
        icon={ListFilter}
        aria-pressed={filtered()}
        kind={filtered() ? 'secondary' : 'outline'}
        title={filtered() ? 'Show all changes' : 'Only the changes of the selected annotation'}
        onClick={() => timeline.setFilter({ annotation: filtered() ? null : choices.selection() })}
      >
        <span class={NARROW}>{filtered() ? 'Show all changes' : 'Only the selected'}</span>
      </Button>
    </Show>
  )
}
