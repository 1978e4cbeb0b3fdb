/**
 * The 3D pane: a volume, the surfaces of its segments, and what hands do with them. Like a stage it keeps only its view, draws what it is
 * given and writes nothing. Where the graphics card lets go of the picture it says so and makes it again; without one it never begins.
 * Loaded when it is first shown, vtk.js with it.
 */
import type { Vec3 } from '@consilium/geometry/vec3'
import { latticeOf } from '../panes/reformat/lattice.ts'
import type { SeriesFrames } from '../panes/series.ts'
import { type Camera, resized } from '../stage/camera.ts'
import { Cube } from '../stage/cube.ts'
import { edgeLetters, lettersOf } from '../stage/orientation.ts'
import type { Window } from '../stage/scene.ts'
import { adoptStyles } from '../stage/styles.ts'
import { type Theme, themeOf } from '../stage/theme.ts'
import { boxOf, cornersOf, type VolumeBox } from './box.ts'
import { handsOn } from './hands.ts'
import { type Above, drawAbove } from './lines.ts'
import { Pace } from './pace.ts'
import { VolumePicture } from './picture.ts'
import { pointsAt, type VolumePreset, volumePresetsFor } from './presets.ts'
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
const LOST = 'The graphics card let go of the 3D picture. It is being made again.'
const LOST_OFTEN = 'The graphics card keeps letting go of the 3D picture. All planes go on working.'
/** A card that lets go so often within so long is left alone until somebody asks. */
const MOST_LOST = { times: 3, withinMs: 60_000 } as const
const AGAIN_MS = 800
/** Nothing moved for so long: it rests. */
const REST_MS = 180
const MOST_RATIO = 2
const EDGES = ['left', 'right', 'top', 'bottom'] as const

interface Shown {
  readonly series: SeriesFrames
  readonly box: VolumeBox
  readonly corners: readonly Vec3[]
  readonly values: Values
  readonly surfaces: Surfaces
}

export class VolumeStage {
  readonly #root: HTMLElement
  readonly #ground: HTMLElement
  readonly #above: HTMLCanvasElement
  readonly #letters: readonly HTMLElement[]
  readonly #cube: Cube
  readonly #said: Said
  readonly #theme: Theme
  readonly #pace = new Pace()
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
  #lines: Above = { lines: [], crosshair: null }
  #lostAt: number[] = []
  /** All values of the volume are here. */
  #isWhole = false
  #isHeld = false
  #isDirty = false
  #isBusy = false
  #movedAt = 0
  #share = 0
  #request = 0
  #timers = { again: 0 as ReturnType<typeof setTimeout> | 0, rest: 0 as ReturnType<typeof setTimeout> | 0 }

