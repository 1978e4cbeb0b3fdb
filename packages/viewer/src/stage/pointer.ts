/**
 * DOM events become points once, here: CSS pixels from the pane's corner. Everything after this knows no events.
 * The browser's own menu, scrolling and text selection stay away from the picture.
 */
import type { Pinch, ScreenPoint } from './camera.ts'
import { Fingers } from './fingers.ts'
import type { Wheel } from './viewDrags.ts'

/** Where a hand is. */
export interface HandPoint extends ScreenPoint {
  /** How hard a pen is pressed, 0 to 1; absent of anything else. */
  readonly pressure?: number
  /** CSS pixels within which two places are one to this hand. Absent: as near as a hand with a pointer can mean it. */
  readonly reach?: number
}

export interface PointerPress extends HandPoint {
  readonly button: number
  readonly shift: boolean
  readonly alt: boolean
}

export interface PointerSinks {
  press(press: PointerPress): void
  /** All places since the last call, the newest last; `shift` as it is now. */
  move(places: readonly HandPoint[], shift: boolean): void
  release(place: HandPoint): void
  /** The system took the pointer away. */
  lost(): void
  /** It was the first of several fingers: what its press did is taken back. */
  gather(): void
  pinch(pinch: Pinch): void
  leave(): void
  doubleClick(place: ScreenPoint): void
  wheel(wheel: Wheel & ScreenPoint & { readonly ctrl: boolean; readonly shift: boolean }): void
}

/** Returns the way to stop listening. */
export function listen(element: HTMLElement, sinks: PointerSinks): () => void {
  const stop = new AbortController()
  const { signal } = stop
  let held: number | null = null
  const fingers = new Fingers()
  const place = (event: MouseEvent): HandPoint => {
    const rect = element.getBoundingClientRect()
    const at = { x: event.clientX - rect.left, y: event.clientY - rect.top }
    const isPen = event instanceof PointerEvent && event.pointerType === 'pen' && event.pressure > 0
    return isPen ? { ...at, pressure: event.pressure } : at
  }

  const movedFinger = (event: PointerEvent): void => {
    const meant = fingers.move(event.pointerId, place(event))
    if (!meant) return
    if ('pinch' in meant) sinks.pinch(meant.pinch)
    else sinks.wheel({ ...meant.scroll, deltaY: meant.by, deltaMode: 0, ctrl: false, shift: false })
  }

  element.addEventListener(
    'pointerdown',
    (event) => {
      if (!isGround(event.target, element)) return
      if (event.pointerType === 'touch') {
        if (fingers.come(event.pointerId, place(event)) && held !== null) {
          held = null
          sinks.gather()
        }
        if (fingers.areSeveral) return
      }
      if (held !== null) return
      held = event.pointerId
      element.setPointerCapture(event.pointerId)
      // No focus ring games, no autoscroll on the middle button; the picture itself takes the focus.
      event.preventDefault()
      element.dataset.pointed = ''
      element.focus({ preventScroll: true })
      sinks.press({ ...place(event), button: event.button, shift: event.shiftKey, alt: event.altKey })
    },
    { signal },
  )
  element.addEventListener(
    'pointermove',
    (event) => {
      if (event.pointerType === 'touch' && fingers.areSeveral) return movedFinger(event)
      if (held !== null && event.pointerId !== held) return
      const events = event.getCoalescedEvents()
      sinks.move((events.length > 0 ? events : [event]).map(place), event.shiftKey)
    },
    { signal },
  )
  element.addEventListener(
    'pointerup',
    (event) => {
      fingers.go(event.pointerId)
      if (event.pointerId !== held) return
      held = null
      sinks.release(place(event))
    },
    { signal },
  )
  element.addEventListener(
    'pointercancel',
    (event) => {
      fingers.go(event.pointerId)
      if (event.pointerId !== held) return
      held = null
      sinks.lost()
    },
    { signal },
  )
  // The focus ring is for those who came by keyboard; a frame round the picture means something else to the others.
  element.addEventListener('blur', () => delete element.dataset.pointed, { signal })
  element.addEventListener('pointerleave', () => held === null && sinks.leave(), { signal })
  element.addEventListener('dblclick', (event) => sinks.doubleClick(place(event)), { signal })
  element.addEventListener('contextmenu', (event) => event.preventDefault(), { signal })
  element.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault()
      sinks.wheel({
        ...place(event),
        // With Shift some browsers take the wheel for one that goes sideways.
        deltaY: event.shiftKey && event.deltaY === 0 ? event.deltaX : event.deltaY,
        deltaMode: event.deltaMode,
        ctrl: event.ctrlKey,
        shift: event.shiftKey,
      })
    },
    { signal, passive: false },
  )
  return () => stop.abort()
}

/** Buttons that lie on the picture (ghosts at the edge) are pressed, not drawn on. */
const isGround = (target: EventTarget | null, element: HTMLElement): boolean =>
  !(target instanceof Element) || target.closest('button') === null || !element.contains(target)
