/** The selected case beside the list: its picture, what it is, who is in it, and the door. */
import { colourOfPerson } from '@consilium/contract/colour'
import type { Case } from '@consilium/contract/projects'
import ImageOff from 'lucide-solid/icons/image-off'
import Images from 'lucide-solid/icons/images'
import LogIn from 'lucide-solid/icons/log-in'
import { createEffect, createSignal, For, type JSX, on, Show } from 'solid-js'
import { thumbnailOf } from '../../api.ts'
import { ago, capital, count, number, trimmed, withUnit } from '../../format.ts'
import { Avatar } from '../../parts/Avatar.tsx'
import { ButtonLink } from '../../parts/Button.tsx'
import { PhaseChip } from './PhaseChip.tsx'

export function Preview(props: { readonly case: Case; readonly now: number }): JSX.Element {
  return (
    <div class="flex flex-col">
      <Picture case={props.case} />
      <section class="flex flex-col gap-3 border-b border-line p-4" aria-label={`Case ${props.case.key}`}>
        <div class="flex items-center gap-2">
          <h2 class="text-14 font-semibold">{props.case.key}</h2>
          <PhaseChip phase={props.case.phase} />
          <Show when={props.case.changedAt}>
            {(at) => <span class="ml-auto text-12 text-t3">{capital(ago(at(), props.now))}</span>}
          </Show>
        </div>
        <p class="text-12 text-t2">{summary(props.case)}</p>
        <div class="flex gap-2">
          <ButtonLink href={`/cases/${props.case.id}`} kind="primary" icon={LogIn}>
            {props.case.here.length > 0 ? 'Join them' : 'Open the case'}
          </ButtonLink>
          <Show when={props.case.series > 0}>
            <ButtonLink href={`/cases/${props.case.id}/study`} icon={Images}>
              Study
            </ButtonLink>
          </Show>
        </div>
      </section>
      <Show when={props.case.here.length > 0}>
        <section class="flex flex-col gap-2.5 border-b border-line p-4">
          <h3 class="text-11 font-medium text-t3">There now</h3>
          <ul class="flex flex-col gap-2">
            <For each={props.case.here}>
              {(person) => (
                <li class="flex items-center gap-2.5">
                  <Avatar initials={person.initials} order={colourOfPerson(person.id)} size={22} />
                  <span class="truncate text-13">{person.name}</span>
                  <span class="ml-auto truncate text-12 text-t3">{person.credential}</span>
                </li>
              )}
            </For>
          </ul>
        </section>
      </Show>
      <section class="p-4">
        <h3 class="mb-2 text-11 font-medium text-t3">Record</h3>
        <dl class="grid grid-cols-[1fr_auto] gap-y-2 text-13">
          <Fact title="Study" value={props.case.title || 'Untitled'} />
          <Show when={props.case.series > 1}>
            <Fact title="Series" value={number(props.case.series)} />
          </Show>
          <Fact title="Slices" value={number(props.case.slices)} />
          <Show when={props.case.sliceSpacing}>
            {(spacing) => <Fact title="Slice spacing" value={withUnit(trimmed(spacing()), 'mm')} />}
          </Show>
          <Fact title="Annotations" value={number(props.case.annotations)} />
          <Fact title="Open disputes" value={number(props.case.openDisputes)} />
          <Fact title="Revisions" value={number(props.case.revisions)} />
        </dl>
      </section>
    </div>
  )
}

/** One sentence: who is there, and what waits. */
function summary(one: Case): string {
  const names = one.here.map((person) => person.name)
  const there =
    names.length === 0
      ? 'Nobody is in this case now.'
      : names.length === 1
        ? `${names[0]} is in this case now.`
        : `${names.slice(0, -1).join(', ')} and ${names.at(-1)} are in this case now.`
  if (one.openDisputes > 0) return `${there} ${count(one.openDisputes, 'dispute')} open.`
  return one.annotations === 0 ? `${there} Nothing is annotated yet.` : `${there} No dispute is open.`
}

function Fact(props: { readonly title: string; readonly value: string }): JSX.Element {
  return (
    <>
      <dt class="text-t2">{props.title}</dt>
      <dd class="text-right">{props.value}</dd>
    </>
  )
}

function Picture(props: { readonly case: Case }): JSX.Element {
  const [missing, setMissing] = createSignal(false)
  createEffect(
    on(
      () => props.case.coverSeries,
      () => setMissing(false),
    ),
  )
  return (
    <div class="relative aspect-[336/237] w-full overflow-hidden bg-void max-desk:hidden">
      <Show
        when={!missing() && props.case.coverSeries}
        fallback={
          <div class="flex size-full flex-col items-center justify-center gap-2 text-t3">
            <ImageOff size={18} aria-hidden="true" />
            <span class="text-12">No picture</span>
          </div>
        }
      >
        {(series) => (
          <img
            src={thumbnailOf(series())}
            alt={`Middle slice of ${props.case.key}`}
            class="size-full object-cover"
            onError={() => setMissing(true)}
          />
        )}
      </Show>
      <span class="absolute bottom-2 left-3 rounded-letter bg-void/60 px-1.5 py-0.5 text-11 text-t1">
        {count(props.case.slices, 'slice')}
      </span>
    </div>
  )
}
