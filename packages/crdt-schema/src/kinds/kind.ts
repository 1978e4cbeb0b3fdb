/**
 * What a kind of annotation must say about itself. Everything else in the product asks these questions and never names a kind.
 */

import type { Plane } from '@consilium/geometry/plane'
import type { Vec3 } from '@consilium/geometry/vec3'

/** A closed or open line in patient space, mm. */
export interface Contour {
  readonly points: readonly Vec3[]
  readonly closed: boolean
  /** Drawn thin, to show what belongs together: no part of what is measured. */
  readonly helping?: boolean
}

export interface Measure {
  readonly name: 'length' | 'area' | 'perimeter' | 'width' | 'height' | 'long axis' | 'short axis' | 'angle'
  readonly value: number
  readonly unit: 'mm' | 'mm²' | '°'
}

export interface Kind<Name extends string = string> {
  readonly name: Name
  /** As a person says it: "Box", "Freehand contour". */
  readonly title: string
  /** Within a sentence, where that is not the title in lower case: "Cobb angle". */
  readonly noun?: string
  /** Least and most vertices of a finished one; 0 and 0 where what it is does not lie in vertices. */
  readonly vertices: { readonly min: number; readonly max: number }
  /** All its points lie in the plane of the picture it was made on. */
  readonly planar: boolean
  /** Null where the points make a valid one, else one sentence saying what is wrong. `normal` is the unit normal of its plane. */
  readonly fault: (points: readonly Vec3[], normal: Vec3) => string | null
  /**
   * What is wrong besides on a picture whose rows and columns are known, as they are to the hand that draws and not to the record. Absent:
   * nothing. It keeps shapes from being made; those of before are read as they are.
   */
  readonly faultOn?: (points: readonly Vec3[], plane: Plane) => string | null
  /** Lines to draw, in patient space. `plane` gives the in-plane axes of the source frame. */
  readonly contours: (points: readonly Vec3[], plane: Plane) => readonly Contour[]
  readonly measures: (points: readonly Vec3[], plane: Plane) => readonly Measure[]
  /**
   * Its points where all of its outline is stretched, along rows unlike along columns, by carrying each place `to` where it comes. Absent:
   * its points are carried one by one, which is right where lines stay lines.
   */
  readonly stretched?: (points: readonly Vec3[], to: (at: Vec3) => Vec3) => readonly Vec3[]
  /** What two of them are compared by when reads are paired. */
  readonly comparedBy: 'area' | 'distance' | 'angle' | 'interval' | 'answer' | 'voxels'
}
