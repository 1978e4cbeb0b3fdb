/** Which project one is in; opens the list of one's projects. An administrator starts a new one here. */
import { useNavigate } from '@solidjs/router'
import ChevronsUpDown from 'lucide-solid/icons/chevrons-up-down'
import Plus from 'lucide-solid/icons/plus'
import { createSignal, type JSX, Match, Switch } from 'solid-js'
import { Menu, type MenuItem } from '../../parts/Menu.tsx'
import { useMe, useProjects } from '../../queries.ts'
import { NewProject } from './NewProject.tsx'

/** The project's letters on bone, as on the spine of a folder. */
export function ProjectTile(props: {
  readonly letters: string
  readonly size?: 'small' | 'normal'
}): JSX.Element {
  return (
    <span
      aria-hidden="true"
      class={`inline-flex shrink-0 items-center justify-center rounded-tile bg-bone font-serif font-semibold text-on-bone ${props.size === 'small' ? 'size-6 text-11' : 'size-7 text-12'}`}
    >
      {props.letters.slice(0, 2)}
    </span>
  )
}

export function ProjectSwitcher(props: { readonly project: string | undefined }): JSX.Element {
  const projects = useProjects()
  const me = useMe()
  const navigate = useNavigate()
  const [making, setMaking] = createSignal(false)
  const current = () => projects.data?.find((one) => one.id === props.project)
  const items = (): MenuItem[] => [
    ...(projects.data ?? []).map((one) => ({
      title: one.title,
      before: () => <ProjectTile letters={one.key} size="small" />,
      current: one.id === props.project,
      onSelect: () => navigate(`/projects/${one.id}`),
    })),
    ...(me.data?.person.admin
      ? [{ title: 'New project', icon: Plus, apart: true, onSelect: () => setMaking(true) }]
      : []),
  ]
  return (
    <>
      <Menu
        sameWidth
        items={items()}
        trigger={(p: object) => (
          <button
            type="button"
            {...p}
            class="flex w-full items-center gap-2.5 rounded-control p-2 text-left transition-colors hover:bg-s3 data-expanded:bg-s3"
          >
            <Switch fallback={<span class="flex-1 text-13 text-t2">Choose a project</span>}>
              <Match when={current()}>
                {(project) => (
                  <>
                    <ProjectTile letters={project().key} />
                    <span class="min-w-0 flex-1">
                      <span class="block truncate text-13 font-semibold">{project().title}</span>
                      <span class="block truncate text-12 text-t3">
                        {project().demo ? 'Demo, synthetic' : `Case keys ${project().key}-`}
                      </span>
                    </span>
                  </>
                )}
              </Match>
              <Match when={projects.isPending}>
                <span class="waiting size-7 shrink-0 rounded-tile" />
                <span class="waiting my-2.5 h-3 flex-1 rounded-swatch" />
              </Match>
            </Switch>
            <span class="sr-only">Change project</span>
            <ChevronsUpDown size={14} class="shrink-0 text-t3" aria-hidden="true" />
          </button>
        )}
      />
      <NewProject open={making()} onClose={() => setMaking(false)} />
    </>
  )
}
