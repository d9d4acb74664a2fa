import type { Noun } from '../../noun'

export default {
  name: 'sessions',
  title: { en: 'Sessions', de: 'Sitzungen' },
  icon: 'device',
  part: 'activity',
  place: 15,
  routes: { '/sessions': () => import('./List.svelte') },
} satisfies Noun
