/** What of the page itself is not here and could not be fetched, said where it is seen whatever was opened. */
import TriangleAlert from 'lucide-solid/icons/triangle-alert'
import { type JSX, Show } from 'solid-js'
import { Banner } from '../../../parts/Banner.tsx'
import { Button } from '../../../parts/Button.tsx'
import type { LateFile } from '../../../parts/lateFile.ts'
import { MARKS, UNSEEN } from './files.ts'

export function NotFetched(): JSX.Element {
  return (
    <>
      <Missing of={MARKS} urgent>
        What is drawn on pictures cannot be shown: that part of the page could not be fetched.
      </Missing>
      <Missing of={UNSEEN}>
        Discussion, history, forms and dialogs cannot be opened: that part of the page could not be fetched.
      </Missing>
    </>
  )
}

function Missing(props: {
  readonly of: LateFile<unknown>
  readonly urgent?: boolean
  readonly children: JSX.Element
}): JSX.Element {
  return (
    <Show when={props.of.hasFailed()}>
      <Banner
        tone="warn"
        icon={TriangleAlert}
        urgent={props.urgent ?? false}
        actions={
          <Button size="bar" onClick={() => void props.of.fetch()}>
            Try again
          </Button>
        }
      >
        {props.children}
      </Banner>
    </Show>
  )
}
