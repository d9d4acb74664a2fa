import { createRawSnippet } from 'svelte'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Action } from './action'
import BulkBar from './BulkBar.svelte'
import type { Column } from './rows'
import Table from './Table.svelte'
import { click, names, one, press, settled } from './testing/find'
import { FakeRows, people, type Person } from './testing/rows.svelte'
import { show } from './testing/show'

const columns: Column<Person>[] = [
  { id: 'name', title: 'Name', text: (p) => p.name, sort: 'surname' },
  { id: 'mail', title: 'E-mail', text: (p) => p.mail, sort: 'email' },
  { id: 'note', title: 'Note', text: (p) => p.note ?? '', off: true },
]
const nobody = createRawSnippet(() => ({ render: () => '<p>Nobody yet</p>' }))

function table(rows: FakeRows, more: object = {}): HTMLElement {
  return show(Table<Person>, { name: 'people', label: 'People', rows, columns, key: (p: Person) => p.id, empty: nobody, ...more })
}

const bulk = (got: Person[] = [], run = () => {}) => ({ bulk: (rows: Person[]): Action[] => (got.splice(0, got.length, ...rows), [{ title: 'Lock', icon: 'x', run }]) })
const checks = (el: HTMLElement) => [...el.querySelectorAll<HTMLInputElement>('tbody .check')]
const picked = (el: HTMLElement) => [...el.querySelectorAll<HTMLElement>('tr[aria-selected=true]')].map((tr) => Number(tr.dataset.row))

beforeEach(() => localStorage.clear())

