import type { Noun } from '../../noun'

export default {
  name: 'signIns',
  title: { en: 'Sign-ins', de: 'Anmeldungen' },
  icon: 'signin',
  part: 'activity',
  place: 10,
  routes: { '/sign-ins': () => import('./List.svelte') },
} satisfies Noun
