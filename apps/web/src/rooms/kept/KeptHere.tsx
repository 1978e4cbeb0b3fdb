/**
 * Work of this person that this browser keeps and no record holds, of cases that are not open on the screen (or cannot be opened any more):
 * refused, or not yet sent. To be saved as a file, or discarded; putting back is done in the case itself.
 */
import type { Person } from '@consilium/contract/people'
import { createResource, For, type JSX, Show } from 'solid-js'
import { ButtonLink } from '../../parts/Button.tsx'
import { download, keptFile } from '../../session/keptFile.ts'
import { unfolded } from '../../session/keptWork.ts'
import { documentsWithWork } from '../../session/offline.ts'
import { caseOf, discardHere, type HereKept, readHere } from './here.ts'
import { KeptCard } from './KeptCard.tsx'

export function KeptHere(props: {
  readonly person: Person
  /** Of this document alone. */
  readonly document?: string
}): JSX.Element {
  const [found, { refetch }] = createResource(
    () => ({ person: props.person.id, document: props.document }),
    // A browser that offers no store keeps nothing, so there is nothing to show.
    ({ person, document }) => kept(person, document).catch(() => []),
  )
  const save = ({ aside, work, document }: HereKept): void =>
    download(
      keptFile({ aside, changes: unfolded(work.changes), document, caseKey: null, person: props.person }),
    )
  return (
    <Show when={(found.latest ?? []).length > 0}>
      <section class="flex flex-col gap-3" aria-label="Kept in this browser">
        <div>
          <h2 class="text-14 font-semibold">Kept in this browser</h2>
          <p class="text-12 text-t2">
            Work of yours that is in no record. Save it as a file before you discard it.
          </p>
        </div>
        <For each={found.latest}>
          {(one) => (
            <KeptCard
              work={one.work}
              labelTitle={(key) => key}
              onSave={() => save(one)}
              onDiscard={(changes) => void discardHere(props.person.id, one, changes).then(() => refetch())}
              action={
                <Show when={props.document === undefined && caseOf(one.document)}>
                  {(id) => (
                    <ButtonLink size="bar" class="ml-auto" href={`/cases/${id()}`}>
                      Open the case
                    </ButtonLink>
                  )}
                </Show>
              }
            />
          )}
        </For>
      </section>
    </Show>
  )
}

async function kept(person: string, document: string | undefined): Promise<HereKept[]> {
  const names = await documentsWithWork(person)
  const wanted = names.filter((name) => document === undefined || name === document)
  return (await Promise.all(wanted.map((name) => readHere(person, name)))).flat()
}
