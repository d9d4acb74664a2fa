import { flushSync } from 'svelte'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import Combo, { type Choice } from './Combo.svelte'
import FilterBox from './FilterBox.svelte'
import type { Search } from './search'
import { describedBy, labelled, write } from './testing/fields.svelte'
import { click, names, one, press } from './testing/find'
import { held } from './testing/rows.svelte'
import { show } from './testing/show'

let ended: AbortController
beforeEach(() => {
  ended = new AbortController()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  ended.abort()
  vi.useRealTimers()
})

async function passed(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms)
  flushSync()
}

/** What the keys are at, in words; undefined for nothing. */
function active(el: Element): string | undefined {
  const id = el.getAttribute('aria-activedescendant')
  return id ? one(document, `[id="${id}"]`).textContent!.trim() : undefined
}

describe('a combo box', () => {
  const people: Choice[] = [
    { value: '1', label: 'Ann', detail: 'ann@example.org' },
    { value: '2', label: 'Anton' },
    { value: '3', label: 'Bob' },
  ]

  function combo(more: object = {}) {
    const find = vi.fn(async (words: string, _: AbortSignal) => people.filter((p) => p.label.toLowerCase().includes(words)))
    const onchoose = vi.fn()
    const el = show(Combo, { id: 'who', label: 'Who', find, onchoose, ...more })
    return { el, find, onchoose, input: one<HTMLInputElement>(el, '[role=combobox]') }
  }

  test('offers all of it once it has the focus, whatever is chosen', async () => {
    const { el, find, input } = combo({ shown: 'Bob', hint: 'One of us.' })
    expect([input, input.value, input.getAttribute('aria-expanded'), describedBy(input)]).toEqual([labelled(el, 'Who'), 'Bob', 'false', 'One of us.'])
    input.focus()
    await passed(0)
    expect([find.mock.lastCall![0], input.getAttribute('aria-expanded'), names(one(el, '[role=listbox]', 'Who'), '[role=option]')]).toEqual(['', 'true', ['Annann@example.org', 'Anton', 'Bob']])
  })

  test('finds what fits the words once typing rests, and gives up what it looked for before', async () => {
    const { el, find, input } = combo()
    input.focus()
    await passed(0)
    write(input, 'a')
    await passed(100)
    write(input, 'ant')
    expect(find.mock.calls.map((c) => c[0])).toEqual([''])
    await passed(150)
    expect([find.mock.calls.map((c) => c[0]), names(el, '[role=option]')]).toEqual([['', 'ant'], ['Anton']])
    expect(find.mock.calls.map((c) => c[1].aborted)).toEqual([true, false])
  })

  test('chooses what fits the words at Enter, also where that comes later', async () => {
    const { el, onchoose, input } = combo()
    input.focus()
    await passed(0)
    write(input, 'bob')
    press('Enter')
    expect([onchoose.mock.calls.length, el.querySelector('[role=status]')]).toEqual([0, null])
    await passed(150)
    expect(onchoose.mock.calls.map(([c]) => (c as Choice).label)).toEqual(['Bob'])
  })

  test('says that nothing fits', async () => {
    const { el, input } = combo()
    input.focus()
    await passed(0)
    write(input, 'zoe')
    await passed(150)
    expect([one(el, '[role=status]').textContent, input.getAttribute('aria-expanded')]).toEqual(['Nothing fits', 'false'])
  })

  test('is moved through by arrows, around its ends, and Enter chooses', async () => {
    const { el, onchoose, input } = combo()
    input.focus()
    await passed(0)
    const seen = [active(input)]
    for (const key of ['ArrowDown', 'ArrowUp', 'ArrowUp', 'ArrowDown', 'ArrowDown']) {
      expect(press(key)).toBe(true)
      seen.push(active(input))
    }
    expect(seen).toEqual(['Annann@example.org', 'Anton', 'Annann@example.org', 'Bob', 'Annann@example.org', 'Anton'])
    expect(one(el, '[aria-selected=true]').textContent).toBe('Anton')
    expect(press('Enter')).toBe(true)
    expect([onchoose.mock.calls, input.value, el.querySelector('[role=listbox]')]).toEqual([[[people[1]]], 'Anton', null])
  })

  test.each([[false, 'Bob'], [true, '']])('chooses by a press of the pointer; with again %s it then shows %j', async (again, shown) => {
    const { el, onchoose, input } = combo({ again })
    input.focus()
    await passed(0)
    const down = new Event('pointerdown', { bubbles: true, cancelable: true })
    one(el, '[role=option]', 'Bob').dispatchEvent(down)
    flushSync()
    expect([onchoose.mock.calls, input.value, down.defaultPrevented]).toEqual([[[people[2]]], shown, true])
  })

  test('is closed by Escape, which then goes no further, and is put back when it is left', async () => {
    const { el, onchoose, input } = combo({ shown: 'Ann' })
    const further = vi.fn()
    document.body.addEventListener('keydown', further, { signal: ended.signal })
    input.focus()
    write(input, 'bo')
    await passed(150)
    press('Escape')
    expect([el.querySelector('[role=listbox]'), further.mock.calls.length]).toEqual([null, 0])
    press('Escape')
    expect(further).toHaveBeenCalledOnce()
    input.blur()
    flushSync()
    expect([input.value, onchoose.mock.calls]).toEqual(['Ann', []])
  })

  test('that is wrong is described by its error, and one that is off cannot be used', () => {
    const { input } = combo({ error: 'Choose someone.', hint: 'One of us.', disabled: true })
    expect([input.getAttribute('aria-invalid'), describedBy(input), input.disabled]).toEqual(['true', 'Choose someone.', true])
  })
})

