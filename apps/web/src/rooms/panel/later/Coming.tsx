/** In the place of what is on its way, as large as that will be. Short as it mostly is, only who looks longer reads it. */
import type { JSX } from 'solid-js'

export function Coming(props: { readonly what: string; readonly class?: string }): JSX.Element {
  return (
    <p
      role="status"
      aria-busy="true"
      class={`px-4 py-3 text-12 text-t3 ${props.class ?? ''}`}
    >{`${props.what} on the way.`}</p>
  )
}
