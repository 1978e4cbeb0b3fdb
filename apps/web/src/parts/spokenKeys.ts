/** Keys as they are written in a tooltip, as `aria-keyshortcuts` wants them (WAI-ARIA 1.2): "Ctrl+Shift+Z" is Control+Shift+Z. */
const NAMES: Readonly<Record<string, string>> = {
  Ctrl: 'Control',
  Cmd: 'Meta',
  Esc: 'Escape',
  '←': 'ArrowLeft',
  '→': 'ArrowRight',
  '↑': 'ArrowUp',
  '↓': 'ArrowDown',
  'Page Up': 'PageUp',
  'Page Down': 'PageDown',
  '−': '-',
  '': 'Plus',
}

export const spokenKeys = (hint: string | undefined): string | undefined =>
  hint
    ?.replace(/\+$/, '')
    .split('+')
    .map((word) => NAMES[word] ?? word)
    .join('+')
