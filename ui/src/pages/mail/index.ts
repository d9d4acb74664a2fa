import type { Noun } from '../../noun'

export default {
  name: 'emailTemplates',
  title: { en: 'Mail and templates', de: 'E-Mail und Vorlagen' },
  icon: 'mail',
  part: 'settings',
  place: 20,
  routes: {
    '/mail': () => import('./List.svelte'),
    '/mail/:id': () => import('./Template.svelte'),
  },
} satisfies Noun
