import { createRawSnippet, flushSync } from 'svelte'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ask, asked } from '../router.svelte'
import ApiDrawer from './ApiDrawer.svelte'
import Drawer from './Drawer.svelte'
import EmptyState from './EmptyState.svelte'
import Failures from './Failures.svelte'
import Fault from './Fault.svelte'
import Page from './Page.svelte'
import { click, names, one } from './testing/find'
import { held } from './testing/rows.svelte'
import { show } from './testing/show'
import { toast, toasts } from './toast.svelte'
import Toasts from './Toasts.svelte'

const html = (text: string) => createRawSnippet(() => ({ render: () => text }))

beforeEach(() => {
  localStorage.clear()
  ask({ tab: undefined, show: undefined })
})
afterEach(() => vi.useRealTimers())

describe('a drawer', () => {
  const drawer = (more: object = {}) => {
    const calls = { onclose: vi.fn(), onsubmit: vi.fn() }
    return { ...calls, el: show(Drawer, { title: 'New group', what: 'For many.', children: html('<label>Name <input></label>'), act: 'Create', ...calls, ...more }) }
  }

  test('is a dialog named by its title, and begins at its first field', () => {
    const { el } = drawer()
    const dialog = one<HTMLDialogElement>(el, 'dialog[role=dialog]', 'New group')
    expect(dialog.open).toBe(true)
    expect(document.activeElement).toBe(one(el, 'input'))
  })

  test.each([
    ['its cross', (el: HTMLElement) => click(one(el, 'button', 'Close'))],
    ['Cancel', (el: HTMLElement) => click(one(el, 'button', 'Cancel'))],
    ['Escape', (el: HTMLElement) => expect(one(el, 'dialog').dispatchEvent(new Event('cancel', { cancelable: true }))).toBe(false)],
  ])('asks to be closed by %s, and sends nothing', (_, act) => {
    const { el, onclose, onsubmit } = drawer()
    act(el)
    expect([onclose.mock.calls.length, onsubmit.mock.calls.length]).toEqual([1, 0])
  })

  test('sends its form by the button that says what it does, once: not while it is busy', () => {
    const onsubmit = vi.fn()
    const props = held({ title: 'New group', act: 'Create', busy: false, onclose: () => {}, onsubmit, children: html('<input>') })
    const el = show(Drawer, props)
    const act = one<HTMLButtonElement>(el, 'footer button', 'Create')
    act.click()
    expect(onsubmit).toHaveBeenCalledOnce()
    expect(one(el, 'form').dispatchEvent(new Event('submit', { cancelable: true }))).toBe(false)
    props.busy = true
    flushSync()
    expect([act.disabled, one(act, '[role=status]').textContent]).toEqual([true, 'Working'])
  })

  test('has a foot of its own where it brings one, and no form where it sends nothing', () => {
    const { el } = drawer({ foot: html('<b>Mine</b>'), onsubmit: undefined })
    expect([one(el, 'footer').textContent, el.querySelector('form')]).toEqual(['Mine', null])
  })
})

