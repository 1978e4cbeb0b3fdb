/**
 * Who are you? By name and password, or in the demo by one click as one of its people.
 * A wrong password is said without telling which part was wrong.
 */
import { colourOfPerson } from '@consilium/contract/colour'
import type { Welcome } from '@consilium/contract/people'
import { Navigate, useNavigate, useSearchParams } from '@solidjs/router'
import { useMutation, useQueryClient } from '@tanstack/solid-query'
import Eye from 'lucide-solid/icons/eye'
import EyeOff from 'lucide-solid/icons/eye-off'
import { createSignal, For, type JSX, onMount, Show } from 'solid-js'
import { api } from '../../api.ts'
import { explain } from '../../errors.ts'
import { capital } from '../../format.ts'
import { Avatar } from '../../parts/Avatar.tsx'
import { Banner, FaultBanner } from '../../parts/Banner.tsx'
import { Button, IconButton } from '../../parts/Button.tsx'
import { Field } from '../../parts/Field.tsx'
import { useMe, useWelcome } from '../../queries.ts'
import { safeNext } from './next.ts'
import { SignInFrame } from './SignInFrame.tsx'

type DemoPerson = Welcome['demo'][number]

export default function SignIn(): JSX.Element {
  const me = useMe()
  const welcome = useWelcome()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [params] = useSearchParams<{ next?: string; ended?: string }>()
  const [login, setLogin] = createSignal('')
  const [password, setPassword] = createSignal('')
  const [shown, setShown] = createSignal(false)
  const [loginField, setLoginField] = createSignal<HTMLInputElement>()
  const [passwordField, setPasswordField] = createSignal<HTMLInputElement>()

  document.title = 'Sign in · Consilium'
  const enter = async () => {
    client.clear()
    navigate(safeNext(params.next), { replace: true })
  }
  const signIn = useMutation(() => ({
    mutationFn: () => api.signIn({ login: login().trim(), password: password() }),
    onSuccess: enter,
    onError: () => {
      setPassword('')
      passwordField()?.focus()
    },
  }))
  const asDemo = useMutation(() => ({
    mutationFn: (person: string) => api.signInAsDemo(person),
    onSuccess: enter,
  }))
  const fault = () => signIn.error ?? asDemo.error
  const submit = (event: Event) => {
    event.preventDefault()
    if (login().trim() === '') loginField()?.focus()
    else if (password() === '') passwordField()?.focus()
    else signIn.mutate()
  }
  onMount(() => {
    // The browser may have filled the name in already; then the next empty field is the password.
    const first = loginField()?.value ? passwordField() : loginField()
    first?.focus()
  })

  return (
    <SignInFrame version={welcome.isSuccess ? welcome.data.version : undefined}>
      <Show when={me.isSuccess}>
        <Navigate href={safeNext(params.next)} />
      </Show>
      <h1 class="text-[1.5rem] leading-8 font-semibold">Sign in</h1>
      <Show when={params.ended !== undefined && !fault()}>
        <div class="mt-4">
          <Banner tone="warn" shape="card">
            Your session has ended: it ran out, or it was ended from another browser. Sign in to go on; what
            you had not saved is kept in this browser.
          </Banner>
        </div>
      </Show>
      <form class="mt-6 flex flex-col gap-4" onSubmit={submit}>
        <Field
          ref={setLoginField}
          label="User name"
          size="tall"
          name="username"
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          value={login()}
          onInput={setLogin}
        />
        <Field
          ref={setPasswordField}
          label="Password"
          size="tall"
          type={shown() ? 'text' : 'password'}
          name="password"
          autocomplete="current-password"
          value={password()}
          onInput={setPassword}
          end={
            <IconButton
              icon={shown() ? EyeOff : Eye}
              label={shown() ? 'Hide the password' : 'Show the password'}
              size="bar"
              onClick={() => setShown(!shown())}
            />
          }
        />
        <FaultBanner error={fault()} />
        <Button type="submit" kind="primary" size="tall" busy={signIn.isPending} class="w-full">
          Sign in
        </Button>
      </form>
      <Show when={welcome.isSuccess && welcome.data.demo.length > 0 && welcome.data.demo}>
        {(people) => (
          <DemoPeople
            people={people()}
            busy={asDemo.isPending ? asDemo.variables : null}
            onChoose={(person) => asDemo.mutate(person)}
          />
        )}
      </Show>
      <Show when={welcome.isError && !fault()}>
        <div class="mt-6">
          <Banner tone="warn" shape="card" urgent>
            {explain(welcome.error).message} {explain(welcome.error).next}
          </Banner>
        </div>
      </Show>
    </SignInFrame>
  )
}

function DemoPeople(props: {
  readonly people: readonly DemoPerson[]
  readonly busy: string | null
  readonly onChoose: (person: string) => void
}): JSX.Element {
  return (
    <section aria-labelledby="demo" class="mt-8 rounded-card border border-line bg-s1 p-4">
      <div class="flex items-baseline justify-between gap-3">
        <h2 id="demo" class="text-13 font-semibold">
          Try the demo project
        </h2>
        <span class="text-12 text-t3">No patient data</span>
      </div>
      <p class="mt-1 text-12 text-t2">One study is ready. Open two windows as two people.</p>
      <ul class="mt-3 grid gap-2 sm:grid-cols-2 list:grid-cols-2">
        <For each={props.people}>
          {(one) => (
            <li>
              <button
                type="button"
                disabled={props.busy !== null}
                aria-busy={props.busy === one.person.id}
                onClick={() => props.onChoose(one.person.id)}
                class="flex w-full items-center gap-2.5 rounded-control border border-line2 bg-s2 px-2.5 py-2 text-left transition-colors enabled:hover:border-ctl enabled:hover:bg-s3 disabled:opacity-60"
              >
                <Avatar initials={one.person.initials} order={colourOfPerson(one.person.id)} size={26} />
                <span class="min-w-0">
                  <span class="block truncate text-13 font-semibold">{one.person.name}</span>
                  <span class="block truncate text-12 text-t3">{capital(one.role)}</span>
                </span>
              </button>
            </li>
          )}
        </For>
      </ul>
    </section>
  )
}
