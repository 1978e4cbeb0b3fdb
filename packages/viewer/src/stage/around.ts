/**
 * What stands around the picture of a pane: read-outs in its corners, the cube, names of peers at its edges, the bars of slices and of time.
 * Each shows what it is told and says what is asked of it; none of them knows of the others.
 */
import type { SeriesFrames } from '../panes/series.ts'
import type { Camera, ScreenRect } from './camera.ts'
import { Cube } from './cube.ts'
import { Ghosts } from './ghosts.ts'
import { isPlaced } from './lengths.ts'
import type { Playing } from './playing.ts'
import { detailOf, type ReadoutState, Readouts } from './readouts.ts'
import type { ScenePeer, Window } from './scene.ts'
import { type BarState, SliceBar } from './sliceBar.ts'
import type { Theme } from './theme.ts'
import { TimeBar } from './timeBar.ts'

export interface AroundPort {
  /** Null where no picture is shown. */
  window(): Window | null
  leastWidth(): number
  setWindow(window: Window): void
  /** Keys are meant for the picture again. */
  toPicture(): void
  toPeer(peer: ScenePeer): void
  goAlong(to: number): void
  goToMoment(moment: number): void
  togglePlay(): void
  setManner: Playing['setManner']
}

type Shown = Omit<ReadoutState, 'meta' | 'detail' | 'slicing'> & BarState & { readonly series: SeriesFrames }

interface Circumstances {
  readonly peers: readonly ScenePeer[]
  readonly playing: Pick<Playing, 'active' | 'manner'>
  readonly theme: Theme
  readonly pixelRatio: number
}

export class Around {
  readonly #readouts: Readouts
  readonly #cube: Cube
  readonly #ghosts: Ghosts
  readonly #bar: SliceBar
  readonly #time: TimeBar

  /** `ground` is what the picture lies on; the bars stand beside it in `root`. */
  constructor(root: HTMLElement, ground: HTMLElement, port: AroundPort) {
    this.#readouts = new Readouts(ground, {
      window: () => port.window(),
      leastWidth: () => port.leastWidth(),
      set: (window) => port.setWindow(window),
      closed: () => port.toPicture(),
    })
    this.#cube = new Cube(ground)
    this.#ghosts = new Ghosts(ground, (peer) => port.toPeer(peer))
    this.#bar = new SliceBar(root, (to) => port.goAlong(to))
    this.#time = new TimeBar(root, {
      go: (moment) => port.goToMoment(moment),
      play: () => port.togglePlay(),
      change: (manner) => port.setManner(manner),
    })
  }

  /** Lines at the top left of the picture. */
  title(lines: readonly string[]): void {
    this.#readouts.title(lines)
  }

  typeWindow(): void {
    this.#readouts.typeWindow()
  }

  /** `shown`: null where there is no picture. */
  show(shown: Shown | null, { peers, playing, theme, pixelRatio }: Circumstances): void {
    const meta = shown?.series.meta ?? null
    const frame = shown?.frame ?? 0
    this.#readouts.show(shown && readoutOf(shown))
    const camera: Camera | null = shown && isPlaced(shown.series.meta) ? shown.camera : null
    this.#cube.show(camera, theme, pixelRatio)
    this.#ghosts.show(peers, frame, meta)
    this.#bar.show(shown, theme, pixelRatio)
    this.#time.show(meta, frame, playing.active, playing.manner)
  }

  resized(): void {
    this.#bar.resized()
  }

  /** Where they lie on the picture, so that no tag goes below them. */
  taken(): readonly ScreenRect[] {
    return [...this.#readouts.taken(), ...this.#ghosts.taken()]
  }

  destroy(): void {
    this.#bar.destroy()
  }
}

const readoutOf = (shown: Shown): ReadoutState => ({
  ...shown,
  meta: shown.series.meta,
  detail: detailOf(shown.series, shown.frame),
  slicing: shown.series.slicing,
})
