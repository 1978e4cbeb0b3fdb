/** Each file and what became of it. Where something needs a look, only that is shown at first. */
import Check from 'lucide-solid/icons/check'
import ClipboardCopy from 'lucide-solid/icons/clipboard-copy'
import Download from 'lucide-solid/icons/download'
import { createMemo, createSignal, type JSX, Show } from 'solid-js'
import { number } from '../../format.ts'
import { Button, IconButton } from '../../parts/Button.tsx'
import { Segmented } from '../../parts/Segmented.tsx'
import { Blocks } from './Blocks.tsx'
import { csvOf } from './csv.ts'
import { FileRow } from './FileRow.tsx'
import { type Filter, filtersOf, firstFilter, placeOf, rowsOf } from './rows.ts'
import type { Upload } from './upload.ts'

const TITLES: Record<Filter, string> = {
  all: 'All',
  look: 'Needs a look',
  stored: 'Stored',
  'already-here': 'Already here',
  held: 'Held',
  'left-out': 'Left out',
  refused: 'Refused',
  lost: 'Not sent',
}

const ROW_PX = 45
const COLUMNS = 6

export function FileTable(props: { readonly upload: Upload }): JSX.Element {
  const progress = () => props.upload.progress
  const [filter, setFilter] = createSignal<Filter | null>(null)
  const [open, setOpen] = createSignal<ReadonlySet<number>>(new Set<number>())
  const [copied, setCopied] = createSignal(false)
  const filters = () => filtersOf(progress().tally)
  const shown = () => {
    const chosen = filter()
    return chosen !== null && filters().some((one) => one.value === chosen)
      ? chosen
      : firstFilter(progress().tally)
  }
  const rows = createMemo(() => {
    props.upload.changed()
    return rowsOf(props.upload.files(), shown(), (file) => open().has(file))
  })
  const toggle = (file: number) =>
    setOpen(
      (before) => new Set(before.has(file) ? [...before].filter((one) => one !== file) : [...before, file]),
    )
  const csv = () =>
    csvOf(
      props.upload.files(),
      rowsOf(props.upload.files(), shown(), () => true),
    )
  const copy = async () => {
    await navigator.clipboard.writeText(csv())
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
          choices={filters().map(({ value, count }) => ({
            value,
            title: TITLES[value],
            count: number(count),
          }))}
        />
        <span class="ml-auto flex items-center gap-1">
          <Button kind="quiet" size="bar" icon={copied() ? Check : ClipboardCopy} onClick={() => void copy()}>
            {copied() ? 'Copied' : 'Copy this list'}
          </Button>
          <IconButton
            icon={Download}
            label="Save this list as a file (CSV)"
            size="bar"
            onClick={() => save(csv())}
          />
        </span>
      </div>
      <table
        aria-label="Files"
        aria-rowcount={rows().length + 1}
        class="w-full table-fixed border-separate border-spacing-0 text-13"
      >
        <colgroup>
          <col class="w-15" />
          <col />
          <col class="w-20" />
          <col class="w-44 max-desk:hidden" />
          <col class="w-28" />
          <col class="w-26" />
        </colgroup>
        <thead>
          <tr class="text-left text-11 text-t3">
            <th scope="col" class="h-7 border-b border-line">
              <span class="sr-only">Look</span>
            </th>
            <th scope="col" class="border-b border-line font-medium">
              File
            </th>
            <th scope="col" class="border-b border-line pr-4 text-right font-medium">
              Size
            </th>
            <th scope="col" class="border-b border-line font-medium whitespace-nowrap max-desk:hidden">
              Sent · read · cleaned · ready
            </th>
            <th scope="col" class="border-b border-line font-medium">
              State
            </th>
            <th scope="col" class="border-b border-line">
              <span class="sr-only">Act</span>
            </th>
          </tr>
        </thead>
        <Blocks keys={rows()} rowHeight={ROW_PX} columns={COLUMNS}>
          {(key, index) => (
            <FileRow
              upload={props.upload}
              place={placeOf(key)}
              index={index + 2}
              open={open().has(placeOf(key).file)}
              onToggle={() => toggle(placeOf(key).file)}
            />
          )}
        </Blocks>
      </table>
      <Show when={rows().length === 0}>
        <p class="border-b border-line px-5 py-5 text-13 text-t2">No file is so.</p>
      </Show>
    </section>
  )
}

function save(text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv' }))
  const link = document.createElement('a')
  link.href = address
  link.download = 'import.csv'
  link.click()
  URL.revokeObjectURL(address)
}
