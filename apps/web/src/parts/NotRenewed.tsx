/** Above a list that could not be asked for again: why, and of when it is. Nothing while it is as the server last said. */
import CloudOff from 'lucide-solid/icons/cloud-off'
import { type JSX, Show } from 'solid-js'
import { explain } from '../errors.ts'
import { timeOfDay } from '../format.ts'
import { Banner } from './Banner.tsx'
import { Button } from './Button.tsx'

export function NotRenewed(props: {
  readonly query: {
    readonly isRefetchError: boolean
    readonly error: unknown
    /** Of the answer that is shown, ms since 1970. */
    readonly dataUpdatedAt: number
    refetch(): unknown
  }
}): JSX.Element {
  return (
    <Show when={props.query.isRefetchError}>
      <div class="px-5 pb-3">
        <Banner
          tone="warn"
          shape="card"
          icon={CloudOff}
          actions={
            <Button size="bar" onClick={() => void props.query.refetch()}>
              Try now
            </Button>
          }
        >
          {explain(props.query.error).message} The list is of {timeOfDay(props.query.dataUpdatedAt)}.
        </Banner>
      </div>
    </Show>
  )
}
