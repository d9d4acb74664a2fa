import type { Noun } from '../../noun'

export default {
  name: 'jobs',
  title: { en: 'Jobs', de: 'Aufgaben' },
  icon: 'jobs',
  part: 'activity',
  place: 30,
  routes: { '/jobs': () => import('./List.svelte') },
} satisfies Noun
