import type { Noun } from '../../noun'

export default {
  name: 'groups',
  title: { en: 'Groups', de: 'Gruppen' },
  icon: 'group',
  part: 'identity',
  place: 20,
  routes: {
    '/groups': () => import('./List.svelte'),
    '/groups/:id': () => import('./Detail.svelte'),
  },
} satisfies Noun
