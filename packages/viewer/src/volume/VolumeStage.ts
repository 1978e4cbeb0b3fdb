/**
 * The 3D pane: a volume, the surfaces of its segments, and what hands do with them. Like a stage it keeps only its view, draws what it is
 * given and writes nothing. Where the graphics card lets go of the picture it says so and makes it again; without one it never begins.
 * Loaded when it is first shown, vtk.js with it.
 */
import type { Vec3 } from '@consilium/geometry/vec3'
import { latticeOf } from '../panes/reformat/lattice.ts'
import type { SeriesFrames } from '../panes/series.ts'
import { type Camera, resized } from '../stage/camera.ts'
import type { Window } from '../stage/scene.ts'
import { adoptStyles } from '../stage/styles.ts'
import { themeOf } from '../stage/theme.ts'
import { Around } from './around.ts'
import { boxOf, cornersOf, type VolumeBox } from './box.ts'
import { FirstPicture } from './firstPicture.ts'
import { handsOn } from './hands.ts'
import type { Above } from './lines.ts'
import { Losses } from './losses.ts'
import { VolumePicture } from './picture.ts'
import { pointsAt, rangeOf, type VolumePreset, volumePresetsFor } from './presets.ts'
import { Redraw } from './redraw.ts'
import { Said } from './said.ts'
import { spanBetween } from './sample.ts'
import { adoptVolumeStyles } from './styles.ts'
import type { VolumeSurface } from './surface.ts'
import { type SegmentVoxels, Surfaces, type VolumeSegment } from './surfaces.ts'
import { type Side, seenFrom } from './turning.ts'
import { Values } from './values.ts'
import { webglFault } from './webgl.ts'

export type { Side } from './turning.ts'

export interface VolumeEvents {
  /** A double click: this pane alone, or all again. */
  onMaximise(): void
  /** Why a segment has no surface; null where nothing is amiss. */
  onFault(sentence: string | null): void
}

const KEYS =
  'Arrows turn it by ten degrees, with Shift by one; Ctrl and arrows move it; plus and minus magnify; Home shows it from the front.'
const MOST_RATIO = 2

interface Shown {
  readonly series: SeriesFrames
  readonly box: VolumeBox
  readonly corners: readonly Vec3[]
  readonly moment: number
  /** On the screen; of another moment only once they are filled. */
  readonly values: Values
  readonly surfaces: Surfaces
}

export class VolumeStage {
  readonly #root: HTMLElement
  readonly #ground: HTMLElement
  readonly #around: Around
  readonly #said: Said
  readonly #redraw: Redraw
  readonly #losses = new Losses(() => this.#begin())
  readonly #first = new FirstPicture((sentence) => this.#said.wait(sentence))
  readonly #events: VolumeEvents
  readonly #stops: (() => void)[] = []
  #picture: VolumePicture | null = null
  #shown: Shown | null = null
  #camera: Camera | null = null
  #preset: VolumePreset | null = null
  #window: Window | null = null
  #surfaces: readonly VolumeSurface[] = []
  #voxels: SegmentVoxels | null = null
  #segments: readonly VolumeSegment[] = []
  #above: Above = { lines: [], crosshair: null }
  /** All values of the volume are here. */
  #isWhole = false
  #share = { low: 0, high: 1 }
  /** The values of another moment, on their way. */
  #coming: Values | null = null

