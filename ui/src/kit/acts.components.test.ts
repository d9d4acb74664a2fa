import { flushSync } from 'svelte'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { keep, kept } from '../kept'
import { ask, asked } from '../router.svelte'
import type { Action } from './action'
import Actions from './Actions.svelte'
import { Chosen } from './chosen.svelte'
import { asking } from './confirm.svelte'
import Menu from './Menu.svelte'
import { offers } from './offers.svelte'
import Order from './Order.svelte'
import type { Column } from './rows'
import Tabs from './Tabs.svelte'
import { click, nameOf, names, one, press, settled } from './testing/find'
import { FakeRows, held, people, type Person } from './testing/rows.svelte'
import { show } from './testing/show'
import { toasts } from './toast.svelte'
import Toolbar from './Toolbar.svelte'
import Views from './Views.svelte'

const columns: Column<Person>[] = [
  { id: 'name', title: 'Name', text: (p) => p.name },
  { id: 'mail', title: 'E-mail', text: (p) => p.mail },
  { id: 'note', title: 'Note', text: (p) => p.note ?? '', off: true },
]
const bar = (rows: FakeRows) => show(Toolbar<Person>, { name: 'people', rows, chosen: new Chosen('people', () => columns) })
const focused = () => document.activeElement && nameOf(document.activeElement)

beforeEach(() => {
  localStorage.clear()
  ask({ find: undefined, sort: undefined, tab: undefined, show: undefined })
  toasts.all = []
})

describe('the bar above a table', () => {
  test('has a search where rows can be searched', () => {
    const rows = new FakeRows(people(1))
    const el = bar(rows)
    expect(el.querySelector('[role=search]')).toBeNull()
    rows.fields = [{ name: 'state', label: 'State' }]
    flushSync()
    const box = one<HTMLInputElement>(el, '[role=combobox]', 'Search or filter')
    box.value = 'state:locked'
    box.dispatchEvent(new Event('input', { bubbles: true }))
    press('Enter', box)
    expect(rows.search).toEqual({ filters: [{ field: 'state', value: 'locked' }], text: '' })
  })

  test('shows the request of the list, in the URL, until that is closed', () => {
    const el = bar(new FakeRows(people(1)))
    click(one(el, '.toolbar button', 'API'))
    expect(asked('show')).toBe('api')
    expect(one(el, 'dialog pre', 'GET').textContent).toMatch(/\/api\/people$/)
    click(one(el, 'dialog button', 'Close'))
    expect([asked('show'), el.querySelector('dialog')]).toEqual(['', null])
  })

  const exported = async (kind: string, meanwhile: () => void = () => {}) => {
    const made: Blob[] = []
    const files: string[] = []
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => (made.push(blob as Blob), 'blob:x'))
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      files.push(this.download)
    })
    const el = bar(new FakeRows(people(3)))
    click(one(el, '[role=menuitem]', `Export as ${kind}`))
    meanwhile()
    await settled()
    vi.restoreAllMocks()
    return { files, text: await made[0]?.text(), said: toasts.all.map((it) => it.text) }
  }

  test.each([
    ['CSV', 'people.csv', 'Name,E-mail,href\r\nPerson 0,p0@example.org,\r\nPerson 1,p1@example.org,\r\nPerson 2,p2@example.org,\r\n'],
    ['JSON', 'people.json', `[\n${people(3).map((p) => JSON.stringify(p)).join(',\n')}\n]\n`],
  ])('exports every row as %s, page by page', async (kind, file, text) => {
    expect(await exported(kind)).toEqual({ files: [file], text, said: ['Exported 3 rows'] })
  })

  test('makes no file of an export that is stopped', async () => {
    const end = await exported('CSV', () => {
      expect(toasts.all[0]!.text).toBe('Exporting 0 of 3')
      toasts.all[0]!.cancel!()
    })
    expect(end).toEqual({ files: [], text: undefined, said: ['Cancelled'] })
  })
})

