import type { Noun } from '../../noun'

export default {
  name: 'accounts',
  title: { en: 'Accounts', de: 'Konten' },
  icon: 'users',
  part: 'identity',
  place: 10,
  routes: {
    '/accounts': () => import('./List.svelte'),
    '/accounts/:id': () => import('./Detail.svelte'),
  },
} satisfies Noun