describe('a table', () => {
  test('has a name, says how many rows there are with its head, and which of them each is', () => {
    const el = table(new FakeRows(people(3)))
    const it = one(el, 'table', 'People')
    expect(it.getAttribute('aria-rowcount')).toBe('4')
    expect(it.getAttribute('aria-busy')).toBe('false')
    expect([...el.querySelectorAll('tr')].map((tr) => tr.getAttribute('aria-rowindex'))).toEqual(['1', '2', '3', '4'])
    expect(one(el, 'footer').textContent).toContain('3 rows')
  })

  test('of very many rows has those on the screen alone, yet counts them all', () => {
    const el = table(new FakeRows(people(5000)))
    const there = el.querySelectorAll('tr[data-row]').length
    expect(there).toBeGreaterThan(10)
    expect(there).toBeLessThan(60)
    expect(one(el, 'table').getAttribute('aria-rowcount')).toBe('5001')
    expect(one(el, 'tr.gap').getAttribute('aria-hidden')).toBe('true')
  })

  test('is busy while nobody knows how many rows there are, and has no foot', () => {
    const rows = new FakeRows([])
    rows.size = undefined
    const el = table(rows)
    expect(one(el, 'table').getAttribute('aria-busy')).toBe('true')
    expect(el.querySelector('footer')).toBeNull()
    expect(el.textContent).not.toContain('Nobody yet')
  })

  test('leads from the first cell of a row to where the row is', () => {
    const el = table(new FakeRows(people(2)), { href: (p: Person) => `/console/people/${p.id}` })
    expect([...el.querySelectorAll('td a')].map((a) => a.getAttribute('href'))).toEqual(['/console/people/p0', '/console/people/p1'])
    expect(names(el, 'td a')).toEqual(['Person 0', 'Person 1'])
  })

  test('shows the columns that are chosen, keeps the choice, and never hides the first', () => {
    const el = table(new FakeRows(people(1)))
    expect(names(el, 'th')).toEqual(['Name', 'E-mail'])
    expect(names(el, '[role=menuitemcheckbox]')).toEqual(['E-mail', 'Note'])
    click(one(el, '[role=menuitemcheckbox]', 'Note'))
    click(one(el, '[role=menuitemcheckbox]', 'E-mail'))
    expect(names(el, 'th')).toEqual(['Name', 'Note'])
    expect(one(el, '[role=menuitemcheckbox]', 'Note').getAttribute('aria-checked')).toBe('true')
    expect(one(el, '[role=menuitemcheckbox]', 'E-mail').getAttribute('aria-checked')).toBe('false')
    expect(names(table(new FakeRows(people(1))), 'th')).toEqual(['Name', 'Note'])
  })

  test('is ordered by a click on a head: up, then down, then up again', () => {
    const rows = new FakeRows(people(2))
    const el = table(rows)
    const seen = ['Name', 'Name', 'Name', 'E-mail'].map((title) => {
      click(one(el, 'th button', title))
      return [rows.order, ...[...el.querySelectorAll('th')].map((th) => th.getAttribute('aria-sort'))]
    })
    expect(seen).toEqual([
      ['surname', 'ascending', null],
      ['surname desc', 'descending', null],
      ['surname', 'ascending', null],
      ['email', null, 'ascending'],
    ])
  })

  test('of rows that cannot be selected has no boxes and no selection', () => {
    const el = table(new FakeRows(people(2)))
    expect(el.querySelectorAll('.check, [aria-selected]')).toHaveLength(0)
  })

  test('selects a row by its box, and offers what can be done with the rows that are selected', () => {
    const got: Person[] = []
    const run = vi.fn()
    const el = table(new FakeRows(people(3)), bulk(got, run))
    expect(el.querySelector('[role=toolbar]')).toBeNull()
    expect(names(el, 'tbody .check')).toEqual(['Select Person 0', 'Select Person 1', 'Select Person 2'])
    click(one(el, '.check', 'Select Person 1'))
    expect(picked(el)).toEqual([1])
    expect(got.map((p) => p.id)).toEqual(['p1'])
    const bar = one(el, '[role=toolbar]', 'Selected rows')
    expect(one(bar, '[role=status]').textContent).toBe('1 selected')
    click(one(bar, 'button', 'Lock'))
    expect(run).toHaveBeenCalledOnce()
    click(one(el, '.check', 'Select Person 1'))
    expect(picked(el)).toEqual([])
    expect(el.querySelector('[role=toolbar]')).toBeNull()
  })

  test.each([
    ['down', 1, 4],
    ['up', 4, 1],
  ])('selects what lies between with shift, %s, also rows that have not come yet', async (_, from, to) => {
    const rows = new FakeRows(people(6), (i) => i !== 2)
    const el = table(rows, bulk())
    const box = (i: number) => one(el, '.check', `Select Person ${i}`)
    click(box(from))
    click(box(to), { shiftKey: true })
    await settled()
    expect(rows.waited).toEqual([[1, 4]])
    expect(picked(el)).toEqual([1, 2, 3, 4])
    click(box(2))
    click(box(4), { shiftKey: true })
    await settled()
    expect(picked(el)).toEqual([1])
  })

  test('selects all that are shown by the box of the head, and none where some are', () => {
    const el = table(new FakeRows(people(3)), bulk())
    const all = one<HTMLInputElement>(el, 'th .check', 'Select all that are shown')
    click(all)
    expect(picked(el)).toEqual([0, 1, 2])
    expect(checks(el).every((c) => c.checked)).toBe(true)
    expect(one(el, '[role=toolbar] [role=status]').textContent).toBe('3 selected')
    click(checks(el)[0]!)
    click(all)
    expect(picked(el)).toEqual([])
  })

  test('lets the selection go by the button of its bar', () => {
    const el = table(new FakeRows(people(3)), bulk())
    click(one(el, 'th .check'))
    click(one(el, '[role=toolbar] button', 'Clear selection'))
    expect(picked(el)).toEqual([])
    expect(el.querySelector('[role=toolbar]')).toBeNull()
  })

  test('offers what one row has in a menu of that row, where there is anything to do', () => {
    const lock = vi.fn()
    const el = table(new FakeRows(people(2)), { each: (p: Person): Action[] => [{ title: `Lock ${p.id}`, icon: 'x', when: p.id === 'p1', run: lock }] })
    expect(names(el, 'td [role=menuitem]')).toEqual(['Lock p1'])
    click(one(el, '[role=menuitem]', 'Lock p1'))
    expect(lock).toHaveBeenCalledOnce()
  })

  test('without a row at all shows what its page says about that, and no table', () => {
    const el = table(new FakeRows([]))
    expect(el.textContent).toContain('Nobody yet')
    expect(el.querySelector('table')).toBeNull()
  })

  test('narrowed to nothing says so, and clears the search', () => {
    const rows = new FakeRows([])
    rows.narrowed = true
    rows.search = { filters: [{ field: 'state', value: 'locked' }], text: 'anna' }
    const el = table(rows)
    expect(one(el, 'h2').textContent).toBe('Nothing fits')
    expect(el.textContent).not.toContain('Nobody yet')
    click(one(el, 'button', 'Clear the search'))
    expect(rows.search).toEqual({ filters: [], text: '' })
  })

  test('that cannot be loaded says why, with the request, and tries again', () => {
    const rows = new FakeRows(people(2))
    rows.error = { message: 'The server is away.', requestId: 'r-17' }
    const el = table(rows)
    const fault = one(el, '[role=alert]')
    expect(fault.textContent).toMatch(/The server is away\.[\s\S]*Request r-17/)
    expect(el.querySelector('table')).toBeNull()
    click(one(fault, 'button', 'Try again'))
    expect(rows.refreshed).toBe(1)
  })

  test('inside a page is bare: no box, no buttons, no foot where it is short', () => {
    const rows = new FakeRows(people(2))
    rows.fields = [{ name: 'state', label: 'State' }]
    const el = table(rows, { bare: true })
    expect(el.querySelectorAll('[data-search], .toolbar, nav, footer')).toHaveLength(0)
    expect(names(el, 'tbody tr')).toHaveLength(2)
  })

  test('is walked with j and k, which stay within it, and x selects', () => {
    const el = table(new FakeRows(people(3)), bulk())
    const at = ['j', 'j', 'j', 'j', 'k', 'k', 'k', 'j'].map((key) => (press(key), Number(document.activeElement?.closest('tr')?.dataset.row)))
    expect(at).toEqual([0, 1, 2, 2, 1, 0, 0, 1])
    press('x')
    expect(picked(el)).toEqual([1])
    press('x')
    expect(picked(el)).toEqual([])
  })

  test('leaves keys alone that someone types, holds with others, or means for a dialog', () => {
    const rows = new FakeRows(people(2))
    rows.fields = [{ name: 'state', label: 'State' }]
    const el = table(rows, bulk())
    expect(press('/')).toBe(true)
    const box = one(el, '[data-search]')
    expect(document.activeElement).toBe(box)
    press('j')
    expect(document.activeElement).toBe(box)
    box.blur()
    press('j', document.body, { ctrlKey: true })
    expect(document.activeElement?.closest('tr')).toBeNull()
    const dialog = document.body.appendChild(document.createElement('dialog'))
    dialog.setAttribute('open', '')
    press('j')
    expect(document.activeElement?.closest('tr')).toBeNull()
    dialog.remove()
    press('j')
    expect(document.activeElement?.closest('tr')).not.toBeNull()
  })
})

test('a bulk bar names its buttons, leaves out what cannot be done now, and says how many are selected', () => {
  const [run, clear] = [vi.fn(), vi.fn()]
  const el = show(BulkBar, { n: 1200, clear, actions: [{ title: 'Delete', icon: 'trash', danger: true, run }, { title: 'Lock', icon: 'x', when: false }] })
  expect(names(el, 'button')).toEqual(['Delete', 'Clear selection'])
  expect(one(el, '[role=status]').textContent).toBe('1,200 selected')
  click(one(el, 'button', 'Delete'))
  expect([run.mock.calls.length, clear.mock.calls.length]).toEqual([1, 0])
  click(one(el, 'button', 'Clear selection'))
  expect(clear).toHaveBeenCalledOnce()
})
