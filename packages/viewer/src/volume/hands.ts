/** What hands and keys do to a volume: turn it, move it, come nearer. Every drag has its keys. */
import { type Camera, pan, pinched, zoomAt } from '../stage/camera.ts'
import { listen } from '../stage/pointer.ts'
import { dragged, pushed } from './turning.ts'

export interface VolumeGround {
  camera(): Camera | null
  look(camera: Camera): void
  reset(): void
  /** A double click. */
  maximise(): void
  held(isHeld: boolean): void
}

const DEGREE = Math.PI / 180
const PAN_PX = 24
const ZOOM_STEP = 1.2
/** Of a wheel's own unit, CSS pixels: pixel, line, page. */
const WHEEL_PX = [1, 16, 400] as const
const ZOOM_PER_PX = 0.0015

/** The focus has to be on the pane itself for keys. Returns the way to stop. */
export function handsOn(element: HTMLElement, ground: VolumeGround): () => void {
  let drag: { readonly what: 'turn' | 'pan' | 'zoom'; x: number; y: number } | null = null
  const change = (next: (camera: Camera) => Camera): void => {
    const camera = ground.camera()
    if (camera) ground.look(next(camera))
  }
  const letGo = (): void => {
    drag = null
    ground.held(false)
  }
  const stop = listen(element, {
    press({ x, y, button, shift }) {
      const what = button === 1 || (button === 0 && shift) ? 'pan' : button === 2 ? 'zoom' : 'turn'
      drag = { what, x, y }
      ground.held(true)
    },
    move(places) {
      const at = places.at(-1)
      if (!drag || !at) return
      const [dx, dy] = [at.x - drag.x, at.y - drag.y]
      const { what } = drag
      drag = { what, x: at.x, y: at.y }
      change((camera) => {
        if (what === 'pan') return pan(camera, dx, dy)
        if (what === 'turn') return dragged(camera, dx, dy)
        return zoomAt(camera, middle(camera), Math.exp(-dy * 4 * ZOOM_PER_PX))
      })
    },
    release: letGo,
    lost: letGo,
    gather: letGo,
    pinch: (pinch) => change((camera) => pinched(camera, pinch)),
    leave: () => {},
    doubleClick: () => ground.maximise(),
    wheel({ x, y, deltaY, deltaMode }) {
      const px = deltaY * (WHEEL_PX[deltaMode] ?? 1)
      change((camera) => zoomAt(camera, { x, y }, Math.exp(-px * ZOOM_PER_PX)))
    },
  })
  const pressed = (event: KeyboardEvent): void => {
    if (event.target !== element || event.metaKey || event.altKey) return
    const next = keyed(event)
    if (!next && event.key !== 'Home') return
    event.preventDefault()
    // The workspace has meanings of its own for these.
    event.stopPropagation()
    if (next) change(next)
    else ground.reset()
  }
  element.addEventListener('keydown', pressed)
  return () => {
    stop()
    element.removeEventListener('keydown', pressed)
  }
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** Arrows turn by ten degrees, with Shift by one; with Ctrl they move; plus and minus come nearer and go farther. */
function keyed({ key, shiftKey, ctrlKey }: KeyboardEvent): ((camera: Camera) => Camera) | null {
  const arrow = ARROWS[key]
  if (arrow) {
    const [x, y] = arrow
    const angle = (shiftKey ? 1 : 10) * DEGREE
    return ctrlKey
      ? (camera) => pan(camera, x * PAN_PX, y * PAN_PX)
      : (camera) => pushed(camera, x * angle, y * angle)
  }
  if (ctrlKey) return null
  if (key === '+' || key === '=') return (camera) => zoomAt(camera, middle(camera), ZOOM_STEP)
  if (key === '-') return (camera) => zoomAt(camera, middle(camera), 1 / ZOOM_STEP)
  return null
}

const middle = ({ width, height }: Camera) => ({ x: width / 2, y: height / 2 })
