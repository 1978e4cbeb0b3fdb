/** A closed line drawn in one stroke: many points, none of them meant by itself. */
import { outline } from './outline.ts'

export const freehand = outline('freehand', 'Freehand contour', 'A freehand contour', { min: 3, max: 2_000 })
