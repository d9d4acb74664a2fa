import { flushSync } from 'svelte'
import { afterEach, describe, expect, test, vi } from 'vitest'
import Confirm from './Confirm.svelte'
import { asking, confirm, prompt } from './confirm.svelte'
import SaveBar from './SaveBar.svelte'
import { describedBy, form, labelled, write } from './testing/fields.svelte'
import { click, names, one, press, settled } from './testing/find'
import { show } from './testing/show'

afterEach(() => {
  asking.answer(null)
  vi.restoreAllMocks()
})

describe('the save bar', () => {
  const refusal = (message: string, status = 400) => Promise.reject(Object.assign(new Error(message), { status }))

  test('is not there while nothing is changed, and Ctrl+S then saves nothing', () => {
    const write = vi.fn(async () => {})
    const el = show(SaveBar, { forms: [form({ name: 'Ann' }, { write })] })
    expect([el.textContent!.trim(), press('s', document.body, { ctrlKey: true }), write.mock.calls]).toEqual(['', true, []])
  })

  test('tells what changed, of all its forms', () => {
    const forms = [form({ name: 'Ann', key: 'old' }, { secret: ['key'] }), form({ name: 'x' })]
    const el = show(SaveBar, { forms })
    forms[0]!.values.name = 'Bob'
    flushSync()
    expect(one(el, '[role=region]', 'Unsaved changes').querySelector('strong')!.textContent).toBe('1 change')
    forms[0]!.values.key = 'new'
    forms[1]!.values.name = 'y'
    flushSync()
    expect([one(el, 'strong').textContent, names(el, '.diff')]).toEqual(['3 changes', ['Name AnnBob', 'Key ••••••', 'Name xy']])
    expect(one(el, '.diff', 'Name AnnBob').title).toBe('Name: Ann → Bob')
  })

  test('shows six changes, and counts the others', () => {
    const names8 = [...'abcdefgh']
    const f = form(Object.fromEntries(names8.map((n) => [n, ''])))
    const el = show(SaveBar, { forms: [f] })
    for (const n of names8) f.values[n] = 'x'
    flushSync()
    expect([one(el, 'strong').textContent, el.querySelectorAll('.diff').length, one(el, '.diffs .quiet').textContent]).toEqual(['8 changes', 6, '+2'])
  })

  test('discards all of them', () => {
    const forms = [form({ name: 'Ann' }), form({ note: 'x' })]
    const el = show(SaveBar, { forms })
    forms[0]!.values.name = 'Bob'
    forms[1]!.values.note = 'y'
    flushSync()
    click(one(el, 'button', 'Discard'))
    expect([forms[0]!.values.name, forms[1]!.values.note, el.textContent!.trim()]).toEqual(['Ann', 'x', ''])
  })

  test.each([
    ['its button', (el: HTMLElement) => click(one(el, 'button[aria-keyshortcuts="Control+S"]'))],
    ['Ctrl+S', () => press('s', document.body, { ctrlKey: true })],
    ['Cmd+S', () => press('S', document.body, { metaKey: true })],
  ])('saves what changed by %s', async (_, save) => {
    const writes = [vi.fn(async () => {}), vi.fn(async () => {})]
    const forms = writes.map((write) => form({ name: 'Ann' }, { write }))
    const el = show(SaveBar, { forms })
    forms[1]!.values.name = 'Bob'
    flushSync()
    save(el)
    await settled()
    expect([writes[0]!.mock.calls, writes[1]!.mock.calls, el.textContent!.trim()]).toEqual([[], [[{ name: 'Bob' }, { name: 'Bob' }]], ''])
  })

  test.each([[{}], [{ ctrlKey: true, altKey: true }]])('leaves s with %o alone', (keys) => {
    const write = vi.fn(async () => {})
    const f = form({ name: 'Ann' }, { write })
    show(SaveBar, { forms: [f] })
    f.values.name = 'Bob'
    flushSync()
    expect([press('s', document.body, keys), write.mock.calls]).toEqual([false, []])
  })

  test('cannot be pressed again while it saves, and says so', async () => {
    let done = () => {}
    const f = form({ name: 'Ann' }, { write: () => new Promise<void>((ok) => (done = ok)) })
    const el = show(SaveBar, { forms: [f] })
    f.values.name = 'Bob'
    flushSync()
    click(one(el, '.primary'))
    expect([[...el.querySelectorAll('button')].map((b) => b.disabled), one(el, '[role=status]').textContent]).toEqual([[true, true], 'Working'])
    done()
    await settled()
    expect(el.textContent!.trim()).toBe('')
  })

  test('tells why it was refused, saves none that follow, and the changes stay', async () => {
    const write = vi.fn(async () => {})
    const forms = [form({ name: 'Ann' }, { write: () => refusal('It is closed today.') }), form({ note: 'x' }, { write })]
    const el = show(SaveBar, { forms })
    forms[0]!.values.name = 'Bob'
    forms[1]!.values.note = 'y'
    flushSync()
    click(one(el, '.primary'))
    await settled()
    expect([one(el, '[role=alert]').textContent, write.mock.calls, one(el, 'strong').textContent]).toEqual(['It is closed today.', [], '2 changes'])
  })

  test('tells a reason that two forms share', () => {
    const forms = [form({ name: 'Ann' }), form({ note: 'x' })]
    const el = show(SaveBar, { forms })
    forms[0]!.values.name = 'Bob'
    for (const f of forms) f.message = 'It is closed today.'
    flushSync()
    expect(names(el, '[role=alert]')).toContain('It is closed today.')
  })

  test('offers to load what somebody else made of it', async () => {
    const reload = vi.fn(async () => {})
    const f = form({ name: 'Ann' }, { write: () => refusal('stale', 412), reload })
    const el = show(SaveBar, { forms: [f] })
    f.values.name = 'Bob'
    flushSync()
    click(one(el, '.primary'))
    await settled()
    click(one(el, '[role=alert] button', 'Load theirs, keep mine'))
    await settled()
    expect([reload.mock.calls.length, el.querySelector('[role=alert]'), f.values.name]).toEqual([1, null, 'Bob'])
  })
})

