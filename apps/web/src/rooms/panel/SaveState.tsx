/** Whether one's own changes are safe, in words. The region is live, so that a change of state is heard. */
import CircleCheck from 'lucide-solid/icons/circle-check'
import CloudOff from 'lucide-solid/icons/cloud-off'
import LoaderCircle from 'lucide-solid/icons/loader-circle'
import TriangleAlert from 'lucide-solid/icons/triangle-alert'
import { createMemo, type JSX } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { type SaveWords, saveWords } from '../../session/saveState.ts'
import { useDesk } from './state/desk.ts'

const LOOKS: Record<SaveWords['tone'], { icon: typeof CircleCheck; icons: string; words: string }> = {
  ok: { icon: CircleCheck, icons: 'text-ok', words: 'text-t2' },
  busy: { icon: LoaderCircle, icons: 'text-t2 turning', words: 'text-t2' },
  warn: { icon: CloudOff, icons: 'text-warn', words: 'text-warn' },
  bad: { icon: TriangleAlert, icons: 'text-bad', words: 'text-bad' },
}

export function SaveState(): JSX.Element {
  const { document } = useDesk()
  const words = createMemo(() => saveWords(document.status()))
  const look = () => LOOKS[words().tone]
  return (
    <span
      role="status"
      aria-label="Save state"
      data-save-state={words().tone}
      class={`flex max-w-md items-center gap-1.5 text-12 ${look().words}`}
      title={words().text}
    >
      <Dynamic component={look().icon} size={14} class={`shrink-0 ${look().icons}`} aria-hidden="true" />
      <span class="truncate">{words().text}</span>
    </span>
  )
}
