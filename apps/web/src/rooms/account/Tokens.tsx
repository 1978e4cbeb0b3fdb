/** Access tokens for scripts. The secret is shown once, when it is made; afterwards only its title is known. */
import type { IssuedToken } from '@consilium/contract/people'
import { useMutation, useQueryClient } from '@tanstack/solid-query'
import Check from 'lucide-solid/icons/check'
import Copy from 'lucide-solid/icons/copy'
import KeyRound from 'lucide-solid/icons/key-round'
import Plus from 'lucide-solid/icons/plus'
import { createSignal, For, type JSX, Match, Show, Switch } from 'solid-js'
import { api } from '../../api.ts'
import { explain } from '../../errors.ts'
import { ago, moment } from '../../format.ts'
import { FaultBanner } from '../../parts/Banner.tsx'
import { Button, IconButton } from '../../parts/Button.tsx'
import { Dialog } from '../../parts/Dialog.tsx'
import { Field } from '../../parts/Field.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '../../parts/states.tsx'
import { keys, useTokens } from '../../queries.ts'
import { Line, Section } from './Section.tsx'

export function Tokens(): JSX.Element {
  const tokens = useTokens()
  const client = useQueryClient()
  const [making, setMaking] = createSignal(false)
  const refresh = () => client.invalidateQueries({ queryKey: keys.tokens })
  const revoke = useMutation(() => ({
    mutationFn: (id: string) => api.revokeToken(id),
    onSettled: refresh,
  }))
  const now = Date.now()
  return (
    <Section
      title="Access tokens"
      about="For scripts and the command line. A token may do what you may do."
      action={
        <Button size="bar" icon={Plus} onClick={() => setMaking(true)}>
          New token
        </Button>
      }
    >
      <FaultBanner error={revoke.error} shape="bar" />
      <Switch>
        <Match when={tokens.isPending}>
          <SkeletonRows rows={1} />
        </Match>
        <Match when={tokens.isLoadingError}>
          <ErrorState error={tokens.error} onRetry={() => void tokens.refetch()} compact />
        </Match>
        <Match when={tokens.data?.length === 0}>
          <EmptyState title="No tokens" compact>
            Make one to import or export from a script.
          </EmptyState>
        </Match>
        <Match when={true}>
          <ul>
            <For each={tokens.data ?? []}>
              {(one) => (
                <Line
                  before={<KeyRound size={16} class="shrink-0 text-t3" aria-hidden="true" />}
                  title={one.title}
                  detail={`Made ${moment(one.createdAt, now)} · ${one.lastUsedAt === null ? 'never used' : `used ${ago(one.lastUsedAt, now)}`}`}
                >
                  <Button
                    size="bar"
                    busy={revoke.isPending && revoke.variables === one.id}
                    onClick={() => revoke.mutate(one.id)}
                    aria-label={`Revoke ${one.title}`}
                  >
                    Revoke
                  </Button>
                </Line>
              )}
            </For>
          </ul>
        </Match>
      </Switch>
      <NewTokenDialog open={making()} onClose={() => setMaking(false)} onMade={() => void refresh()} />
    </Section>
  )
}

function NewTokenDialog(props: {
  readonly open: boolean
  readonly onClose: () => void
  readonly onMade: () => void
}): JSX.Element {
  const [title, setTitle] = createSignal('')
  const [issued, setIssued] = createSignal<IssuedToken | null>(null)
  const [copied, setCopied] = createSignal(false)
  const make = useMutation(() => ({
    mutationFn: () => api.newToken({ title: title().trim() }),
    onSuccess: (token) => {
      setIssued(token)
      props.onMade()
    },
  }))
  const close = () => {
    props.onClose()
    setIssued(null)
    setTitle('')
    setCopied(false)
    make.reset()
  }
  const submit = (event: Event) => {
    event.preventDefault()
    if (title().trim() !== '') make.mutate()
  }
  const copy = async () => {
    await navigator.clipboard.writeText(issued()?.secret ?? '')
    setCopied(true)
  }
  return (
    <Dialog
      open={props.open}
      onClose={close}
      title={issued() ? 'Copy the token now' : 'New access token'}
      description={
        issued()
          ? 'It is shown this once. Keep it like a password.'
          : 'Say what it is for, so that you know it later.'
      }
      actions={
        <Show
          when={issued()}
          fallback={
            <>
              <Button onClick={close}>Cancel</Button>
              <Button
                kind="primary"
                busy={make.isPending}
                disabled={title().trim() === ''}
                onClick={() => make.mutate()}
              >
                Make token
              </Button>
            </>
          }
        >
          <Button kind="primary" onClick={close}>
            Done
          </Button>
        </Show>
      }
    >
      <Show
        when={issued()}
        fallback={
          <form onSubmit={submit}>
            <Field
              label="Title"
              value={title()}
              onInput={setTitle}
              maxLength={64}
              placeholder="Nightly export"
              fault={make.error ? explain(make.error).message : undefined}
            />
          </form>
        }
      >
        {(token) => (
          <div class="flex items-center gap-2 rounded-control border border-line2 bg-s1 py-1.5 pr-1.5 pl-3">
            <code class="min-w-0 flex-1 font-mono text-12 break-all select-all">{token().secret}</code>
            <IconButton
              icon={copied() ? Check : Copy}
              label={copied() ? 'Copied' : 'Copy the token'}
              size="bar"
              onClick={() => void copy()}
            />
          </div>
        )}
      </Show>
    </Dialog>
  )
}
