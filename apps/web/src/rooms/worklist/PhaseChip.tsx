/** State of a case, as a chip. */
import type { Case } from '@consilium/contract/projects'
import CircleDashed from 'lucide-solid/icons/circle-dashed'
import FileCheck from 'lucide-solid/icons/file-check'
import Gavel from 'lucide-solid/icons/gavel'
import ScanEye from 'lucide-solid/icons/scan-eye'
import Users from 'lucide-solid/icons/users'
import type { JSX } from 'solid-js'
import { Chip, type Tone } from '../../parts/Chip.tsx'
import type { Icon } from '../../parts/icon.ts'

const PHASES: Record<Case['phase'], { tone: Tone; icon: Icon; word: string }> = {
  new: { tone: 'outline', icon: CircleDashed, word: 'New' },
  reading: { tone: 'acc', icon: ScanEye, word: 'Reading' },
  panel: { tone: 'bone', icon: Users, word: 'Panel' },
  decided: { tone: 'ok', icon: Gavel, word: 'Decided' },
  signed: { tone: 'ok', icon: FileCheck, word: 'Signed' },
}

export function PhaseChip(props: { readonly phase: Case['phase'] }): JSX.Element {
  const look = () => PHASES[props.phase]
  return (
    <Chip tone={look().tone} icon={look().icon}>
      {look().word}
    </Chip>
  )
}
