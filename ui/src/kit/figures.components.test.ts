import { flushSync } from 'svelte'
import { describe, expect, test } from 'vitest'
import { ago, date } from '../i18n.svelte'
import Chart from './Chart.svelte'
import { clock } from './clock.svelte'
import Meter from './Meter.svelte'
import Progress from './Progress.svelte'
import RelativeTime from './RelativeTime.svelte'
import State from './State.svelte'
import { click, names, one } from './testing/find'
import { show } from './testing/show'
import Timeline, { type Happening } from './Timeline.svelte'
import Trace from './Trace.svelte'

describe('a timeline', () => {
  const it = (at: string, more: Partial<Happening> = {}): Happening => ({ at, icon: 'check', text: 'Signed in', meta: [], ...more })

  test('is by day, with what belongs to each, and the same again is one entry that says how often', () => {
    const meta = [{ text: 'Anna', href: '/console/a' }, { text: '192.0.2.1', code: true }]
    const el = show(Timeline, { items: [it('2026-03-02T12:00:02Z', { meta }), it('2026-03-02T12:00:01Z', { meta }), it('2026-03-02T12:00:00Z'), it('2026-02-27T12:00:00Z')] })
    expect(names(el, 'h3')).toEqual(['2026-03-02', '2026-02-27'].map((day) => date(`${day}T12:00Z`, 'weekday')))
    expect([...el.querySelectorAll('ol')].map((ol) => names(ol, '.what b, .what .quiet'))).toEqual([['Signed in', '× 2', 'Signed in'], ['Signed in']])
    expect(one(el, 'a', 'Anna').getAttribute('href')).toBe('/console/a')
    expect(names(el, 'code')).toEqual(['192.0.2.1'])
    expect(el.querySelector('time')!.getAttribute('datetime')).toBe('2026-03-02T12:00:02Z')
  })

  test('says why something was refused, and where to read on', () => {
    const el = show(Timeline, { items: [it('2026-03-02T12:00:00Z', { kind: 'bad', why: 'Wrong password', more: { text: 'Rules', href: '/console/r' } })] })
    expect(one(el, '.event.bad .why').textContent).toBe('Wrong password. Rules')
    expect(one(el, '.why a').getAttribute('href')).toBe('/console/r')
  })

  test('shows two of the same name beside one thing: an Anna who changed another Anna', () => {
    const el = show(Timeline, { items: [it('2026-03-02T12:00:00Z', { meta: [{ text: 'Anna', href: '/console/a' }, { text: 'Anna', href: '/console/b' }] })] })
    expect([...el.querySelectorAll('.meta a')].map((a) => a.getAttribute('href'))).toEqual(['/console/a', '/console/b'])
  })
})

test('a trace is a list with a name, whose checks are told in words too', () => {
  const words = { passed: 'passed', failed: 'failed', notReached: 'not reached' }
  const el = show(Trace, { label: 'Checks', words, checks: [{ name: 'Password', state: 'passed' }, { name: 'Code', state: 'failed', text: 'Too old' }, { name: 'Rules', state: 'notReached' }] })
  expect(names(one(el, 'ol', 'Checks'), 'li')).toEqual(['Password: passed', 'Code: failed', 'Rules: not reached'])
  expect(one(el, 'li.no').title).toBe('Too old')
})

