/** Each file and what became of it. Where something failed, only that is shown at first. */
import Check from 'lucide-solid/icons/check'
import CircleCheck from 'lucide-solid/icons/circle-check'
import CircleDashed from 'lucide-solid/icons/circle-dashed'
import CircleX from 'lucide-solid/icons/circle-x'
import ClipboardCopy from 'lucide-solid/icons/clipboard-copy'
import CloudOff from 'lucide-solid/icons/cloud-off'
import Copy from 'lucide-solid/icons/copy'
import LoaderCircle from 'lucide-solid/icons/loader-circle'
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { bytes, number } from '../../format.ts'
import { Button } from '../../parts/Button.tsx'
import type { Icon } from '../../parts/icon.ts'
import { Segmented } from '../../parts/Segmented.tsx'
import { listing } from './listing.ts'
import type { FileState, Sending, Stage, Upload } from './upload.ts'

const LOOKS: Record<FileState, { icon: Icon; class: string; word: string }> = {
  waiting: { icon: CircleDashed, class: 'bg-s3 text-t3', word: 'Waiting' },
  sending: { icon: LoaderCircle, class: 'bg-s3 text-acc', word: 'Sending' },
  stored: { icon: CircleCheck, class: 'bg-ok-tint text-ok', word: 'Stored' },
  'already-here': { icon: Copy, class: 'bg-s3 text-t2', word: 'Already here' },
  refused: { icon: CircleX, class: 'bg-bad-tint text-bad', word: 'Refused' },
  lost: { icon: CloudOff, class: 'bg-warn-tint text-warn', word: 'Not sent' },
}

/** Rows drawn at once; more on request, so that thousands of files do not make the page slow. */
const PAGE = 200

const needsLook = (file: Sending): boolean => file.state === 'refused' || file.state === 'lost'

export function FileTable(props: { readonly upload: Upload }): JSX.Element {
  const progress = () => props.upload.progress
  const [filter, setFilter] = createSignal<'all' | 'look' | null>(null)
  const [limit, setLimit] = createSignal(PAGE)
  const [copied, setCopied] = createSignal(false)
  const looks = () => progress().tally.refused + progress().tally.lost
  const shown = () => filter() ?? (looks() > 0 ? 'look' : 'all')
  const rows = createMemo(() => (shown() === 'look' ? progress().files.filter(needsLook) : progress().files))
  const copy = async () => {
    await navigator.clipboard.writeText(listing(rows()))
    setCopied(true)
    setTimeout(() => setCopied(false), 2_000)
  }
  return (
    <section aria-label="Files">
      <div class="flex flex-wrap items-center gap-3 px-5 pt-2 pb-3">
        <Segmented
          label="Which files"
          size="bar"
          value={shown()}
          onChange={setFilter}
          choices={[
            { value: 'all', title: 'All', count: number(progress().tally.files) },
            { value: 'look', title: 'Needs a look', count: number(looks()) },
          ]}
        />
        <Button
          kind="quiet"
          size="bar"
          class="ml-auto"
          icon={copied() ? Check : ClipboardCopy}
          onClick={() => void copy()}
        >
          {copied() ? 'Copied' : 'Copy this list'}
        </Button>
      </div>
      <Show
        when={rows().length > 0}
        fallback={<p class="border-y border-line px-5 py-5 text-13 text-t2">Nothing needs a look.</p>}
      >
        <table aria-label="Files" class="w-full table-fixed border-separate border-spacing-0 text-13">
          <colgroup>
            <col class="w-15" />
            <col />
            <col class="w-20" />
            <col class="w-40 max-desk:hidden" />
            <col class="w-28" />
            <col class="w-26" />
          </colgroup>
          <thead>
            <tr class="text-left text-11 text-t3">
              <th scope="col" class="h-7 border-b border-line">
                <span class="sr-only">State</span>
              </th>
              <th scope="col" class="border-b border-line font-medium">
                File
              </th>
              <th scope="col" class="border-b border-line pr-4 text-right font-medium">
                Size
              </th>
              <th scope="col" class="border-b border-line font-medium max-desk:hidden">
                Sent · checked · in a series
              </th>
              <th scope="col" class="border-b border-line font-medium">
                State
              </th>
              <th scope="col" class="border-b border-line">
                <span class="sr-only">Act</span>
              </th>
            </tr>
          </thead>
          <tbody>
            <For each={rows().slice(0, limit())}>
              {(file) => (
                <Row file={file} stage={progress().stage} onRetry={() => props.upload.retry(file.id)} />
              )}
            </For>
          </tbody>
        </table>
        <Show when={rows().length > limit()}>
          <div class="flex items-center gap-3 px-5 py-3 text-12 text-t2">
            <span>
              {number(limit())} of {number(rows().length)} shown
            </span>
            <Button size="bar" onClick={() => setLimit(limit() + PAGE)}>
              Show more
            </Button>
          </div>
        </Show>
      </Show>
    </section>
  )
}

