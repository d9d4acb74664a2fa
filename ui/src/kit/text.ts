import { texts } from '../i18n.svelte'

export const t = texts({
  en: {
    actions: 'Actions', add: 'Add', addValue: 'Add a value', all: 'All', anyField: 'Any field has “{text}”', api: 'API', apiChange: 'Change', apiRead: 'Read', apiRecord: 'This record, with the API', apiRecordWhat: 'The record on screen', apiTo: 'What is asked for', apiTitle: 'This list, with the API', apiWhat: 'Exactly the query on screen',
    bulk: 'Selected rows', busy: 'Working', cancel: 'Cancel', cancelled: 'Cancelled', changes: { one: '{n} change', other: '{n} changes' }, clearSelection: 'Clear selection', close: 'Close', columns: 'Columns', completions: 'Completions',
    conflict: 'Somebody else changed this meanwhile. Load what they made of it; what you changed stays here.', conflictLoad: 'Load theirs, keep mine',
    copied: 'Copied', control: 'Ctrl', copy: 'Copy', copyThing: 'Copy {thing}', delete: 'Delete', discard: 'Discard', download: 'Download', export: 'Export', exportCSV: 'Export as CSV', exportJSON: 'Export as JSON', exported: { one: 'Exported {n} row', other: 'Exported {n} rows' }, exporting: 'Exporting {n} of {size}',
    empty: 'empty', faultTitle: 'This could not be loaded', filterHint: 'Words, or field:value', invalidJSON: 'This is no JSON: look at line {n}.', leave: 'Leave without saving?', leaveText: 'What you changed is lost.', leaveAct: 'Leave', loading: 'Loading',
    moveIt: 'Move {name}, position {n} of {size}', moveHow: 'Drag, or use the arrow keys', movedTo: '{name} is now {n} of {size}',
    next: 'Next page', no: 'No', none: 'None', nothing: 'Nothing fits', nothingText: 'No row fits this search. Take a word or a filter away.', previous: 'Previous page', range: '{from}–{to} of {size}', clearSearch: 'Clear the search', remove: 'Remove', removeFilter: 'Remove {field} {value}', removeThing: 'Remove {thing}', reset: 'As it was', requestId: 'Request {id}', retry: 'Try again',
    rows: { one: '{n} row', other: '{n} rows' }, save: 'Save', saved: 'Saved', saveView: 'Save this view', search: 'Search or filter', select: 'Select {name}', selectAll: 'Select all that are shown', selected: { one: '{n} selected', other: '{n} selected' },
    secretOnce: 'This is shown once', secretText: 'Copy or download it now: nobody can read it again later.', secretDone: 'I have it', secretKeep: 'Close without a copy?', showPassword: 'Show', hidePassword: 'Hide', sortBy: 'Order by {column}', asTable: 'As a table', asChart: 'As a chart', today: 'Today', thisHour: 'Now', day: 'Day', hour: 'Hour',
    typeToConfirm: 'Type {name} to confirm', undo: 'Undo', unsaved: 'Unsaved changes', unsavedHere: 'unsaved changes', viewDelete: 'Forget the view {name}', viewName: 'Name of the view', views: 'Views', viewSaveText: 'The search, the order and the columns come back under this name, in this browser.', yes: 'Yes',
    failedMany: { one: '{n} was not done', other: '{n} were not done' }, showAll: 'Show all {n}',
    doneSome: '{n} of {size} done', stopHere: 'Stop',
    noDuration: 'Write a time with its unit, such as 90s, 30m, 8h or 7d.',
  },
  de: {
    actions: 'Aktionen', add: 'Hinzufügen', addValue: 'Wert hinzufügen', all: 'Alle', anyField: 'Ein Feld enthält „{text}“', api: 'API', apiChange: 'Ändern', apiRead: 'Lesen', apiRecord: 'Dieser Datensatz über die API', apiRecordWhat: 'Der Datensatz auf dem Bildschirm', apiTo: 'Worum gebeten wird', apiTitle: 'Diese Liste über die API', apiWhat: 'Genau die Abfrage auf dem Bildschirm',
    bulk: 'Ausgewählte Zeilen', busy: 'In Arbeit', cancel: 'Abbrechen', cancelled: 'Abgebrochen', changes: { one: '{n} Änderung', other: '{n} Änderungen' }, clearSelection: 'Auswahl aufheben', close: 'Schließen', columns: 'Spalten', completions: 'Vorschläge',
    conflict: 'Jemand anderes hat dies inzwischen geändert. Dessen Stand lässt sich laden; die eigenen Änderungen bleiben.', conflictLoad: 'Stand laden, Eigenes behalten',
    copied: 'Kopiert', control: 'Strg', copy: 'Kopieren', copyThing: '{thing} kopieren', delete: 'Löschen', discard: 'Verwerfen', download: 'Herunterladen', export: 'Exportieren', exportCSV: 'Als CSV exportieren', exportJSON: 'Als JSON exportieren', exported: { one: '{n} Zeile exportiert', other: '{n} Zeilen exportiert' }, exporting: 'Export: {n} von {size}',
    empty: 'leer', faultTitle: 'Das konnte nicht geladen werden', filterHint: 'Wörter oder Feld:Wert', invalidJSON: 'Das ist kein JSON: der Fehler steht in Zeile {n}.', leave: 'Ohne Speichern verlassen?', leaveText: 'Die Änderungen gehen verloren.', leaveAct: 'Verlassen', loading: 'Wird geladen',
    moveIt: '{name} verschieben, Platz {n} von {size}', moveHow: 'Ziehen oder mit den Pfeiltasten verschieben', movedTo: '{name} ist jetzt {n} von {size}',
    next: 'Nächste Seite', no: 'Nein', none: 'Keine', nothing: 'Keine Treffer', nothingText: 'Keine Zeile passt zu dieser Suche. Ein Wort oder ein Filter weniger hilft vielleicht.', previous: 'Vorige Seite', range: '{from}–{to} von {size}', clearSearch: 'Suche leeren', remove: 'Entfernen', removeFilter: '{field} {value} entfernen', removeThing: '{thing} entfernen', reset: 'Zurücksetzen', requestId: 'Anfrage {id}', retry: 'Erneut versuchen',
    rows: { one: '{n} Zeile', other: '{n} Zeilen' }, save: 'Speichern', saved: 'Gespeichert', saveView: 'Diese Ansicht speichern', search: 'Suchen oder filtern', select: '{name} auswählen', selectAll: 'Alle angezeigten auswählen', selected: { one: '{n} ausgewählt', other: '{n} ausgewählt' },
    secretOnce: 'Dies wird nur einmal gezeigt', secretText: 'Jetzt kopieren oder herunterladen: später kann es niemand mehr lesen.', secretDone: 'Ich habe es', secretKeep: 'Ohne Kopie schließen?', showPassword: 'Anzeigen', hidePassword: 'Ausblenden', sortBy: 'Nach {column} sortieren', asTable: 'Als Tabelle', asChart: 'Als Diagramm', today: 'Heute', thisHour: 'Jetzt', day: 'Tag', hour: 'Stunde',
    typeToConfirm: 'Zum Bestätigen {name} eingeben', undo: 'Rückgängig', unsaved: 'Nicht gespeicherte Änderungen', unsavedHere: 'nicht gespeicherte Änderungen', viewDelete: 'Ansicht {name} löschen', viewName: 'Name der Ansicht', views: 'Ansichten', viewSaveText: 'Suche, Sortierung und Spalten sind unter diesem Namen wieder da, in diesem Browser.', yes: 'Ja',
    failedMany: { one: '{n} wurde nicht erledigt', other: '{n} wurden nicht erledigt' }, showAll: 'Alle {n} anzeigen',
    doneSome: '{n} von {size} erledigt', stopHere: 'Anhalten',
    noDuration: 'Eine Dauer mit Einheit angeben, etwa 90s, 30m, 8h oder 7d.',
  },
})
