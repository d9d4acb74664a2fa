import { texts } from '../../i18n.svelte'

export const t = texts({
  en: {
    title: 'Caught mails', sub: 'Nobody was sent these: the server writes them to a folder', mail: 'Mail and templates', subject: 'Subject', to: 'To', template: 'Mail', at: 'Written', size: 'Size', none: 'No mails yet', noneText: 'Every mail of this server stands here as long as no server is named that sends it.', refresh: 'Look again', clear: 'Delete all', clearTitle: 'Delete all caught mails?', clearText: 'Their links are then lost to everybody.', clearTyped: 'delete', cleared: 'The folder is empty', notDone: 'This was not done',
    noFolder: 'No mails are caught here', noFolderText: 'This server sends its mails, or keeps them until it can. What became of each stands among the sent mails.', sent: 'Sent mails',
    view: 'How it is shown', page: 'Page', text: 'Text', source: 'Source', header: 'Header', links: 'Links', linksWarn: 'They work: who opens one acts for the person whom it was written to.', from: 'From', download: 'Download', broken: 'Its texts cannot be read', noText: 'It has no plain text.', noPage: 'It has no HTML.',
  },
  de: {
    title: 'Abgefangene E-Mails', sub: 'Niemand hat sie erhalten: der Server schreibt sie in einen Ordner', mail: 'E-Mail und Vorlagen', subject: 'Betreff', to: 'An', template: 'E-Mail', at: 'Geschrieben', size: 'Größe', none: 'Noch keine E-Mails', noneText: 'Jede E-Mail dieses Servers steht hier, solange kein Server genannt ist, der sie sendet.', refresh: 'Neu laden', clear: 'Alle löschen', clearTitle: 'Alle abgefangenen E-Mails löschen?', clearText: 'Ihre Links sind dann für alle verloren.', clearTyped: 'löschen', cleared: 'Der Ordner ist leer', notDone: 'Das hat nicht geklappt',
    noFolder: 'Hier werden keine E-Mails abgefangen', noFolderText: 'Dieser Server sendet seine E-Mails oder behält sie, bis er es kann. Was aus jeder wurde, steht bei den gesendeten E-Mails.', sent: 'Gesendete E-Mails',
    view: 'Wie sie gezeigt wird', page: 'Seite', text: 'Text', source: 'Quelltext', header: 'Kopfzeilen', links: 'Links', linksWarn: 'Sie wirken: wer einen öffnet, handelt für die Person, an die er ging.', from: 'Von', download: 'Herunterladen', broken: 'Ihre Texte lassen sich nicht lesen', noText: 'Sie hat keinen reinen Text.', noPage: 'Sie hat kein HTML.',
  },
})
