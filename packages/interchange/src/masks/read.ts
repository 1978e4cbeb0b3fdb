/**
 * A file of labels -> rows of voxels of a series, label by label. Any volume that imaging reads will do (NIfTI, NRRD, MetaImage), and a
 * photograph's mask as a photograph (PNG, TIFF), as long as its voxels are those of the series: match.ts says what that means.
 * @see write.ts for the other way
 */
import { readAny } from '@consilium/imaging/read'
import { latticeOf, type SeriesGeometry } from '../lattice.ts'
import { look, type Watch } from '../watch.ts'
import { inGrey, latticeOfFile } from './file.ts'
import { type Label, labelsOf } from './labels.ts'
import { matched } from './match.ts'

export type { Label }

export interface MaskOptions extends Watch {
  /** The number that stands for nothing; 0 where not given. */
  readonly background?: number
}

/** @throws ExchangeFault or ImagingFault, whose sentences say why it cannot be taken over */
export async function readMask(
  file: Uint8Array,
  series: SeriesGeometry,
  { background = 0, ...watch }: MaskOptions = {},
): Promise<Label[]> {
  const ours = latticeOf(series)
  look(watch, 0)
  const instance = inGrey(await readAny(file))
  const match = matched(ours, latticeOfFile(instance))
  const work = labelsOf(instance, ours, match, background)
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
    look(watch, step.value)
  }
}
