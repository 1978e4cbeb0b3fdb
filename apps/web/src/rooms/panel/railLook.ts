/** How a button of the tool rail looks, and how a key is printed in its corner. */

export const railClass = ({ pressed, denied }: { pressed?: boolean; denied?: boolean }): string =>
  `relative flex size-[34px] shrink-0 items-center justify-center rounded-control transition-colors wide:size-10 ${
    pressed ? 'bg-bone text-on-bone' : denied ? 'text-t2 opacity-40' : 'text-t2 hover:bg-s3 hover:text-t1'
  }`

/** "⇧L" for Shift+l: there is room for two signs. */
export const cornerKey = (key: string): string => key.replace('Shift+', '⇧').toUpperCase()

/** "Shift+L", as in tooltips. */
export const keyName = (key: string): string => key.replace(/\w$/, (letter) => letter.toUpperCase())
