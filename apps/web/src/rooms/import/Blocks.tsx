/**
 * Thousands of rows of a table, of any height, of which only those near the window are drawn: rows come in blocks, each a <tbody>; a block
 * that is far away keeps the height it had as one empty row.
 */
import { createMemo, createSignal, For, Index, type JSX, onCleanup, onMount, Show } from 'solid-js'

const TOGETHER = 50
/** Rows that are drawn at once, before anybody knows where the window is. */
const AT_FIRST = 100
/** How far from the window a block is drawn already. */
const NEAR = '900px 0px'

interface BlocksProps {
  readonly keys: readonly string[]
  /** Of a row that was never drawn, px. */
  readonly rowHeight: number
  readonly columns: number
  /** `index`: place in the whole table, from 0. */
  readonly children: (key: string, index: number) => JSX.Element
}

function piecesOf(keys: readonly string[]): readonly (readonly string[])[] {
  const pieces: string[][] = []
  for (let at = 0; at < keys.length; at += TOGETHER) pieces.push(keys.slice(at, at + TOGETHER))
  return pieces
}

export function Blocks(props: BlocksProps): JSX.Element {
  const blocks = createMemo(() => piecesOf(props.keys))
  return (
    <Index each={blocks()}>
      {(keys, at) => (
        <Block keys={keys()} first={at * TOGETHER} rowHeight={props.rowHeight} columns={props.columns}>
          {props.children}
        </Block>
      )}
    </Index>
  )
}

function Block(props: BlocksProps & { readonly first: number }): JSX.Element {
  // oxlint-disable-next-line solid/reactivity -- only how it begins
  const [near, setNear] = createSignal(props.first < AT_FIRST)
  const [measured, setMeasured] = createSignal<number | null>(null)
  const [body, setBody] = createSignal<HTMLTableSectionElement>()
  onMount(() => {
    const element = body()
    if (!element) return
    // scrollMargin: the list scrolls in a part of the page. A browser that does not know it draws a block when it comes into view.
    const options = { rootMargin: NEAR, scrollMargin: NEAR } as IntersectionObserverInit
    const observer = new IntersectionObserver((entries) => {
      const isNear = entries.at(-1)?.isIntersecting ?? false
      if (!isNear && near()) setMeasured(element.offsetHeight)
      setNear(isNear)
    }, options)
    observer.observe(element)
    onCleanup(() => observer.disconnect())
  })
  return (
    <tbody ref={setBody}>
      <Show
        when={near()}
        fallback={
          <tr aria-hidden="true">
            <td
              colspan={props.columns}
              style={{ height: `${measured() ?? props.keys.length * props.rowHeight}px` }}
            />
          </tr>
        }
      >
        <For each={props.keys}>{(key, index) => <>{props.children(key, props.first + index())}</>}</For>
      </Show>
    </tbody>
  )
}
