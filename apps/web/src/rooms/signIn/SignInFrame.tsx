/** What sign-in and first set-up share: the picture with its three readings at the left, the form at the right. */
import { type JSX, Show } from 'solid-js'
import { WordMark } from '../../parts/Mark.tsx'
import { Cover } from './Cover.tsx'

interface SignInFrameProps {
  readonly version?: string | undefined
  readonly children: JSX.Element
}

export function SignInFrame(props: SignInFrameProps): JSX.Element {
  return (
    <div class="flex min-h-full">
      <header class="relative hidden flex-1 overflow-hidden bg-void list:block">
        <Cover />
      </header>
      <div class="flex min-h-full w-full flex-col overflow-y-auto border-line bg-bg px-6 list:w-140 list:border-l list:px-[72px] wide:w-160 wide:px-26">
        <div class="pt-6 list:hidden">
          <WordMark />
        </div>
        {/* From the top: what comes below later must not move what a hand is on its way to. */}
        <main class="flex w-full flex-1 flex-col pt-[max(2.5rem,20vh)] pb-10">{props.children}</main>
        <footer class="flex gap-4 pb-6 text-12 text-t3">
          <Show when={props.version}>
            <span>Version {props.version}</span>
          </Show>
          <span>Not for diagnosis</span>
        </footer>
      </div>
    </div>
  )
}
