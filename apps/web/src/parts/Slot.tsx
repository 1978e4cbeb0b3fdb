/**
 * A wrapper that is only there when something is in it. What is handed in is made once:
 * asking a prop twice, first whether and then what, would make its components twice.
 */
import { children, type JSX, Show } from 'solid-js'

export function Slot(props: { readonly class: string; readonly children: JSX.Element }): JSX.Element {
  const content = children(() => props.children)
  return (
    <Show when={content.toArray().some(Boolean)}>
      <div class={props.class}>{content()}</div>
    </Show>
  )
}
