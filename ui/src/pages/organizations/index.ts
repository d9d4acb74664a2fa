import type { Noun } from '../../noun'

export default {
  name: 'organizations',
  title: { en: 'Organizations', de: 'Organisationen' },
  icon: 'org',
  part: 'identity',
  place: 40,
  routes: {
    '/organizations': () => import('./List.svelte'),
    '/organizations/:id': () => import('./Detail.svelte'),
  },
} satisfies Noun
