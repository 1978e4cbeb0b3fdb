/** A closed line through corners that were set one by one; each corner stays a handle. */
import { outline } from './outline.ts'

export const polygon = outline('polygon', 'Polygon', 'A polygon', { min: 3, max: 500 })
