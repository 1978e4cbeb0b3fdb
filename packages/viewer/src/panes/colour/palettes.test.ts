import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { COLOUR_TABLES, coloursOf } from './palettes.ts'
import { wordsOf } from './words.ts'

describe('[V53] DICOM’s well-known colour palettes (PS3.6 Annex B)', () => {
  // SHA-256 over the 256 entries, red, green and blue beside one another, of the palette objects published with the standard
  // (ftp://medical.nema.org/MEDICAL/Dicom/Palettes).
  it.each([
    ['hot-iron', '8bba464199e149c18cf501e8174289abf693e5af4a7db4c1602ad48dd4338dda'],
    ['pet', 'bc03f513531e405c3535f0e0d42ab86fb4d7df84fc02f2cd96e75c364b460145'],
    ['hot-metal-blue', 'a421277b84abae409188b25c2fba742ad459dc30356a4aebd37ceb33a94718f9'],
    ['pet-20-step', '6f4f77ec9646ab6c536f1abe9e755ab548dfd0a4e71c4bfe130be2bd355c54ac'],
    ['spring', '1936eccfa8b7e627543a378f2070b8552225e00dcc796baec58f747de1fbba69'],
    ['fall', '3b967a693980920ac26b92a9f59d43f2f60e54f434a8ccc23e47047c982ef5ac'],
    ['winter', '6c86dcf2f39314221ed176067825b02029deab5f4c57b1677d8dfd756633019f'],
  ] as const)('%s is the published one in every entry', (table, sha256) => {
    const bytes = Uint8Array.from(coloursOf(table).flat())
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256)
  })

  it('summer: its blue is given as a segment, so that only its ends and its slope are fixed', () => {
    const colours = coloursOf('summer')
    expect([0, 127, 255].map((entry) => colours[entry])).toEqual([
      [0, 255, 0],
      [0, 192, 0],
      [0, 128, 254],
    ])
    expect(colours[191]?.[2]).toBe(127)
  })

  it('grey is grey, and a rainbow goes from blue through green to red', () => {
    expect(coloursOf('grey').every((rgb, entry) => rgb.every((level) => level === entry))).toBe(true)
    const rainbow = coloursOf('rainbow')
    expect([0, 64, 128, 192, 255].map((entry) => rainbow[entry])).toEqual([
      [0, 0, 255],
      [0, 255, 255],
      [0, 255, 0],
      [255, 255, 0],
      [255, 0, 0],
    ])
  })

  it.each(COLOUR_TABLES)('%s inverted is the same colours from the other end, all opaque', (table) => {
    const words = wordsOf(table, false)
    expect([...wordsOf(table, true)]).toEqual([...words].reverse())
    expect(words.every((word) => word >>> 24 === 255)).toBe(true)
    const [red, green, blue] = coloursOf(table)[200] ?? []
    const word = words[200] ?? 0
    expect([word & 255, (word >> 8) & 255, (word >> 16) & 255]).toEqual([red, green, blue])
  })
})
