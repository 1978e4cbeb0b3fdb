/**
 * Annotations, drafts and peers above the picture: two Konva layers, and peers' cursors upon them. The static layer holds what rests on the
 * slice, the active one what moves: the selected shape, what is hovered, what this hand and others draw. Each is painted again only when
 * something of its own changed. The layers listen to nothing; `hit` answers what lies under the hand. Longer than other files, because what
 * either layer paints and what a hand hits is told from the same few fields: what rests, where its tags and pins are, and which of it is held.
 */
import type { KindName } from '@consilium/crdt-schema/kinds'
import type { Plane } from '@consilium/geometry/plane'
import type { Vec3 } from '@consilium/geometry/vec3'
import type { SeriesFrames } from '../panes/series.ts'
import { type Camera, type ScreenPoint, type ScreenRect, toScreen } from '../stage/camera.ts'
import type { Scene, SceneAnnotation, ScenePin } from '../stage/scene.ts'
import type { Theme } from '../stage/theme.ts'
import { hiddenIn, movesAlike, restsAlike } from './alike.ts'
import { Cursors } from './cursors.ts'
import { drawHandles, drawItem, drawItems, drawRings, type Paint } from './draw.ts'
import { Glide } from './glide.ts'
import { drawGuides, type Guides } from './guides.ts'
import { type Hit, hitTest } from './hit.ts'
import { acrossItem, draftItem, type Item, itemOf } from './item.ts'
import { Layers } from './layers.ts'
import { levelIn, meetingOf, planeDrawn } from './meets.ts'
import { drawnOf, type MetAnnotation } from './met.ts'
import { type Foot, placePin, placeTags } from './place.ts'
import { drawPin, drawTag, nameWidth, pinSize, type Tag, tagSize } from './plates.ts'
import type { Drawn } from './together.ts'

/** What this page's own hand draws or moves. */
export interface OwnDraft {
  readonly kind: KindName
  readonly points: readonly Vec3[]
  readonly replaces: string | null
}

export interface OverlayState {
  readonly camera: Camera
  readonly plane: Plane
  readonly series: Pick<SeriesFrames, 'planes' | 'meta' | 'base'>
  readonly frame: number
  readonly scene: Scene
  /** Those of the scene that the plane meets. */
  readonly met: readonly MetAnnotation[]
  readonly own: OwnDraft | null
  /** What the values inside of it are like. */
  readonly values: string | null
  readonly hover: Hit | null
  readonly guides: Guides
  /** Places of read-outs and buttons on the picture: tags and pins keep away from them. Asked for only when such are laid out. */
  readonly taken: () => readonly ScreenRect[]
}

/** Share of the pane. */
const WIDEST_TAG = 0.4
/** Above this many on one slice only the selected and the hovered one wear their tag: placing them takes time. */
const MOST_TAGS = 60
const OWN = 'own draft'

interface PlacedPin {
  readonly id: string
  readonly pin: ScenePin
  readonly rect: ScreenRect
  /** The corner that stands on its place. */
  readonly foot: Foot
}

interface Resting {
  readonly entry: SceneAnnotation
  readonly item: Item
  readonly tag: Tag
}

export class Overlay {
  readonly #layers: Layers
  readonly #measure: Paint
  readonly #glide = new Glide()
  readonly #cursors: Cursors
  #theme: Theme
  #state: OverlayState | null = null
  /** What tags and pins keep off stands elsewhere now. */
  #isMisplaced = false
  #resting: readonly Resting[] = []
  /** Something is on the static layer, and on the active one. */
  #rested = false
  #moved = false
  #pixelRatio = 1
  #tags: ReadonlyMap<string, ScreenRect> = new Map()
  #pins: readonly PlacedPin[] = []

