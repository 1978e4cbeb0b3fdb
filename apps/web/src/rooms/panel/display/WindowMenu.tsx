/** The windows of the file and presets by name; the button says what is on the screen now. Of PET also why there is no uptake. */
import { isColour } from '@consilium/viewer/window'
import ChevronDown from 'lucide-solid/icons/chevron-down'
import { createMemo, type JSX } from 'solid-js'
import { Button } from '../../../parts/Button.tsx'
import { Menu, type MenuItem } from '../../../parts/Menu.tsx'
import { hasUptake, uptakeWords } from '../../study/uptakeWords.ts'
import { idOfWindow } from '../commands/ids.ts'
import { picture } from '../layout/LayoutMenu.tsx'
import { useDesk } from '../state/desk.ts'
import { isSame, offeredBy, windowFigure, windowWords } from './windows.ts'

export function WindowMenu(): JSX.Element {
  const desk = useDesk()
  let isTyping = false
  const now = () => desk.view()?.window
  const words = createMemo(() => {
    const window = now()
    const series = desk.series.current()
    return window && series ? windowWords(window, series) : 'Window'
  })
  const presets = (): MenuItem[] =>
    offeredBy(desk.series.current()).map((preset) => ({
      title: preset.name,
      detail: `Level ${windowFigure(preset.center)}, width ${windowFigure(preset.width)}`,
      hint: preset.key === undefined ? undefined : desk.keymap.hint(idOfWindow(preset.key)),
      current: isSame(now(), preset),
      onSelect: () => {
        desk.people.leave()
        desk.stage()?.setWindow(preset)
      },
    }))
  const others = (): MenuItem[] => {
    const series = desk.series.current()
    if (!series || isColour(series)) return []
    return [
      {
        title: 'By the values of this slice',
        detail: 'Without background, 1st to 99th percentile',
        hint: desk.keymap.hint('window.values'),
        apart: true,
        onSelect: () => {
          desk.people.leave()
          desk.stage()?.autoWindow()
        },
      },
      {
        title: 'Type numbers',
        hint: desk.keymap.hint('window.type'),
        onSelect: () => {
          isTyping = true
        },
      },
      ...(series.suv && !hasUptake(series.suv)
        ? [{ title: uptakeWords(series.suv), apart: true, disabled: true, onSelect: () => {} }]
        : []),
    ]
  }
  /** The picture gets the focus a frame later, and after that the fields, where numbers are to be typed. */
  const goOn = (): HTMLElement | null => {
    if (isTyping) requestAnimationFrame(() => requestAnimationFrame(() => desk.stage()?.typeWindow()))
    isTyping = false
    return picture()
  }
  return (
    <Menu
      placement="bottom-end"
      focusAfter={goOn}
      trigger={(trigger: object) => (
        <Button {...trigger} size="bar" kind="quiet" after={ChevronDown} aria-label={`Window: ${words()}`}>
          {words()}
        </Button>
      )}
      items={[...presets(), ...others()]}
    />
  )
}