  constructor(host: HTMLElement, events: VolumeEvents) {
    this.#events = events
    adoptStyles(host.ownerDocument)
    adoptVolumeStyles(host.ownerDocument)
    this.#root = host.appendChild(document.createElement('div'))
    this.#root.className = 'cs-volume'
    this.#ground = this.#root.appendChild(document.createElement('div'))
    this.#ground.className = 'cs-picture'
    this.#ground.tabIndex = 0
    this.#ground.role = 'application'
    this.#ground.ariaDescription = KEYS
    this.#around = new Around(this.#ground, themeOf(host))
    this.#said = new Said(this.#root, this.#ground, () => {
      this.#losses.forgive()
      this.#begin()
    })
    this.#redraw = new Redraw({
      draw: (share, done) => this.#draw(share, done),
      still: (isStill) => {
        this.#root.dataset.still = String(isStill && this.#isWhole)
      },
    })
    this.#stops.push(
      handsOn(this.#ground, {
        camera: () => this.#camera,
        look: (camera) => this.#look(camera),
        reset: () => this.seeFrom('front'),
        maximise: () => events.onMaximise(),
        held: (isHeld) => this.#redraw.hold(isHeld),
      }),
    )
    const observer = new ResizeObserver(() => this.#resize())
    observer.observe(this.#ground)
    this.#stops.push(() => observer.disconnect())
  }

  /** Another series, or another moment of it. Returns the reason where it is no volume. */
  setSeries(series: SeriesFrames | null, moment: number): string | null {
    if (series && this.#shown?.series === series) return this.#goTo(this.#shown, moment)
    this.#close()
    if (!series) return this.#say(null)
    const lattice = latticeOf(series.meta)
    if (typeof lattice === 'string') return this.#say(lattice)
    const box = boxOf(lattice)
    const values = new Values(series, box, moment, { changed: (isWhole) => this.#valuesChanged(isWhole) })
    const surfaces = new Surfaces(lattice, {
      show: (made) => this.#showSurfaces(made),
      fault: (sentence) => this.#events.onFault(sentence),
    })
    this.#shown = { series, box, corners: cornersOf(box), moment, values, surfaces }
    const offered = volumePresetsFor(series.meta.modality)
    this.#preset = offered.find((preset) => preset === this.#preset) ?? offered[0]
    this.seeFrom('front')
    this.#begin()
    surfaces.setVoxels(this.#voxels)
    surfaces.setSegments(this.#segments)
    return null
  }

  setPreset(preset: VolumePreset): void {
    this.#preset = preset
    this.#dress()
  }

  /** What the panes show the series with; null: not known. */
  setWindow(window: Window | null): void {
    this.#window = window
    if (this.#preset?.of === 'window') this.#dress()
  }

  setSegments(voxels: SegmentVoxels | null, segments: readonly VolumeSegment[]): void {
    this.#voxels = voxels
    this.#segments = segments
    this.#shown?.surfaces.setVoxels(voxels)
    this.#shown?.surfaces.setSegments(segments)
  }

  setAbove(above: Above): void {
    this.#above = above
    this.#showAround()
  }

  seeFrom(side: Side): void {
    const { clientWidth, clientHeight } = this.#ground
    if (this.#shown) this.#look(seenFrom(side, this.#shown.corners, clientWidth, clientHeight))
  }

  destroy(): void {
    this.#close()
    for (const stop of this.#stops) stop()
    this.#root.remove()
  }

  /** A picture for what is shown, where the browser gives one. */
  #begin(): void {
    this.#drop()
    if (!this.#shown) return
    const fault = webglFault()
    if (fault !== null) return void this.#say(fault)
    const picture = new VolumePicture()
    this.#picture = picture
    picture.canvas.addEventListener('webglcontextlost', (event) => {
      event.preventDefault()
      if (this.#picture === picture) this.#lost()
    })
    this.#ground.prepend(picture.canvas)
    picture.setVolume(this.#shown.box, this.#shown.values.values, this.#shown.corners)
    picture.setSurfaces(this.#surfaces)
    this.#first.begin()
    this.#dress()
  }

  #lost(): void {
    this.#drop()
    const { sentence, isOver } = this.#losses.note(performance.now())
    this.#say(sentence, isOver)
  }

  #say(sentence: string | null, mayTryAgain = false): string | null {
    this.#said.show(sentence, { mayTryAgain })
    return sentence
  }

  /** The moment on the screen stays until the other one is filled. */
  #goTo(shown: Shown, moment: number): null {
    this.#coming?.close()
    this.#coming = null
    if (shown.moment === moment) return null
    const coming = new Values(shown.series, shown.box, moment, {
      changed: (isWhole) => {
        if (this.#coming === coming) {
          this.#coming = null
          this.#shown?.values.close()
          this.#shown = { ...shown, moment, values: coming }
          this.#picture?.setVolume(shown.box, coming.values, shown.corners)
        }
        this.#valuesChanged(isWhole)
      },
    })
    this.#coming = coming
    return null
  }

  #valuesChanged(isWhole: boolean): void {
    this.#isWhole = isWhole
    this.#first.fill()
    if (this.#shown) this.#share = spanBetween(this.#shown.values.values, 0.01, 0.995)
    this.#picture?.valuesChanged()
    this.#dress()
  }

  #showSurfaces(made: readonly VolumeSurface[]): void {
    this.#surfaces = made
    this.#root.dataset.surfaces = String(made.length)
    this.#picture?.setSurfaces(made)
    this.#changed()
  }

  /** Colours and opacities as preset and window say, at the values there are. */
  #dress(): void {
    if (!this.#preset || !this.#picture) return
    const share = this.#share
    const window = this.#window ? rangeOf(this.#window) : share
    this.#picture.setLook(this.#preset, pointsAt(this.#preset, { share, window }))
    this.#changed()
  }

  #look(camera: Camera): void {
    this.#camera = camera
    this.#changed()
  }

  #resize(): void {
    const { clientWidth: width, clientHeight: height } = this.#ground
    // Behind another pane that fills the image area: what one looked at is kept.
    if (width === 0 || !this.#camera) return
    // It was made while the pane had no size yet.
    if (this.#camera.width === 0) this.seeFrom('front')
    else this.#look(resized(this.#camera, width, height))
  }

  #changed(): void {
    this.#showAround()
    this.#redraw.changed()
  }

  #draw(share: number, done: (ms: number) => void): boolean {
    if (!this.#picture || !this.#camera || this.#camera.width === 0 || !this.#first.isWorthIt) return false
    const ratio = Math.min(MOST_RATIO, globalThis.devicePixelRatio || 1)
    this.#picture.draw(this.#camera, share, ratio, (ms) => {
      this.#first.drawn()
      done(ms)
    })
    return true
  }

  #showAround(): void {
    this.#around.show(this.#shown ? this.#camera : null, this.#above)
  }

  #drop(): void {
    this.#losses.wait()
    this.#first.end()
    this.#redraw.forget()
    this.#root.dataset.still = 'false'
    const picture = this.#picture
    this.#picture = null
    picture?.destroy()
  }

  #close(): void {
    this.#drop()
    this.#coming?.close()
    this.#coming = null
    this.#shown?.values.close()
    this.#shown?.surfaces.close()
    this.#shown = null
    this.#surfaces = []
    this.#isWhole = false
    this.#first.empty()
  }
}
