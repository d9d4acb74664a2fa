import type { Noun } from '../../noun'

export default {
  name: 'signingKeys',
  title: { en: 'Signing keys', de: 'Signierschlüssel' },
  icon: 'jwks',
  part: 'settings',
  place: 50,
  routes: { '/signing-keys': () => import('./List.svelte') },
} satisfies Noun
