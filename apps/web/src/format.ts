/**
 * Numbers, sizes, lengths and moments as they are written on screen: thin spaces in thousands, a true minus,
 * a space before the unit, words for how long ago. Nothing here reads the clock: whoever asks says what time it is.
 */

/** Narrow no-break space (U+202F), between thousands. */
const THIN = '\u202f'
/** No-break space, before a unit. */
const NBSP = '\u00a0'
const MINUS = '\u2212'

/** `digits` after the decimal point, always that many. Not-a-number and infinities are an en dash. */
export function number(value: number, digits = 0): string {
  if (!Number.isFinite(value)) return '–'
  const [whole = '0', part] = Math.abs(value).toFixed(digits).split('.')
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, THIN)
  const text = part === undefined ? grouped : `${grouped}.${part}`
  // A value that rounds to zero has no sign.
  return value < 0 && /[1-9]/.test(text) ? `${MINUS}${text}` : text
}

/** Where there is little room, never more than there are: 9 999, 12k, 128k, 1.2M. */
export function short(value: number): string {
  if (value < 10_000) return number(value)
  if (value < 1_000_000) return `${Math.floor(value / 1_000)}k`
  return `${trimmed(Math.floor(value / 100_000) / 10, 1)}M`
}

/** As many digits as needed, at most `most`: 0.7, 1.25, 3. */
export function trimmed(value: number, most = 2): string {
  const text = number(value, most)
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

/** Before a word within a sentence. */
export const article = (word: string): string => (/^[aeiou]/i.test(word) ? 'an' : 'a')

export const withUnit = (text: string, unit: string): string => `${text}${NBSP}${unit}`

export const mm = (value: number, digits = 1): string => withUnit(number(value, digits), 'mm')

/** 1 slice, 2 slices, 1 204 slices. */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${number(value)}${NBSP}${value === 1 ? one : many}`
}

/** Decimal units, as file managers say them: 640 kB, 8.4 MB, 1.2 GB. */
export function bytes(value: number): string {
  if (value < 1000) return withUnit(number(value), value === 1 ? 'byte' : 'bytes')
  const units = ['kB', 'MB', 'GB', 'TB'] as const
  let scaled = value / 1000
  let at = 0
  while (scaled >= 999.5 && at < units.length - 1) {
    scaled /= 1000
    at += 1
  }
  return withUnit(number(scaled, scaled < 10 && at > 0 ? 1 : 0), units[at] ?? 'kB')
}

/** Time left in words, rounded so that it does not flicker: about 20 s left, about 3 min left. */
export function timeLeft(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return ''
  if (seconds < 5) return 'a few seconds left'
  if (seconds < 55) return `about ${withUnit(number(Math.ceil(seconds / 5) * 5), 's')} left`
  if (seconds < 3570) return `about ${withUnit(number(Math.max(1, Math.round(seconds / 60))), 'min')} left`
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.round((seconds % 3600) / 300) * 5
  const carried = minutes === 60 ? hours + 1 : hours
  const rest = minutes === 60 ? 0 : minutes
  const tail = rest > 0 ? ` ${withUnit(String(rest), 'min')}` : ''
  return `about ${withUnit(String(Math.max(1, carried)), 'h')}${tail} left`
}

const pad = (value: number): string => String(value).padStart(2, '0')

/** 14:03:22, on the reader's clock. */
export function timeOfDay(at: number): string {
  const date = new Date(at)
  return `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const

/** Midnights between two moments, on the reader's calendar. */
function daysApart(earlier: Date, later: Date): number {
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate())
  return Math.round((midnight(later) - midnight(earlier)) / 86_400_000)
}

/** 14:03 today, "yesterday 14:03", then 23 Nov, and with the year in another year. */
export function moment(at: number, now: number): string {
  const then = new Date(at)
  const today = new Date(now)
  const clock = `${pad(then.getHours())}:${pad(then.getMinutes())}`
  const days = daysApart(then, today)
  if (days === 0) return clock
  if (days === 1) return `yesterday ${clock}`
  return then.getFullYear() === today.getFullYear()
    ? `${then.getDate()}${NBSP}${MONTHS[then.getMonth()]}`
    : day(at)
}

/** 21 Nov 2026, on the reader's calendar. */
export function day(at: number): string {
  const then = new Date(at)
  return `${then.getDate()}${NBSP}${MONTHS[then.getMonth()]}${NBSP}${then.getFullYear()}`
}

/** 21 Nov 2026 10:38:18, on the reader's clock. */
export const fullMoment = (at: number): string => `${day(at)} ${timeOfDay(at)}`

/** 10:38:18 in UTC, the same for whoever looks: for evidence. */
export const utcTime = (at: number): string => new Date(at).toISOString().slice(11, 19)

/** Saturday 21 Nov 2026, in UTC. */
export function utcDay(at: number): string {
  const then = new Date(at)
  const date = `${then.getUTCDate()}${NBSP}${MONTHS[then.getUTCMonth()]}${NBSP}${then.getUTCFullYear()}`
  return `${WEEKDAYS[then.getUTCDay()]} ${date}`
}

/** How long ago, in the largest fitting word: just now, 5 min ago, 3 h ago, then the moment. */
export function ago(at: number, now: number): string {
  const seconds = Math.max(0, (now - at) / 1000)
  if (seconds < 60) return 'just now'
  if (seconds < 3600) return `${withUnit(String(Math.floor(seconds / 60)), 'min')} ago`
  if (seconds < 12 * 3600) return `${withUnit(String(Math.floor(seconds / 3600)), 'h')} ago`
  return moment(at, now)
}

/** "reader" as a heading or in a list: "Reader". */
export const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
