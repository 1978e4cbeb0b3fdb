/** The panel at the right: annotations, discussion, history. Its width never changes while people come and go. */
import { createMemo, type JSX, Match, Switch } from 'solid-js'
import { short } from '../../format.ts'
import { Late } from '../../parts/Late.tsx'
import { type Tab, Tabs } from '../../parts/Tabs.tsx'
import { AnnotationsTab } from './annotations/AnnotationsTab.tsx'
import { createFiling } from './annotations/filed.ts'
import { LiveStrip } from './LiveStrip.tsx'
import { Coming } from './later/Coming.tsx'
import { UNSEEN } from './later/files.ts'
import type { TabName } from './state/choices.ts'
import { useDesk } from './state/desk.ts'

export function SidePanel(): JSX.Element {
  const { choices, shelves, revisions, unread } = useDesk()
  const filing = createFiling(shelves)
  const alive = createMemo(() => filing().alive)
  // Getters, not values: a list of new objects would make every tab's content anew with each count.
  const tabs: readonly Tab<TabName>[] = [
    {
      value: 'annotations',
      title: 'Annotations',
      get count() {
        return short(alive())
      },
    },
    {
      value: 'discussion',
      title: 'Discussion',
      get count() {
        return short(shelves().threads.keys().length)
      },
      get unread() {
        return unread().size > 0
      },
    },
    {
      value: 'history',
      title: 'History',
      get count() {
        return short(revisions.head())
      },
    },
  ]
  return (
    <aside
      aria-label="Case"
      class="flex w-82 shrink-0 flex-col border-l border-line bg-s1 max-list:h-[90vh] max-list:min-h-80 max-list:w-full max-list:border-t max-list:border-l-0 wide:w-94"
    >
      <Tabs<TabName> label="Case" class="flex-1" value={choices.tab()} onChange={choices.setTab} tabs={tabs}>
        {(tab) => (
          <Switch>
            <Match when={tab === 'annotations'}>
              <AnnotationsTab filing={filing()} />
            </Match>
            <Match when={tab === 'discussion'}>
              <Late of={UNSEEN} waiting={<Coming what="The discussion is" />}>
                {({ DiscussionTab }) => <DiscussionTab />}
              </Late>
            </Match>
            <Match when={tab === 'history'}>
              <Late of={UNSEEN} waiting={<Coming what="The history is" />}>
                {({ HistoryTab }) => <HistoryTab />}
              </Late>
            </Match>
          </Switch>
        )}
      </Tabs>
      <LiveStrip />
    </aside>
  )
}
