/**
 * Which address leads to which room. Each room is a file of its own that comes when it is first entered;
 * the heavy one, the panel with image and live document, must never be pulled in from here.
 */
import { Navigate, Route, Router, type RouteSectionProps } from '@solidjs/router'
import { ErrorBoundary, type JSX, lazy, onMount, Suspense } from 'solid-js'
import { ErrorState } from '../parts/states.tsx'
import { NotFound } from './NotFound.tsx'
import { SignedIn } from './SignedIn.tsx'

const SignIn = lazy(() => import('./signIn/SignIn.tsx'))
const FirstAdmin = lazy(() => import('./signIn/FirstAdmin.tsx'))
const Home = lazy(() => import('./frame/Home.tsx'))
const Worklist = lazy(() => import('./worklist/Worklist.tsx'))
const ImportRoom = lazy(() => import('./import/ImportRoom.tsx'))
const QuarantineRoom = lazy(() => import('./quarantine/QuarantineRoom.tsx'))
const ClearingRoom = lazy(() => import('./quarantine/ClearingRoom.tsx'))
const HangingRoom = lazy(() => import('./hanging/HangingRoom.tsx'))
const Members = lazy(() => import('./members/Members.tsx'))
const AuditRoom = lazy(() => import('./audit/AuditRoom.tsx'))
const PeopleRoom = lazy(() => import('./people/PeopleRoom.tsx'))
const Account = lazy(() => import('./account/Account.tsx'))
const StudyRoom = lazy(() => import('./study/StudyRoom.tsx'))
export const loadPanelRoom = () => import('./panel/PanelRoom.tsx')
const PanelRoom = lazy(loadPanelRoom)
const Workbench = lazy(() => import('../workbench/Workbench.tsx'))

function Broken(props: { readonly error: unknown; readonly onRetry: () => void }): JSX.Element {
  // To the browser's console and whoever listens there; the page itself shows a sentence.
  onMount(() => reportError(props.error))
  return (
    <main class="flex h-full items-center justify-center">
      <ErrorState error={props.error} onRetry={props.onRetry} />
    </main>
  )
}

function Root(props: RouteSectionProps): JSX.Element {
  return (
    <ErrorBoundary fallback={(error, reset) => <Broken error={error} onRetry={reset} />}>
      <Suspense>{props.children}</Suspense>
    </ErrorBoundary>
  )
}

export function Rooms(): JSX.Element {
  return (
    <Router root={Root}>
      <Route path="/sign-in" component={SignIn} />
      <Route path="/first-admin" component={FirstAdmin} />
      <Route path="/workbench" component={Workbench} />
      <Route path="/" component={SignedIn}>
        <Route path="/" component={Home} />
        <Route path="/projects" component={() => <Navigate href="/" />} />
        <Route path="/projects/:project" component={Worklist} />
        <Route path="/projects/:project/import" component={ImportRoom} />
        <Route path="/projects/:project/quarantine" component={QuarantineRoom} />
        <Route path="/projects/:project/quarantine/:held" component={ClearingRoom} />
        <Route path="/projects/:project/members" component={Members} />
        <Route path="/projects/:project/hanging" component={HangingRoom} />
        <Route path="/projects/:project/audit" component={AuditRoom} />
        <Route path="/audit" component={AuditRoom} />
        <Route path="/people" component={PeopleRoom} />
        <Route path="/cases/:case" component={PanelRoom} />
        <Route path="/cases/:case/study" component={StudyRoom} />
        <Route path="/account" component={Account} />
        <Route path="*" component={NotFound} />
      </Route>
    </Router>
  )
}
