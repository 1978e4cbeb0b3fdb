/** One file, or one in an archive: how far it is, what became of it, and why. */
import ChevronDown from 'lucide-solid/icons/chevron-down'
import ChevronRight from 'lucide-solid/icons/chevron-right'
import CircleCheck from 'lucide-solid/icons/circle-check'
import CircleDashed from 'lucide-solid/icons/circle-dashed'
import CircleMinus from 'lucide-solid/icons/circle-minus'
import CircleX from 'lucide-solid/icons/circle-x'
import CloudOff from 'lucide-solid/icons/cloud-off'
import Copy from 'lucide-solid/icons/copy'
import Eye from 'lucide-solid/icons/eye'
import LoaderCircle from 'lucide-solid/icons/loader-circle'
import { createMemo, For, type JSX, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { bytes, count, number } from '../../format.ts'
import { Button } from '../../parts/Button.tsx'
import type { Icon } from '../../parts/icon.ts'
import type { FileState, Stage } from './progress.ts'
import { type Step, stepsOf } from './steps.ts'
import type { Upload } from './upload.ts'

interface Look {
  readonly icon: Icon
  readonly class: string
  readonly word: string
  /** Of the reason's first words. */
  readonly tone: string
}

const plain = { class: 'bg-s3 text-t2', tone: 'text-t2' }
const LOOKS: Record<FileState, Look> = {
  waiting: { icon: CircleDashed, class: 'bg-s3 text-t3', word: 'Waiting', tone: 'text-t2' },
  sending: { icon: LoaderCircle, class: 'bg-s3 text-acc', word: 'Sending', tone: 'text-t2' },
  stored: { icon: CircleCheck, class: 'bg-ok-tint text-ok', word: 'Stored', tone: 'text-t2' },
  'already-here': { icon: Copy, word: 'Already here', ...plain },
  held: { icon: Eye, class: 'bg-warn-tint text-warn', word: 'Held', tone: 'text-warn' },
  'left-out': { icon: CircleMinus, word: 'Left out', ...plain },
  refused: { icon: CircleX, class: 'bg-bad-tint text-bad', word: 'Refused', tone: 'text-bad' },
  lost: { icon: CloudOff, class: 'bg-warn-tint text-warn', word: 'Not sent', tone: 'text-warn' },
}

interface FileRowProps {
  readonly upload: Upload
  readonly place: { readonly file: number; readonly inside: number | null }
  /** Row of the whole table, from 1. */
  readonly index: number
  readonly open: boolean
  readonly onToggle: () => void
}

interface Shown {
  readonly name: string
  readonly size: number | null
  readonly sent: number
  readonly state: FileState
  readonly reason: string | null
  readonly inside: number
}

/** Its archive is the row above, where it is unfolded. */
const nameInside = (name: string, open: boolean): string => (open ? name.replace(/^.*? › /, '') : name)

export function FileRow(props: FileRowProps): JSX.Element {
  const file = createMemo(() => {
    props.upload.changed()
    return props.upload.files()[props.place.file]
  })
  const shown = createMemo((): Shown | null => {
    const whole = file()
    if (!whole) return null
    if (props.place.inside === null)
      return { ...whole, name: whole.path, size: whole.size, inside: whole.inside.length }
    const one = whole.inside[props.place.inside]
    return one
      ? { name: one.name, size: null, sent: 0, state: one.status, reason: one.reason, inside: 0 }
      : null
  })
  const stage = () => props.upload.progress.stage
  return (
    <Show when={shown()}>
      {(row) => (
        <tr aria-rowindex={props.index} class={props.place.inside === null ? '' : 'bg-s1'}>
          <td class="border-b border-line py-2.5 pl-5">
            <Show
              when={row().inside > 0}
              fallback={
                <span
                  class={`flex size-6 items-center justify-center rounded-control ${LOOKS[row().state].class}`}
                >
                  <Dynamic
                    component={LOOKS[row().state].icon}
                    size={14}
                    class={row().state === 'sending' ? 'turning' : ''}
                    aria-hidden="true"
                  />
                </span>
              }
            >
              <button
                type="button"
                aria-expanded={props.open}
                aria-label={`What is in ${row().name}`}
                class={`flex size-6 items-center justify-center rounded-control ${LOOKS[row().state].class}`}
                onClick={() => props.onToggle()}
              >
                <Dynamic component={props.open ? ChevronDown : ChevronRight} size={14} aria-hidden="true" />
              </button>
            </Show>
          </td>
          <td class="border-b border-line py-2.5 pr-4">
            <span class="block truncate font-mono text-12" title={row().name}>
              {props.place.inside === null ? row().name : nameInside(row().name, props.open)}
            </span>
            <Show when={row().inside > 0}>
              <span class="mt-0.5 block text-12 text-t2">{count(row().inside, 'file')} inside</span>
            </Show>
            <Show when={row().reason}>
              {(reason) => <Reason tone={LOOKS[row().state].tone} reason={reason()} />}
            </Show>
          </td>
          <td class="border-b border-line pr-4 text-right text-12 text-t2">
            <Show when={row().size !== null}>{bytes(row().size ?? 0)}</Show>
          </td>
          <td class="border-b border-line max-desk:hidden">
            <Steps row={row()} stage={stage()} />
          </td>
          <td class="border-b border-line text-12 text-t2">{wordFor(row(), stage())}</td>
          <td class="border-b border-line pr-5 text-right">
            <Show when={row().state === 'lost' && stage() !== 'cancelled' && stage() !== 'cancelling'}>
              <Button size="bar" kind="quiet" onClick={() => props.upload.retry(props.place.file)}>
                Send again
              </Button>
            </Show>
          </td>
        </tr>
      )}
    </Show>
  )
}

function wordFor(row: Shown, stage: Stage): string {
  if (row.state === 'sending' && row.size !== null)
    return row.sent < row.size ? `Sent ${number((row.sent / row.size) * 100)} %` : 'Being read'
  if (row.state === 'stored') return stage === 'done' ? 'Ready' : 'De-identified'
  return LOOKS[row.state].word
}

/** The server's sentence; what stands before its colon names the fault and is set in its colour. */
function Reason(props: { readonly tone: string; readonly reason: string }): JSX.Element {
  const parts = () => {
    const [, fault, rest] = /^([^.:]{1,40}:)(.*)$/s.exec(props.reason) ?? []
    return fault === undefined ? null : { fault, rest }
  }
  return (
    <span class="mt-0.5 block text-12 text-t2">
      <Show when={parts()} fallback={<span class={props.tone}>{props.reason}</span>}>
        {(split) => (
          <>
            <span class={`font-medium ${props.tone}`}>{split().fault}</span>
            {split().rest}
          </>
        )}
      </Show>
    </span>
  )
}

const COLOURS: Record<Step['tone'], string> = {
  on: 'bg-acc',
  ok: 'bg-ok',
  bad: 'bg-bad',
  warn: 'bg-warn',
  quiet: 'bg-t3',
}

function Steps(props: { readonly row: Shown; readonly stage: Stage }): JSX.Element {
  return (
    <span class="flex gap-0.5 pr-4" aria-hidden="true">
      <For each={stepsOf(props.row, props.stage)}>
        {(step) => (
          <span class="h-1 max-w-8 flex-1 overflow-hidden rounded-full bg-s4">
            <span class={`block h-full ${COLOURS[step.tone]}`} style={{ width: `${step.share * 100}%` }} />
          </span>
        )}
      </For>
    </span>
  )
}
