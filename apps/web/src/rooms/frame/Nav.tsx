/** The project one is in, its rooms, and oneself at the foot. Only rooms that exist and may be entered are shown. */
import { colourOfPerson } from '@consilium/contract/colour'
import { A, useLocation, useNavigate } from '@solidjs/router'
import { useQueryClient } from '@tanstack/solid-query'
import LayoutGrid from 'lucide-solid/icons/layout-grid'
import LayoutList from 'lucide-solid/icons/layout-list'
import LogOut from 'lucide-solid/icons/log-out'
import ScanEye from 'lucide-solid/icons/scan-eye'
import ScrollText from 'lucide-solid/icons/scroll-text'
import Settings from 'lucide-solid/icons/settings'
import Upload from 'lucide-solid/icons/upload'
import UserRound from 'lucide-solid/icons/user-round'
import UserRoundCog from 'lucide-solid/icons/user-round-cog'
import UsersRound from 'lucide-solid/icons/users-round'
import { type JSX, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { api } from '../../api.ts'
import { capital, number } from '../../format.ts'
import { Avatar } from '../../parts/Avatar.tsx'
import { IconButton } from '../../parts/Button.tsx'
import { type Icon, strokeOf } from '../../parts/icon.ts'
import { Menu } from '../../parts/Menu.tsx'
import { useCases, useMe, useProjects } from '../../queries.ts'
import { useWaiting } from '../quarantine/waiting.ts'
import { mayIn } from './access.ts'
import { ProjectSwitcher } from './ProjectSwitcher.tsx'

function Entry(props: {
  readonly href: string
  readonly icon: Icon
  readonly title: string
  readonly count?: number | undefined
}): JSX.Element {
  const location = useLocation()
  const here = () => location.pathname === props.href
  return (
    <A
      href={props.href}
      end
      aria-current={here() ? 'page' : undefined}
      class={`relative flex h-8 shrink-0 items-center gap-2.5 rounded-control px-2.5 text-13 font-medium transition-colors ${here() ? 'bg-s3 text-t1 before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:rounded-full before:bg-bone' : 'text-t2 hover:bg-s2 hover:text-t1'}`}
    >
      <Dynamic component={props.icon} size={16} strokeWidth={strokeOf(16)} aria-hidden="true" />
      <span class="flex-1 whitespace-nowrap">{props.title}</span>
      <Show when={props.count !== undefined}>
        <span class="text-12 font-normal text-t2">{number(props.count ?? 0)}</span>
      </Show>
    </A>
  )
}

function ProjectRooms(props: { readonly project: string }): JSX.Element {
  const me = useMe()
  const projects = useProjects()
  const cases = useCases(() => props.project)
  const project = () => projects.data?.find((one) => one.id === props.project)
  const can = (right: 'import' | 'audit') => mayIn(project(), me.data?.person.admin ?? false, right)
  const waiting = useWaiting(
    () => props.project,
    () => can('import'),
  )
  return (
    <>
      <Entry href={`/projects/${props.project}`} icon={LayoutList} title="Cases" count={cases.data?.length} />
      <Show when={can('import')}>
        <Entry href={`/projects/${props.project}/import`} icon={Upload} title="Import" />
      </Show>
      <Show when={can('import')}>
        <Entry
          href={`/projects/${props.project}/quarantine`}
          icon={ScanEye}
          title="Quarantine"
          count={waiting.data?.length || undefined}
        />
      </Show>
      <Show when={project()}>
        <Entry href={`/projects/${props.project}/members`} icon={UserRoundCog} title="Members" />
      </Show>
      <Show when={project()}>
        <Entry href={`/projects/${props.project}/hanging`} icon={LayoutGrid} title="Hanging" />
      </Show>
      <Show when={can('audit')}>
        <Entry href={`/projects/${props.project}/audit`} icon={ScrollText} title="Audit" />
      </Show>
    </>
  )
}

/** What belongs to no project: for administrators. */
function InstallationRooms(): JSX.Element {
  return (
    <>
      <p class="px-2.5 text-11 font-medium text-t3 max-list:hidden list:pt-5 list:pb-1">All projects</p>
      <Entry href="/people" icon={UsersRound} title="People" />
      <Entry href="/audit" icon={ScrollText} title="Audit of all" />
    </>
  )
}

function Myself(props: { readonly project: string | undefined }): JSX.Element {
  const me = useMe()
  const projects = useProjects()
  const navigate = useNavigate()
  const client = useQueryClient()
  const person = () => me.data?.person
  const standing = () => {
    const role = projects.data?.find((one) => one.id === props.project)?.role
    if (role) return capital(role)
    return person()?.admin ? 'Administrator' : person()?.credential || person()?.login
  }
  const signOut = async () => {
    await api.signOut()
    client.clear()
    navigate('/sign-in')
  }
  return (
    <Show when={person()}>
      {(found) => (
        <div class="flex items-center gap-3 border-line px-3 py-2 max-list:ml-auto list:border-t list:py-3">
          <Avatar initials={found().initials} order={colourOfPerson(found().id)} size={26} />
          <div class="hidden min-w-0 flex-1 list:block">
            <p class="truncate text-13 font-medium">{found().name}</p>
            <p class="truncate text-12 text-t3">{standing()}</p>
          </div>
          <Menu
            placement="top-end"
            trigger={(p: object) => (
              <IconButton {...p} icon={Settings} label={`Account of ${found().name}`} side="top" />
            )}
            items={[
              { title: 'Your account', icon: UserRound, onSelect: () => navigate('/account') },
              { title: 'Sign out', icon: LogOut, apart: true, onSelect: () => void signOut() },
            ]}
          />
        </div>
      )}
    </Show>
  )
}

export function Nav(props: { readonly project: string | undefined }): JSX.Element {
  const me = useMe()
  return (
    <nav
      aria-label="Rooms"
      class="flex shrink-0 items-center gap-1 border-line bg-s1 max-list:flex-wrap max-list:border-b list:w-53 list:flex-col list:items-stretch list:border-r wide:w-58"
    >
      <div class="shrink-0 p-2">
        <ProjectSwitcher project={props.project} />
      </div>
      <div class="flex gap-0.5 px-2 max-list:order-last max-list:w-full max-list:flex-wrap max-list:pb-2 list:flex-1 list:flex-col list:overflow-y-auto">
        <Show when={props.project}>{(project) => <ProjectRooms project={project()} />}</Show>
        <Show when={me.data?.person.admin}>
          <InstallationRooms />
        </Show>
      </div>
      <Myself project={props.project} />
    </nav>
  )
}
