/** Drags that change only what is looked at: place, size and window, and the planes of the other panes. Each goes on until the hand lets go. */
import { normalOf } from '@consilium/geometry/plane'
import { cross } from '@consilium/geometry/vec3'
import type { Grip } from '../overlay/guides.ts'
import { turned } from '../panes/reformat/turning.ts'
import { pan, type ScreenPoint, toPatientOn, zoomAt } from './camera.ts'
import type { Ground } from './ground.ts'
import type { HandsPort } from './handsPort.ts'
import type { HandPoint } from './pointer.ts'
import type { StageEvents } from './scene.ts'
import { dragWindow, dragZoom, tidyWindow } from './viewDrags.ts'

/** CSS pixels a press may wander and still be a click. */
const CLICK_PX = 3

export interface Drag {
  move(places: readonly HandPoint[], shift: boolean): void
  release(place: HandPoint): void
}

type Port = Pick<HandsPort, 'setCamera' | 'setWindow'>

export const panDrag = (port: Port, press: ScreenPoint, { camera }: Ground): Drag =>
  wayDrag(press, (dx, dy) => port.setCamera(pan(camera, dx, dy)))

export const zoomDrag = (port: Port, press: ScreenPoint, { camera }: Ground): Drag =>
  wayDrag(press, (_dx, dy) => port.setCamera(zoomAt(camera, press, dragZoom(dy, camera.height))))

/** By how far the hand is from where it pressed. */
const wayDrag = (press: ScreenPoint, by: (dx: number, dy: number) => void): Drag => ({
  move: (places) => {
    const place = places.at(-1)
    if (place) by(place.x - press.x, place.y - press.y)
  },
  release: () => {},
})

/** In steps from place to place, so that Shift may come and go in between. `click` where the hand did not move. */
export function windowDrag(port: Port, press: ScreenPoint, ground: Ground, click?: () => void): Drag {
  let last = press
  let exact = ground.window
  let moved = false
  return {
    move: (places, shift) => {
      const place = places.at(-1)
      if (!place) return
      if (!moved && Math.hypot(place.x - press.x, place.y - press.y) < CLICK_PX) return
      moved = true
      exact = dragWindow(exact, place.x - last.x, place.y - last.y, ground, shift)
      last = place
      port.setWindow(tidyWindow(exact, ground))
    },
    release: () => {
      if (!moved) click?.()
    },
  }
}

/** Turns the plane of another pane about the pivot, or shifts it to where the hand is. */
export function planeDrag(
  events: Pick<StageEvents, 'onTurnPlane' | 'onShiftPlane'>,
  { guide: { pane, plane }, part, pivot }: Grip,
  press: ScreenPoint,
  ground: Ground,
): Drag {
  const { camera } = ground
  const angle = (p: ScreenPoint): number => Math.atan2(p.y - pivot.y, p.x - pivot.x)
  const [from, normal] = [angle(press), normalOf(plane)]
  const sight = cross(camera.right, camera.down)
  const at = toPatientOn(camera, ground.plane, pivot)
  return {
    move: (places) => {
      const place = places.at(-1)
      if (!place) return
      if (part === 'turn') events.onTurnPlane?.(pane, turned(normal, sight, angle(place) - from), at)
      else events.onShiftPlane?.(pane, toPatientOn(camera, ground.plane, place))
    },
    release: () => {},
  }
}
