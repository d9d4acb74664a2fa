import { texts } from '../i18n.svelte'

export const t = texts({
  en: {
    branding: 'Branding', look: 'Colours and shape', displayName: 'Name on the pages', displayNameHint: 'In place of the name that it has here.', primaryColor: 'Colour', colorHint: 'As #rrggbb, of buttons.', onPrimaryColor: 'Text on it', contrastHint: 'At least 4.5:1 between them.', primaryColorDark: 'Colour in the dark', onPrimaryColorDark: 'Text on it in the dark', font: 'Font', fontOurs: 'As it came', cornerRadius: 'Corners', pictures: 'Pictures', logo: 'Logo', favicon: 'Icon of the tab', pictureHint: 'PNG, JPEG, WebP or SVG, up to 32 KiB.', words: 'Links and texts', supportUrl: 'Help', privacyUrl: 'Privacy', termsUrl: 'Terms', pageTexts: 'Texts', textsHint: 'By language: {"de": {"login.submit": "Weiter"}}.', textsObject: 'Texts are an object: { … }.', remove: 'Remove', optional: 'optional',
  },
  de: {
    branding: 'Erscheinung', look: 'Farben und Form', displayName: 'Name auf den Seiten', displayNameHint: 'Anstelle des Namens, den es hier hat.', primaryColor: 'Farbe', colorHint: 'Als #rrggbb, für Knöpfe.', onPrimaryColor: 'Schrift darauf', contrastHint: 'Mindestens 4,5:1 zwischen beiden.', primaryColorDark: 'Farbe im Dunkeln', onPrimaryColorDark: 'Schrift darauf im Dunkeln', font: 'Schriftart', fontOurs: 'Wie geliefert', cornerRadius: 'Ecken', pictures: 'Bilder', logo: 'Logo', favicon: 'Symbol im Tab', pictureHint: 'PNG, JPEG, WebP oder SVG, bis 32 KiB.', words: 'Links und Texte', supportUrl: 'Hilfe', privacyUrl: 'Datenschutz', termsUrl: 'Bedingungen', pageTexts: 'Texte', textsHint: 'Je Sprache: {"de": {"login.submit": "Weiter"}}.', textsObject: 'Texte sind ein Objekt: { … }.', remove: 'Entfernen', optional: 'freiwillig',
  },
})
