import type { Noun } from '../../noun'

export default {
  name: 'operators',
  title: { en: 'Operators', de: 'Betreiber' },
  icon: 'admin',
  part: 'settings',
  place: 60,
  routes: {
    '/operators': () => import('./List.svelte'),
    '/operators/:id': () => import('./One.svelte'),
  },
} satisfies Noun
