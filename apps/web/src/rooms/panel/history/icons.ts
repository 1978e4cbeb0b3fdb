/** What stands out in the list has a sign of its own besides its colour; edits have none. */
import type { Revision } from '@consilium/contract/revisions'
import Bookmark from 'lucide-solid/icons/bookmark'
import Eraser from 'lucide-solid/icons/eraser'
import Flag from 'lucide-solid/icons/flag'
import Gavel from 'lucide-solid/icons/gavel'
import RotateCcw from 'lucide-solid/icons/rotate-ccw'
import UserCog from 'lucide-solid/icons/user-cog'
import type { Icon } from '../../../parts/icon.ts'

const ICONS: Readonly<Partial<Record<Revision['act'], Icon>>> = {
  name: Bookmark,
  phase: Flag,
  restore: RotateCcw,
  redact: Eraser,
  role: UserCog,
}

export const iconOf = ({ act, touched }: Revision): Icon | undefined =>
  ICONS[act] ?? (touched.some(({ root }) => root === 'decisions') ? Gavel : undefined)
