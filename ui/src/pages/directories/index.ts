import type { Noun } from '../../noun'

export default {
  name: 'directories',
  title: { en: 'Directories', de: 'Verzeichnisse' },
  icon: 'dir',
  part: 'identity',
  place: 30,
  routes: {
    '/directories': () => import('./List.svelte'),
    '/directories/:id': () => import('./Detail.svelte'),
  },
} satisfies Noun
