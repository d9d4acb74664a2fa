import type { Noun } from '../../noun'

export default {
  name: 'webhookEndpoints',
  title: { en: 'Webhooks', de: 'Webhooks' },
  icon: 'hook',
  part: 'activity',
  place: 40,
  needs: 'webhookEndpoints',
  routes: { '/webhooks': () => import('./List.svelte'), '/webhooks/:id': () => import('./Detail.svelte') },
} satisfies Noun
