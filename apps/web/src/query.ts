/**
 * What is asked of the server, as it stands in the cache. Unlike the library's own `useQuery` it never suspends: that one takes everything
 * inside the nearest <Suspense> out of the page for a moment whenever a request begins, and with it scroll positions, the focus and what a
 * canvas shows (TanStack/query #9955). Rooms say themselves what is shown while `isPending`.
 */
import {
  type InfiniteData,
  InfiniteQueryObserver,
  type InfiniteQueryObserverOptions,
  type InfiniteQueryObserverResult,
  type QueryKey,
  QueryObserver,
  type QueryObserverOptions,
  type QueryObserverResult,
  useQueryClient,
} from '@tanstack/solid-query'
import { type Accessor, createComputed, on, onCleanup } from 'solid-js'
import { createStore } from 'solid-js/store'

/** `options` is asked again when what it reads changes. The result is a store: read its fields where they are shown. */
export function useQuery<Data, Key extends QueryKey>(
  options: Accessor<QueryObserverOptions<Data, Error, Data, Data, Key>>,
): QueryObserverResult<Data> {
  return createResult(new QueryObserver(useQueryClient(), options()), options)
}

/** The same for a list that comes in pages. */
export function useInfiniteQuery<Page, Key extends QueryKey, Param>(
  options: Accessor<InfiniteQueryObserverOptions<Page, Error, InfiniteData<Page, Param>, Key, Param>>,
): InfiniteQueryObserverResult<InfiniteData<Page, Param>> {
  return createResult(new InfiniteQueryObserver(useQueryClient(), options()), options)
}

interface Observer<Options, Result> {
  setOptions(options: Options): void
  getCurrentResult(): Result
  subscribe(onResult: (result: Result) => void): () => void
}

function createResult<Options, Result extends object>(
  observer: Observer<Options, Result>,
  options: Accessor<Options>,
): Result {
  const [result, setResult] = createStore(observer.getCurrentResult())
  onCleanup(observer.subscribe(setResult))
  createComputed(
    on(options, (asked) => {
      observer.setOptions(asked)
      // What the subscription tells comes a turn later: no frame shows the answer to what was asked before.
      setResult(observer.getCurrentResult())
    }),
  )
  return result
}
