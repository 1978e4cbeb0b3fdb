/** What tells about commands. The sheet and the change of keys come when they are opened; the palette is here, for it is typed into at once. */
import { type JSX, lazy, Show, Suspense } from 'solid-js'
import { useDesk } from '../state/desk.ts'
import { Palette } from './Palette.tsx'

const Sheet = lazy(async () => ({ default: (await import('./Sheet.tsx')).Sheet }))
const KeymapDialog = lazy(async () => ({ default: (await import('./KeymapDialog.tsx')).KeymapDialog }))

export function Help(): JSX.Element {
  const { help } = useDesk()
  return (
    <>
      <Palette />
      <Suspense>
        <Show when={help.open() === 'sheet'}>
          <Sheet />
        </Show>
        <Show when={help.open() === 'keys'}>
          <KeymapDialog />
        </Show>
      </Suspense>
    </>
  )
}
