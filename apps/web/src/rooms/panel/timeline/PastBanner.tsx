/** That one is in the past, which moment it is, and what can be done with it. The bone button leads back. */
import { may } from '@consilium/crdt-schema/roles'
import Bookmark from 'lucide-solid/icons/bookmark'
import Check from 'lucide-solid/icons/check'
import Link2 from 'lucide-solid/icons/link-2'
import RotateCcw from 'lucide-solid/icons/rotate-ccw'
import History from 'lucide-solid/icons/rotate-ccw-clock'
import SkipForward from 'lucide-solid/icons/skip-forward'
import { createSignal, type JSX, onCleanup, Show } from 'solid-js'
import { number, timeOfDay } from '../../../format.ts'
import { Banner } from '../../../parts/Banner.tsx'
import { Button, IconButton } from '../../../parts/Button.tsx'
import { Menu } from '../../../parts/Menu.tsx'
import { useDesk } from '../state/desk.ts'
import { linkTo } from './address.ts'
import { NameDialog } from './NameDialog.tsx'
import { RestoreDialog } from './RestoreDialog.tsx'

export function PastBanner(): JSX.Element {
  const { past, timeline, standing } = useDesk()
  const [naming, setNaming] = createSignal(false)
  return (
    <Banner
      tone="bone"
      icon={History}
      actions={
        <>
          <CopyLink />
          <Show when={may(standing.role(), 'discuss')}>
            <Button size="bar" kind="quiet" icon={Bookmark} onClick={() => setNaming(true)}>
              Name this moment
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
      You are looking at <Show when={past.row()}>{(row) => <>{timeOfDay(row().at)} · </>}</Show>
      <strong class="font-semibold">
        revision {number(timeline.moment())} of {number(timeline.head())}
      </strong>
      . Nothing you do here changes the case.
    </Banner>
  )
}

/** The button says that it was done; for a while. */
const SAID_MS = 2_000

function CopyLink(): JSX.Element {
  const { timeline, setNote } = useDesk()
  const [copied, setCopied] = createSignal(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))
  const copy = async (): Promise<void> => {
    const link = linkTo(timeline.moment())
    try {
      await navigator.clipboard.writeText(link)
      setCopied(true)
      timer = setTimeout(() => setCopied(false), SAID_MS)
    } catch {
      // Without https browsers may refuse; the address of the page is the same.
      setNote(`The browser does not allow copying. The link is ${link}`)
    }
  }
  return (
    <IconButton
      size="bar"
      icon={copied() ? Check : Link2}
      label={copied() ? 'Link copied' : 'Copy link'}
      onClick={() => void copy()}
    />
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
