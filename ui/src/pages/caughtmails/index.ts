import type { Noun } from '../../noun'

export default {
  name: 'caughtMails',
  title: { en: 'Caught mails', de: 'Abgefangene E-Mails' },
  icon: 'mail',
  part: 'settings',
  place: 21,
  roles: ['owner'],
  hidden: true, // reached from the mail page, where there are any
  routes: { '/caught-mails': () => import('./List.svelte') },
} satisfies Noun
