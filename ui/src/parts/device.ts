import { t } from './text'

/** The browser and the system that a User-Agent names, roughly: enough to know one's own devices. */
export function device(agent: string): { browser: string; system: string } {
  const first = (pairs: [RegExp, string][]) => pairs.find(([re]) => re.test(agent))?.[1] ?? ''
  return {
    browser: first([[/Edg\//, 'Edge'], [/OPR\//, 'Opera'], [/Firefox\//, 'Firefox'], [/(Chrome|CriOS)\//, 'Chrome'], [/Safari\//, 'Safari'], [/curl\//, 'curl']]),
    system: first([[/iPhone/, 'iPhone'], [/iPad/, 'iPad'], [/Android/, 'Android'], [/Windows/, 'Windows'], [/Mac OS X|Macintosh/, 'macOS'], [/CrOS/, 'ChromeOS'], [/Linux/, 'Linux']]),
  }
}

/** Both in words: "Firefox on Linux", one of them alone, or "" of a device that says nothing of itself. */
export function deviceWords({ browser, system }: { browser: string; system: string }): string {
  return browser && system ? t('onDevice', { browser, system }) : browser || system
}
