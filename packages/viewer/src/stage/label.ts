/** What a picture is called by those who do not see it: its plane, where it stands, and how it hangs. */
import type { Plane } from '@consilium/geometry/plane'
import { whereText } from '../panes/moments.ts'
import type { SeriesFrames } from '../panes/series.ts'
import { planeName } from './orientation.ts'

/** Of a plane across the slices its name comes first: several panes are told apart by it. */
export function labelOf(
  { series, plane, frame }: { readonly series: SeriesFrames; readonly plane: Plane; readonly frame: number },
  hangs: string,
): string {
  const { slicing, meta } = series
  const name = slicing ? `${slicing.kind === 'oblique' ? 'Oblique' : planeName(plane)}, ` : ''
  return `Picture: ${name}${whereText(frame, meta)}${hangs && `. ${hangs}`}`
}