  constructor(host: HTMLElement, events: VolumeEvents) {
    this.#events = events
    adoptStyles(host.ownerDocument)
    adoptVolumeStyles(host.ownerDocument)
    this.#theme = themeOf(host)
    this.#root = host.appendChild(document.createElement('div'))
    this.#root.className = 'cs-volume'
    this.#ground = this.#root.appendChild(document.createElement('div'))
    this.#ground.className = 'cs-picture'
    this.#ground.tabIndex = 0
    this.#ground.role = 'application'
    this.#ground.ariaDescription = KEYS
    this.#above = this.#ground.appendChild(document.createElement('canvas'))
    this.#letters = EDGES.map((edge) => {
      const letter = this.#ground.appendChild(document.createElement('span'))
      letter.className = 'cs-letter'
      letter.dataset.edge = edge
      return letter
    })
    this.#cube = new Cube(this.#ground)
    this.#said = new Said(this.#root, () => {
      this.#lostAt = []
      this.#begin()
    })
    this.#stops.push(
      handsOn(this.#ground, {
        camera: () => this.#camera,
        look: (camera) => this.#look(camera),
        reset: () => this.seeFrom('front'),
        maximise: () => events.onMaximise(),
        held: (isHeld) => {
          this.#isHeld = isHeld
          this.#movedAt = performance.now()
          this.#ask()
        },
      }),
    )
    const observer = new ResizeObserver(() => this.#resize())
    observer.observe(this.#ground)
    this.#stops.push(() => observer.disconnect())
  }

  /** Another series, of one moment of it. Returns the reason where it is no volume. */
  setSeries(series: SeriesFrames | null, moment: number): string | null {
    this.#close()
    if (!series) return this.#say(null)
    const lattice = latticeOf(series.meta)
    if (typeof lattice === 'string') return this.#say(lattice)
    const box = boxOf(lattice)
    this.#isWhole = false
    const values = new Values(series, box, moment, { changed: (isWhole) => this.#valuesChanged(isWhole) })
    const surfaces = new Surfaces(lattice, {
      show: (made) => {
        this.#surfaces = made
        this.#root.dataset.surfaces = String(made.length)
        this.#picture?.setSurfaces(made)
        this.#changed()
      },
      fault: (sentence) => this.#events.onFault(sentence),
    })
    this.#shown = { series, box, corners: cornersOf(box), values, surfaces }
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
    this.#lines = above
    this.#paintAbove()
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
    this.#say(null)
    this.#dress()
  }

  #lost(): void {
    const now = performance.now()
    this.#lostAt = [...this.#lostAt.filter((at) => now - at < MOST_LOST.withinMs), now]
    this.#drop()
    const isTooOften = this.#lostAt.length >= MOST_LOST.times
    this.#say(isTooOften ? LOST_OFTEN : LOST, isTooOften)
    if (!isTooOften) this.#timers.again = setTimeout(() => this.#begin(), AGAIN_MS)
  }

  #say(sentence: string | null, mayTryAgain = false): string | null {
    this.#said.show(sentence, mayTryAgain)
    this.#root.dataset.state = sentence === null ? 'picture' : 'said'
    return sentence
  }

  #valuesChanged(isWhole: boolean): void {
    this.#isWhole = isWhole
    this.#picture?.valuesChanged()
    this.#dress()
  }

  /** Colours and opacities as preset and window say, at the values there are. */
  #dress(): void {
    const preset = this.#preset
    if (!preset || !this.#shown || !this.#picture) return
    const share = spanBetween(this.#shown.values.values, 0.01, 0.995)
    const window = this.#window
    const spans = {
      share,
      window: window
        ? { low: window.center - window.width / 2, high: window.center + window.width / 2 }
        : share,
    }
    this.#picture.setLook(preset, pointsAt(preset, spans))
    this.#changed()
  }

  #look(camera: Camera): void {
    this.#camera = camera
    this.#changed()
  }

  #resize(): void {
    const { clientWidth: width, clientHeight: height } = this.#ground
    // It was made while the pane had no size yet.
    if (this.#camera && this.#camera.width === 0) this.seeFrom('front')
    else if (this.#camera) this.#look(resized(this.#camera, width, height))
  }

  #changed(): void {
    this.#isDirty = true
    this.#movedAt = performance.now()
    this.#root.dataset.still = 'false'
    this.#paintAbove()
    this.#ask()
  }

  #ask(): void {
    if (this.#request === 0 && !this.#isBusy) this.#request = requestAnimationFrame(() => this.#paint())
  }

  #paint(): void {
    this.#request = 0
    if (!this.#picture || !this.#camera || this.#camera.width === 0) return
    const isMoving = this.#isHeld || performance.now() - this.#movedAt < REST_MS
    if (!this.#isDirty && (isMoving || !this.#pace.isCoarse(this.#share))) return this.#later(isMoving)
    const share = this.#pace.share(isMoving)
    this.#isDirty = false
    this.#isBusy = true
    const ratio = Math.min(MOST_RATIO, globalThis.devicePixelRatio || 1)
    this.#picture.draw(this.#camera, share, ratio, (ms) => {
      this.#isBusy = false
      this.#share = share
      this.#pace.learn(share, ms)
      if (this.#isDirty) return this.#ask()
      const isCoarse = this.#pace.isCoarse(share)
      this.#root.dataset.still = String(this.#isWhole && !isCoarse)
      this.#later(isCoarse)
    })
  }

  /** Once it rests the picture is drawn as fine as it can be. */
  #later(isWorthIt: boolean): void {
    clearTimeout(this.#timers.rest)
    if (isWorthIt) this.#timers.rest = setTimeout(() => this.#ask(), REST_MS)
  }

  #paintAbove(): void {
    const ratio = globalThis.devicePixelRatio || 1
    const camera = this.#shown ? this.#camera : null
    drawAbove(this.#above, camera, this.#lines, this.#theme, ratio)
    this.#cube.show(camera, this.#theme, ratio)
    const letters = camera && edgeLetters(camera)
    this.#letters.forEach((letter, n) => {
      const text = letters?.[EDGES[n] ?? 'left'] ?? ''
      if (letter.textContent !== text) letter.textContent = text
      letter.hidden = text === ''
    })
    const label = camera ? `3D picture, seen from ${facing(camera)}` : '3D picture'
    if (this.#ground.ariaLabel !== label) this.#ground.ariaLabel = label
  }

  #drop(): void {
    clearTimeout(this.#timers.again)
    clearTimeout(this.#timers.rest)
    this.#isBusy = false
    this.#share = 0
    const picture = this.#picture
    this.#picture = null
    picture?.destroy()
  }

  #close(): void {
    this.#drop()
    cancelAnimationFrame(this.#request)
    this.#request = 0
    this.#shown?.values.close()
    this.#shown?.surfaces.close()
    this.#shown = null
    this.#surfaces = []
  }
}

/** The side of the patient that one looks at, as letters. */
function facing({ right, down }: Camera): string {
  const [a, b, c] = right
  const [d, e, f] = down
  return lettersOf([-(b * f - c * e), -(c * d - a * f), -(a * e - b * d)])
}
