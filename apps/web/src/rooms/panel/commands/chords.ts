/**
 * Keys pressed together, as one word: `Mod+Shift+z`, `Alt+1`, `Shift+ArrowLeft`, `Space`, `?`. The same word is made of an event that is
 * heard and of one that is recorded, so what was pressed in the keymap is what is heard afterwards. Mod is Cmd on a Mac, Ctrl elsewhere.
 * Digits go by the key they stand on, for with Alt or Shift keyboards type other signs; a sign has Shift in itself already.
 */
export type Chord = string

export const isMac = /Mac|iPod|iPhone|iPad/.test(globalThis.navigator?.platform ?? '')

export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'getModifierState'
>

const MODIFIERS: ReadonlySet<string> = new Set([
  'Shift',
  'Control',
  'Alt',
  'Meta',
  'AltGraph',
  'CapsLock',
  'NumLock',
])

/** What an event may be called, the first name first; none where only modifiers are down, or one that belongs to the system. */
export function chordsOf(event: KeyPress, mac = isMac): readonly Chord[] {
  const { key, code } = event
  if (MODIFIERS.has(key) || key === 'Dead' || key === 'Unidentified') return []
  const typed = event.getModifierState('AltGraph')
  const mod = mac ? event.metaKey : event.ctrlKey && !typed
  if (mac ? event.ctrlKey : event.metaKey) return []
  const held = `${mod ? 'Mod+' : ''}${event.altKey && !typed ? 'Alt+' : ''}`
  const shift = event.shiftKey ? 'Shift+' : ''
  const digit = typed ? undefined : /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1]
  const isSign = key.length === 1 && key !== ' ' && !/\p{L}|\d/u.test(key)
  const sign = isSign ? [`${held}${key}`] : []
  if (digit !== undefined && (code.startsWith('Digit') || key === digit))
    return [`${held}${shift}${digit}`, ...sign]
  return isSign ? sign : [`${held}${shift}${nameOf(key, code)}`]
}

/** Letters of other scripts go by their place on the keyboard: Ctrl and z undo there too. */
function nameOf(key: string, code: string): string {
  if (key === ' ') return 'Space'
  if (key.length > 1) return key
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  const small = key.toLowerCase()
  return letter !== undefined && !/^[a-z]$/.test(small) ? letter.toLowerCase() : small
}

const PARTS = /^(Mod\+)?(Alt\+)?(Shift\+)?(.+)$/
const NAMED =
  /^(?:Space|Enter|Escape|Backspace|Delete|Insert|Arrow(?:Left|Right|Up|Down)|Page(?:Up|Down)|Home|End|F(?:[1-9]|1[0-2]))$/
/** Browsers close, open and print with them and let no page say otherwise. */
const BROWSER = /^(?:Mod\+(?:Shift\+)?[wtnqr]|F5|F11|F12)$/

export function partsOf(chord: Chord) {
  const [, mod, alt, shift, key = ''] = PARTS.exec(chord) ?? []
  return { mod: mod !== undefined, alt: alt !== undefined, shift: shift !== undefined, key }
}

/** Why a word is no key that can be chosen; null where it is one. */
export function chordFault(word: string): string | null {
  const { shift, key } = partsOf(word)
  const isLetter = /^[a-z0-9]$/.test(key)
  const isSign = key.length === 1 && !/\p{L}|\d|\s/u.test(key)
  if (!isLetter && !NAMED.test(key) && !(isSign && !shift)) return 'is no key'
  return BROWSER.test(word) ? 'belongs to the browser' : null
}
