/**
 * The keys with which the project lets people begin. Everybody sees whether theirs are those, and may go back to them; who runs the project
 * makes their own the project's. Whatever somebody chose themselves stays theirs.
 */
import { useMutation } from '@tanstack/solid-query'
import { type JSX, Show } from 'solid-js'
import { api } from '../../../api.ts'
import { FaultBanner } from '../../../parts/Banner.tsx'
import { Button } from '../../../parts/Button.tsx'
import { mayIn } from '../../frame/access.ts'
import { keymapFile } from '../commands/keymapFile.ts'
import { useDesk } from '../state/desk.ts'
import { PROFILE_WORDS } from './profiles.ts'

export function ProjectKeys(): JSX.Element {
  const { kase, keymap, me } = useDesk()
  const mayManage = () => mayIn(kase, me.admin, 'manage')
  const words = (): string => {
    const first = keymap.first()
    if (!first) return keymap.isOwn() ? 'Your own keys.' : 'The usual keys, until you change one.'
    const title = PROFILE_WORDS[first.profile].title
    return keymap.isOwn()
      ? `Your own keys; others begin with the project’s (${title}).`
      : `The project’s keys (${title}), until you change one.`
  }
  const saving = useMutation(() => ({
    mutationFn: async (isWanted: boolean) => {
      const file = isWanted ? keymapFile(keymap.keymap()) : null
      await api.setKeymap(kase.project, file)
      return file
    },
    onSuccess: keymap.setFirst,
  }))
  return (
    <div class="flex flex-col gap-2 border-t border-line pt-3">
      <div class="flex flex-wrap items-center gap-2">
        <p class="w-full text-12 text-t2">{words()}</p>
        <Show when={keymap.isOwn()}>
          <Button size="bar" onClick={() => keymap.setKeymap(null)}>
            {keymap.first() ? 'Use the project’s' : 'Use the usual ones'}
          </Button>
        </Show>
        <Show when={mayManage()}>
          <Show when={keymap.first()}>
            <Button size="bar" busy={saving.isPending} onClick={() => saving.mutate(false)}>
              Begin with the usual ones
            </Button>
          </Show>
          <Button size="bar" busy={saving.isPending} onClick={() => saving.mutate(true)}>
            Let the project begin with these
          </Button>
        </Show>
      </div>
      <FaultBanner error={saving.error} />
    </div>
  )
}
