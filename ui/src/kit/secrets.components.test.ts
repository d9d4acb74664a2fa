import { flushSync } from 'svelte'
import { afterEach, describe, expect, test, vi } from 'vitest'
import Copy from './Copy.svelte'
import SecretOnce from './SecretOnce.svelte'
import Segments from './Segments.svelte'
import { click, nameOf, names, one, settled } from './testing/find'
import { held } from './testing/rows.svelte'
import { show } from './testing/show'

afterEach(() => vi.restoreAllMocks())

const copying = () => vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()

describe('a secret that is shown once', () => {
  function secret() {
    const onclose = vi.fn()
    const el = show(SecretOnce, { title: 'The key of Ann', values: [{ label: 'Key ID', value: 'id-1' }, { label: 'Secret', value: 'hush', secret: true }], file: { name: 'key.properties', text: 'secret = hush' }, onclose })
    return { el, onclose, escape: () => (one(el, 'dialog').dispatchEvent(new Event('cancel', { cancelable: true })), flushSync()) }
  }

  test('is a dialog of its title, in which each value has a name and can be read, not written', () => {
    const { el } = secret()
    expect(one<HTMLDialogElement>(el, '[role=dialog]', 'The key of Ann').open).toBe(true)
    expect([...el.querySelectorAll('input')].map((i) => [nameOf(i), i.value, i.readOnly])).toEqual([['Key ID', 'id-1', true], ['Secret', 'hush', true]])
  })

  test.each<[string, (s: ReturnType<typeof secret>) => void]>([
    ['by Escape', (s) => s.escape()],
    ['by its button', (s) => click(one(s.el, 'button', 'I have it'))],
  ])('asks before it is closed %s without a copy, and only once', (_, close) => {
    const s = secret()
    close(s)
    expect([s.onclose.mock.calls.length, one(s.el, '[role=alert]').textContent]).toEqual([0, 'Close without a copy?'])
    close(s)
    expect(s.onclose).toHaveBeenCalledOnce()
  })

  test('is closed at once after it was copied', async () => {
    const s = secret()
    const copied = copying()
    click(one(s.el, 'button', 'Copy Secret'))
    await settled()
    s.escape()
    expect([copied.mock.calls, s.onclose.mock.calls.length]).toEqual([[['hush']], 1])
  })

  test('asks where only its name was copied', async () => {
    const s = secret()
    copying()
    click(one(s.el, 'button', 'Copy Key ID'))
    await settled()
    s.escape()
    expect([s.onclose.mock.calls.length, one(s.el, '[role=alert]').textContent]).toEqual([0, 'Close without a copy?'])
  })

  test('is closed at once after it was downloaded, as a file of its name and text', async () => {
    const s = secret()
    const made = vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:x')
    const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {})
    click(one(s.el, 'button', 'Download key.properties'))
    expect([(clicked.mock.instances[0] as HTMLAnchorElement).download, await (made.mock.calls[0]![0] as Blob).text()]).toEqual(['key.properties', 'secret = hush'])
    s.escape()
    expect(s.onclose).toHaveBeenCalledOnce()
  })
})

describe('what can be copied', () => {
  test.each([
    [{}, /^Copy e-mail: ?a@example.org$/, 0],
    [{ code: true, shown: 'a@…' }, /^Copy e-mail: ?a@…$/, 1],
  ])('with %o is a button that names it', (more, name, codes) => {
    const el = show(Copy, { text: 'a@example.org', thing: 'e-mail', ...more })
    expect(nameOf(one(el, 'button'))).toMatch(name)
    expect([one(el, 'button').title, el.querySelectorAll('code').length]).toEqual(['a@example.org', codes])
  })

  test('is copied as a whole, and that is said for a moment', async () => {
    vi.useFakeTimers()
    const copied = copying()
    const el = show(Copy, { text: 'a@example.org', thing: 'e-mail', shown: 'a@…' })
    click(one(el, 'button'))
    await vi.advanceTimersByTimeAsync(0)
    flushSync()
    const said = [one(el, '[role=status]').textContent]
    vi.advanceTimersByTime(1500)
    vi.useRealTimers()
    flushSync()
    expect([copied.mock.calls, said, el.querySelector('[role=status]')]).toEqual([[['a@example.org']], ['Copied'], null])
  })
})

test('segments are a named group in which one is pressed; another is asked for by a click', () => {
  const props = held({ label: 'Range', value: 'day', options: [{ id: 'day', title: 'Day' }, { id: 'week', title: 'Week' }], onchange: vi.fn() })
  const el = show(Segments, props)
  const pressed = () => names(one(el, '[role=group]', 'Range'), '[aria-pressed=true]')
  expect([names(el, 'button'), pressed()]).toEqual([['Day', 'Week'], ['Day']])
  click(one(el, 'button', 'Week'))
  expect([props.onchange.mock.calls, pressed()]).toEqual([[['week']], ['Day']])
  props.value = 'week'
  flushSync()
  expect(pressed()).toEqual(['Week'])
})
