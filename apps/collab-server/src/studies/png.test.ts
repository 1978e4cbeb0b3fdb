import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { encodePng } from './png.ts'

test('a grey picture comes back from its PNG value by value', () => {
  const width = 5
  const height = 4
  const grey = Uint8Array.from({ length: width * height }, (_, i) => (i * 37) & 0xff)
  const png = encodePng(grey, width, height)
  expect([...png.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([width, height])
  const at = png.indexOf('IDAT')
  const lines = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)))
  const back = new Uint8Array(width * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      back[y * width + x] = lines[y * (width + 1) + 1 + x]! + (y > 0 ? back[(y - 1) * width + x]! : 0)
  expect([...back]).toEqual([...grey])
})

test('a picture of another size than said is our own mistake', () => {
  expect(() => encodePng(new Uint8Array(3), 2, 2)).toThrow(/width x height pixels/)
})

test('a picture in colour has red, green and blue beside one another', () => {
  const colour = Uint8Array.of(255, 0, 0, 0, 255, 0)
  const png = encodePng(colour, 2, 1)
  expect(png[25]).toBe(2)
  const at = png.indexOf('IDAT')
  expect([...inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)))]).toEqual([2, ...colour])
})
