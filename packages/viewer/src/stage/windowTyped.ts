/** Numbers as people type them, made into a window. Pure. */
import type { Window } from './scene.ts'

/** With a true minus, a comma for the decimals, or spaces between thousands; null for whatever is no number. */
export function numberFrom(text: string): number | null {
  const plain = text
    .replace(/[\s\u2009]/g, '')
    .replace('\u2212', '-')
    .replace(',', '.')
  const value = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain) ? Number(plain) : Number.NaN
  return Number.isFinite(value) ? value : null
}

/** Null where a part is no number, or the width is less than there can be. */
export function windowFrom(width: string, level: string, leastWidth: number): Window | null {
  const [wide, center] = [numberFrom(width), numberFrom(level)]
  return wide === null || center === null || wide < leastWidth ? null : { center, width: wide }
}