describe('messages', () => {
  const texts = (el: HTMLElement) => names(el, '.toast .grow-1')
  beforeEach(() => {
    toasts.all = []
    vi.useFakeTimers()
  })
  const later = (ms: number) => (vi.advanceTimersByTime(ms), flushSync())

  test('are told politely, go after five seconds, and before by their cross', () => {
    const el = show(Toasts, {})
    expect(one(el, '[role=status]').getAttribute('aria-live')).toBe('polite')
    toast('Saved')
    toast('Locked')
    flushSync()
    expect(texts(el)).toEqual(['Saved', 'Locked'])
    click(el.querySelector<HTMLElement>('button[aria-label=Close]')!)
    later(4900)
    expect(texts(el)).toEqual(['Locked'])
    later(200)
    expect(texts(el)).toEqual([])
  })

  test('stay while the focus is in them', () => {
    const el = show(Toasts, {})
    toast('Saved')
    flushSync()
    // happy-dom knows no :focus-within.
    vi.spyOn(one(el, '.toast'), 'matches').mockImplementation(function (this: Element, what) {
      return what.includes(':focus-within') && this.contains(document.activeElement)
    })
    one(el, 'button').focus()
    later(11_000)
    expect(texts(el)).toEqual(['Saved'])
    one(el, 'button').blur()
    later(5000)
    expect(texts(el)).toEqual([])
  })

  test('take back what was done, once', () => {
    const undo = vi.fn()
    const el = show(Toasts, {})
    toast('Deleted', { undo })
    flushSync()
    click(one(el, 'button', 'Undo'))
    expect([undo.mock.calls.length, texts(el)]).toEqual([1, []])
  })

  test('of work under way count, stay until it ends, and can stop it', () => {
    const cancel = vi.fn()
    const el = show(Toasts, {})
    const say = toast('0 of 9', { cancel })
    flushSync()
    say('4 of 9')
    later(20_000)
    expect([texts(el), names(el, 'button')]).toEqual([['4 of 9'], ['Stop']])
    click(one(el, 'button', 'Stop'))
    expect(cancel).toHaveBeenCalledOnce()
    say(null)
    flushSync()
    expect(texts(el)).toEqual([])
  })
})

test('a fault is an alert with its reason; it has a request and a second try only where there are such', () => {
  const retry = vi.fn()
  const el = show(Fault, { error: { message: 'Away.', requestId: 'r1' }, retry })
  expect(names(one(el, '[role=alert]'), 'b, p')).toEqual(['This could not be loaded', 'Away.', 'Request r1'])
  click(one(el, 'button', 'Try again'))
  expect(retry).toHaveBeenCalledOnce()
  const bare = show(Fault, { error: { message: 'Away.' }, title: 'Not saved' })
  expect([names(bare, 'b, p'), bare.querySelector('button')]).toEqual([['Not saved', 'Away.'], null])
})

test('failures name five of what was refused, then all, and can be put away; none is nothing', () => {
  const onclose = vi.fn()
  const props = { failed: Array.from({ length: 7 }, (_, i) => ({ row: i, error: new Error(`no ${i}`) })), name: (i: number) => `Row ${i}`, onclose }
  const el = show(Failures<number>, props)
  expect(one(el, '[role=alert] > div > b').textContent).toBe('7 were not done')
  expect(names(el, 'li')).toEqual([0, 1, 2, 3, 4].map((i) => `Row ${i}: no ${i}`))
  click(one(el, 'button', 'Show all 7'))
  expect([names(el, 'li').length, names(el, 'button')]).toEqual([7, ['Close']])
  click(one(el, 'button', 'Close'))
  expect(onclose).toHaveBeenCalledOnce()
  expect(show(Failures<number>, { ...props, failed: [] }).textContent).toBe('')
})

test('an empty state says what is missing and how to begin', () => {
  const run = vi.fn()
  const el = show(EmptyState, { title: 'No groups', text: 'Make one.', code: 'curl', actions: [{ title: 'New', icon: 'plus', primary: true, run }, { title: 'Import', icon: 'file', when: false }, { title: 'Docs', icon: 'file', href: '/console/docs' }] })
  expect(names(el, 'h2, p, pre')).toEqual(['No groups', 'Make one.', 'curl'])
  expect(names(el, '.btns > *')).toEqual(['New', 'Docs'])
  expect(one(el, 'a', 'Docs').getAttribute('href')).toBe('/console/docs')
  click(one(el, 'button', 'New'))
  expect(run).toHaveBeenCalledOnce()
  expect(el.querySelector('svg.art')!.getAttribute('aria-hidden')).toBe('true')
  expect(show(EmptyState, { title: 'None', small: true }).querySelectorAll('svg, .btns, pre')).toHaveLength(0)
})

