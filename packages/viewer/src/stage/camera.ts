/**
 * Where patient space lies on the screen: the only place where millimetres become CSS pixels and back.
 * Pure: no DOM, no device pixels (a pane multiplies by the device pixel ratio itself).
 * The camera looks along the normal of the shown plane; turned or mirrored, its own right and down say so.
 */

import { heightOver, normalOf, type Plane, toPatient } from '@consilium/geometry/plane'
import { add, dot, scale, subtract, type Vec3 } from '@consilium/geometry/vec3'
import { axesOf, liesOnItsSide, type Turned, UPRIGHT } from '@consilium/imaging/hung'

/** CSS pixels from the pane's top left corner. */
export interface ScreenPoint {
  readonly x: number
  readonly y: number
}

export interface Camera {
  /** Unit vectors in patient space: to the right and down on the screen. */
  readonly right: Vec3
  readonly down: Vec3
  /** Patient point in the middle of the pane. */
  readonly center: Vec3
  /** mm per CSS pixel. */
  readonly mmPerPixel: number
  /** Of the pane, CSS pixels. */
  readonly width: number
  readonly height: number
}

/** Size of a picture in pixels of its own. */
export interface PictureSize {
  readonly columns: number
  readonly rows: number
}

export interface ScreenRect extends ScreenPoint {
  readonly width: number
  readonly height: number
}

/** Closest and farthest a view goes: 64 CSS pixels per 0.1 mm, and the whole of 50 000 pixels that count as 1 mm each. */
const MM_PER_PIXEL = { min: 0.0015, max: 100 } as const

export function toScreen(camera: Camera, at: Vec3): ScreenPoint {
  const d = subtract(at, camera.center)
  return {
    x: camera.width / 2 + dot(d, camera.right) / camera.mmPerPixel,
    y: camera.height / 2 + dot(d, camera.down) / camera.mmPerPixel,
  }
}

/** The patient point under a screen point, on the given plane. */
export function toPatientOn(camera: Camera, plane: Plane, p: ScreenPoint): Vec3 {
  return ontoPlane(plane, throughPane(camera, p))
}

/** The camera that shows the whole picture, as large as the pane allows, in its middle. */
export function fit(
  plane: Plane,
  picture: PictureSize,
  width: number,
  height: number,
  turned: Turned = UPRIGHT,
): Camera {
  const across = picture.columns * plane.columnSpacing
  const along = picture.rows * plane.rowSpacing
  const [wide, high] = liesOnItsSide(turned) ? [along, across] : [across, along]
  const mmPerPixel = Math.max(wide / Math.max(width, 1), high / Math.max(height, 1))
  const center = toPatient(plane, { x: (picture.columns - 1) / 2, y: (picture.rows - 1) / 2 })
  return { ...axesOf(plane, turned), center, mmPerPixel: limited(mmPerPixel), width, height }
}

/** Enlarges by `factor` (2 = twice as large); what lies under `p` stays there. */
export function zoomAt(camera: Camera, p: ScreenPoint, factor: number): Camera {
  const mmPerPixel = limited(camera.mmPerPixel / factor)
  const k = camera.mmPerPixel - mmPerPixel
  const dx = (p.x - camera.width / 2) * k
  const dy = (p.y - camera.height / 2) * k
  return {
    ...camera,
    mmPerPixel,
    center: add(camera.center, add(scale(camera.right, dx), scale(camera.down, dy))),
  }
}

/** Moves the picture by so many CSS pixels to the right and down. */
export function pan(camera: Camera, dx: number, dy: number): Camera {
  const right = scale(camera.right, -dx * camera.mmPerPixel)
  const down = scale(camera.down, -dy * camera.mmPerPixel)
  return { ...camera, center: add(camera.center, add(right, down)) }
}

/** From where to where the middle of two fingers went, and how many times as far apart they are. */
export interface Pinch {
  readonly from: ScreenPoint
  readonly to: ScreenPoint
  readonly factor: number
}

/** What two fingers do: the place under their middle goes with them. */
export const pinched = (camera: Camera, { from, to, factor }: Pinch): Camera =>
  zoomAt(pan(camera, to.x - from.x, to.y - from.y), to, factor)

/** The same middle and magnification in a pane of another size. */
export const resized = (camera: Camera, width: number, height: number): Camera => ({
  ...camera,
  width,
  height,
})

/** CSS pixels per picture pixel along the finer of its two spacings. */
export const magnification = (camera: Camera, plane: Plane): number =>
  Math.min(plane.columnSpacing, plane.rowSpacing) / camera.mmPerPixel

/** Where the picture lies on the screen: outer edges of its pixels, whose centres are at whole numbers. */
export function pictureRect(camera: Camera, plane: Plane, picture: PictureSize): ScreenRect {
  const corner = toScreen(camera, toPatient(plane, { x: -0.5, y: -0.5 }))
  return {
    ...corner,
    width: (picture.columns * plane.columnSpacing) / camera.mmPerPixel,
    height: (picture.rows * plane.rowSpacing) / camera.mmPerPixel,
  }
}

/** Where a step to the next column and row leads on the screen, and where the centre of the first pixel lies. */
export function pictureMatrix(
  camera: Camera,
  plane: Plane,
): { readonly across: ScreenPoint; readonly down: ScreenPoint; readonly origin: ScreenPoint } {
  const { right, down, mmPerPixel } = camera
  const seen = (direction: Vec3, mm: number): ScreenPoint => ({
    x: (dot(direction, right) * mm) / mmPerPixel,
    y: (dot(direction, down) * mm) / mmPerPixel,
  })
  return {
    across: seen(plane.row, plane.columnSpacing),
    down: seen(plane.column, plane.rowSpacing),
    origin: toScreen(camera, plane.origin),
  }
}

/**
 * The magnification at which a pane of `width` x `height` shows all that another pane shows.
 * A follower with the smaller screen sees no less than the one who leads.
 */
export function mmPerPixelToFollow(
  theirs: { mmPerPixel: number; width: number; height: number },
  width: number,
  height: number,
): number {
  const larger = Math.max(theirs.width / Math.max(width, 1), theirs.height / Math.max(height, 1), 1)
  return limited(theirs.mmPerPixel * larger)
}

/** The nearest point of the plane. */
export const ontoPlane = (plane: Plane, at: Vec3): Vec3 =>
  subtract(at, scale(normalOf(plane), heightOver(plane, at)))

function throughPane(camera: Camera, p: ScreenPoint): Vec3 {
  const dx = (p.x - camera.width / 2) * camera.mmPerPixel
  const dy = (p.y - camera.height / 2) * camera.mmPerPixel
  return add(camera.center, add(scale(camera.right, dx), scale(camera.down, dy)))
}

const limited = (mmPerPixel: number): number =>
  Math.min(MM_PER_PIXEL.max, Math.max(MM_PER_PIXEL.min, mmPerPixel))
