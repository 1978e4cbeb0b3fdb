/** Copies the address that leads to what is shown: the moment, and the other one it is compared with. */
import Check from 'lucide-solid/icons/check'
import Link2 from 'lucide-solid/icons/link-2'
import { createSignal, type JSX, onCleanup } from 'solid-js'
import { IconButton } from '../../../parts/Button.tsx'
import { useDesk } from '../state/desk.ts'
import { linkTo, type Moments } from './address.ts'

/** The button says that it was done; for a while. */
const SAID_MS = 2_000

export function CopyLink(props: {
  /** Another moment than the one shown. */
  readonly at?: number
}): JSX.Element {
  const { past, timeline, comparison, setNote } = useDesk()
  const [copied, setCopied] = createSignal(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))
  /** Two moments that are compared stay these two, also where the second is the newest today. */
  const shown = (): Moments => {
    const from = comparison.from()
    return { at: from === null ? (past.past()?.seq ?? null) : timeline.moment(), from }
  }
  const copy = async (): Promise<void> => {
    const link = linkTo(props.at === undefined ? shown() : { at: props.at, from: null })
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
