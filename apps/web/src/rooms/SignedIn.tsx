/**
 * The gate before every room but sign-in: asks the server who this is, and leads to sign-in where it is nobody. A room that holds work which
 * is nowhere else is not left: it says itself that the session has ended.
 */
import { Navigate, type RouteSectionProps, useLocation } from '@solidjs/router'
import { type JSX, Match, Suspense, Switch } from 'solid-js'
import { isRefusal } from '../errors.ts'
import { Mark } from '../parts/Mark.tsx'
import { ErrorState } from '../parts/states.tsx'
import { useMe } from '../queries.ts'
import { onlyHere } from '../session/onlyHere.ts'

export function SignedIn(props: RouteSectionProps): JSX.Element {
  const me = useMe()
  const location = useLocation()
  const signInHref = () => {
    const here = `${location.pathname}${location.search}`
    const asked = new URLSearchParams()
    if (here !== '/') asked.set('next', here)
    // They were in, and are not any more: sign-in says why it is there.
    if (me.data !== undefined) asked.set('ended', '1')
    return asked.size === 0 ? '/sign-in' : `/sign-in?${asked}`
  }
  return (
    <Switch>
      <Match when={isRefusal(me.error, 'not-signed-in') && onlyHere() === 0}>
        <Navigate href={signInHref()} />
      </Match>
      <Match when={me.isError && !me.isLoadingError ? false : me.isError}>
        <main class="flex h-full items-center justify-center">
          <ErrorState error={me.error} onRetry={() => void me.refetch()} />
        </main>
      </Match>
      <Match when={me.isPending}>
        <Waiting />
      </Match>
      <Match when={me.isSuccess || me.isRefetchError}>
        <Suspense fallback={<Waiting />}>{props.children}</Suspense>
      </Match>
    </Switch>
  )
}

function Waiting(): JSX.Element {
  return (
    <main class="flex h-full items-center justify-center text-t3" aria-busy="true" aria-label="Loading">
      <Mark size={32} />
    </main>
  )
}
