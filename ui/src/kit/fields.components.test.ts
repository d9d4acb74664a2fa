import { flushSync, type ComponentProps } from 'svelte'
import { describe, expect, test, vi } from 'vitest'
import Choices from './Choices.svelte'
import DurationField from './DurationField.svelte'
import Field from './Field.svelte'
import ListField from './ListField.svelte'
import { change, choose, describedBy, form, labelled, write } from './testing/fields.svelte'
import { click, nameOf, names, one, press, settled } from './testing/find'
import { held } from './testing/rows.svelte'
import { show } from './testing/show'

type Type = NonNullable<ComponentProps<typeof Field>['type']>

const colours = [
  { value: 'red', label: 'Red' },
  { value: 'blue', label: 'Blue' },
]

describe('a field', () => {
  test.each<[Type, unknown, string, string, unknown]>([
    ['text', 'Ann', 'text', 'Bob', 'Bob'],
    ['email', 'a@example.org', 'email', 'b@example.org', 'b@example.org'],
    ['url', null, 'url', 'https://example.org', 'https://example.org'],
    ['password', '', 'password', 'secret', 'secret'],
    ['number', 3, 'number', '5', 5],
    ['textarea', 'one', 'textarea', 'one\ntwo', 'one\ntwo'],
    ['date', '2026-01-02', 'date', '2026-02-03', '2026-02-03'],
  ])('of type %s shows what the form holds, and puts there what is typed', (type, was, control, typed, now) => {
    const f = form({ thing: was })
    const input = labelled(show(Field, { form: f, name: 'thing', type }), 'Thing')
    expect([input.type, input.value]).toEqual([control, String(was ?? '')])
    write(input, typed)
    expect(f.values.thing).toBe(now)
  })

  test('of type select offers its options, shows the one that is chosen, and its diff tells labels', () => {
    const f = form({ colour: 'red' })
    const el = show(Field, { form: f, name: 'colour', type: 'select', options: colours })
    const select = labelled<HTMLSelectElement>(el, 'Colour')
    expect([names(el, 'option'), select.value]).toEqual([['Red', 'Blue'], 'red'])
    choose(select, 'blue')
    expect(f.values.colour).toBe('blue')
    expect(f.changes).toEqual([{ name: 'colour', label: 'Colour', old: 'Red', new: 'Blue' }])
  })

  test.each<[Type, string | null]>([
    ['checkbox', null],
    ['switch', 'switch'],
  ])('of type %s is on or off', (type, role) => {
    const f = form({ open: true })
    const box = labelled(show(Field, { form: f, name: 'open', type }), 'Open')
    expect([box.type, box.getAttribute('role'), box.checked]).toEqual(['checkbox', role, true])
    box.click()
    expect(f.values.open).toBe(false)
  })

  test('of type list shows its values in a group that has its label, and edits them', () => {
    const f = form({ hosts: ['a.example', 'b.example'] })
    const el = show(Field, { form: f, name: 'hosts', type: 'list', note: 'optional' })
    const group = one(el, '[role=group]')
    expect(nameOf(group)).toBe('Hosts optional')
    const inputs = [...group.querySelectorAll('input')]
    expect(inputs.map((i) => i.value)).toEqual(['a.example', 'b.example'])
    write(inputs[1]!, 'c.example')
    expect(f.values.hosts).toEqual(['a.example', 'c.example'])
  })

  test('follows the form where it is discarded', () => {
    const f = form({ name: 'Ann' })
    const input = labelled(show(Field, { form: f, name: 'name' }), 'Name')
    write(input, 'Bob')
    f.discard()
    flushSync()
    expect(input.value).toBe('Ann')
  })

  test('has its note behind its label, its unit beside it, and its hint as its description', () => {
    const el = show(Field, { form: form({ size: 4 }), name: 'size', type: 'number', note: 'optional', unit: 'MB', hint: 'At most 9.', min: 1, max: 9 })
    const input = labelled(el, 'Size optional')
    expect([input.min, input.max, one(el, '.unit').textContent, describedBy(input), input.getAttribute('aria-invalid')]).toEqual(['1', '9', 'MB', 'At most 9.', null])
  })

  const types: [Type, unknown][] = [
    ['text', 'a'], ['password', 'a'], ['number', 1], ['textarea', 'a'], ['select', 'red'], ['checkbox', true], ['switch', true], ['list', ['a']],
  ]
  const control = (el: HTMLElement) => el.querySelector<HTMLInputElement>('input, textarea, select')!

  test.each(types)('of type %s that is wrong is described by its error, until it is changed', (type, was) => {
    const f = form({ thing: was })
    const el = show(Field, { form: f, name: 'thing', type, hint: 'A hint.', options: colours })
    f.refuse({ thing: 'It is taken.' })
    flushSync()
    expect([control(el).getAttribute('aria-invalid'), describedBy(control(el))]).toEqual(['true', 'It is taken.'])
    expect(el.textContent).not.toContain('A hint.')
    if (type === 'checkbox' || type === 'switch') control(el).click()
    else if (type === 'select') change(control(el))
    else write(control(el), '2')
    flushSync()
    expect([control(el).getAttribute('aria-invalid'), describedBy(control(el))]).toEqual([null, 'A hint.'])
  })

  test.each(types)('of type %s cannot be changed where it is off, or the form is not theirs to change', (type, was) => {
    const shut = (el: HTMLElement) => [control(el).disabled, control(el).readOnly].includes(true)
    const as = { name: 'thing', type, options: colours }
    expect(shut(show(Field, { form: form({ thing: was }), ...as }))).toBe(false)
    expect(shut(show(Field, { form: form({ thing: was }), ...as, disabled: true }))).toBe(true)
    expect(shut(show(Field, { form: form({ thing: was }, { may: () => false }), ...as }))).toBe(true)
  })

  test.each(types.filter(([type]) => type !== 'list'))('of type %s is marked while it is changed', (type, was) => {
    const f = form({ thing: was })
    const el = show(Field, { form: f, name: 'thing', type, options: colours })
    const marks = [control(el).classList.contains('changed')]
    f.values.thing = typeof was === 'boolean' ? false : was === 'red' ? 'blue' : '7'
    flushSync()
    marks.push(control(el).classList.contains('changed'))
    f.discard()
    flushSync()
    expect([...marks, control(el).classList.contains('changed')]).toEqual([false, true, false])
  })

  test('that holds a password shows it when asked, and hides it again', () => {
    const el = show(Field, { form: form({ key: 'secret' }), name: 'key', type: 'password' })
    const input = labelled(el, 'Key')
    const states = ['Show', 'Hide', 'Show'].map((name, i) => {
      if (i > 0) click(one(el, 'button'))
      return [nameOf(one(el, 'button', name)), input.type, input.value]
    })
    expect(states).toEqual([['Show', 'password', 'secret'], ['Hide', 'text', 'secret'], ['Show', 'password', 'secret']])
  })

  test('of a number keeps the form from being saved while it holds none', () => {
    const f = form({ size: 4 })
    const input = labelled(show(Field, { form: f, name: 'size', type: 'number' }), 'Size')
    write(input, '')
    expect([describedBy(input), f.blocked]).toEqual(['Write a number.', { size: 'Write a number.' }])
    write(input, '6')
    expect([describedBy(input), f.blocked, f.values.size]).toEqual([undefined, {}, 6])
  })
})

