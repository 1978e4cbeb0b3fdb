/** An address that leads nowhere: says so, and where one can go. */
import Compass from 'lucide-solid/icons/compass'
import type { JSX } from 'solid-js'
import { ButtonLink } from '../parts/Button.tsx'
import { Header } from '../parts/Header.tsx'
import { EmptyState } from '../parts/states.tsx'

export function NotFound(): JSX.Element {
  document.title = 'Nothing here · Consilium'
  return (
    <div class="flex h-full flex-col">
      <Header crumbs={[{ title: 'Nothing here' }]} />
      <main class="flex flex-1 items-center justify-center">
        <EmptyState
          page
          icon={Compass}
          title="There is nothing here by that name"
          action={
            <ButtonLink href="/" kind="primary">
              To the worklist
            </ButtonLink>
          }
        >
          Check the address, or ask whoever sent it. Cases of projects you do not belong to cannot be seen
          from here.
        </EmptyState>
      </main>
    </div>
  )
}
