/**
 * Why text in the picture itself may name somebody. Nobody reads the pixels here: what the file says of itself, and of what kind it is,
 * is enough to keep it apart until a person has looked. Photographs are not under suspicion by themselves.
 */
import type { Instance } from '@consilium/imaging/dicom'

const STORAGE = '1.2.840.10008.5.1.4.1.1'

/** Secondary Capture, of one or many frames; Ultrasound, those retired among them (PS3.4 B.5). */
const SECONDARY_CAPTURE = [7, '7.1', '7.2', '7.3', '7.4'].map((end) => `${STORAGE}.${end}`)
const ULTRASOUND = [3, '3.1', 6, '6.1', '6.2'].map((end) => `${STORAGE}.${end}`)
/** Ultrasound, within vessels, of bones. */
const ULTRASOUND_MODALITIES = ['US', 'IVUS', 'BDUS']
/** ConversionType (PS3.3 C.8.6.1): video, a digital interface, film, a workstation, a scanned document or image, a drawing. */
const CONVERTED = ['DV', 'DI', 'DF', 'WSD', 'SD', 'SI', 'DRW']

/** Sentences, one for each reason; they quote nothing of the file. */
export function suspicionsOf({ technical, words }: Pick<Instance, 'technical' | 'words'>): string[] {
  const code = (text: string | undefined): string => (text ?? '').trim().toUpperCase()
  const ultrasound =
    ULTRASOUND.includes(technical.sopClass) || ULTRASOUND_MODALITIES.includes(code(words.modality))
  const reasons: readonly (readonly [holds: boolean, sentence: string])[] = [
    [code(words.burnedIn) === 'YES', 'The file says that text is written into its picture.'],
    [ultrasound, 'It is an ultrasound picture; names and dates are often written into these.'],
    [
      SECONDARY_CAPTURE.includes(technical.sopClass),
      'It is a secondary capture, a picture of a picture; names and dates are often written into these.',
    ],
    [
      CONVERTED.includes(code(words.conversion)),
      'The file says that its picture was taken from a screen, a video, film or paper.',
    ],
  ]
  return reasons.flatMap(([holds, sentence]) => (holds ? [sentence] : []))
}