describe('views', () => {
  const views = [{ title: 'Locked', find: 'state:locked' }, { title: 'Newest', sort: 'created desc' }]
  const current = (el: HTMLElement) => names(el, '[aria-current=page]')

  test('are links to a search and an order, and the one on the screen is current', () => {
    const el = show(Views, { name: 'people', views })
    const links = () => [...one(el, 'nav', 'Views').querySelectorAll('a')].map((a) => a.getAttribute('href'))
    expect(names(el, 'a')).toEqual(['All', 'Locked', 'Newest'])
    expect(links()).toEqual(['?', '?find=state%3Alocked', '?sort=created+desc'])
    expect(current(el)).toEqual(['All'])
    ask({ find: 'state:locked', tab: 'members' })
    flushSync()
    expect(current(el)).toEqual(['Locked'])
    expect(links()).toEqual(['?tab=members', '?tab=members&find=state%3Alocked', '?tab=members&sort=created+desc'])
  })

  test('keep what is on the screen under a name that no other has, and forget it again', async () => {
    const el = show(Views, { name: 'people', views })
    expect(el.querySelector('button')).toBeNull()
    ask({ find: 'anna', sort: 'email' })
    flushSync()
    click(one(el, 'button', 'Save this view'))
    expect(() => asking.question!.send!('Locked')).toThrow('Another view has this name.')
    expect(() => asking.question!.send!('Anna')).not.toThrow()
    asking.answer('Anna')
    await settled()
    expect([current(el), kept('views.people', [])]).toEqual([['Anna'], [{ title: 'Anna', find: 'anna', sort: 'email' }]])
    expect(names(el, 'button')).toEqual(['Forget the view Anna'])
    click(one(el, 'button', 'Forget the view Anna'))
    expect([names(el, 'a'), kept('views.people', null)]).toEqual([['All', 'Locked', 'Newest'], []])
  })

  test('are not saved where the question is answered with no', async () => {
    const el = show(Views, { name: 'people', views })
    ask({ find: 'anna' })
    flushSync()
    click(one(el, 'button', 'Save this view'))
    asking.answer(null)
    await settled()
    expect([names(el, 'a').length, kept('views.people', null)]).toEqual([3, null])
  })

  test('that were saved come back at the next visit, for this list alone', () => {
    keep('views.people', [{ title: 'Anna', find: 'anna' }])
    expect(names(show(Views, { name: 'people', views }), 'a')).toEqual(['All', 'Locked', 'Newest', 'Anna'])
    expect(names(show(Views, { name: 'groups', views }), 'a')).toEqual(['All', 'Locked', 'Newest'])
  })
})

describe('a menu', () => {
  const menu = (more: object = {}) => {
    const run = vi.fn()
    const el = show(Menu, { label: 'More', actions: [{ title: 'Edit', icon: 'edit', run }, { title: 'Lock', icon: 'x', when: false }, { title: 'Open', icon: 'file', href: '/console/x' }, { title: 'Erase', icon: 'x', run }], ...more })
    return { el, run, button: one(el, 'button[aria-haspopup=menu]', 'More') }
  }
  const opened = (button: HTMLElement) => button.getAttribute('aria-expanded') === 'true'

  test('has what can be done now, opens with the focus on the first of it, and closes', () => {
    const { el, button } = menu()
    expect(names(one(el, '[role=menu]', 'More'), '[role=menuitem]')).toEqual(['Edit', 'Open', 'Erase'])
    expect(opened(button)).toBe(false)
    click(button)
    expect([opened(button), focused()]).toEqual([true, 'Edit'])
    press('Tab')
    expect(opened(button)).toBe(false)
  })

  test('is walked by keys, round its ends, and by the first letter', () => {
    const { button } = menu()
    click(button)
    const at = ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'Home', 'End', 'Home', 'o', 'E', 'q'].map((key) => (press(key), focused()))
    expect(at).toEqual(['Open', 'Erase', 'Edit', 'Erase', 'Edit', 'Erase', 'Edit', 'Open', 'Erase', 'Erase'])
  })

  test('runs what is clicked once it is closed, with the focus back at its button', () => {
    const { el, run, button } = menu()
    click(button)
    run.mockImplementation(() => (flushSync(), expect([opened(button), document.activeElement]).toEqual([false, button])))
    click(one(el, '[role=menuitem]', 'Edit'))
    expect(run).toHaveReturnedTimes(1)
  })

  test('stays open for its switches', () => {
    const flip = vi.fn()
    const { el, button } = menu({ actions: [], checks: [{ title: 'E-mail', on: true, flip }, { title: 'Note', on: false, flip }] })
    click(button)
    expect([...el.querySelectorAll('[role=menuitemcheckbox]')].map((it) => [nameOf(it), it.getAttribute('aria-checked')])).toEqual([['E-mail', 'true'], ['Note', 'false']])
    click(one(el, '[role=menuitemcheckbox]', 'Note'))
    expect([flip.mock.calls.length, opened(button)]).toEqual([1, true])
  })
})

