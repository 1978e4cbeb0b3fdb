/** The marks above the picture of one pane: what of a scene its plane meets, what this hand draws, and where the other panes look. */
import { type Grip, type Guide, gripAt } from '../overlay/guides.ts'
import type { Hit } from '../overlay/hit.ts'
import { Met, type MetAnnotation } from '../overlay/met.ts'
import { Overlay, type OverlayState } from '../overlay/overlay.ts'
import type { SeriesFrames } from '../panes/series.ts'
import type { ScreenPoint } from './camera.ts'
import type { Hands } from './hands.ts'
import type { Scene } from './scene.ts'
import type { Theme } from './theme.ts'
import type { Viewing } from './viewing.ts'

type Shown = Pick<OverlayState, 'camera' | 'plane' | 'frame' | 'scene' | 'met' | 'taken'> & {
  readonly series: SeriesFrames
}

export class MarkPane {
  readonly #overlay: Overlay
  readonly #theme: Theme
  readonly #met = new Met()
  /** Of the other panes: each is a line where it cuts this one. */
  planes: readonly Guide[] = []
  /** The place that all panes show. */
  crosshair: OverlayState['guides']['crosshair'] = null
  /** What the values inside of the shape in this hand are like. */
  values: string | null = null

  constructor(container: HTMLDivElement, theme: Theme) {
    this.#theme = theme
    this.#overlay = new Overlay(container, theme)
  }

  /** Those of the scene that the plane meets. */
  met(scene: Scene, shown: Parameters<Met['on']>[1]): readonly MetAnnotation[] {
    return this.#met.on(scene.annotations, shown)
  }

  /** Null: no picture, no marks. True while a cursor is still on its way. */
  show(shown: Shown | null, hands: Pick<Hands, 'own' | 'hover'>, now: number): boolean {
    if (!shown) {
      this.#overlay.clear()
      return false
    }
    const { camera, plane, series, frame, scene, met, taken } = shown
    return this.#overlay.show(
      {
        camera,
        plane,
        series,
        frame,
        scene,
        met,
        own: hands.own(frame),
        values: this.values,
        hover: hands.hover,
        guides: { planes: this.planes, crosshair: this.crosshair, colour: this.#theme.accent },
        taken,
      },
      now,
    )
  }

  hit(p: ScreenPoint): Hit | null {
    return this.#overlay.hit(p)
  }

  /** The line of another pane's plane that lies there. */
  gripAt(p: ScreenPoint, { camera, plane }: Pick<Viewing, 'camera' | 'plane'>): Grip | null {
    const { planes, crosshair } = this
    return camera && plane && planes.length > 0 ? gripAt(p, { planes, crosshair }, camera, plane) : null
  }

  resize(width: number, height: number, pixelRatio: number): void {
    this.#overlay.resize(width, height, pixelRatio)
  }

  /** Letters or read-outs moved: tags and pins keep off them. */
  placeAnew(): void {
    this.#overlay.placeAnew()
  }

  /** Fonts came: what was measured with another is measured again. */
  retheme(): void {
    this.#overlay.retheme(this.#theme)
  }

  destroy(): void {
    this.#overlay.destroy()
  }
}
