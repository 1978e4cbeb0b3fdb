/** How the cases of a project open: its hanging rules, as JSON. Whoever runs the project changes them, all others read them. */
import { useParams } from '@solidjs/router'
import { useMutation, useQueryClient } from '@tanstack/solid-query'
import { createEffect, createSignal, type JSX, Show } from 'solid-js'
import { api } from '../../api.ts'
import { count } from '../../format.ts'
import { FaultBanner } from '../../parts/Banner.tsx'
import { Button } from '../../parts/Button.tsx'
import { TextArea } from '../../parts/Field.tsx'
import { keys, useMe, useProjects } from '../../queries.ts'
import { mayIn } from '../frame/access.ts'
import { Frame } from '../frame/Frame.tsx'
import { NotFound } from '../NotFound.tsx'
import { EXAMPLE, readRules, textOf } from './rulesText.ts'

const NONE = textOf([])

export default function HangingRoom(): JSX.Element {
  const params = useParams<{ project: string }>()
  const me = useMe()
  const projects = useProjects()
  const client = useQueryClient()
  const [typed, setTyped] = createSignal<string | null>(null)
  const project = () => projects.data?.find((one) => one.id === params.project)
  const mayManage = () => mayIn(project(), me.data?.person.admin ?? false, 'manage')
  const text = () => typed() ?? textOf(project()?.hanging ?? [])
  const read = () => readRules(text())
  const isSaved = () => typed() === null || text() === textOf(project()?.hanging ?? [])
  const save = useMutation(() => ({
    mutationFn: () => api.setHanging(params.project, read().rules ?? []),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keys.projects })
      setTyped(null)
    },
  }))
  createEffect(() => {
    document.title = `Hanging · ${project()?.title ?? 'Consilium'}`
  })
  return (
    <Show when={project() || !projects.isSuccess} fallback={<NotFound />}>
      <Frame
        project={params.project}
        crumbs={[
          { title: project()?.title ?? 'Project', href: `/projects/${params.project}` },
          { title: 'Hanging' },
        ]}
      >
        <div class="flex min-h-15 flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3.5">
          <h1 class="text-20 font-semibold">Hanging</h1>
          <Show when={project()}>
            {(known) => <p class="text-13 text-t2">{count(known().hanging.length, 'rule', 'rules')}</p>}
          </Show>
          <Show when={mayManage()}>
            <div class="ml-auto flex gap-2">
              <Show when={text() === NONE}>
                <Button size="bar" onClick={() => setTyped(textOf(EXAMPLE))}>
                  Begin with an example
                </Button>
              </Show>
              <Button
                size="bar"
                kind="primary"
                busy={save.isPending}
                disabled={isSaved() || read().fault !== null}
                onClick={() => save.mutate()}
              >
                Save the rules
              </Button>
            </div>
          </Show>
        </div>
        <Show when={save.error}>
          {(error) => (
            <div class="px-5 pb-3">
              <FaultBanner error={error()} />
            </div>
          )}
        </Show>
        <div class="flex max-w-4xl flex-col gap-4 px-5 pb-8">
          <p class="text-13 text-t2">
            A case opens as the rule says that says most about it and is true of it; of two that say as much,
            as the first. Where none is true it opens in one pane. The keys <kbd>,</kbd> and <kbd>.</kbd> go
            through the stages of the rule.
          </p>
          <Show
            when={mayManage() || text() !== NONE}
            fallback={
              <Show when={project()}>
                <p class="text-13 text-t2">
                  This project has no rules yet. Whoever manages it can write some.
                </p>
              </Show>
            }
          >
            <TextArea
              label={
                mayManage() ? 'Rules, as JSON' : 'Rules, as JSON; whoever manages the project changes them'
              }
              class="font-mono text-12"
              rows={24}
              spellcheck={false}
              readOnly={!mayManage()}
              value={text()}
              onInput={setTyped}
              fault={read().fault ?? undefined}
            />
          </Show>
        </div>
      </Frame>
    </Show>
  )
}
