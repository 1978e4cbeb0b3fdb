/** A key, as it is written on the keyboard. */
import type { JSX } from 'solid-js'

export function Kbd(props: { readonly children: JSX.Element }): JSX.Element {
  return (
    <kbd class="inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-letter border border-line2 px-1 font-sans text-11 text-t2">
      {props.children}
    </kbd>
  )
}
