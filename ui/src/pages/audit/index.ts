import type { Noun } from '../../noun'

export default {
  name: 'audit',
  title: { en: 'Audit', de: 'Protokoll' },
  icon: 'audit',
  part: 'activity',
  place: 20,
  routes: { '/audit': () => import('./List.svelte') },
} satisfies Noun
