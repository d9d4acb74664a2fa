/** Shows a component as a page would, for tests of what people meet: its words, roles, keys. */
import { flushSync, mount, unmount, type Component, type ComponentType, type SvelteComponent } from 'svelte'
import { afterEach } from 'vitest'

const shown: { element: HTMLElement; component: object }[] = []

/** Mounts into a fresh element of the body and gives that; after the test it is gone. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export function show<P extends Record<string, any>>(component: ComponentType<SvelteComponent<P>> | Component<P, any, any>, props: NoInfer<P>): HTMLElement {
  const element = document.createElement('div')
  document.body.append(element)
  shown.push({ element, component: mount(component as Component<P>, { target: element, props }) })
  flushSync()
  return element
}

afterEach(async () => {
  for (const { element, component } of shown.splice(0).reverse()) {
    await unmount(component)
    element.remove()
  }
})

// happy-dom has dialogs (showModal, close) but no popovers: one that is open has an
// attribute here, and sends the event that the platform would.
function turn(el: HTMLElement, open: boolean): void {
  if (open === el.hasAttribute('data-open')) return
  el.toggleAttribute('data-open', open)
  const states = ['closed', 'open']
  el.dispatchEvent(Object.assign(new Event('toggle'), { oldState: states[+!open], newState: states[+open] }))
}

HTMLElement.prototype.showPopover = function () {
  turn(this, true)
}
HTMLElement.prototype.hidePopover = function () {
  turn(this, false)
}

// A button with popovertarget opens and closes what it names.
document.addEventListener('click', (e) => {
  const id = (e.target as Element).closest('[popovertarget]')?.getAttribute('popovertarget')
  const pop = id ? document.getElementById(id) : null
  if (pop) turn(pop, !pop.hasAttribute('data-open'))
})
