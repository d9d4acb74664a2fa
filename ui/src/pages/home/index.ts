import type { Noun } from '../../noun'

export default {
  name: 'home',
  title: { en: 'Home', de: 'Start' },
  icon: 'home',
  part: 'home',
  place: 0,
  routes: { '/': () => import('./Home.svelte') },
} satisfies Noun
