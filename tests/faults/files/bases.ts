/** The good files that a row begins with. */
import { type Base, dicomBases, niftiBases } from './base.ts'
import { pictureBases } from './hostilePictures.ts'

export type Kind = 'dicom' | 'nifti' | 'pictures'

const BASES: Record<Kind, () => Base[] | Promise<Base[]>> = {
  dicom: dicomBases,
  nifti: niftiBases,
  pictures: pictureBases,
}

export const basesOf = async (kind: Kind): Promise<Base[]> => BASES[kind]()
