/**
 * In place of the case when it is closed to this person: the session has ended, or the server does not open the case to them. Nothing of
 * the case is left on the screen. What they had not saved is kept, and said so; it can be taken along as a file.
 */
import Download from 'lucide-solid/icons/download'
import LockKeyhole from 'lucide-solid/icons/lock-keyhole'
import { For, type JSX, Match, Show, Switch } from 'solid-js'
import { count } from '../../format.ts'
import { Button, ButtonLink } from '../../parts/Button.tsx'
import { Header } from '../../parts/Header.tsx'
import { EmptyState } from '../../parts/states.tsx'
import { KeptCard } from '../kept/KeptCard.tsx'
import { closedWords } from './closedWords.ts'
import { useDesk } from './state/desk.ts'

export function Out(): JSX.Element {
  const desk = useDesk()
  const { document, kase } = desk
  const signedOut = () => document.status().state === 'signed-out'
  return (
    <div class="flex h-full flex-col" data-testid="out">
      <Header crumbs={[{ title: kase.key }]} />
      <main class="flex min-h-0 flex-1 flex-col items-center gap-6 overflow-y-auto px-5 py-10">
        <div role="alert">
          <Show when={signedOut()} fallback={<ClosedToUs />}>
            <SignedOut />
          </Show>
        </div>
        <Show when={document.kept().length > 0}>
          <section class="flex w-full max-w-2xl flex-col gap-3" aria-label="Kept in this browser">
            <h2 class="text-14 font-semibold">Kept in this browser</h2>
            <For each={document.kept()}>
              {(work) => (
                <KeptCard
                  work={work}
                  labelTitle={desk.labelTitle}
                  onSave={() => desk.kept.saveAsFile(work)}
                  onDiscard={(changes) => void desk.kept.discard(work, changes)}
                />
              )}
            </For>
          </section>
        </Show>
      </main>
    </div>
  )
}

function SignedOut(): JSX.Element {
  const { document, kase, kept } = useDesk()
  const waiting = () => document.status().unsaved
  const onlyHere = () => waiting() > 0 && !document.status().durableHere
  const address = `/sign-in?next=${encodeURIComponent(`/cases/${kase.id}`)}&ended=1`
  return (
    <EmptyState
      icon={LockKeyhole}
      page
      title="Your session has ended"
      action={
        <>
          <Show when={waiting() > 0}>
            <Button icon={Download} onClick={() => kept.saveUnsaved()}>
              Save as a file
            </Button>
          </Show>
          {/* A page of its own: nothing of this session stays behind in this one. */}
          <ButtonLink kind="primary" href={address} target={onlyHere() ? '_blank' : '_self'}>
            Sign in again
          </ButtonLink>
          <Show when={onlyHere()}>
            <Button onClick={() => void document.link.resume()}>I have signed in: go on here</Button>
          </Show>
        </>
      }
    >
      It ran out, or it was ended from another browser. The case is closed on this screen.{' '}
      <Switch>
        <Match when={onlyHere()}>
          {count(waiting(), 'change')} that {isOrAre(waiting())} not saved yet {isOrAre(waiting())} in this
          tab only: save {itOrThem(waiting())} as a file, or sign in in another tab and go on here.
        </Match>
        <Match when={waiting() > 0}>
          {count(waiting(), 'change')} that {isOrAre(waiting())} not saved yet {isOrAre(waiting())} kept in
          this browser, and sent as soon as you are back.
        </Match>
      </Switch>
    </EmptyState>
  )
}

const isOrAre = (n: number): string => (n === 1 ? 'is' : 'are')
const itOrThem = (n: number): string => (n === 1 ? 'it' : 'them')

function ClosedToUs(): JSX.Element {
  const { document, kase } = useDesk()
  const why = () => closedWords(document.status().refusal)
  return (
    <EmptyState
      icon={LockKeyhole}
      page
      title={why().message}
      action={
        <>
          <Button onClick={() => void document.link.resume()}>Try again</Button>
          <ButtonLink kind="primary" href={`/projects/${kase.project}`}>
            To the worklist
          </ButtonLink>
        </>
      }
    >
      {why().next}
    </EmptyState>
  )
}
