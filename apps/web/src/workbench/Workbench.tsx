/** Every small piece, with synthetic data, on one page: to look at, to try, and to photograph. */
import Gavel from 'lucide-solid/icons/gavel'
import type { JSX } from 'solid-js'
import { Button } from '../parts/Button.tsx'
export default function Workbench(): JSX.Element {
  return (
    <Button kind="primary" icon={Gavel}>
      Record decision
    </Button>
  )
}
