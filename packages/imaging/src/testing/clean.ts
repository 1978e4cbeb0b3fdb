/** For tests only: an instance as if it had been de-identified, with its UIDs as they are. */
import type { CleanInstance, Instance } from '../dicom/instance.ts'

export function clean({ technical, words, identity, frames, ...rest }: Instance): CleanInstance {
  const { modalityLut, voiLuts, suv } = rest
  return {
    technical,
    modality: words.modality,
    bodyPart: '',
    unit: 'HU',
    windowNames: [],
    uids: identity,
    frames,
    ...(modalityLut && { modalityLut }),
    ...(voiLuts && { voiLuts }),
    ...(suv && { suv }),
  }
}
