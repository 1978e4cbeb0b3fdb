/** Bringing studies in: drop or choose, watch what becomes of each file, open the cases that come out. */
import { useParams } from '@solidjs/router'
import { useQueryClient } from '@tanstack/solid-query'
import FilePlus from 'lucide-solid/icons/file-plus'
import FolderDown from 'lucide-solid/icons/folder-down'
import FolderPlus from 'lucide-solid/icons/folder-plus'
import Lock from 'lucide-solid/icons/lock'
import { createEffect, createMemo, createSignal, type JSX, Show } from 'solid-js'
import { Button } from '../../parts/Button.tsx'
import { EmptyState } from '../../parts/states.tsx'
import { useMe, useProjects } from '../../queries.ts'
import { mayIn } from '../frame/access.ts'
import { Frame } from '../frame/Frame.tsx'
import { Banners } from './Banners.tsx'
import { CancelDialog } from './CancelDialog.tsx'
import { Controls } from './Controls.tsx'
import { whenDropped } from './dropping.ts'
import { FileTable } from './FileTable.tsx'
import { uploadOf } from './imports.ts'
import { Kept } from './Kept.tsx'
import { ProgressLine } from './ProgressLine.tsx'
import { fromInput } from './picked.ts'
import { SeriesTable } from './SeriesTable.tsx'

export default function ImportRoom(): JSX.Element {
  const params = useParams<{ project: string }>()
  const client = useQueryClient()
  const me = useMe()
  const projects = useProjects()
  const [chosenSeries, setChosenSeries] = createSignal<string | null>(null)
  const [asksToCancel, setAsksToCancel] = createSignal(false)
  const [filesInput, setFilesInput] = createSignal<HTMLInputElement>()
  const [folderInput, setFolderInput] = createSignal<HTMLInputElement>()

  const person = () => me.data?.person
  const upload = createMemo(() => uploadOf(params.project, person()?.id ?? '', client))
  const progress = () => upload().progress
  const project = () => projects.data?.find((one) => one.id === params.project)
  const allowed = () =>
    !projects.isSuccess || !me.isSuccess || mayIn(project(), me.data.person.admin, 'import')
  const series = () =>
    progress().series.find((one) => one.id === chosenSeries()) ?? progress().series.at(-1) ?? null

  createEffect(() => {
    document.title = `Import · ${project()?.title ?? 'Consilium'}`
  })

  // oxlint-disable-next-line solid/reactivity -- an event of the window
  const over = whenDropped(allowed, (gathered) => upload().add(gathered))
  const takeInput = (event: Event & { currentTarget: HTMLInputElement }) => {
    upload().add(fromInput(event.currentTarget.files))
    // The same folder may be chosen again.
    event.currentTarget.value = ''
  }

  return (
    <Frame
      project={params.project}
      crumbs={[
        { title: project()?.title ?? 'Project', href: `/projects/${params.project}` },
        { title: 'Import' },
      ]}
      asideLabel="What is kept"
      aside={<Kept series={series()} />}
    >
      <Show
        when={allowed()}
        fallback={
          <EmptyState icon={Lock} title="Your role does not import studies">
            Ask a manager or an adjudicator of this project to bring the study in.
          </EmptyState>
        }
      >
        <div class="flex min-h-15 flex-wrap items-center gap-3 px-5 py-3.5">
          <h1 class="text-20 font-semibold">Import studies</h1>
          <div class="ml-auto flex items-center gap-2.5">
            <Controls upload={upload()} onCancel={() => setAsksToCancel(true)} />
            <Button size="bar" icon={FilePlus} onClick={() => filesInput()?.click()}>
              Add files
            </Button>
            <Button size="bar" kind="primary" icon={FolderPlus} onClick={() => folderInput()?.click()}>
              Add a folder
            </Button>
          </div>
          <input
            ref={setFilesInput}
            type="file"
            multiple
            class="hidden"
            aria-label="Add files"
            tabindex="-1"
            onChange={takeInput}
          />
          <input
            ref={(input) => {
              input.webkitdirectory = true
              setFolderInput(input)
            }}
            type="file"
            multiple
            class="hidden"
            aria-label="Add a folder"
            tabindex="-1"
            onChange={takeInput}
          />
        </div>
        <div class="px-5">
          <DropField over={over()} />
        </div>
        <Banners
          upload={upload()}
          project={params.project}
          onChoose={() => folderInput()?.click()}
          onCancel={() => setAsksToCancel(true)}
        />
        <Show when={progress().stage !== 'idle'} fallback={<Beforehand />}>
          <ProgressLine progress={progress()} />
          <Show when={progress().series.length > 0}>
            <SeriesTable
              series={progress().series}
              selected={series()?.id ?? null}
              onSelect={setChosenSeries}
            />
          </Show>
          <Show when={progress().tally.files > 0}>
            <FileTable upload={upload()} />
          </Show>
        </Show>
      </Show>
      <CancelDialog open={asksToCancel()} onClose={() => setAsksToCancel(false)} upload={upload()} />
    </Frame>
  )
}

function DropField(props: { readonly over: boolean }): JSX.Element {
  return (
    <div
      class={`flex items-center gap-5 rounded-control border border-dashed px-5 py-4 transition-colors ${props.over ? 'border-bone bg-bone-tint' : 'border-ctl bg-transparent'}`}
    >
      <FolderDown size={20} class="shrink-0 text-t2" aria-hidden="true" />
      <div>
        <p class="text-13 font-semibold">
          {props.over ? 'Let go to import' : 'Drop folders or files anywhere on this page'}
        </p>
        <p class="text-12 text-t3">DICOM, NIfTI, NRRD, MetaImage, photographs; ZIP archives of them.</p>
      </div>
    </div>
  )
}

/** Before anything is sent: what will become of it. */
function Beforehand(): JSX.Element {
  return (
    <div class="max-w-[68ch] px-5 py-6 text-13 text-t2">
      <h2 class="mb-1 text-14 font-semibold text-t1">What is kept, and what is left out</h2>
      <p>
        Kept are the pictures and what is needed to measure and show them: geometry, windows, units, and a
        short list of technical attributes. Left out are names, dates, identifiers, institutions, comments,
        private attributes, the names of the files and the files themselves; nothing of these is stored
        anywhere. Pictures that may have text written into them are held until a person of this project has
        looked. A file that cannot be read is named with its fault, and the others still come in.
      </p>
    </div>
  )
}
