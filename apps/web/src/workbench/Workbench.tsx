/** Every small piece, with synthetic data, on one page: to look at, to try, and to photograph. */
import CircleCheck from 'lucide-solid/icons/circle-check'
import CircleHelp from 'lucide-solid/icons/circle-question-mark'
import EllipsisVertical from 'lucide-solid/icons/ellipsis-vertical'
import Gavel from 'lucide-solid/icons/gavel'
import Inbox from 'lucide-solid/icons/inbox'
import Pencil from 'lucide-solid/icons/pencil'
import History from 'lucide-solid/icons/rotate-ccw-clock'
import Search from 'lucide-solid/icons/search'
import Undo2 from 'lucide-solid/icons/undo-2'
import { createSignal, For, type JSX } from 'solid-js'
import { Unreachable } from '../errors.ts'
import { Avatar, Avatars } from '../parts/Avatar.tsx'
import { Banner } from '../parts/Banner.tsx'
import { Button, IconButton } from '../parts/Button.tsx'
import { Chip } from '../parts/Chip.tsx'
import { type ReadLetter as Letter, READS } from '../parts/colours.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { Field, TextArea } from '../parts/Field.tsx'
import { Header } from '../parts/Header.tsx'
import { Kbd } from '../parts/Kbd.tsx'
import { Menu } from '../parts/Menu.tsx'
import { ReadLetter } from '../parts/ReadLetter.tsx'
import { Segmented } from '../parts/Segmented.tsx'
import { Select } from '../parts/Select.tsx'
import { Slider } from '../parts/Slider.tsx'
import { Swatch } from '../parts/Swatch.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '../parts/states.tsx'
import { Tabs } from '../parts/Tabs.tsx'

const SURFACES = ['void', 'bg', 's1', 's2', 's3', 's4', 'line', 'line2', 'ctl'] as const
const TEXTS = ['t1', 't2', 't3', 'bone', 'acc', 'ok', 'warn', 'bad'] as const
const PEOPLE = [
  { id: 'okafor', name: 'Dr A. Okafor', initials: 'AO', role: 'reader' },
  { id: 'lindqvist', name: 'Dr J. Lindqvist', initials: 'JL', role: 'reader' },
  { id: 'tanaka', name: 'Dr M. Tanaka', initials: 'MT', role: 'manager' },
  { id: 'vasquez', name: 'Prof. H. Vasquez', initials: 'HV', role: 'adjudicator' },
  { id: 'deshmukh', name: 'R. Deshmukh', initials: 'RD', role: 'auditor' },
  { id: 'solberg', name: 'I. Solberg', initials: 'IS', role: 'observer' },
]
const LETTERS = Object.keys(READS) as Letter[]
const LABELS = ['Part-solid nodule', 'Solid nodule', 'Ground-glass nodule', 'Hilar node']

function Group(props: { readonly title: string; readonly children: JSX.Element }): JSX.Element {
  return (
    <section class="flex flex-col gap-3">
      <h2 class="text-14 font-semibold">{props.title}</h2>
      {props.children}
    </section>
  )
}

const Row = (props: { readonly children: JSX.Element }): JSX.Element => (
  <div class="flex flex-wrap items-center gap-3">{props.children}</div>
)

