import type { Noun } from '../../noun'

export default {
  name: 'transfers',
  title: { en: 'Import and export', de: 'Import und Export' },
  icon: 'export',
  part: 'settings',
  place: 70,
  roles: ['owner', 'admin'],
  routes: { '/transfers': () => import('./Transfers.svelte') },
} satisfies Noun
