import type { Noun } from '../../noun'

export default {
  name: 'start',
  title: { en: 'Set up an application', de: 'Eine Anwendung einrichten' },
  icon: 'star',
  part: 'applications',
  place: 5,
  hidden: true,
  command: true,
  roles: ['owner', 'admin'],
  routes: {
    '/start': () => import('./Start.svelte'),
    '/start/return': () => import('./Return.svelte'),
  },
} satisfies Noun
