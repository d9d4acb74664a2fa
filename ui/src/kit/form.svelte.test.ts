import { flushSync, tick } from 'svelte'
import { expect, test } from 'vitest'
import { fieldOf, Form, members } from './form.svelte'

const names = ['email', 'givenName', 'name', 'status']

test.each([
  [{ message: 'Account email address is in an invalid format.' }, 'email'],
  [{ message: 'Account given name is too long.' }, 'givenName'],
  [{ message: 'Account givenName is too long.' }, 'givenName'],
  [{ message: 'Nothing fits.', field: 'status' }, 'status'],
  [{ message: 'The account is an owner.' }, ''],
  [{ message: 'Renamed things are odd.' }, ''],
])('%o is about %s', (err, want) => {
  expect(fieldOf(err, names)).toBe(want)
})

interface Person extends Record<string, unknown> {
  name: string
  email: string
}

function form(write: (changed: Partial<Person>) => Promise<unknown>, server: { is: Person }) {
  let made!: Form<Person>
  const stop = $effect.root(() => {
    made = new Form<Person>({ read: () => server.is, write, labels: () => ({ name: 'Name', email: 'E-mail' }), reload: async () => {} })
  })
  flushSync()
  return { made, stop }
}

test('a diff tells a value as its field offers it', () => {
  const { made, stop } = form(async () => {}, { is: { name: 'DISABLED', email: '' } })
  made.offer('name', () => [{ value: 'ENABLED', label: 'Aktiv' }])
  made.values.name = 'ENABLED'
  flushSync()
  expect(made.changes).toEqual([{ name: 'name', label: 'Name', old: 'DISABLED', new: 'Aktiv' }])
  stop()
})

test('only what changed is sent, and nothing is changed after it', async () => {
  const sent: unknown[] = []
  const { made, stop } = form(async (v) => sent.push(v), { is: { name: 'Ann', email: 'ann@example.com' } })
  made.values.name = 'Anna'
  flushSync()
  expect(made.changes).toEqual([{ name: 'name', label: 'Name', old: 'Ann', new: 'Anna' }])
  expect(await made.save()).toBe(true)
  expect(sent).toEqual([{ name: 'Anna' }])
  expect(made.dirty).toBe(false)
  stop()
})

test('a refusal stands at its field, and what was typed stays', async () => {
  const { made, stop } = form(() => Promise.reject(Object.assign(new Error('The email is taken.'), { status: 409 })), { is: { name: 'Ann', email: '' } })
  made.values.email = 'x@example.com'
  expect(await made.save()).toBe(false)
  expect(made.errors).toEqual({ email: 'The email is taken.' })
  expect(made.values.email).toBe('x@example.com')
  expect(made.dirty).toBe(true)
  stop()
})

test('a fault of a field that is on another tab is told by the form', async () => {
  const { made, stop } = form(() => Promise.reject(Object.assign(new Error('It is taken.'), { status: 409, field: 'email' })), { is: { name: 'Ann', email: '' } })
  made.values.email = 'x@example.com'
  await made.save()
  await tick()
  expect(made.message).toBe('E-mail: It is taken.')
  const shown = document.createElement('div')
  shown.innerHTML = `<input id="${made.id}-email" /><p id="${made.id}-email-error"></p>`
  document.body.append(shown)
  await made.save()
  await tick()
  expect([made.message, document.activeElement?.id]).toEqual(['', `${made.id}-email`])
  shown.remove()
  stop()
})

test('what cannot be read is a change that keeps the form from being saved, and is put back with it', async () => {
  let sent = 0
  const { made, stop } = form(async () => sent++, { is: { name: 'Ann', email: '' } })
  made.blocked.name = 'no name'
  expect([made.dirty, await made.save(), sent, made.message]).toEqual([true, false, 0, 'Name: no name'])
  expect(made.changes.map((c) => c.old)).toEqual(['Ann'])
  await made.rebase()
  expect(made.dirty).toBe(true)
  const { turn } = made
  made.discard()
  expect([made.dirty, made.turn]).toEqual([false, turn + 1])
  stop()
})

test('what somebody else changed comes in, and what was changed here stays', async () => {
  const server = $state({ is: { name: 'Ann', email: 'ann@example.com' } })
  const { made, stop } = form(() => Promise.reject(Object.assign(new Error('stale'), { status: 412 })), server)
  made.values.name = 'Anna'
  expect(await made.save()).toBe(false)
  expect(made.conflict).toBe(true)
  server.is = { name: 'Annie', email: 'new@example.com' }
  flushSync()
  expect({ ...made.values }).toEqual({ name: 'Anna', email: 'new@example.com' })
  expect(made.changes.map((c) => [c.old, c.new])).toEqual([['Annie', 'Anna']])
  stop()
})

test('a form that is begun anew holds nothing that leaving would lose', async () => {
  const { made, stop } = form(() => Promise.resolve(), { is: { name: '', email: '' } })
  made.values.name = 'Anna'
  expect(await made.save()).toBe(true)
  made.begin()
  expect({ ...made.values }).toEqual({ name: '', email: '' })
  expect(made.dirty).toBe(false)
  stop()
})

test('an object is told member by member', () => {
  expect(members({ plan: 'a', seats: 1 }, { plan: 'b', seats: 1, new: true }, 'customData').map((c) => c.label)).toEqual(['customData.plan', 'customData.new'])
})

test('a form that begins anew has nothing to lose', () => {
  const { made, stop } = form(async () => {}, { is: { name: '', email: '' } })
  made.values.name = 'Ann'
  made.errors.name = 'taken'
  made.begin({ name: '', email: 'ann@example.com' })
  flushSync()
  expect([made.dirty, made.values.email, made.errors]).toEqual([false, 'ann@example.com', {}])
  stop()
})

test('each field that is wrong is told, by its label, and a row with nothing in it is not sent', async () => {
  const sent: unknown[] = []
  let refuses = true
  let made!: Form<{ name: string; hosts: string[] }>
  const stop = $effect.root(() => {
    made = new Form<{ name: string; hosts: string[] }>({
      read: () => ({ name: '', hosts: [] }),
      labels: () => ({ name: 'Name', hosts: 'Rechner' }),
      whole: true,
      write: async (v) => {
        if (refuses) throw Object.assign(new Error('Domain hosts has none.'), { status: 400, field: 'hosts', fields: { hosts: 'Domain hosts has none.', name: 'name is odd.', other: 'x' } })
        sent.push(v)
      },
    })
  })
  flushSync()
  made.values.hosts = [' a.example ', '', ' ']
  expect(await made.save()).toBe(false)
  expect(made.errors).toEqual({ hosts: 'Rechner has none.', name: 'Name is odd.' })
  refuses = false
  expect(await made.save()).toBe(true)
  expect(sent).toEqual([{ name: null, hosts: ['a.example'] }])
  stop()
})