describe('a list of values', () => {
  function list(values: string[], more: { disabled?: boolean; described?: string; invalid?: boolean } = {}) {
    const props = held({ id: 'l', labelledby: 'l-label', values, placeholder: 'a host', onchange: vi.fn((v: string[]) => void (props.values = v)), ...more })
    const el = show(ListField, props)
    return { el, props, inputs: () => [...el.querySelectorAll('input')] }
  }

  test('gets another one by its button, and that has the focus', async () => {
    const { el, props, inputs } = list(['a'])
    click(one(el, 'button', 'Add a value'))
    await settled()
    expect(props.values).toEqual(['a', ''])
    expect(document.activeElement).toBe(inputs()[1])
  })

  test('gets another one behind the one in which Enter is pressed', async () => {
    const { props, inputs } = list(['a', 'b'])
    inputs()[0]!.focus()
    expect(press('Enter')).toBe(true)
    await settled()
    expect(props.values).toEqual(['a', '', 'b'])
    expect(document.activeElement).toBe(inputs()[1])
  })

  test('loses one by the button that names it', () => {
    const { el, props } = list(['a', 'b'])
    click(one(el, 'button', 'Remove a'))
    expect(props.values).toEqual(['b'])
    expect(names(el, 'button')).toEqual(['Remove b', 'Add a value'])
  })

  test.each([
    ['x.example\n y.example ,z.example\n', ['a', 'x.example', 'y.example', 'z.example', 'c'], true],
    ['x.example', ['a', 'b', 'c'], false],
  ])('that %j is pasted into is %j', async (pasted, values, taken) => {
    const { props, inputs } = list(['a', 'b', 'c'])
    const paste = Object.assign(new Event('paste', { bubbles: true, cancelable: true }), { clipboardData: { getData: () => pasted } })
    inputs()[1]!.dispatchEvent(paste)
    await settled()
    expect([props.values, paste.defaultPrevented]).toEqual([values, taken])
  })

  test('that is empty is reached by its label and described at its button', () => {
    const hint = document.createElement('p')
    hint.id = 'l-hint'
    hint.textContent = 'One a line.'
    const { el } = list([], { described: 'l-hint' })
    el.append(hint)
    expect([one(el, '#l').tagName, describedBy(one(el, '#l'))]).toEqual(['BUTTON', 'One a line.'])
  })

  test('that is off can be read, and has nothing to press', () => {
    const { el, inputs } = list(['a'], { disabled: true, invalid: true })
    expect([inputs()[0]!.readOnly, inputs()[0]!.getAttribute('aria-invalid'), el.querySelectorAll('button').length]).toEqual([true, 'true', 0])
  })
})

