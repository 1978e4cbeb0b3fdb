/** First set-up: whoever holds the one-time link of the console becomes the administrator. */
import { useNavigate, useSearchParams } from '@solidjs/router'
import { useMutation, useQueryClient } from '@tanstack/solid-query'
import { createSignal, type JSX, Show } from 'solid-js'
import { api } from '../../api.ts'
import { isRefusal } from '../../errors.ts'
import { FaultBanner } from '../../parts/Banner.tsx'
import { Button, ButtonLink } from '../../parts/Button.tsx'
import { Field } from '../../parts/Field.tsx'
import { useWelcome } from '../../queries.ts'
import { SignInFrame } from './SignInFrame.tsx'

const LEAST_PASSWORD = 10

export default function FirstAdmin(): JSX.Element {
  const welcome = useWelcome()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [params] = useSearchParams<{ key?: string }>()
  const [name, setName] = createSignal('')
  const [login, setLogin] = createSignal('')
  const [password, setPassword] = createSignal('')
  document.title = 'First administrator · Consilium'

  const create = useMutation(() => ({
    // The answer carries a session: who set it up is signed in.
    mutationFn: () =>
      api.firstAdmin({
        key: params.key ?? '',
        name: name().trim(),
        login: login().trim(),
        password: password(),
      }),
    onSuccess: () => {
      client.clear()
      navigate('/', { replace: true })
    },
  }))
  const fieldFault = (field: string) =>
    isRefusal(create.error) && create.error.field === field ? create.error.message : undefined
  const general = () =>
    create.error && !['name', 'login', 'password'].some(fieldFault) ? create.error : null
  const ready = () =>
    name().trim() !== '' && login().trim().length >= 2 && password().length >= LEAST_PASSWORD
  const submit = (event: Event) => {
    event.preventDefault()
    if (ready()) create.mutate()
  }

  return (
    <SignInFrame version={welcome.isSuccess ? welcome.data.version : undefined}>
      <h1 class="text-[1.5rem] leading-8 font-semibold">First administrator</h1>
      <Show
        when={params.key}
        fallback={
          <div class="mt-4 flex flex-col items-start gap-4">
            <p class="text-13 text-t2">
              This page needs the one-time link that the server printed when it started for the first time.
            </p>
            <ButtonLink href="/sign-in">To sign-in</ButtonLink>
          </div>
        }
      >
        <p class="mt-1 text-13 text-t2">Makes projects and accounts. This link works once.</p>
        <form class="mt-6 flex flex-col gap-4" onSubmit={submit}>
          <Field
            label="Your name, as others see it"
            size="tall"
            autocomplete="name"
            autofocus
            value={name()}
            onInput={setName}
            fault={fieldFault('name')}
          />
          <Field
            label="User name"
            size="tall"
            autocomplete="username"
            autocapitalize="none"
            spellcheck={false}
            value={login()}
            onInput={setLogin}
            fault={fieldFault('login')}
          />
          <Field
            label="Password"
            size="tall"
            type="password"
            autocomplete="new-password"
            value={password()}
            onInput={setPassword}
            hint={`At least ${LEAST_PASSWORD} characters.`}
            fault={fieldFault('password')}
          />
          <FaultBanner error={general()} />
          <Button
            type="submit"
            kind="primary"
            size="tall"
            class="w-full"
            busy={create.isPending}
            disabled={!ready()}
          >
            Create the account
          </Button>
        </form>
      </Show>
    </SignInFrame>
  )
}
