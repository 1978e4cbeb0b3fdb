/**
 * A frame as large as there is room, or pixel by pixel, and the boxes on it. Drag on the picture to draw one, drag a box to move it, a
 * corner to resize it. With keys: arrows move the box that has the focus, with Shift in steps of ten, with Alt they resize it, Delete
 * takes it away.
 */
import type { Box, HeldPictures } from '@consilium/contract/studies'
import { createEffect, createSignal, For, type JSX, on, Show } from 'solid-js'
import { heldPicture } from '../../api.ts'
import { number } from '../../format.ts'
import { CORNERS, type Corner, cornered, type Drawn, moved, type Point, spanned, within } from './boxes.ts'
import type { Regions } from './regions.ts'

interface PictureProps {
  readonly held: HeldPictures
  readonly frame: number
  readonly regions: Regions
  /** One pixel of the picture is one of the screen. */
  readonly large: boolean
  readonly onSeen: (frame: number) => void
}

/** What the hand does between down and up. */
type Drag =
  | { readonly kind: 'draw'; readonly id: number; readonly from: Point }
  | { readonly kind: 'move'; readonly box: Drawn; readonly from: Point }
  | { readonly kind: 'resize'; readonly box: Drawn; readonly corner: Corner }

const STEPS: Record<string, readonly [columns: number, rows: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}
const FAR = 10

export function Picture(props: PictureProps): JSX.Element {
  const [missing, setMissing] = createSignal(false)
  let drag: Drag | null = null
  let stage: HTMLDivElement | undefined
  createEffect(
    on(
      () => props.frame,
      () => setMissing(false),
    ),
  )

  const pointAt = (event: PointerEvent): Point => {
    const edge = stage?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1)
    return {
      column: ((event.clientX - edge.left) / edge.width) * props.held.columns,
      row: ((event.clientY - edge.top) / edge.height) * props.held.rows,
    }
  }
  const onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return
    const target = event.target instanceof HTMLElement ? event.target : null
    const box = props.regions.find(Number(target?.closest<HTMLElement>('[data-box]')?.dataset.box))
    const corner = target?.dataset.corner as Corner | undefined
    const from = pointAt(event)
    if (box && corner) drag = { kind: 'resize', box, corner }
    else if (box) drag = { kind: 'move', box, from }
    else {
      drag = { kind: 'draw', id: props.regions.add(spanned(from, from, props.held)), from }
      // The picture would be dragged as a file.
      event.preventDefault()
    }
    if (box) props.regions.select(box.id)
    stage?.setPointerCapture(event.pointerId)
  }
  const onMove = (event: PointerEvent): void => {
    if (!drag) return
    const to = pointAt(event)
    if (drag.kind === 'draw') props.regions.set(drag.id, spanned(drag.from, to, props.held))
    else if (drag.kind === 'resize')
      props.regions.set(drag.box.id, cornered(drag.box, drag.corner, to, props.held))
    else {
      const { box, from } = drag
      props.regions.set(box.id, moved(box, to.column - from.column, to.row - from.row, props.held))
    }
  }
  const onUp = (): void => {
    // A click without a drag is no box.
    if (drag?.kind === 'draw') {
      const drawn = props.regions.find(drag.id)
      if (drawn && drawn.columns < 2 && drawn.rows < 2) props.regions.remove(drag.id)
      else stage?.querySelector<HTMLElement>(`[data-box="${drag.id}"]`)?.focus()
    }
    drag = null
  }

  return (
    <div
      ref={(element) => {
        stage = element
      }}
      class="relative m-auto shrink-0 cursor-crosshair touch-none select-none"
      style={{
        'aspect-ratio': `${props.held.columns} / ${props.held.rows}`,
        width: props.large
          ? `${props.held.columns}px`
          : `min(100cqw, calc(100cqh * ${props.held.columns} / ${props.held.rows}))`,
      }}
      onPointerDown={onDown}
      onPointerMove={onMove}
      onPointerUp={onUp}
      onPointerCancel={onUp}
    >
      <img
        src={heldPicture(props.held.id, props.frame)}
        alt={`Frame ${number(props.frame + 1)} of ${number(props.held.frames)}`}
        draggable={false}
        class="absolute inset-0 size-full"
        onLoad={() => props.onSeen(props.frame)}
        onError={() => setMissing(true)}
      />
      <Show when={missing()}>
        <p
          role="alert"
          class="absolute inset-0 flex items-center justify-center bg-void px-6 text-center text-13 text-t2"
        >
          This frame cannot be shown. Look at the list again: somebody may have decided meanwhile.
        </p>
      </Show>
      <For each={props.regions.list}>
        {(box, k) => <BoxOn box={box} number={k() + 1} held={props.held} regions={props.regions} />}
      </For>
    </div>
  )
}

function BoxOn(props: {
  readonly box: Drawn
  readonly number: number
  readonly held: HeldPictures
  readonly regions: Regions
}): JSX.Element {
  const current = () => props.regions.selected() === props.box.id
  const share = (part: number, whole: number) => `${(part / whole) * 100}%`
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault()
      return props.regions.remove(props.box.id)
    }
    const step = STEPS[event.key]
    if (!step) return
    event.preventDefault()
    props.regions.set(props.box.id, stepped(props.box, step, event, props.held))
  }
  return (
    <button
      type="button"
      data-box={props.box.id}
      aria-label={`Region ${props.number}: ${sayBox(props.box)}`}
      aria-keyshortcuts="ArrowLeft ArrowRight ArrowUp ArrowDown Delete"
      class={`absolute cursor-move border-2 bg-void/70 ${current() ? 'z-10 border-bone' : 'border-dashed border-t2'}`}
      style={{
        left: share(props.box.column, props.held.columns),
        top: share(props.box.row, props.held.rows),
        width: share(props.box.columns, props.held.columns),
        height: share(props.box.rows, props.held.rows),
      }}
      onFocus={() => props.regions.select(props.box.id)}
      onKeyDown={onKey}
    >
      <span
        aria-hidden="true"
        class="pointer-events-none absolute top-0 left-0 rounded-br-letter bg-void/60 px-1 text-11 text-t1"
      >
        {props.number}
      </span>
      <Show when={current()}>
        <For each={CORNERS}>
          {(corner) => (
            <span
              aria-hidden="true"
              data-corner={corner}
              class={`absolute size-3 rounded-swatch border border-on-bone bg-bone before:absolute before:-inset-1.5 ${PLACES[corner]}`}
            />
          )}
        </For>
      </Show>
    </button>
  )
}

const PLACES: Record<Corner, string> = {
  nw: '-top-1.5 -left-1.5 cursor-nwse-resize',
  ne: '-top-1.5 -right-1.5 cursor-nesw-resize',
  sw: '-bottom-1.5 -left-1.5 cursor-nesw-resize',
  se: '-right-1.5 -bottom-1.5 cursor-nwse-resize',
}

const sayBox = (box: Box): string =>
  `${box.columns} by ${box.rows} pixels, ${box.column} from the left, ${box.row} from the top`

function stepped(
  box: Box,
  [columns, rows]: readonly [number, number],
  { shiftKey, altKey }: KeyboardEvent,
  picture: HeldPictures,
): Box {
  const far = shiftKey ? FAR : 1
  if (!altKey) return moved(box, columns * far, rows * far, picture)
  return within({ ...box, columns: box.columns + columns * far, rows: box.rows + rows * far }, picture)
}