function Row(props: {
  readonly file: Sending
  readonly stage: Stage
  readonly onRetry: () => void
}): JSX.Element {
  const look = () => LOOKS[props.file.state]
  return (
    <tr>
      <td class="border-b border-line py-2.5 pl-5">
        <span class={`flex size-6 items-center justify-center rounded-control ${look().class}`}>
          <Dynamic
            component={look().icon}
            size={14}
            class={props.file.state === 'sending' ? 'turning' : ''}
            aria-hidden="true"
          />
        </span>
      </td>
      <td class="border-b border-line py-2.5 pr-4">
        <span class="block truncate font-mono text-12" title={props.file.path}>
          {props.file.path}
        </span>
        <Show when={props.file.reason}>{(reason) => <Reason file={props.file} reason={reason()} />}</Show>
      </td>
      <td class="border-b border-line pr-4 text-right text-12 text-t2">{bytes(props.file.size)}</td>
      <td class="border-b border-line max-desk:hidden">
        <Stages file={props.file} stage={props.stage} />
      </td>
      <td class="border-b border-line text-12 text-t2">{look().word}</td>
      <td class="border-b border-line pr-5 text-right">
        <Show when={props.file.state === 'lost' && props.stage !== 'cancelled'}>
          <Button size="bar" kind="quiet" onClick={() => props.onRetry()}>
            Send again
          </Button>
        </Show>
      </td>
    </tr>
  )
}

/** The server's sentence; what stands before its colon names the fault and is set in its colour. */
function Reason(props: { readonly file: Sending; readonly reason: string }): JSX.Element {
  const colour = () => (props.file.state === 'refused' ? 'text-bad' : 'text-warn')
  const parts = () => {
    const [, fault, rest] = /^([^.:]{1,40}:)(.*)$/s.exec(props.reason) ?? []
    return fault === undefined ? null : { fault, rest }
  }
  return (
    <span class="mt-0.5 block text-12 text-t2">
      <Show when={parts()} fallback={<span class={colour()}>{props.reason}</span>}>
        {(split) => (
          <>
            <span class={`font-medium ${colour()}`}>{split().fault}</span>
            {split().rest}
          </>
        )}
      </Show>
    </span>
  )
}

/** Three steps of a file: sent, checked, in a series. */
function Stages(props: { readonly file: Sending; readonly stage: Stage }): JSX.Element {
  const steps = (): readonly [number, string][] => {
    const { state, sent, size } = props.file
    const inSeries = props.stage === 'done' ? 1 : 0
    if (state === 'stored')
      return [
        [1, 'bg-ok'],
        [1, 'bg-ok'],
        [inSeries, 'bg-ok'],
      ]
    if (state === 'already-here')
      return [
        [1, 'bg-t3'],
        [1, 'bg-t3'],
        [1, 'bg-t3'],
      ]
    if (state === 'refused')
      return [
        [1, 'bg-ok'],
        [1, 'bg-bad'],
        [0, 'bg-ok'],
      ]
    if (state === 'lost')
      return [
        [1, 'bg-warn'],
        [0, 'bg-ok'],
        [0, 'bg-ok'],
      ]
    return [
      [state === 'sending' && size > 0 ? sent / size : 0, 'bg-acc'],
      [0, 'bg-ok'],
      [0, 'bg-ok'],
    ]
  }
  return (
    <span class="flex gap-0.5 pr-4" aria-hidden="true">
      <For each={steps()}>
        {([share, colour]) => (
          <span class="h-1 max-w-8 flex-1 overflow-hidden rounded-full bg-s4">
            <span class={`block h-full ${colour}`} style={{ width: `${share * 100}%` }} />
          </span>
        )}
      </For>
    </span>
  )
}
