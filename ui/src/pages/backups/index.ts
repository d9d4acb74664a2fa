import type { Noun } from '../../noun'

export default {
  name: 'backups',
  title: { en: 'Backups', de: 'Sicherungen' },
  icon: 'backup',
  part: 'settings',
  place: 60,
  roles: ['owner'],
  whole: true,
  routes: { '/backups': () => import('./List.svelte') },
} satisfies Noun
