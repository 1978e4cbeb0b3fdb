/**
 * What stands around the picture of a pane: read-outs in its corners, the cube, names of peers at its edges, the bars of slices and of time.
 * Each shows what it is told and says what is asked of it; none of them knows of the others.
 */
import { isPlaced } from '@consilium/imaging/hung'
import { leastWidth } from '../panes/greys.ts'
import type { SeriesFrames } from '../panes/series.ts'
import type { Camera, ScreenRect } from './camera.ts'
import { Cube } from './cube.ts'
import { Ghosts } from './ghosts.ts'
import type { Playing } from './playing.ts'
import { detailOf, type ReadoutState, Readouts } from './readouts.ts'
import type { ScenePeer } from './scene.ts'
import { type BarState, SliceBar } from './sliceBar.ts'
import type { Theme } from './theme.ts'
import { TimeBar } from './timeBar.ts'
import type { Travel } from './travel.ts'
import type { Viewing } from './viewing.ts'

export interface AroundPort {
  readonly viewing: Pick<Viewing, 'series' | 'window' | 'setWindow'>
  readonly go: Travel
  readonly playing: Playing
  toPeer(peer: ScenePeer): void
}

type Shown = Omit<ReadoutState, 'meta' | 'detail' | 'slicing'> & BarState & { readonly series: SeriesFrames }

interface Circumstances {
  readonly peers: readonly ScenePeer[]
  readonly theme: Theme
  readonly pixelRatio: number
}

export class Around {
  readonly #readouts: Readouts
  readonly #cube: Cube
  readonly #ghosts: Ghosts
  readonly #bar: SliceBar
  readonly #time: TimeBar

  readonly #playing: Playing

  /** `ground` is what the picture lies on; the bars stand beside it in `root`. */
  constructor(root: HTMLElement, ground: HTMLElement, { viewing, go, playing, toPeer }: AroundPort) {
    this.#playing = playing
    this.#readouts = new Readouts(ground, {
      window: () => (viewing.series ? viewing.window : null),
      leastWidth: () => (viewing.series ? leastWidth(viewing.series.meta) : 1),
      set: (window) => viewing.setWindow(window),
      closed: () => ground.focus(),
    })
    this.#cube = new Cube(ground)
    this.#ghosts = new Ghosts(ground, toPeer)
    this.#bar = new SliceBar(root, (to) => go.along(to))
    this.#time = new TimeBar(root, {
      go: (moment) => go.toMoment(moment),
      play: () => go.togglePlay(),
      change: (manner) => playing.setManner(manner),
    })
  }

  /** Lines at the top left of the picture. */
  title(lines: readonly string[]): void {
    this.#readouts.title(lines)
  }

  typeWindow(): void {
    this.#readouts.typeWindow()
  }

  /** `shown`: null where there is no picture. True where what is taken of the picture has changed. */
  show(shown: Shown | null, { peers, theme, pixelRatio }: Circumstances): boolean {
    const meta = shown?.series.meta ?? null
    const frame = shown?.frame ?? 0
    const hasMoved = this.#readouts.show(shown && readoutOf(shown))
    const camera: Camera | null = shown && isPlaced(shown.series.meta) ? shown.camera : null
    this.#cube.show(camera, theme, pixelRatio)
    this.#ghosts.show(peers, frame, meta)
    this.#bar.show(shown, theme, pixelRatio)
    this.#time.show(meta, frame, this.#playing.active, this.#playing.manner)
    return hasMoved
  }

  /** Others moved over the pictures; all else is as it was shown. */
  people(peers: readonly ScenePeer[]): void {
    this.#ghosts.follow(peers)
    this.#bar.people(peers)
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
