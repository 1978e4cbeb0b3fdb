/** Whether what paints goes through the slices or stays in the one in view. */
import type { JSX } from 'solid-js'
import { Segmented } from '../../../parts/Segmented.tsx'
import { useDesk } from '../state/desk.ts'

export function DepthChoice(): JSX.Element {
  const { brush } = useDesk().painting
  return (
    <Segmented<'2d' | '3d'>
      label="Slices that are painted"
      size="bar"
      choices={[
        { value: '2d', title: '2D' },
        { value: '3d', title: '3D' },
      ]}
      value={brush.ball() ? '3d' : '2d'}
      onChange={(value) => brush.setBall(value === '3d')}
    />
  )
}
