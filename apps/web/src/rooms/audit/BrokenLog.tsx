/** Said where the log does not verify. Not one of many messages: nothing below it may be relied upon. */
import ShieldAlert from 'lucide-solid/icons/shield-alert'
import type { JSX } from 'solid-js'
import { Banner } from '../../parts/Banner.tsx'

export function BrokenLog(): JSX.Element {
  return (
    <div class="px-5 pb-3">
      <Banner tone="bad" icon={ShieldAlert} shape="card" urgent>
        <p class="text-14 font-semibold">This log was changed after it was written. Do not rely on it.</p>
        <p class="mt-0.5 text-t1">
          The hashes of what is shown do not fit together. Leave the database as it is, keep a copy of it, and
          run <code class="font-mono text-12 text-bad">consilium verify</code> on the server: it names the
          first entry that does not hold. Then compare with a backup or with checkpoints kept elsewhere.
        </p>
      </Banner>
    </div>
  )
}