describe('a chart', () => {
  const points = [{ at: '2026-03-01T12:00:00Z', up: 3, down: 1 }, { at: '2026-03-02T12:00:00Z', up: 1200, down: 0 }, { at: '2026-03-03T12:00:00Z', up: 0, down: 7 }]
  const props = { title: 'Sign-ins', what: 'More than last week.', points, up: 'done', down: 'refused' }
  const cells = (el: HTMLElement) => [...el.querySelectorAll('tr')].map((tr) => names(tr, 'th, td').join(' | '))

  test('is a picture whose name and sentence say what it tells, with the figures at each point', () => {
    const el = show(Chart, props)
    expect(names(el, 'svg[role=img]')).toEqual(['Sign-ins More than last week.'])
    expect(names(el, 'rect title')).toEqual(['1 Mar 2026: 3 done, 1 refused', '2 Mar 2026: 1,200 done, 0 refused', '3 Mar 2026: 0 done, 7 refused'])
    expect([...el.querySelectorAll('rect.a')].map((r) => Number(r.getAttribute('height')))).toEqual([(3 / 2000) * 150, (1200 / 2000) * 150, 0])
    expect(el.querySelectorAll('rect.b')).toHaveLength(2)
  })

  test('is a table of the same figures where someone likes that better, the newest on top, and a chart again', () => {
    const el = show(Chart, props)
    const [chart, table] = ['As a chart', 'As a table'].map((name) => one(el, '[role=group] button', name))
    click(table!)
    expect([chart!.getAttribute('aria-pressed'), table!.getAttribute('aria-pressed')]).toEqual(['false', 'true'])
    expect(one(el, '[role=region]', 'Sign-ins').tabIndex).toBe(0)
    expect(cells(el)).toEqual(['Day | done | refused', '3 Mar 2026 | 0 | 7', '2 Mar 2026 | 1,200 | 0', '1 Mar 2026 | 3 | 1'])
    click(chart!)
    expect([el.querySelector('table'), el.querySelectorAll('svg[role=img]').length]).toEqual([null, 1])
  })

  test('of hours, of what only goes up, has no second figure', () => {
    const el = show(Chart, { ...props, hours: true, down: undefined })
    expect(el.querySelectorAll('rect.b')).toHaveLength(0)
    expect(names(el, '.x span').at(-1)).toBe('Now')
    click(one(el, 'button', 'As a table'))
    expect(cells(el)[0]).toBe('Hour | done')
    expect(cells(el)[1]).toMatch(/^\d\d:\d\d \| 0$/)
  })

  test('without a point is empty, not broken', () => {
    const el = show(Chart, { ...props, points: [] })
    expect([el.querySelectorAll('rect').length, el.innerHTML.includes('NaN')]).toEqual([0, false])
  })
})

test.each([
  [1, 3, '33', '33'],
  [0, 3, '0', '0'],
  [5, 3, '100', '100'],
  [5, 0, null, '0'],
])('a meter at %d of %d says %s', (n, size, now, width) => {
  const it = one(show(Meter, { label: 'Import', n, size }), '[role=progressbar]', 'Import')
  expect([it.getAttribute('aria-valuenow'), it.getAttribute('aria-valuemax')]).toEqual([now, '100'])
  expect(String(Math.round(Number.parseFloat(it.querySelector('rect')!.getAttribute('width')!)))).toBe(width)
})

test('progress says what is under way, how far it is, and what is beside it', () => {
  const el = show(Progress, { label: 'Import', done: 2, size: 8, note: '2 of 8' })
  expect(names(el, '.row-label > *')).toEqual(['Import', '2 of 8'])
  expect(one(el, '[role=progressbar]', 'Import').getAttribute('aria-valuenow')).toBe('25')
})

test('a moment says how long ago it was, also later, and itself where someone points at it', () => {
  const at = new Date(clock.now - 4 * 60_000).toISOString()
  const el = show(RelativeTime, { at })
  const time = one(el, 'time')
  expect([time.textContent, time.getAttribute('datetime'), time.title]).toEqual([ago(at, clock.now), at, ''])
  expect(time.textContent).toContain('4')
  time.dispatchEvent(new PointerEvent('pointerenter'))
  expect(time.title).toContain(String(new Date(at).getFullYear()))
  const was = clock.now
  clock.now += 60_000
  flushSync()
  expect(time.textContent).toContain('5')
  clock.now = was
  expect([show(RelativeTime, { at: null }).textContent, show(RelativeTime, { at: undefined, none: 'never' }).textContent]).toEqual(['–', 'never'])
})

test.each([['ok', 'state'], ['off', 'state off'], ['wait', 'state wait'], ['bad', 'state bad']] as const)('a state that is %s is a word, and looks so', (kind, look) => {
  const it = one(show(State, { kind, text: 'Locked' }), 'span')
  expect([it.textContent, it.className]).toEqual(['Locked', look])
})
