import type { Noun } from '../../noun'

export default {
  name: 'system',
  title: { en: 'System', de: 'System' },
  icon: 'server',
  part: 'settings',
  place: 100,
  whole: true,
  routes: { '/system': () => import('./Detail.svelte') },
} satisfies Noun