  constructor(container: HTMLDivElement, theme: Theme) {
    this.#theme = theme
    const part = (): HTMLDivElement => container.appendChild(document.createElement('div'))
    this.#layers = new Layers(part(), {
      static: (paint) => this.#paintResting(paint),
      active: (paint) => this.#paintMoving(paint),
    })
    this.#measure = measuring()
    this.#cursors = new Cursors(part(), (name) => nameWidth(this.#measure, name, this.#theme))
  }

  resize(width: number, height: number, pixelRatio: number): void {
    this.#layers.resize(width, height, pixelRatio)
    this.#pixelRatio = pixelRatio
    this.#state = null
  }

  /** Fonts or colours changed: measure and paint everything again next time. */
  retheme(theme: Theme): void {
    this.#theme = theme
    this.#state = null
  }

  /** What stands on the picture beside the marks has moved: words are placed anew next time. */
  placeAnew(): void {
    this.#isMisplaced = true
  }

  /** Paints what changed since the last call. Returns whether a cursor is still on its way, so that it wants to be called again. */
  show(state: OverlayState, now: number): boolean {
    const before = this.#state
    this.#state = state
    const restsOn = before !== null && !this.#isMisplaced && restsAlike(before, state)
    this.#isMisplaced = false
    if (!restsOn) {
      this.#lay(state)
      const rests = this.#resting.length > 0 || this.#pins.length > 0
      if (rests || this.#rested) this.#layers.draw('static', !rests)
      this.#rested = rests
    }
    const moves = this.#moves(state)
    const stands = restsOn && movesAlike(before, state)
    if ((moves || this.#moved) && !stands) this.#layers.draw('active', !moves)
    this.#moved = moves
    this.#showCursors(state, now)
    return this.#glide.moving(now)
  }

  /** No picture, no marks. */
  clear(): void {
    if (!this.#state && this.#resting.length === 0) return
    this.#state = null
    this.#resting = []
    this.#pins = []
    this.#tags = new Map()
    this.#layers.clear()
    this.#cursors.show([], { width: 0, height: 0, pixelRatio: 1 })
  }

  /** What lies under the hand. */
  hit(p: ScreenPoint): Hit | null {
    if (!this.#state) return null
    const { selection, mayMove } = this.#state.scene
    const held = this.#resting.find(({ item }) => item.id === selection)
    return hitTest(p, {
      items: this.#resting.map((one) => one.item),
      selected: held && mayMove(held.item.id) ? selection : null,
      pins: this.#pins,
      tags: this.#tags,
    })
  }

  destroy(): void {
    this.#layers.destroy()
  }

  /** Whether anything is on the active layer. Painting nothing upon nothing would still cost putting the picture together anew. */
  #moves(state: OverlayState): boolean {
    const { scene, own, hover, guides } = state
    const drawn = own !== null || scene.drafts.length > 0
    const guided = guides.planes.length > 0 || guides.crosshair !== null
    return drawn || guided || hover !== null || scene.selection !== null
  }

  #showCursors({ camera, scene, frame }: OverlayState, now: number): void {
    const here = scene.peers.filter((peer) => peer.frame === frame)
    const places = this.#glide.at(here, now)
    const cursors = here.map(({ id, name, colour, idle, at }) => {
      const draft = scene.drafts.find((one) => one.name === name && one.colour === colour)
      return {
        id,
        name: draft ? `${name} · ${draft.replaces ? 'moving' : 'drawing'}` : name,
        colour,
        idle,
        at: toScreen(camera, places.get(id) ?? at),
      }
    })
    this.#cursors.show(cursors, { ...camera, pixelRatio: this.#pixelRatio })
  }

  #lay(state: OverlayState): void {
    const { camera, frame, scene, taken } = state
    const hidden = hiddenIn(scene, this.#state?.own ?? null)
    this.#resting = state.met.flatMap(({ entry, meeting }): Resting[] => {
      const { annotation } = entry
      if (annotation.retired !== null || annotation.vertices.length === 0 || hidden.has(annotation.id))
        return []
      const item = this.#itemOf(annotation, meeting, state)
      return item ? [{ entry, item, tag: this.#tagFor(entry, item.figure, state) }] : []
    })
    // Asked only where there is something to place: the page lays itself out to answer.
    let known: readonly ScreenRect[] | undefined
    const readouts = (): readonly ScreenRect[] => {
      known ??= taken()
      return known
    }
    this.#pins = scene.pins
      .filter((pin) => pin.frame === frame)
      .map((pin) => {
        const size = pinSize(this.#measure, pin, this.#theme)
        return { id: pin.id, pin, ...placePin(toScreen(camera, pin.at), size, camera, readouts()) }
      })
    const tagged =
      this.#resting.length <= MOST_TAGS
        ? this.#resting
        : this.#resting.filter(({ item }) => item.id === scene.selection)
    // What is chosen chooses first.
    const chosen = ({ item }: Resting): boolean => item.id === scene.selection
    this.#tags = placeTags(
      [...tagged.filter(chosen), ...tagged.filter((one) => !chosen(one))].map((one) => ({
        id: one.item.id,
        beside: one.item.bounds,
        must: chosen(one),
        ...tagSize(this.#measure, one.tag, this.#theme),
      })),
      camera,
      tagged.length === 0 ? [] : [...readouts(), ...this.#pins.map((one) => one.rect)],
    )
  }

  /** What is chosen always wears its tag: with its values and its title where they leave room for the picture, else with its figure alone. */
  #tagFor(entry: SceneAnnotation, figure: string | null, { scene, camera }: OverlayState): Tag {
    const whole = tagOf(entry, figure)
    if (entry.annotation.id !== scene.selection) return whole
    const shorter = [whole, tagOf({ ...entry, values: undefined }, figure)]
    const fits = (tag: Tag): boolean =>
      tagSize(this.#measure, tag, this.#theme).width <= camera.width * WIDEST_TAG
    return shorter.find(fits) ?? { ...whole, text: figure ?? entry.title }
  }

  /** As it lies on the plane shown, or where that cuts it. */
  #itemOf(
    annotation: SceneAnnotation['annotation'],
    meeting: MetAnnotation['meeting'],
    state: OverlayState,
  ): Item | null {
    const { camera, plane, series } = state
    const drawn = drawnOf(annotation)
    const own = planeDrawn(drawn, takenPlane(state))
    if (meeting === 'on') return itemOf(annotation, own, camera, series.meta)
    const level = levelIn(drawn.points, { series, plane })
    return level === null ? null : acrossItem(annotation, own, { plane, level }, camera, series.meta)
  }

  #paintResting(paint: Paint): void {
    const selected = this.#state?.scene.selection ?? null
    let drawn: Drawn[] = []
    for (const { entry, item } of this.#resting) {
      const { colour, opacity, heldBy } = entry
      const stroke = { colour, width: 2, fill: 0.1, opacity, dash: dashOf(item) }
      if (item.id !== selected) drawn.push({ item, stroke })
      if (heldBy.length === 0 || item.outlines.length === 0) continue
      drawItems(paint, drawn)
      drawn = []
      drawRings(paint, item, heldBy)
    }
    drawItems(paint, drawn)
    for (const { item, tag } of this.#resting) {
      const rect = this.#tags.get(item.id)
      if (rect) drawTag(paint, tag, rect, this.#theme)
    }
    for (const one of this.#pins) drawPin(paint, one.pin, one, this.#theme)
  }

  #paintMoving(paint: Paint): void {
    const state = this.#state
    if (!state) return
    this.#paintGuides(paint, state)
    this.#paintHeld(paint, state)
    this.#paintDrafts(paint, state)
  }

  /** Not through the words of tags and pins, which lie on the layer below. */
  #paintGuides(paint: Paint, { guides, camera, plane }: OverlayState): void {
    const words = [...this.#tags.values(), ...this.#pins.map(({ rect }) => rect)]
    paint.save()
    if (words.length > 0) {
      const around = new Path2D()
      around.rect(0, 0, camera.width, camera.height)
      for (const { x, y, width, height } of words) around.rect(x, y, width, height)
      paint.clip(around, 'evenodd')
    }
    drawGuides(paint, guides, camera, plane)
    paint.restore()
  }

  /** The selected shape with its handles; the hovered one a little stronger. */
  #paintHeld(paint: Paint, { scene, hover, camera }: OverlayState): void {
    for (const { entry, item, tag } of this.#resting) {
      const selected = item.id === scene.selection
      const hovered = hover !== null && hover.what !== 'inside' && hover.id === item.id
      if (!selected && !hovered) continue
      drawItem(paint, item, {
        colour: entry.colour,
        width: hovered ? 2.5 : 2,
        fill: selected ? 0.16 : 0,
        opacity: entry.opacity,
        dash: dashOf(item),
      })
      if (!selected) {
        if (!this.#tags.has(item.id)) this.#paintTag(paint, tag, item, camera)
        continue
      }
      const handle = hover?.what === 'handle' ? hover.handle : null
      if (scene.mayMove(item.id)) drawHandles(paint, item, entry.colour, handle)
      const rect = this.#tags.get(item.id)
      if (rect) drawTag(paint, tag, rect, this.#theme)
    }
  }

  #paintDrafts(paint: Paint, state: OverlayState): void {
    const { scene, own, values, camera, plane, series } = state
    for (const draft of scene.drafts) {
      const meeting = meetingOf(draft, state)
      if (meeting === null) continue
      const level = meeting === 'across' ? levelIn(draft.points, { series, plane }) : null
      const cut = level === null ? undefined : { plane, level }
      const item = draftItem(draft, planeDrawn(draft, takenPlane(state)), camera, series.meta, false, cut)
      drawItem(paint, item, { colour: draft.colour, width: 2, dash: [6, 5], opacity: draft.opacity })
    }
    if (!own) return
    const moved = scene.annotations.find(({ annotation }) => annotation.id === own.replaces)
    const colour = moved?.colour ?? scene.labelColour
    const item = draftItem({ ...own, id: OWN }, plane, camera, series.meta, moved === undefined)
    drawItem(paint, item, { colour, width: 2, fill: moved ? 0.16 : 0.06 })
    if (!moved) {
      const corners = own.points.length <= 60 ? own.points : []
      drawHandles(
        paint,
        { ...item, handles: corners.map((at, i) => ({ id: String(i), ...toScreen(camera, at) })) },
        colour,
        null,
      )
    }
    if (item.figure === null) return
    const tag: Tag = moved
      ? tagOf({ ...moved, values: values ?? undefined }, item.figure)
      : { colour, text: [item.figure, values].filter(Boolean).join(' · '), disputed: false }
    this.#paintTag(paint, tag, item, camera)
  }

  /** Of one shape, over whatever lies there. */
  #paintTag(paint: Paint, tag: Tag, item: Item, camera: Camera): void {
    const size = tagSize(paint, tag, this.#theme)
    const rect = placeTags([{ id: item.id, beside: item.bounds, must: true, ...size }], camera).get(item.id)
    if (rect) drawTag(paint, tag, rect, this.#theme)
  }
}

const takenPlane = ({ series, plane }: OverlayState): Plane => (series.base ?? series).planes[0] ?? plane

/** Where a plane only cuts a shape the line is broken. */
const dashOf = (item: Item): readonly number[] | undefined => (item.across ? [3, 4] : undefined)

const tagOf = (entry: SceneAnnotation, figure: string | null): Tag => ({
  colour: entry.colour,
  text: [entry.title, figure, entry.values].filter(Boolean).join(' · '),
  disputed: entry.disputed,
})

/** Words are measured before there is anything to paint them on. */
function measuring(): Paint {
  const context = document.createElement('canvas').getContext('2d')
  if (!context) throw new Error('This browser gives no canvas to measure on')
  return context
}