describe('a filter box', () => {
  const fields = [
    { name: 'status', label: 'Status', values: ['enabled', 'disabled'] },
    { name: 'email', label: 'E-mail' },
    { name: 'customData', label: 'Custom data' },
  ]

  function box(search: Search = { filters: [], text: '' }) {
    const props = held({ label: 'Search people', search, fields, onchange: vi.fn((s: Search) => void (props.search = s)) })
    const el = show(FilterBox, props)
    return { el, props, input: one<HTMLInputElement>(el, '[role=combobox]', 'Search people'), now: () => JSON.parse(JSON.stringify(props.search)) as Search, chips: () => names(el, '.chip') }
  }
  const disabled = { field: 'status', value: 'disabled' }
  const ann = { field: 'email', value: 'ann' }

  test('shows its filters as chips and its words as text, and follows what it is given', () => {
    const { el, props, input, chips } = box({ filters: [disabled], text: 'lee' })
    expect([chips(), input.value, one(el, '[role=search]').contains(input)]).toEqual([['status disabled'], 'lee', true])
    props.search = { filters: [], text: 'bo' }
    flushSync()
    expect([chips(), input.value]).toEqual([[], 'bo'])
  })

  test('loses a filter by the button of its chip, and keeps the rest', () => {
    const { el, now } = box({ filters: [disabled, ann], text: 'lee' })
    click(one(el, 'button', 'Remove status disabled'))
    expect(now()).toEqual({ filters: [ann], text: 'lee' })
  })

  test('gives its last filter back as text where Backspace finds none', () => {
    const { input, now, chips } = box({ filters: [ann, disabled], text: '' })
    press('Backspace', input)
    expect([now(), chips(), input.value]).toEqual([{ filters: [ann], text: '' }, ['email ann'], 'status:disabled'])
    expect(press('Backspace', input)).toBe(false)
  })

  test('searches for words once typing rests, and keeps its filters', async () => {
    const { props, input, now } = box({ filters: [disabled], text: '' })
    write(input, 'le')
    await passed(200)
    write(input, 'lee ')
    await passed(299)
    expect(props.onchange).not.toHaveBeenCalled()
    await passed(1)
    expect([now(), input.value]).toEqual([{ filters: [disabled], text: 'lee' }, 'lee '])
  })

  test.each([
    ['email:ann', [disabled, ann], ''],
    ['status:enabled lee', [{ field: 'status', value: 'enabled' }], 'lee'],
    ['status:enabled status:disabled', [disabled], ''],
    ['nothing:x', [disabled], 'nothing:x'],
  ])('takes %j at Enter', (typed, filters, text) => {
    const { input, now, chips } = box({ filters: [disabled], text: '' })
    write(input, typed)
    press('Enter', input)
    expect([now(), input.value]).toEqual([{ filters, text }, text])
    expect(chips()).toEqual(filters.map((f) => `${f.field} ${f.value}`))
  })

  test('does not search for a field before its value is there', async () => {
    const { props, input } = box()
    write(input, 'status:')
    await passed(1000)
    expect(props.onchange).not.toHaveBeenCalled()
  })

  test('completes a field and its value by keys', () => {
    const { el, input, now } = box()
    input.focus()
    write(input, 'lee sta')
    expect([names(one(el, '[role=listbox]', 'Completions'), '[role=option]'), input.getAttribute('aria-expanded')]).toEqual([['status:enabled, disabled', 'Any field has “lee sta”'], 'true'])
    press('ArrowDown')
    expect([active(input), one(el, '[aria-selected=true] mark').textContent]).toEqual(['status:enabled, disabled', 'sta'])
    press('Enter')
    expect([input.value, document.activeElement, names(el, '[role=option]')]).toEqual(['lee status:', input, ['enabledStatus', 'disabledStatus']])
    press('ArrowDown')
    press('ArrowDown')
    press('Enter')
    expect([now(), input.value, el.querySelector('[role=listbox]')]).toEqual([{ filters: [disabled], text: 'lee' }, 'lee', null])
  })

  test('goes around its completions, past none of them', () => {
    const { input } = box()
    input.focus()
    write(input, 'status:')
    const seen = ['ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowDown'].map((key) => (press(key), active(input)))
    expect(seen).toEqual(['disabledStatus', 'enabledStatus', undefined, 'enabledStatus'])
  })

  test('completes by a press of the pointer, which leaves the focus; a field of its own kind is begun', () => {
    const { el, input } = box()
    input.focus()
    flushSync()
    const down = new Event('pointerdown', { bubbles: true, cancelable: true })
    one(el, '[role=option]', 'customData:Custom data').dispatchEvent(down)
    flushSync()
    expect([input.value, down.defaultPrevented]).toEqual(['customData.', true])
  })

  test('is closed by Escape, which then goes no further, and by leaving it', () => {
    const { el, input } = box()
    const further = vi.fn()
    document.body.addEventListener('keydown', further, { signal: ended.signal })
    input.focus()
    flushSync()
    press('Escape')
    expect([el.querySelector('[role=listbox]'), further.mock.calls.length]).toEqual([null, 0])
    press('Escape')
    expect(further).toHaveBeenCalledOnce()
    write(input, 'e')
    input.blur()
    flushSync()
    expect([el.querySelector('[role=listbox]'), input.getAttribute('aria-expanded')]).toEqual([null, 'false'])
  })
})
