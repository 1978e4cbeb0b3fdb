/** Options of the tools that find out for themselves how far they go: in the slice or through all of them, and by which values. */
import type { SeedTool } from '@consilium/viewer/scene'
import { type JSX, Show } from 'solid-js'
import { Button } from '../../../parts/Button.tsx'
import { DepthChoice } from '../segments/DepthChoice.tsx'
import { NumberBox } from '../segments/NumberBox.tsx'
import { useDesk } from '../state/desk.ts'

export function SeedOptions(props: { readonly tool: SeedTool }): JSX.Element {
  const { growth } = useDesk().painting.operations
  return (
    <>
      <DepthChoice />
      <Show when={props.tool === 'grow'}>
        <NumberBox label="Tolerance" value={growth.tolerance()} min={0} onChange={growth.setTolerance} />
        <Button
          size="bar"
          kind={growth.isLimited() ? 'primary' : 'quiet'}
          aria-pressed={growth.isLimited()}
          title="It grows nowhere outside of the range of the threshold brush"
          onClick={() => growth.setLimited(!growth.isLimited())}
        >
          Within range
        </Button>
      </Show>
    </>
  )
}
