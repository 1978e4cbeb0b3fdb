/**
 * "Who made this" for voxels: while it is asked, the voxel under the pointer leads to the act that made it what it is, and to what lay under
 * that. What was pointed at stays until another painted voxel is, so that one can go to what is told about it.
 */
import type { EntryKey } from '@consilium/crdt-schema/entry'
import type { MaskAct } from '@consilium/crdt-schema/painting'
import type { Vec3 } from '@consilium/geometry/vec3'
import type { Probe } from '@consilium/viewer/scene'
import { type Accessor, createEffect, createMemo, createSignal, on } from 'solid-js'
import type { Canvases } from './canvases.ts'
import type { SegmentRow } from './segments.ts'
import type { WrittenState } from './written.ts'

export interface Voxel {
  readonly segment: EntryKey
  /** Column, row and slice, from 0. */
  readonly at: Vec3
}

export interface VoxelCredit extends Voxel {
  /** Null where nothing is in effect any more: then an act is withdrawn. */
  readonly act: MaskAct | null
  /** What it would be without the act: an act below, or nothing. */
  readonly under: MaskAct | null
  /** The highest act over the voxel that an adjudicator withdrew. */
  readonly withdrawn: MaskAct | null
  /** Of the act in effect, or else of the one withdrawn. Null while it is not known, or not saved yet. */
  readonly seq: number | null
}

export interface VoxelBlame {
  readonly credit: Accessor<VoxelCredit | null>
  readonly letGo: () => void
}

interface VoxelBlameParts {
  readonly isOn: Accessor<boolean>
  readonly probe: Accessor<Probe | null>
  readonly segments: Accessor<readonly SegmentRow[]>
  readonly canvases: Canvases
  readonly written: WrittenState
}

export function createVoxelBlame(parts: VoxelBlameParts): VoxelBlame {
  const { isOn, probe, segments, canvases, written } = parts
  const [pointed, setPointed] = createSignal<Voxel | null>(null, { equals: sameVoxel })
  const engineHere = () => canvases.shown()?.engine
  const isTouched = (segment: EntryKey, [x, y, z]: Vec3): boolean => {
    const engine = engineHere()
    return (
      engine !== undefined &&
      (engine.blame(segment, x, y, z) ?? engine.withdrawnAt(segment, x, y, z)) !== null
    )
  }
  /** The highest segment in view that somebody painted or erased there. */
  const found = ([x, y, z]: Vec3): Voxel | null => {
    const engine = engineHere()
    const here = segments()
      .toReversed()
      .filter((segment) => !segment.isHidden && isTouched(segment.id, [x, y, z]))
    const set = here.find(({ id }) => engine?.valueAt(id, x, y, z) === 1) ?? here[0]
    return set ? { segment: set.id, at: [x, y, z] } : null
  }
  createEffect(
    on([isOn, probe], ([active, at]) => {
      if (!active) return setPointed(null)
      written.want()
      const voxel = at?.voxel && found(at.voxel)
      if (voxel) setPointed(voxel)
    }),
  )
  const credit = createMemo((): VoxelCredit | null => {
    const voxel = pointed()
    const engine = engineHere()
    if (!voxel || !engine) return null
    written.known()
    // What is taken back or restored meanwhile is told anew.
    canvases.counted()
    const [x, y, z] = voxel.at
    const blame = engine.blame(voxel.segment, x, y, z)
    const withdrawn = engine.withdrawnAt(voxel.segment, x, y, z)
    const told = blame?.act ?? withdrawn
    if (!told) return null
    const { client, lamport } = told.id
    const clock = canvases.found(client, lamport)?.clock
    const seq = clock === undefined ? null : written.seqOf(client, clock)
    return { ...voxel, act: blame?.act ?? null, under: blame?.under ?? null, withdrawn, seq }
  })
  return { credit, letGo: () => void setPointed(null) }
}

const sameVoxel = (a: Voxel | null, b: Voxel | null): boolean =>
  a === b ||
  (a !== null && b !== null && a.segment === b.segment && a.at.every((place, axis) => place === b.at[axis]))
