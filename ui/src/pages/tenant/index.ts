import type { Noun } from '../../noun'

export default {
  name: 'tenant',
  title: { en: 'Tenant', de: 'Mandant' },
  icon: 'globe',
  part: 'settings',
  place: 70,
  routes: { '/tenant': () => import('./Detail.svelte') },
} satisfies Noun