describe('the drawer of the API', () => {
  const code = (el: HTMLElement, name: string) => one(el, 'pre', name).textContent
  const change = { name: 'Anna' }

  test('of a list reads it, in the language that was chosen last', () => {
    const el = show(ApiDrawer, { href: '/api/people?q=a%20b', onclose: () => {} })
    expect(one(el, 'dialog', 'This list, with the API')).toBeTruthy()
    expect(names(el, '[role=group]')).toEqual(['API'])
    expect(code(el, 'GET')).toBe(`${location.origin}/api/people?q=a b`)
    expect(code(el, 'curl')).toContain(`'${location.origin}/api/people?q=a%20b'`)
    click(one(el, 'button', 'Python'))
    expect(code(el, 'Python')).toContain('requests.get(')
    expect(one(el, 'button[aria-pressed=true]').textContent).toBe('Python')
    expect(code(show(ApiDrawer, { href: '/api/x', onclose: () => {} }), 'Python')).toContain('/api/x')
  })

  test('of a record reads it, and changes it by what a change might say', () => {
    const el = show(ApiDrawer, { href: '/api/people/1', change, onclose: () => {} })
    const to = one(el, '[role=group]', 'What is asked for')
    expect(code(el, 'GET')).toContain('/api/people/1')
    expect(code(el, 'curl')).not.toMatch(/--data|--request/)
    click(one(to, 'button', 'Change'))
    expect(one(el, 'pre', 'POST')).toBeTruthy()
    expect(code(el, 'curl')).toMatch(/--request POST[\s\S]*--data '\{\s*"name": "Anna"\s*\}'/)
    click(one(to, 'button', 'Read'))
    expect(code(el, 'curl')).not.toContain('--data')
  })
})

describe('a page', () => {
  const page = (more: object = {}) => show(Page, { title: 'Anna', children: html('<p>Body</p>'), ...more })

  test('has its title as the only head and in the window, and what it holds', () => {
    const el = page({ sub: 'anna@example.org' })
    expect(names(el, 'h1')).toEqual(['Anna'])
    expect(document.title).toBe('Anna · Stormkeep')
    expect(names(el, 'p')).toEqual(['anna@example.org', 'Body'])
    expect(el.querySelectorAll('nav, .btns, button')).toHaveLength(0)
  })

  test('has the way back, and what it belongs to besides', () => {
    const el = page({ up: { href: '/console/accounts', title: 'Accounts' }, within: { href: '/console/d/1', title: 'Staff' }, under: html('<p>Under</p>'), sub: 'not this' })
    expect([...one(el, 'nav', 'Accounts').querySelectorAll('a')].map((a) => `${a.textContent} ${a.getAttribute('href')}`)).toEqual(['Accounts /console/accounts', 'Staff /console/d/1'])
    expect(names(el, 'p')).toEqual(['Under', 'Body'])
  })

  test('has so many actions as buttons as it is told, the others in a menu', () => {
    const run = vi.fn()
    const el = page({ shown: 1, actions: ['Lock', 'Copy', 'Erase'].map((title) => ({ title, icon: 'x', run })) })
    expect(names(el, '.btns > button')).toEqual(['Lock', 'Actions'])
    expect(names(el, '[role=menuitem]')).toEqual(['Copy', 'Erase'])
    click(one(el, '.btns > button', 'Lock'))
    expect(run).toHaveBeenCalledOnce()
  })

  test('of a record shows that with the API, in the URL, until that is closed', () => {
    const el = page({ api: { href: '/api/people/1', change: { name: 'Anna' } } })
    expect(el.querySelector('dialog')).toBeNull()
    click(one(el, '.btns button', 'API'))
    expect(asked('show')).toBe('record')
    expect(one(el, 'dialog', 'This record, with the API').textContent).toContain('/api/people/1')
    click(one(el, 'dialog button', 'Close'))
    expect([asked('show'), el.querySelector('dialog')]).toEqual(['', null])
  })
})
