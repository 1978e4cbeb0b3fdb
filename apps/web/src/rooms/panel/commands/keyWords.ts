/** Keys as they are written on a keyboard. */
import { type Chord, isMac, partsOf } from './chords.ts'

const WRITTEN: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  PageUp: 'Page Up',
  PageDown: 'Page Down',
  Escape: 'Esc',
  '-': '−',
}

/** `Ctrl`, `Shift`, `Z`. */
export function keyWords(chord: Chord, mac = isMac): readonly string[] {
  const { mod, alt, shift, key } = partsOf(chord)
  return [
    ...(mod ? [mac ? 'Cmd' : 'Ctrl'] : []),
    ...(alt ? ['Alt'] : []),
    ...(shift ? ['Shift'] : []),
    WRITTEN[key] ?? (key.length === 1 ? key.toUpperCase() : key),
  ]
}

/** `Ctrl+Shift+Z`. */
export const chordText = (chord: Chord): string => keyWords(chord).join('+')
