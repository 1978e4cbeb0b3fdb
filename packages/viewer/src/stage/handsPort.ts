/** What hands ask of the stage, and tell it to do. */
import type { Grip } from '../overlay/guides.ts'
import type { Hit } from '../overlay/hit.ts'
import type { Camera, ScreenPoint } from './camera.ts'
import type { Ground } from './ground.ts'
import type { PaintGround } from './making.ts'
import type { Scene, Window } from './scene.ts'

export interface HandsPort {
  ground(): Ground | null
  scene(): Scene
  hit(p: ScreenPoint): Hit | null
  /** The line of another pane's plane under the hand. */
  grip(p: ScreenPoint): Grip | null
  /** What there is to paint on. */
  paintGround(): PaintGround | null
  /** The topmost segment that is painted under the hand. */
  segmentAt(p: ScreenPoint): string | null
  setCamera(camera: Camera): void
  setWindow(window: Window): void
  step(slices: number): void
  /** Through time, at the same place. */
  stepInTime(moments: number): void
  /** Draft, hover or cursor changed. */
  changed(): void
  /** Brings what is shown up to date at once: a press must meet what is there, not what was there a frame ago. */
  settle(): void
}