describe('some of a few values', () => {
  const boxes = (el: HTMLElement) => [...el.querySelectorAll('label')].map((l) => [l.textContent, (document.getElementById(l.htmlFor) as HTMLInputElement).checked])

  test('are boxes in a group with the label, also for a value that is none of them', () => {
    const el = show(Choices, { form: form({ colours: ['blue', 'odd'] }), name: 'colours', options: colours, hint: 'Any.' })
    expect(one(el, 'fieldset > legend').textContent).toBe('Colours')
    expect(boxes(el)).toEqual([['Red', false], ['Blue', true], ['odd', true]])
    expect(describedBy(one(el, 'fieldset'))).toBe('Any.')
  })

  test('are put into the form in the order in which they are offered', () => {
    const f = form({ colours: ['blue'] })
    const el = show(Choices, { form: f, name: 'colours', options: colours })
    labelled(el, 'Red').click()
    expect(f.values.colours).toEqual(['red', 'blue'])
    labelled(el, 'Blue').click()
    flushSync()
    expect([f.values.colours, labelled(el, 'Blue').classList.contains('changed')]).toEqual([['red'], true])
  })

  test('that are wrong are described by their error, until one is changed', () => {
    const f = form({ colours: [] })
    const el = show(Choices, { form: f, name: 'colours', options: colours, hint: 'Any.' })
    f.refuse({ colours: 'Choose one.' })
    flushSync()
    expect([describedBy(one(el, 'fieldset')), labelled(el, 'Red').getAttribute('aria-invalid')]).toEqual(['Choose one.', 'true'])
    labelled(el, 'Red').click()
    flushSync()
    expect([describedBy(one(el, 'fieldset')), labelled(el, 'Red').getAttribute('aria-invalid')]).toEqual(['Any.', null])
  })

  test('cannot be changed where the form cannot', () => {
    const el = show(Choices, { form: form({ colours: [] }, { may: () => false }), name: 'colours', options: colours })
    expect([...el.querySelectorAll('input')].map((i) => i.disabled)).toEqual([true, true])
  })
})

describe('a time', () => {
  test.each([
    ['8h', false, 28_800, '8 hours'],
    ['90 min', false, 5_400, '1 hour 30 minutes'],
    ['7d', true, '7d', '7 days'],
    ['', true, '', undefined],
  ])('that is typed as %j, as a text %s, is kept, and told in words', (typed, asText, value, said) => {
    const f = form({ life: asText ? '1m' : 60 })
    const el = show(DurationField, { form: f, name: 'life', asText })
    write(labelled(el, 'Life'), typed)
    expect([f.values.life, el.querySelector('.unit')?.textContent, f.blocked]).toEqual([value, said, {}])
  })

  test.each([['90'], ['soon'], ['']])('that is typed as %j is none: it is told, and the form keeps what it was', (typed) => {
    const f = form({ life: 60 })
    const el = show(DurationField, { form: f, name: 'life', hint: 'How long.' })
    const input = labelled(el, 'Life')
    expect(describedBy(input)).toBe('How long.')
    write(input, typed)
    expect([f.values.life, input.getAttribute('aria-invalid'), describedBy(input), one(el, '[role=alert]').textContent]).toEqual([60, 'true', ...Array(2).fill('Write a time with its unit, such as 90s, 30m, 8h or 7d.')])
    f.discard()
    flushSync()
    expect([input.value, describedBy(input), f.blocked]).toEqual(['1m', 'How long.', {}])
  })

  test('is written shortly once it is left, not while it is typed', () => {
    const el = show(DurationField, { form: form({ life: 60 }), name: 'life', note: 'optional' })
    const input = labelled(el, 'Life optional')
    write(input, '120m')
    const typed = input.value
    change(input)
    expect([typed, input.value]).toEqual(['120m', '2h'])
  })

  test.each([[{ disabled: true }, true], [{}, false]])('with %o can be read, and changed or not', (more, shut) => {
    const el = show(DurationField, { form: form({ life: '' }), name: 'life', asText: true, placeholder: '8h', ...more })
    expect([labelled(el, 'Life').readOnly, one(el, '.unit').textContent]).toEqual([shut, '8 hours'])
  })
})
