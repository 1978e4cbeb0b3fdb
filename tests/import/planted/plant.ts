/**
 * Strings that can be nobody's but the place they were planted in. Words share an ending that no other text has, so that one search finds
 * them all; dates, numbers and UIDs are looked for one by one.
 */
export interface Place {
  /** What a person would call it. */
  readonly where: string
  /** As it stands in the file. */
  readonly planted: Buffer
  /** Every form in which it must not be found afterwards. */
  readonly forms: readonly Buffer[]
}

/** Of every word. */
export const MARK = 'XJQK'

let planted = 0
/** No two places have the same number. */
const next = (): number => planted++

export class Planting {
  readonly places: Place[] = []

  /** Ten capital letters. */
  word(where: string): string {
    const text = `ZQ${letters(next())}${MARK}`
    this.#add(where, text)
    return text
  }

  /** YYYYMMDD, long ago. */
  date(where: string): string {
    const n = next()
    const text = `19${String(n % 40).padStart(2, '0')}${String(1 + (n % 12)).padStart(2, '0')}${String(1 + ((n * 7) % 28)).padStart(2, '0')}`
    this.#add(where, text)
    return text
  }

  digits(where: string): string {
    const text = `19471${String(1_000 + next())}`
    this.#add(where, text)
    return text
  }

  /** With somebody's day of birth in it. */
  uid(where: string, root = '1.3.6.1.4.1.99999.19310407'): string {
    const text = `${root}.77${1_000 + next()}`
    this.#add(where, text)
    return text
  }

  /** Bytes that spell `text` in a character set of their own. */
  spelt(where: string, bytes: Uint8Array, text: string): Uint8Array {
    const planted = Buffer.from(bytes)
    this.places.push({ where, planted, forms: [planted, Buffer.from(text), ...utf16(text)] })
    return planted
  }

  /** A word in bytes that do not lie side by side in the file; `planted` is how they lie. */
  scattered(where: string, scatter: (word: string) => Uint8Array): Uint8Array {
    const text = `ZQ${letters(next())}${MARK}`
    const planted = Buffer.from(scatter(text))
    this.places.push({ where, planted, forms: formsOf(text) })
    return planted
  }

  #add(where: string, text: string): void {
    this.places.push({ where, planted: Buffer.from(text, 'latin1'), forms: formsOf(text) })
  }
}

const letters = (n: number): string =>
  [17_576, 676, 26, 1].map((unit) => String.fromCharCode(65 + (Math.floor(n / unit) % 26))).join('')

/** As it is, in small letters, in UTF-16, as bytea is printed, and in base64 from each of its three beginnings. */
export function formsOf(text: string): Buffer[] {
  const bytes = Buffer.from(text)
  return [
    bytes,
    Buffer.from(text.toLowerCase()),
    ...utf16(text),
    Buffer.from(bytes.toString('hex')),
    ...[0, 1, 2].map((before) => inBase64(bytes, before)),
  ]
}

function utf16(text: string): Buffer[] {
  const little = Buffer.from(text, 'utf16le')
  return [little, Buffer.from(little).swap16()]
}

/** The letters that depend on these bytes alone. */
function inBase64(bytes: Buffer, before: number): Buffer {
  const whole = Buffer.concat([Buffer.alloc(before), bytes])
  const text = whole.toString('base64').replaceAll('=', '')
  const first = before === 0 ? 0 : before === 1 ? 2 : 3
  const last = Math.floor((whole.length * 8) / 6)
  return Buffer.from(text.slice(first, last))
}