describe('a question', () => {
  const delete_ = { title: 'Delete Ann?', text: 'Nobody can undo it.', act: 'Delete', danger: true }

  function ask<T>(question: () => Promise<T>) {
    const el = show(Confirm, {})
    const answer = question()
    flushSync()
    return { el, answer, input: () => one<HTMLInputElement>(el, 'input'), act: () => one<HTMLButtonElement>(el, '[type=submit]') }
  }

  test('is a dialog of its title, that is there only while it is asked', () => {
    const { el } = ask(() => confirm(delete_))
    const dialog = one<HTMLDialogElement>(el, '[role=alertdialog]', 'Delete Ann?')
    expect([dialog.open, one(dialog, 'p').textContent, names(dialog, 'button')]).toEqual([true, 'Nobody can undo it.', ['Cancel', 'Delete']])
    asking.answer(null)
    flushSync()
    expect(el.querySelector('dialog')).toBe(null)
  })

  test.each<[string, (el: HTMLElement) => void, boolean]>([
    ['what it is about', (el) => click(one(el, 'button', 'Delete')), true],
    ['Cancel', (el) => click(one(el, 'button', 'Cancel')), false],
    ['Escape', (el) => one(el, 'dialog').dispatchEvent(new Event('cancel', { cancelable: true })), false],
  ])('is answered by %s', async (_, by, yes) => {
    const { el, answer } = ask(() => confirm(delete_))
    by(el)
    expect(await answer).toBe(yes)
    flushSync()
    expect(el.querySelector('dialog')).toBe(null)
  })

  test('is answered by no where another is asked, and that begins empty', async () => {
    const { answer, input } = ask(() => prompt({ title: 'One', act: 'OK', field: 'Name' }))
    write(input(), 'x')
    void prompt({ title: 'Two', act: 'OK', field: 'Name' })
    expect(await answer).toBe(null)
    flushSync()
    expect(input().value).toBe('')
  })

  test('that wants a name typed is answered only once it is', async () => {
    const { el, answer, input, act } = ask(() => confirm({ ...delete_, typed: 'Ann' }))
    expect([document.activeElement, labelled(el, 'Type Ann to confirm'), act().disabled]).toEqual([input(), input(), true])
    write(input(), 'ann')
    expect(act().disabled).toBe(true)
    one(el, 'form').dispatchEvent(new Event('submit', { cancelable: true }))
    await settled()
    expect(asking.question?.title).toBe('Delete Ann?')
    write(input(), ' Ann ')
    expect(act().disabled).toBe(false)
    click(act())
    expect(await answer).toBe(true)
  })

  test('for a text gives it without blanks around it, and takes none that is empty', async () => {
    const { el, answer, act } = ask(() => prompt({ title: 'Save', act: 'Save', field: 'Name of the view' }))
    write(labelled(el, 'Name of the view'), '  ')
    expect(act().disabled).toBe(true)
    write(labelled(el, 'Name of the view'), ' Mine ')
    click(act())
    expect(await answer).toBe('Mine')
  })

  test('holds a refusal at its field, stays until the text is taken, and cannot be sent twice meanwhile', async () => {
    let end = { ok: () => {}, no: (_: Error) => {} }
    const send = vi.fn((_: string) => new Promise<void>((ok, no) => (end = { ok, no })))
    const { el, answer, input, act } = ask(() => prompt({ title: 'Save', act: 'Save', field: 'Name', send }))
    write(input(), 'Mine')
    act().focus()
    click(act())
    expect(act().disabled).toBe(true)
    one(el, 'form').dispatchEvent(new Event('submit', { cancelable: true }))
    expect(send.mock.calls).toEqual([['Mine']])
    end.no(new Error('There is one of this name.'))
    await settled()
    expect([input().getAttribute('aria-invalid'), describedBy(input()), act().disabled, document.activeElement]).toEqual(['true', 'There is one of this name.', false, input()])
    write(input(), 'Other')
    expect([input().getAttribute('aria-invalid'), describedBy(input())]).toEqual([null, undefined])
    click(act())
    end.ok()
    expect(await answer).toBe('Other')
  })
})