test('actions are buttons, those beyond the shown are in a menu, and all that can be done are offered while they are there', () => {
  const run = vi.fn()
  const actions: Action[] = [{ title: 'New', icon: 'plus', primary: true, shortcut: 'n', run }, { title: 'Gone', icon: 'x', when: false }, { title: 'Docs', icon: 'file', href: '/console/docs' }, { title: 'Lock', icon: 'x', run }]
  const props = held({ actions })
  const el = show(Actions, props)
  expect(one(el, ':scope > button[aria-keyshortcuts=n]').textContent).toContain('New')
  expect(one(el, ':scope > a', 'Docs').getAttribute('href')).toBe('/console/docs')
  expect(names(el, '[role=menuitem]')).toEqual(['Lock'])
  expect(offers().map((a) => a.title)).toEqual(['New', 'Docs', 'Lock'])
  click(one(el, ':scope > button[aria-keyshortcuts=n]'))
  expect(run).toHaveBeenCalledOnce()
  props.actions = actions.slice(0, 1)
  flushSync()
  expect([el.querySelector('[role=menu]'), offers().length]).toEqual([null, 1])
})

test('tabs are links, the first without a name, and say which is current, how many, and what is unsaved', () => {
  const el = show(Tabs, { label: 'Account', tabs: [{ id: 'profile', title: 'Profile', changed: true }, { id: 'groups', title: 'Groups', n: 1200 }] })
  const all = [...one(el, 'nav', 'Account').querySelectorAll('a')]
  expect(all.map((a) => a.getAttribute('href'))).toEqual(['?', '?tab=groups'])
  expect([...all[1]!.childNodes].map((it) => it.textContent).filter(Boolean)).toEqual(['Groups', '1,200'])
  expect(names(all[0]!, '[role=img]')).toEqual(['unsaved changes'])
  expect(all.map((a) => a.getAttribute('aria-current'))).toEqual(['page', null])
  ask({ tab: 'groups' })
  flushSync()
  expect(all.map((a) => a.getAttribute('aria-current'))).toEqual([null, 'page'])
})

describe('an order', () => {
  const order = (moves = true) => {
    const moved: [number, number][] = []
    const props = held({
      label: 'Steps', items: ['A', 'B', 'C'].map((id) => ({ id })), key: (it: { id: string }) => it.id, name: (it: { id: string }) => `Step ${it.id}`, icon: () => 'x' as const,
      onmove: moves ? (from: number, to: number) => (moved.push([from, to]), (props.items = props.items.toSpliced(from, 1).toSpliced(to, 0, props.items[from]!))) : undefined,
    })
    const el = show(Order<{ id: string }>, props)
    return { el, moved, now: () => names(one(el, 'ol', 'Steps'), 'li b').join(' ') }
  }

  test.each([
    ['ArrowDown', 'A', 'Step B Step A Step C', 'Step A is now 2 of 3'],
    ['ArrowUp', 'C', 'Step A Step C Step B', 'Step C is now 2 of 3'],
    ['Home', 'C', 'Step C Step A Step B', 'Step C is now 1 of 3'],
    ['End', 'A', 'Step B Step C Step A', 'Step A is now 3 of 3'],
    ['ArrowUp', 'A', 'Step A Step B Step C', ''],
    ['Home', 'A', 'Step A Step B Step C', ''],
    ['ArrowDown', 'C', 'Step A Step B Step C', ''],
  ])('by %s moves item %s to %j, says so where it moved, and the focus goes with it', async (key, item, after, said) => {
    const { el, now } = order()
    const grip = [...el.querySelectorAll<HTMLElement>('.grip')].find((it) => nameOf(it).includes(`Step ${item}`))!
    grip.focus()
    expect(press(key)).toBe(true)
    await settled()
    expect([now(), one(el, '[role=status]').textContent]).toEqual([after, said])
    expect(focused()).toMatch(new RegExp(`^Move Step ${item}, position \\d of 3$`))
  })

  test.each([
    ['lets go below the last', 'pointerup', [[0, 2]], 'Step B Step C Step A'],
    ['is taken away by Escape', 'Escape', [], 'Step A Step B Step C'],
  ])('shows an item that is dragged where it would lie, which then %s', (_, end, moved, after) => {
    const { el, moved: got, now } = order()
    vi.spyOn(HTMLLIElement.prototype, 'getBoundingClientRect').mockImplementation(function (this: HTMLElement) {
      return { bottom: 40 * ([...this.parentElement!.children].indexOf(this) + 1) } as DOMRect
    })
    const grip = one(el, '.grip', 'Move Step A, position 1 of 3')
    const point = (name: string, clientY = 0) => (grip.dispatchEvent(new PointerEvent(name, { bubbles: true, button: 0, clientY })), flushSync())
    point('pointerdown')
    point('pointermove', 50)
    expect([now(), got]).toEqual(['Step B Step A Step C', []])
    point('pointermove', 500)
    expect(now()).toBe('Step B Step C Step A')
    if (end === 'Escape') press('Escape', grip)
    point('pointerup')
    vi.restoreAllMocks()
    expect([got, now()]).toEqual([moved, after])
  })

  test('that only reads has nothing to move it by', () => {
    expect(order(false).el.querySelectorAll('button')).toHaveLength(0)
  })
})
