/**
 * The smallest and the largest of many values of 16 bits, eight at a time: a WebAssembly module of two functions, written out here instruction
 * by instruction (WebAssembly 2.0 §5.4) because it is shorter than what a tool that makes such modules would bring along. In JavaScript the same
 * takes ten times as long, which is as much as everything else that is done with a header; and until the loop is compiled, far more.
 *
 * Its memory holds the smallest value of each of eight places (16 bytes), the largest (16 bytes), and then a lot of the values.
 */
const PAGES = 2
const PLACES = 8
/** Bytes before the values. */
const HEAD = 32
/** Values that are in memory at once. */
const LOT = (PAGES * 65_536 - HEAD) / 2

export interface Extremes {
  readonly min: number
  readonly max: number
}

/** As much of it as is used here: not everybody who reads files is compiled with a browser's types. */
declare const WebAssembly:
  | {
      readonly validate: (bytes: Uint8Array<ArrayBuffer>) => boolean
      readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object
      readonly Instance: new (module: object) => { readonly exports: unknown }
    }
  | undefined

type Words = Int16Array | Uint16Array

interface Module {
  readonly memory: { readonly buffer: ArrayBuffer }
  /** Looks at the values up to this address, and adds them to what it found before. */
  readonly signed: (end: number) => void
  readonly unsigned: (end: number) => void
}

let loaded: Module | null | undefined

/** Null where there is nothing to look at, or no WebAssembly of this kind. */
export function extremesOfWords(words: Words): Extremes | null {
  const first = words[0]
  loaded ??= loadedOrNull()
  if (first === undefined || !loaded) return null
  const { memory, signed, unsigned } = loaded
  const isSigned = words instanceof Int16Array
  const held = isSigned ? new Int16Array(memory.buffer) : new Uint16Array(memory.buffer)
  held.fill(first, 0, 2 * PLACES)
  for (let at = 0; at < words.length; at += LOT) {
    const lot = words.subarray(at, at + LOT)
    held.set(lot, 2 * PLACES)
    const end = 2 * PLACES + lot.length
    const whole = Math.ceil(end / PLACES) * PLACES
    held.fill(first, end, whole)
    if (isSigned) signed(2 * whole)
    else unsigned(2 * whole)
  }
  return { min: Math.min(...held.subarray(0, PLACES)), max: Math.max(...held.subarray(PLACES, 2 * PLACES)) }
}

function loadedOrNull(): Module | null {
  const bytes = moduleBytes()
  if (typeof WebAssembly === 'undefined' || !WebAssembly.validate(bytes)) return null
  return new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as Module
}

const [I32, V128, NOTHING] = [0x7f, 0x7b, 0x40]
const get = (local: number): number[] => [0x20, local]
const set = (local: number): number[] => [0x21, local]
const i32 = (value: number): number[] => [0x41, value] // LEB128; all of them are below 64
const VECTOR = 0xfd
const ALIGNED = 4 // to 2⁴ bytes
const LOAD = [VECTOR, 0x00, ALIGNED, 0]
const STORE = [VECTOR, 0x0b, ALIGNED, 0]
const LOOP = 0x03
const ADD = 0x6a
const IS_BELOW = 0x49
const AGAIN_IF = [0x0d, 0]
const END = 0x0b
const MIN = { signed: [VECTOR, 0x96, 0x01], unsigned: [VECTOR, 0x97, 0x01] } // i16x8.min_s, i16x8.min_u
const MAX = { signed: [VECTOR, 0x98, 0x01], unsigned: [VECTOR, 0x99, 0x01] } // i16x8.max_s, i16x8.max_u

function moduleBytes(): Uint8Array<ArrayBuffer> {
  const oneNumber = [0x60, 1, I32, 0]
  const names = [name('memory'), 2, 0, name('signed'), 0, 0, name('unsigned'), 0, 1].flat()
  return Uint8Array.from(
    [
      [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // "\0asm", version 1
      section(1, [1, ...oneNumber]),
      section(3, [2, 0, 0]), // two functions of that type
      section(5, [1, 0, PAGES]),
      section(7, [3, ...names]),
      section(10, [[2], body('signed'), body('unsigned')].flat()),
    ].flat(),
  )
}

function body(of: 'signed' | 'unsigned'): number[] {
  const [end, at, least, most] = [0, 1, 2, 3]
  const code = [
    [2, 1, I32, 2, V128], // locals: one and two
    [i32(HEAD), set(at)],
    [i32(0), LOAD, set(least)],
    [i32(16), LOAD, set(most)],
    [LOOP, NOTHING],
    [get(least), get(at), LOAD, MIN[of], set(least)],
    [get(most), get(at), LOAD, MAX[of], set(most)],
    [get(at), i32(16), ADD, set(at)],
    [get(at), get(end), IS_BELOW, AGAIN_IF, END],
    [i32(0), get(least), STORE],
    [i32(16), get(most), STORE, END],
  ].flat(2)
  return [code.length, ...code] // below 128, so one byte of LEB128
}

const name = (text: string): number[] => [text.length, ...new TextEncoder().encode(text)]

function section(id: number, content: readonly number[]): number[] {
  const { length } = content
  const size = length < 128 ? [length] : [(length & 127) | 128, length >> 7] // LEB128
  return [id, ...size, ...content]
}
