/** That one is in the past, which moment it is, and what can be done with it. The bone button leads back. */
import type { NamedMoment } from '@consilium/contract/history'
import { may } from '@consilium/crdt-schema/roles'
import Bookmark from 'lucide-solid/icons/bookmark'
import RotateCcw from 'lucide-solid/icons/rotate-ccw'
import History from 'lucide-solid/icons/rotate-ccw-clock'
import SkipForward from 'lucide-solid/icons/skip-forward'
import { createSignal, type JSX, Show } from 'solid-js'
import { number, timeOfDay } from '../../../format.ts'
import { Banner } from '../../../parts/Banner.tsx'
import { Button } from '../../../parts/Button.tsx'
import { Menu } from '../../../parts/Menu.tsx'
import { useDesk } from '../state/desk.ts'
import { CopyLink } from './CopyLink.tsx'
import { namedBy } from './Milestones.tsx'
import { NameDialog } from './NameDialog.tsx'
import { RestoreDialog } from './RestoreDialog.tsx'

export function PastBanner(): JSX.Element {
  const { past, timeline, comparison, standing } = useDesk()
  const [naming, setNaming] = createSignal(false)
  /** The newest name of the moment; a phase where nobody gave it one. */
  const name = () => {
    const here = timeline.names().filter(({ seq }) => seq === timeline.moment())
    return here.findLast(({ phase }) => phase === undefined) ?? here.at(-1)
  }
  /** What is said beside it too, while two moments are compared in a small window. */
  const tight = () => (comparison.from() === null ? undefined : 'max-[1400px]:sr-only')
  return (
    <Banner
      tone="bone"
      icon={History}
      actions={
        <>
          <Show when={comparison.from() === null}>
            <CopyLink />
          </Show>
          <Show when={may(standing.role(), 'discuss')}>
            <Button size="bar" kind="quiet" icon={Bookmark} onClick={() => setNaming(true)}>
              <span>
                Name<span class={tight()}> this moment</span>
              </span>
            </Button>
          </Show>
          <Restore />
          <Button kind="primary" size="bar" icon={SkipForward} onClick={() => timeline.toNow()}>
            Back to now
          </Button>
          <NameDialog open={naming()} onClose={() => setNaming(false)} />
        </>
      }
    >
      {/* One line: a banner that grew would move the image with each moment that has a name. */}
      <p
        class="max-list:whitespace-normal truncate"
        title={name() && `“${name()?.title}”, ${namedBy(name() as NamedMoment)}`}
      >
        {/* Two moments beside the image leave little room. */}
        <span class={comparison.from() === null ? undefined : 'max-wide:sr-only'}>You are looking at </span>
        <Show when={past.row()}>{(row) => <span class={tight()}>{timeOfDay(row().at)} · </span>}</Show>
        <strong class="font-semibold">
          revision {number(timeline.moment())} of {number(timeline.head())}
        </strong>
        <Show when={name()}>{(found) => <Named name={found()} />}</Show>.{' '}
        <span class={name() || comparison.from() !== null ? 'max-wide:sr-only' : 'max-desk:sr-only'}>
          Nothing you do here changes the case.
        </span>
      </p>
    </Banner>
  )
}

function Named(props: { readonly name: NamedMoment }): JSX.Element {
  return (
    <>
      , <strong class="font-semibold">“{props.name.title}”</strong>
      <span class="max-wide:sr-only">, {namedBy(props.name)}</span>
    </>
  )
}

function Restore(): JSX.Element {
  const { choices, shelves, standing } = useDesk()
  const [what, setWhat] = createSignal<Parameters<typeof RestoreDialog>[0]['what']>(null)
  const selected = () => {
    const id = choices.selection()
    return id === null || !shelves().annotations.get(id) ? null : id
  }
  return (
    <Show when={may(standing.role(), 'annotate') && standing.phase() !== 'decided'}>
      <Menu
        placement="bottom-end"
        trigger={(trigger: object) => (
          <Button {...trigger} size="bar" icon={RotateCcw}>
            Restore
          </Button>
        )}
        items={[
          {
            title: 'The selected annotation',
            detail: selected() === null ? 'Select one first' : 'As it is shown here, as a new revision',
            disabled: selected() === null,
            onSelect: () => {
              const id = selected()
              if (id !== null) setWhat({ annotation: id })
            },
          },
          {
            title: 'The whole case',
            detail: 'As it is shown here, as a new revision',
            onSelect: () => setWhat('all'),
          },
        ]}
      />
      <RestoreDialog what={what()} onClose={() => setWhat(null)} />
    </Show>
  )
}
