/** The front page: leads to the project one was in last, or says how to begin. */
import { Navigate } from '@solidjs/router'
import FolderPlus from 'lucide-solid/icons/folder-plus'
import { createSignal, type JSX, Match, Switch } from 'solid-js'
import { Button } from '../../parts/Button.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '../../parts/states.tsx'
import { useMe, useProjects } from '../../queries.ts'
import { lastProject } from './access.ts'
import { Frame } from './Frame.tsx'
import { NewProject } from './NewProject.tsx'

export default function Home(): JSX.Element {
  const projects = useProjects()
  const me = useMe()
  const [making, setMaking] = createSignal(false)
  const target = () => {
    const list = projects.data ?? []
    return list.find((one) => one.id === lastProject()) ?? list[0]
  }
  return (
    <Switch
      fallback={
        <Frame crumbs={[{ title: 'Projects' }]}>
          <SkeletonRows />
        </Frame>
      }
    >
      <Match when={projects.isError}>
        <Frame crumbs={[{ title: 'Projects' }]}>
          <ErrorState error={projects.error} onRetry={() => void projects.refetch()} />
        </Frame>
      </Match>
      <Match when={projects.isSuccess && target()}>
        {(project) => <Navigate href={`/projects/${project().id}`} />}
      </Match>
      <Match when={projects.isSuccess}>
        <Frame crumbs={[{ title: 'Projects' }]}>
          <EmptyState
            icon={FolderPlus}
            title={me.data?.person.admin ? 'No projects yet' : 'You belong to no project yet'}
            action={
              me.data?.person.admin ? (
                <Button kind="primary" icon={FolderPlus} onClick={() => setMaking(true)}>
                  New project
                </Button>
              ) : undefined
            }
          >
            {me.data?.person.admin
              ? 'A project holds cases, the people who read them, and the labels they use.'
              : 'Ask a manager to make you a member; the project then appears here.'}
          </EmptyState>
          <NewProject open={making()} onClose={() => setMaking(false)} />
        </Frame>
      </Match>
    </Switch>
  )
}
