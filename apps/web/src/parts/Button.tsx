/**
 * Buttons, and links that look like buttons. One bone button (`primary`) per view.
 * IconButton always has a name; it is its accessible name and its tooltip.
 */
import { A } from '@solidjs/router'
import LoaderCircle from 'lucide-solid/icons/loader-circle'
import { type ComponentProps, type JSX, Show, splitProps } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { type Icon, strokeOf } from './icon.ts'
import { spokenKeys } from './spokenKeys.ts'
import { Tooltip } from './Tooltip.tsx'

export type ButtonKind = 'primary' | 'outline' | 'secondary' | 'quiet'
/** bar 28 px, normal 32 px, tall 40 px. */
export type ButtonSize = 'bar' | 'normal' | 'tall'

const KINDS: Record<ButtonKind, string> = {
  primary: 'bg-bone text-on-bone border-bone enabled:hover:bg-[#f6f1e4] enabled:hover:border-[#f6f1e4]',
  outline: 'bg-transparent text-t1 border-line2 enabled:hover:bg-s3 enabled:hover:border-ctl',
  secondary: 'bg-s3 text-t1 border-line2 enabled:hover:bg-s4',
  quiet: 'bg-transparent text-t2 border-transparent enabled:hover:bg-s3 enabled:hover:text-t1',
}
const SIZES: Record<ButtonSize, string> = {
  bar: 'h-7 px-3 text-12 gap-1.5',
  normal: 'h-8 px-3 text-13 gap-2',
  tall: 'h-10 px-4 text-14 gap-2',
}
const BASE =
  'inline-flex shrink-0 items-center justify-center rounded-control border font-medium whitespace-nowrap select-none transition-colors disabled:opacity-45'

export function buttonClass(kind: ButtonKind, size: ButtonSize, tone?: 'bad'): string {
  const colours = tone === 'bad' ? KINDS[kind].replace(/\btext-t[12]\b/, 'text-bad') : KINDS[kind]
  return `${BASE} ${SIZES[size]} ${colours}`
}

interface Look {
  readonly kind?: ButtonKind
  readonly size?: ButtonSize
  readonly tone?: 'bad'
  readonly icon?: Icon
  /** Drawn after the words, e.g. a chevron. */
  readonly after?: Icon
  /** Shows a turning ring in place of the icon and takes no clicks. */
  readonly busy?: boolean
}

function Inside(props: Look & { readonly children?: JSX.Element }): JSX.Element {
  const size = () => (props.size === 'bar' ? 14 : 16)
  return (
    <>
      <Show
        when={props.busy}
        fallback={
          <Show when={props.icon}>
            {(icon) => (
              <Dynamic component={icon()} size={size()} strokeWidth={strokeOf(size())} aria-hidden="true" />
            )}
          </Show>
        }
      >
        <LoaderCircle size={size()} class="turning" aria-hidden="true" />
      </Show>
      {props.children}
      <Show when={props.after}>
        {(icon) => (
          <Dynamic component={icon()} size={size()} strokeWidth={strokeOf(size())} aria-hidden="true" />
        )}
      </Show>
    </>
  )
}

const LOOK = ['kind', 'size', 'tone', 'icon', 'after', 'busy', 'class', 'children'] as const

export function Button(props: Look & ComponentProps<'button'>): JSX.Element {
  const [look, rest] = splitProps(props, LOOK)
  return (
    <button
      type="button"
      {...rest}
      disabled={rest.disabled || look.busy}
      aria-busy={look.busy ? 'true' : undefined}
      class={`${buttonClass(look.kind ?? 'outline', look.size ?? 'normal', look.tone)} ${look.class ?? ''}`}
    >
      <Inside {...look}>{look.children}</Inside>
    </button>
  )
}

const linkClass = (look: Look): string =>
  buttonClass(look.kind ?? 'outline', look.size ?? 'normal', look.tone).replaceAll('enabled:', '')

export function ButtonLink(props: Look & ComponentProps<typeof A>): JSX.Element {
  const [look, rest] = splitProps(props, LOOK)
  return (
    <A {...rest} class={`${linkClass(look)} ${look.class ?? ''}`}>
      <Inside {...look}>{look.children}</Inside>
    </A>
  )
}

/** Leads to a file of the server, which the browser saves: no room of the page. */
export function DownloadLink(props: Look & ComponentProps<'a'>): JSX.Element {
  const [look, rest] = splitProps(props, LOOK)
  return (
    <a download="" {...rest} class={`${linkClass(look)} ${look.class ?? ''}`}>
      <Inside {...look}>{look.children}</Inside>
    </a>
  )
}

interface IconButtonProps {
  readonly icon: Icon
  /** Accessible name and tooltip. */
  readonly label: string
  /** Key that does the same, shown in the tooltip. */
  readonly hint?: string
  readonly kind?: ButtonKind
  readonly size?: ButtonSize | 'small'
  readonly tone?: 'bad'
  /** For a switch: whether it is on now. Leave out for a plain button. */
  readonly pressed?: boolean
  readonly iconSize?: number
  readonly side?: 'top' | 'bottom' | 'left' | 'right'
}

const SQUARES = { small: 'size-6', bar: 'size-7', normal: 'size-8', tall: 'size-10' }

export function IconButton(props: IconButtonProps & Omit<ComponentProps<'button'>, 'children'>): JSX.Element {
  const [own, rest] = splitProps(props, [
    'icon',
    'label',
    'hint',
    'kind',
    'size',
    'tone',
    'pressed',
    'iconSize',
    'side',
    'class',
  ])
  const size = () => own.iconSize ?? (own.size === 'small' ? 14 : 16)
  const colours = () =>
    own.pressed
      ? 'bg-s4 text-t1 border-ctl'
      : `${KINDS[own.kind ?? 'quiet']} ${own.tone === 'bad' ? 'text-bad' : ''}`
  return (
    <Tooltip
      as="button"
      type="button"
      {...rest}
      text={own.label}
      hint={own.hint}
      side={own.side}
      aria-label={own.label}
      aria-keyshortcuts={spokenKeys(own.hint)}
      aria-pressed={own.pressed}
      class={`${BASE} ${SQUARES[own.size ?? 'normal']} ${colours()} ${own.class ?? ''}`}
    >
      <Dynamic component={own.icon} size={size()} strokeWidth={strokeOf(size())} aria-hidden="true" />
    </Tooltip>
  )
}
