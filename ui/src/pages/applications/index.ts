import type { Noun } from '../../noun'

export default {
  name: 'applications',
  title: { en: 'Applications', de: 'Anwendungen' },
  icon: 'app',
  part: 'applications',
  place: 10,
  routes: {
    '/applications': () => import('./List.svelte'),
    '/applications/:id': () => import('./Detail.svelte'),
    '/applications/:id/pages/:page': () => import('./PageTemplate.svelte'),
    '/clients/:id': () => import('./Client.svelte'),
  },
} satisfies Noun
