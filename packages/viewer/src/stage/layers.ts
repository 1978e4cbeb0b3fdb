/**
 * What lies one above the other in a pane: the picture, what is laid over it, the masks, the marks. Painted from below upwards; the picture
 * only where it is another, the marks alone where only they are.
 */
import type { Plane } from '@consilium/geometry/plane'
import type { Turned } from '@consilium/imaging/hung'
import type { MetAnnotation } from '../overlay/met.ts'
import { Fusion } from '../panes/fusion/fusion.ts'
import type { Pane, Picture } from '../panes/pane.ts'
import { SlicePane } from '../panes/slice.ts'
import type { ScreenRect } from './camera.ts'
import type { Hands } from './hands.ts'
import { MarkPane } from './markPane.ts'
import { MaskPane } from './maskPane.ts'
import { NOTHING } from './nothing.ts'
import type { PaneSize } from './paneSize.ts'
import type { Scene } from './scene.ts'
import { SceneHere } from './sceneOn.ts'
import type { Theme } from './theme.ts'
import type { Viewing } from './viewing.ts'

/** A picture and what lies on it. */
export interface Sheet extends Picture {
  readonly plane: Plane
  readonly turned: Turned
  readonly scene: Scene
  readonly met: readonly MetAnnotation[]
  /** Places that tags keep away from. */
  readonly taken: () => readonly ScreenRect[]
}

export class Layers {
  readonly fusion: Fusion
  readonly masks: MaskPane
  readonly marks: MarkPane
  readonly #viewing: Viewing
  readonly #pane: Pane = new SlicePane()
  readonly #here = new SceneHere()
  #isPictureStale = true
  #painted: Sheet | null = null

  /** `changed`: something of it is to be painted again. */
  constructor(ground: HTMLElement, viewing: Viewing, theme: Theme, changed: () => void) {
    this.#viewing = viewing
    ground.append(this.#pane.element)
    this.fusion = new Fusion(this.#pane.element, () => {
      this.pictureChanged()
      changed()
    })
    this.masks = new MaskPane(ground, viewing, changed)
    const overlay = ground.ownerDocument.createElement('div')
    overlay.className = 'cs-overlay'
    ground.append(overlay)
    this.marks = new MarkPane(overlay, theme)
  }

  /** As it was painted last; null: no picture. */
  get painted(): Sheet | null {
    return this.#painted
  }

  pictureChanged(): void {
    this.#isPictureStale = true
  }

  resize({ width, height, pixelRatio }: PaneSize): void {
    for (const layer of [this.#pane, this.fusion, this.masks, this.marks])
      layer.resize(width, height, pixelRatio)
  }

  /** All but the marks. */
  paint(scene: Scene, hands: Hands, taken: Sheet['taken']): Sheet | null {
    const { series, plane, camera, frame, window, inverted, colours, smooth, turned } = this.#viewing
    const shown =
      series && plane && camera
        ? { series, plane, camera, frame, window, inverted, colours, smooth, turned }
        : null
    const here = shown ? this.#here.of(scene, shown.series) : NOTHING
    const met = shown ? this.marks.met(here, shown) : []
    if (this.#isPictureStale) {
      this.#pane.draw(shown)
      this.fusion.draw(shown)
    }
    this.#isPictureStale = false
    this.masks.show(here, hands)
    this.#painted = shown && { ...shown, scene: here, met, taken }
    return this.#painted
  }

  /** The picture stands, another scene is on it. Null where it is the same. */
  take(scene: Scene): Scene | null {
    const painted = this.#painted
    if (!painted) return null
    const here = this.#here.of(scene, painted.series)
    if (here === painted.scene) return null
    this.#painted = { ...painted, scene: here }
    return here
  }

  /** True while a cursor is still on its way. */
  paintMarks(hands: Hands, now: number): boolean {
    return this.marks.show(this.#painted, hands, now)
  }

  destroy(): void {
    for (const layer of [this.marks, this.fusion, this.masks, this.#pane]) layer.destroy()
  }
}
