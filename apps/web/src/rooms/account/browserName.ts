/** "Firefox on Windows" out of what a browser says of itself; the text itself where it is no browser we know. */

const BROWSERS: readonly [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bChrom(?:e|ium)\/|\bHeadlessChrome\/|\bCriOS\//, 'Chrome'],
  [/\bVersion\/.*\bSafari\//, 'Safari'],
]
const SYSTEMS: readonly [RegExp, string][] = [
  [/\biPhone\b|\biPad\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
]

const firstOf = (agent: string, list: readonly [RegExp, string][]): string | undefined =>
  list.find(([pattern]) => pattern.test(agent))?.[1]

export function browserName(agent: string): string {
  const browser = firstOf(agent, BROWSERS)
  const system = firstOf(agent, SYSTEMS)
  if (browser && system) return `${browser} on ${system}`
  return browser ?? (agent.trim().slice(0, 60) || 'Unknown program')
}
