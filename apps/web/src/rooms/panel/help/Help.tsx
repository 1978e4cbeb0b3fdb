/** What tells about commands: each is made when it is first opened. */
import { type JSX, Show } from 'solid-js'
import { Late } from '../../../parts/Late.tsx'
import { createOnceAsked } from '../later/createOnceAsked.ts'
import { UNSEEN } from '../later/files.ts'
import { useDesk } from '../state/desk.ts'

export function Help(): JSX.Element {
  const { help } = useDesk()
  const wasSearched = createOnceAsked(() => help.open() === 'palette')
  return (
    <>
      <Show when={wasSearched()}>
        <Late of={UNSEEN}>{({ Palette }) => <Palette />}</Late>
      </Show>
      <Show when={help.open() === 'sheet'}>
        <Late of={UNSEEN}>{({ Sheet }) => <Sheet />}</Late>
      </Show>
      <Show when={help.open() === 'keys'}>
        <Late of={UNSEEN}>{({ KeymapDialog }) => <KeymapDialog />}</Late>
      </Show>
    </>
  )
}
