/** DICOM objects that hold no picture of this kind, by SOP class (PS3.4 B.5): recognised, so that the refusal can say what the file is. */

const STORAGE = '1.2.840.10008.5.1.4.1.1.'

const OBJECTS: readonly (readonly [prefix: string, what: string])[] = [
  [`${STORAGE}88`, 'a structured report'],
  [`${STORAGE}481.3`, 'a set of radiotherapy structures'],
  [`${STORAGE}481.2`, 'a radiotherapy dose'],
  [`${STORAGE}481.5`, 'a radiotherapy plan'],
  [`${STORAGE}481.8`, 'a radiotherapy plan'],
  [`${STORAGE}481.4`, 'a radiotherapy record'],
  [`${STORAGE}66.4`, 'a segmentation'],
  [`${STORAGE}66.5`, 'a surface segmentation'],
  [`${STORAGE}66.6`, 'a tractography result'],
  [`${STORAGE}66.7`, 'a segmentation'],
  [`${STORAGE}66.1`, 'a spatial registration'],
  [`${STORAGE}66.3`, 'a deformable registration'],
  [`${STORAGE}66.2`, 'a set of spatial fiducials'],
  [`${STORAGE}66`, 'raw data'],
  [`${STORAGE}9`, 'a waveform'],
  [`${STORAGE}11`, 'a presentation state'],
  [`${STORAGE}104`, 'an encapsulated document'],
  [`${STORAGE}67`, 'a value mapping'],
  [`${STORAGE}77.1.6`, 'a slide microscopy image'],
  ['1.2.840.10008.1.3.10', 'a directory of other files (DICOMDIR)'],
]

/** What the object is, in words, or null where it may be an image. */
export function objectOf(sopClass: string): string | null {
  const found = OBJECTS.find(([prefix]) => sopClass === prefix || sopClass.startsWith(`${prefix}.`))
  return found ? found[1] : null
}