export default function Workbench(): JSX.Element {
  const [certainty, setCertainty] = createSignal<'present' | 'uncertain' | 'absent' | null>('present')
  const [view, setView] = createSignal<'side' | 'over'>('over')
  const [tab, setTab] = createSignal<'annotations' | 'discussion' | 'history'>('annotations')
  const [confidence, setConfidence] = createSignal<number | null>(80)
  const [label, setLabel] = createSignal('1')
  const [text, setText] = createSignal('')
  const [asking, setAsking] = createSignal(false)
  return (
    <div class="flex min-h-full flex-col">
      <Header
        crumbs={[{ title: 'Workbench', href: '/workbench' }, { title: 'Tokens and parts' }]}
        after={<Chip tone="acc">Synthetic data</Chip>}
      >
        <IconButton icon={Undo2} label="Undo" hint="Ctrl+Z" />
        <IconButton icon={Pencil} label="Draw" pressed />
        <Button kind="primary" size="bar">
          Ask for review
        </Button>
      </Header>
      <Banner tone="bone" icon={History} actions={<Button size="bar">Back to now</Button>}>
        You are looking at <b>revision 1 478</b>, 14:15:58. Nothing you do here changes the case.
      </Banner>
      <h1 class="sr-only">Tokens and parts</h1>
      <main class="grid gap-x-10 gap-y-8 p-7 desk:grid-cols-2">
        <Group title="Surfaces and text">
          <div class="grid grid-cols-3 gap-3">
            <For each={[...SURFACES, ...TEXTS]}>
              {(name) => (
                <div class="flex items-center gap-3">
                  <span
                    class="size-8 rounded-tile border border-line2"
                    style={{ 'background-color': `var(--color-${name})` }}
                  />
                  <span class="text-12">{name}</span>
                </div>
              )}
            </For>
          </div>
        </Group>
        <Group title="Type">
          <p class="text-26 font-semibold">0.86</p>
          <p class="text-20 font-semibold">Extent of the LLL nodule</p>
          <p class="text-14 font-semibold">Ballot, round 1</p>
          <p>Halo is part of the lesion</p>
          <p class="text-12 text-t2">Polygon · slices 138–158</p>
          <p class="text-11">W 1500 · L −600</p>
          <p class="font-mono text-12 text-t2">9f3c 41d7 … b208</p>
          <p class="font-serif text-20 font-semibold text-bone">Consilium</p>
        </Group>
        <Group title="People, reads, labels">
          <Row>
            <For each={PEOPLE}>
              {(person, order) => (
                <Avatar
                  initials={person.initials}
                  name={person.name}
                  order={order()}
                  role={person.role}
                  size={32}
                />
              )}
            </For>
            <Avatar initials="JL" name="Dr J. Lindqvist" order={1} off />
            <Avatar initials="MT" name="Dr M. Tanaka" order={2} ring="acc" />
            <Avatar initials="AO" name="Dr A. Okafor" order={0} size={22} />
            <Avatar initials="HV" name="Prof. H. Vasquez" order={3} size={18} />
            <Avatars people={PEOPLE} most={4} />
          </Row>
          <Row>
            <For each={LETTERS}>{(letter) => <ReadLetter letter={letter} size={24} />}</For>
            <For each={LETTERS}>{(letter) => <ReadLetter letter={letter} />}</For>
            <ReadLetter letter="B" hollow />
          </Row>
          <Row>
            <For each={[1, 2, 3, 4, 5, 6, 7, 8, 9]}>{(number) => <Swatch colour={number} size={16} />}</For>
            <Swatch colour={undefined} size={16} />
          </Row>
        </Group>
        <Group title="States">
          <Row>
            <Chip tone="ok" icon={CircleCheck}>
              Present
            </Chip>
            <Chip tone="warn" icon={CircleHelp}>
              Uncertain
            </Chip>
            <Chip>Absent</Chip>
            <Chip tone="bad">Severe</Chip>
            <Chip tone="bone">In session</Chip>
            <Chip tone="acc">Blind read</Chip>
            <Chip tone="outline">Low</Chip>
          </Row>
          <Banner tone="warn" shape="card">
            One slice is missing at z −112.0 mm. The gap is shown, never filled.
          </Banner>
          <Banner tone="bad" shape="card">
            Not saved: disk is full. Tell the manager, code J-07
          </Banner>
          <Row>
            <Kbd>⇧1</Kbd>
            <Kbd>Esc</Kbd>
          </Row>
        </Group>
        <Group title="Controls">
          <Row>
            <Button kind="primary" icon={Gavel}>
              Record decision
            </Button>
            <Button>Another round</Button>
            <Button kind="secondary">Go to revision</Button>
            <Button kind="quiet">Only this act</Button>
            <Button kind="quiet" tone="bad">
              Retire
            </Button>
            <Button busy>Saving</Button>
            <Button disabled>Not yet</Button>
          </Row>
          <Row>
            <Segmented
              label="Certainty"
              value={certainty()}
              onChange={setCertainty}
              onClear={() => setCertainty(null)}
              choices={[
                { value: 'present', title: 'Present' },
                { value: 'uncertain', title: 'Uncertain' },
                { value: 'absent', title: 'Absent' },
              ]}
            />
            <Segmented
              label="Layout"
              size="bar"
              value={view()}
              onChange={setView}
              choices={[
                { value: 'side', title: 'Side by side', count: 4 },
                { value: 'over', title: 'Overlay' },
              ]}
            />
          </Row>
          <Row>
            <Select
              label="Label"
              bare
              look="filled"
              value={label()}
              onChange={setLabel}
              options={LABELS.map((title, index) => ({
                value: String(index + 1),
                title,
                hint: `⇧${index + 1}`,
                before: () => <Swatch colour={index + 1} />,
              }))}
            />
            <Menu
              trigger={(p: object) => <IconButton {...p} icon={EllipsisVertical} label="More" />}
              items={[
                { title: 'Rename', icon: Pencil, onSelect: () => setText('Renamed') },
                { title: 'Retire', tone: 'bad', apart: true, onSelect: () => setAsking(true) },
              ]}
            />
            <Button onClick={() => setAsking(true)}>Open a dialog</Button>
          </Row>
          <Slider label="Confidence" value={confidence()} onInput={setConfidence} onChange={setConfidence} />
          <Slider label="Not said" value={null} onChange={setConfidence} />
          <Field
            label="Search"
            bare
            icon={Search}
            placeholder="Case, label, person"
            value={text()}
            onInput={setText}
            end={<Kbd>/</Kbd>}
          />
          <Field label="Name on screen" value={text()} onInput={setText} fault="Choose a name." />
          <TextArea label="Reasoning" aside="required" value={text()} onInput={setText} />
        </Group>
        <Group title="Panel and lists">
          <div class="rounded-card border border-line bg-s1">
            <Tabs
              label="Panel"
              value={tab()}
              onChange={setTab}
              tabs={[
                { value: 'annotations', title: 'Annotations', count: 7 },
                { value: 'discussion', title: 'Discussion', count: 3, unread: true },
                { value: 'history', title: 'History' },
              ]}
            >
              {(which) => (
                <>
                  {which === 'annotations' ? (
                    <EmptyState icon={Inbox} title="No annotations yet" compact>
                      Choose a tool at the left and draw on the image.
                    </EmptyState>
                  ) : which === 'discussion' ? (
                    <ErrorState error={new Unreachable(null)} onRetry={() => setTab('history')} compact />
                  ) : (
                    <SkeletonRows rows={4} />
                  )}
                </>
              )}
            </Tabs>
          </div>
        </Group>
      </main>
      <Dialog
        open={asking()}
        onClose={() => setAsking(false)}
        title="Retire this annotation?"
        description="It leaves the image and stays in the record."
        actions={
          <>
            <Button onClick={() => setAsking(false)}>Keep it</Button>
            <Button kind="primary" onClick={() => setAsking(false)}>
              Retire
            </Button>
          </>
        }
      >
        <TextArea label="Reason" value={text()} onInput={setText} />
      </Dialog>
    </div>
  )
}
