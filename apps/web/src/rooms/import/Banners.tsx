/** What is to be said of an import as a whole, each with what can be done about it. */
import CloudOff from 'lucide-solid/icons/cloud-off'
import Eye from 'lucide-solid/icons/eye'
import FolderPlus from 'lucide-solid/icons/folder-plus'
import Info from 'lucide-solid/icons/info'
import RotateCw from 'lucide-solid/icons/rotate-cw'
import { For, type JSX, Show } from 'solid-js'
import { count } from '../../format.ts'
import { Banner } from '../../parts/Banner.tsx'
import { Button, ButtonLink } from '../../parts/Button.tsx'
import type { Upload } from './upload.ts'

interface BannersProps {
  readonly upload: Upload
  readonly project: string
  readonly onChoose: () => void
  readonly onCancel: () => void
}

export function Banners(props: BannersProps): JSX.Element {
  const progress = () => props.upload.progress
  const lost = () => progress().tally.outcomes.lost
  return (
    <div class="flex flex-col gap-2 px-5 not-empty:pt-3">
      <Show when={progress().interrupted}>
        {(interrupted) => (
          <Banner
            tone="acc"
            shape="card"
            icon={FolderPlus}
            actions={
              <>
                <Button size="bar" kind="quiet" onClick={() => props.onCancel()}>
                  Give it up
                </Button>
                <Button size="bar" onClick={() => props.onChoose()}>
                  Choose the folder
                </Button>
              </>
            }
          >
            An import was interrupted: choose the same folder again and only what is missing is sent.
            <Show when={interrupted().received > 0}> {count(interrupted().received, 'file')} are here.</Show>
          </Banner>
        )}
      </Show>
      <Show when={progress().offline}>
        <Banner
          tone="warn"
          shape="card"
          icon={CloudOff}
          actions={
            <Button size="bar" onClick={() => props.upload.hurry()}>
              Try now
            </Button>
          }
        >
          The server does not answer. What was sent is kept; the rest follows by itself when it does.
        </Banner>
      </Show>
      <Show when={progress().stage === 'failed' && progress().fault}>
        {(fault) => (
          <Banner
            tone="bad"
            shape="card"
            urgent
            actions={
              <>
                <Show when={lost() > 0 && lost() < progress().tally.files}>
                  <Button size="bar" kind="quiet" onClick={() => props.upload.goOn()}>
                    Go on without {lost() === 1 ? 'it' : 'them'}
                  </Button>
                </Show>
                <Show when={progress().tally.settled < progress().tally.files || lost() > 0}>
                  <Button size="bar" icon={RotateCw} onClick={() => props.upload.retry()}>
                    {lost() > 0 ? 'Send again' : 'Go on'}
                  </Button>
                </Show>
              </>
            }
          >
            {fault().message} {fault().next}
          </Banner>
        )}
      </Show>
      <Show when={progress().deleted}>
        {(deleted) => (
          <Banner
            tone="warn"
            shape="card"
            actions={
              <Button size="bar" onClick={() => props.upload.clear()}>
                Clear the list
              </Button>
            }
          >
            Cancelled.{' '}
            {deleted().files === 0
              ? 'Nothing had been kept, and no case was made.'
              : `${count(deleted().files, 'file')} that had come ${deleted().files === 1 ? 'was' : 'were'} deleted; no case was made.`}
          </Banner>
        )}
      </Show>
      <Show when={progress().quarantine.length > 0}>
        <Banner
          tone="warn"
          shape="card"
          icon={Eye}
          actions={
            <ButtonLink href={`/projects/${props.project}/quarantine`} size="bar">
              Look at them
            </ButtonLink>
          }
        >
          Text in these pictures may name somebody: {count(progress().quarantine.length, 'series', 'series')}{' '}
          {progress().quarantine.length === 1 ? 'is' : 'are'} held until a person has looked.
        </Banner>
      </Show>
      <For each={progress().notes}>
        {(note) => (
          <Banner tone="bone" shape="card" icon={Info}>
            {note}
          </Banner>
        )}
      </For>
    </div>
  )
}
