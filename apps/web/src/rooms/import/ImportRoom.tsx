/** Bringing studies in: drop or choose, watch what becomes of each file, open the cases that come out. */
import { useParams } from '@solidjs/router'
import { useQueryClient } from '@tanstack/solid-query'
import FilePlus from 'lucide-solid/icons/file-plus'
import FolderDown from 'lucide-solid/icons/folder-down'
import FolderPlus from 'lucide-solid/icons/folder-plus'
import Lock from 'lucide-solid/icons/lock'
import Pause from 'lucide-solid/icons/pause'
import Play from 'lucide-solid/icons/play'
import Upload from 'lucide-solid/icons/upload'
import { createEffect, createSignal, type JSX, Match, onCleanup, onMount, Show, Switch } from 'solid-js'
import { Button } from '../../parts/Button.tsx'
import { EmptyState } from '../../parts/states.tsx'
import { useMe, useProjects } from '../../queries.ts'
import { mayIn } from '../frame/access.ts'
import { Frame } from '../frame/Frame.tsx'
import { FileTable } from './FileTable.tsx'
import { uploadOf } from './imports.ts'
import { Kept } from './Kept.tsx'
import { ProgressLine } from './ProgressLine.tsx'
import { fromDrop, fromInput, type Gathered } from './picked.ts'
import { SeriesTable } from './SeriesTable.tsx'

export default function ImportRoom(): JSX.Element {
  const params = useParams<{ project: string }>()
  const client = useQueryClient()
  const me = useMe()
  const projects = useProjects()
  const [over, setOver] = createSignal(false)
  const [chosenSeries, setChosenSeries] = createSignal<string | null>(null)
  const [filesInput, setFilesInput] = createSignal<HTMLInputElement>()
  const [folderInput, setFolderInput] = createSignal<HTMLInputElement>()

  const upload = () => uploadOf(params.project, client)
  const progress = () => upload().progress
  const project = () => projects.data?.find((one) => one.id === params.project)
  const allowed = () =>
    !projects.isSuccess || !me.isSuccess || mayIn(project(), me.data.person.admin, 'import')
  const series = () =>
    progress().series.find((one) => one.id === chosenSeries()) ?? progress().series.at(-1) ?? null

  createEffect(() => {
    document.title = `Import · ${project()?.title ?? 'Consilium'}`
  })

  const take = (gathered: Gathered) => upload().add(gathered)
  const takeInput = (event: Event & { currentTarget: HTMLInputElement }) => {
    take(fromInput(event.currentTarget.files))
    // The same folder may be chosen again.
    event.currentTarget.value = ''
  }
  onMount(() => {
    let depth = 0
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') && allowed()
    const onEnter = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      depth += 1
      setOver(true)
    }
    const onOver = (event: DragEvent) => {
      if (carriesFiles(event)) event.preventDefault()
    }
    const onLeave = () => {
      depth = Math.max(0, depth - 1)
      setOver(depth > 0)
    }
    const onDrop = (event: DragEvent) => {
      depth = 0
      setOver(false)
      if (!carriesFiles(event) || !event.dataTransfer) return
      event.preventDefault()
      void fromDrop(event.dataTransfer).then(take)
    }
    window.addEventListener('dragenter', onEnter)
    window.addEventListener('dragover', onOver)
    window.addEventListener('dragleave', onLeave)
    window.addEventListener('drop', onDrop)
    onCleanup(() => {
      window.removeEventListener('dragenter', onEnter)
      window.removeEventListener('dragover', onOver)
      window.removeEventListener('dragleave', onLeave)
      window.removeEventListener('drop', onDrop)
    })
  })

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
            <Switch>
              <Match when={progress().stage === 'sending'}>
                <Button size="bar" icon={Pause} onClick={() => upload().pause()}>
                  Pause
                </Button>
              </Match>
              <Match when={progress().stage === 'paused'}>
                <Button size="bar" icon={Play} onClick={() => upload().resume()}>
                  Resume
                </Button>
              </Match>
            </Switch>
            <Show when={['sending', 'paused'].includes(progress().stage)}>
              <Button size="bar" onClick={() => upload().cancel()}>
                Cancel
              </Button>
            </Show>
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
          <div
            class={`flex items-center gap-5 rounded-control border border-dashed px-5 py-4 transition-colors ${over() ? 'border-bone bg-bone-tint' : 'border-ctl bg-transparent'}`}
          >
            <FolderDown size={20} class="shrink-0 text-t2" aria-hidden="true" />
            <div>
              <p class="text-13 font-semibold">
                {over() ? 'Let go to import' : 'Drop folders or files anywhere on this page'}
              </p>
              <p class="text-12 text-t3">DICOM. Names, dates and identifiers never reach the store.</p>
            </div>
          </div>
        </div>
        <Show
          when={progress().stage !== 'idle'}
          fallback={
            <EmptyState icon={Upload} title="Nothing is being imported">
              Each series becomes a stack, each study a case. A file that cannot be read is named with its
              fault; the others still come in.
            </EmptyState>
          }
        >
          <ProgressLine upload={upload()} />
          <Show when={progress().series.length > 0}>
            <SeriesTable
              series={progress().series}
              selected={series()?.id ?? null}
              onSelect={setChosenSeries}
            />
          </Show>
          <FileTable upload={upload()} />
        </Show>
      </Show>
    </Frame>
  )
}
