/**
 * What stands around the image comes after the first picture, a part at a time: the picture waits for none of it, and no part holds up the
 * hand that already scrolls. Until then the room's empty shape stands there, of the same size.
 */
import {
  type Accessor,
  createContext,
  createEffect,
  createMemo,
  createSignal,
  type JSX,
  onCleanup,
  type ParentProps,
  Show,
  useContext,
} from 'solid-js'
import { useDesk } from './state/desk.ts'

/** ms after which it comes all the same: there may be no picture, or nobody who looks at the page yet. */
const PATIENCE_MS = 3_000
const TURNS = 8

/** 0: with the picture. */
export type Turn = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

const Turns = createContext<Accessor<number>>(() => TURNS)

export function FirstThePicture(props: ParentProps): JSX.Element {
  const { series } = useDesk()
  const [turn, setTurn] = createSignal(0)
  const isDue = createMemo(
    () => series.progress().here > 0 || series.progress().fault !== null || series.fault() !== null,
  )
  const patience = setTimeout(() => setTurn(TURNS), PATIENCE_MS)
  let timer: ReturnType<typeof setTimeout> | undefined
  const next = (): void => {
    clearTimeout(patience)
    if (setTurn((now) => Math.min(TURNS, now + 1)) < TURNS) timer = setTimeout(next)
  }
  createEffect(() => {
    if (!isDue()) return
    // In the task after the one that paints the picture.
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(next)
    })
    onCleanup(() => cancelAnimationFrame(frame))
  })
  onCleanup(() => {
    clearTimeout(patience)
    clearTimeout(timer)
  })
  return <Turns.Provider value={turn}>{props.children}</Turns.Provider>
}

export function After(
  props: ParentProps<{ readonly turn: Turn; readonly fallback?: JSX.Element }>,
): JSX.Element {
  const turn = useContext(Turns)
  return (
    <Show when={turn() >= props.turn} fallback={props.fallback}>
      {props.children}
    </Show>
  )
}
