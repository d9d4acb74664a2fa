import { texts } from '../i18n.svelte'

export const t = texts({
  en: {
    actions: 'Actions', add: 'Add', addValue: 'Add a value', all: 'All', anyField: 'Any field has “{text}”', api: 'API', apiChange: 'Change', apiRead: 'Read', apiRecord: 'This record, with the API', apiRecordWhat: 'The record on screen', apiTo: 'What is asked for', apiTitle: 'This list, with the API', apiWhat: 'Exactly the query on screen',
    bulk: 'Selected rows', busy: 'Working', cancel: 'Cancel', cancelled: 'Cancelled', changes: { one: '{n} change', other: '{n} changes' }, clearSelection: 'Clear selection', close: 'Close', columns: 'Columns', completions: 'Completions',
    conflict: 'Somebody else changed this meanwhile. Load what they made of it; what you changed stays here.', conflictLoad: 'Load theirs, keep mine',
    copied: 'Copied', copy: 'Copy', copyThing: 'Copy {thing}', delete: 'Delete', discard: 'Discard', download: 'Download', export: 'Export', exportCSV: 'Export as CSV', exportJSON: 'Export as JSON', exported: 'Exported {n} rows', exporting: 'Exporting {n} of {size}',
    empty: 'empty', faultTitle: 'This could not be loaded', filterHint: 'Words, or field:value', invalidJSON: 'This is no JSON: {text}', leave: 'Leave without saving?', leaveText: 'What you changed is lost.', leaveAct: 'Leave', loading: 'Loading',
    moveIt: 'Move {name}, position {n} of {size}', moveHow: 'Drag, or use the arrow keys', movedTo: '{name} is now {n} of {size}',
    next: 'Next page', no: 'No', none: 'None', nothing: 'Nothing fits', nothingText: 'No row fits this search. Take a word or a filter away.', previous: 'Previous page', range: '{from}–{to} of {size}', clearSearch: 'Clear the search', remove: 'Remove', removeFilter: 'Remove {field} {value}', reset: 'As it was', requestId: 'Request {id}', retry: 'Try again',
    rows: { one: '{n} row', other: '{n} rows' }, save: 'Save', saved: 'Saved', saveView: 'Save this view', search: 'Search or filter', select: 'Select {name}', selectAll: 'Select all that are shown', selected: { one: '{n} selected', other: '{n} selected' },
    secretOnce: 'This is shown once', secretText: 'Copy or download it now: nobody can read it again later.', secretDone: 'I have it', secretKeep: 'Close without a copy?', showPassword: 'Show', hidePassword: 'Hide', sortBy: 'Order by {column}', asTable: 'As a table', asChart: 'As a chart', today: 'Today', thisHour: 'Now', day: 'Day', hour: 'Hour',
    typeToConfirm: 'Type {name} to confirm', undo: 'Undo', unsaved: 'Unsaved changes', unsavedHere: 'unsaved changes', viewDelete: 'Forget the view {name}', viewName: 'Name of the view', views: 'Views', viewSaveText: 'The search, the order and the columns come back under this name, in this browser.', yes: 'Yes',
    failedMany: { one: '{n} was not done', other: '{n} were not done' }, showAll: 'Show all {n}',
    doneSome: '{n} of {size} done', stopHere: 'Stop',
    noDuration: 'Write a time with its unit, such as 90s, 30m, 8h or 7d.',
  },
  de: {
    actions: 'Aktionen', add: 'Hinzufügen', addValue: 'Wert hinzufügen', all: 'Alle', anyField: 'Ein Feld enthält „{text}“', api: 'API', apiChange: 'Ändern', apiRead: 'Lesen', apiRecord: 'Dieser Datensatz über die API', apiRecordWhat: 'Der Datensatz auf dem Bildschirm', apiTo: 'Worum gebeten wird', apiTitle: 'Diese Liste über die API', apiWhat: 'Genau die Abfrage auf dem Bildschirm',
    bulk: 'Gewählte Zeilen', busy: 'Läuft', cancel: 'Abbrechen', cancelled: 'Abgebrochen', changes: { one: '{n} Änderung', other: '{n} Änderungen' }, clearSelection: 'Auswahl aufheben', close: 'Schließen', columns: 'Spalten', completions: 'Vorschläge',
    conflict: 'Jemand anderes hat dies inzwischen geändert. Laden Sie dessen Stand; Ihre Änderungen bleiben hier.', conflictLoad: 'Stand laden, meine behalten',
    copied: 'Kopiert', copy: 'Kopieren', copyThing: '{thing} kopieren', delete: 'Löschen', discard: 'Verwerfen', download: 'Herunterladen', export: 'Exportieren', exportCSV: 'Als CSV exportieren', exportJSON: 'Als JSON exportieren', exported: '{n} Zeilen exportiert', exporting: 'Exportiere {n} von {size}',
    empty: 'leer', faultTitle: 'Dies konnte nicht geladen werden', filterHint: 'Wörter oder Feld:Wert', invalidJSON: 'Das ist kein JSON: {text}', leave: 'Ohne Speichern verlassen?', leaveText: 'Ihre Änderungen gehen verloren.', leaveAct: 'Verlassen', loading: 'Lädt',
    moveIt: '{name} verschieben, Platz {n} von {size}', moveHow: 'Ziehen oder mit den Pfeiltasten verschieben', movedTo: '{name} ist jetzt {n} von {size}',
    next: 'Nächste Seite', no: 'Nein', none: 'Keine', nothing: 'Nichts passt', nothingText: 'Keine Zeile passt zu dieser Suche. Nehmen Sie ein Wort oder einen Filter weg.', previous: 'Vorige Seite', range: '{from}–{to} von {size}', clearSearch: 'Suche leeren', remove: 'Entfernen', removeFilter: '{field} {value} entfernen', reset: 'Wie zuvor', requestId: 'Anfrage {id}', retry: 'Erneut versuchen',
    rows: { one: '{n} Zeile', other: '{n} Zeilen' }, save: 'Speichern', saved: 'Gespeichert', saveView: 'Diese Ansicht speichern', search: 'Suchen oder filtern', select: '{name} auswählen', selectAll: 'Alle angezeigten auswählen', selected: { one: '{n} ausgewählt', other: '{n} ausgewählt' },
    secretOnce: 'Dies wird nur einmal gezeigt', secretText: 'Kopieren oder laden Sie es jetzt herunter: später kann es niemand mehr lesen.', secretDone: 'Ich habe es', secretKeep: 'Ohne Kopie schließen?', showPassword: 'Zeigen', hidePassword: 'Verbergen', sortBy: 'Nach {column} ordnen', asTable: 'Als Tabelle', asChart: 'Als Diagramm', today: 'Heute', thisHour: 'Jetzt', day: 'Tag', hour: 'Stunde',
    typeToConfirm: 'Zum Bestätigen {name} eingeben', undo: 'Rückgängig', unsaved: 'Nicht gespeicherte Änderungen', unsavedHere: 'nicht gespeicherte Änderungen', viewDelete: 'Ansicht {name} vergessen', viewName: 'Name der Ansicht', views: 'Ansichten', viewSaveText: 'Suche, Ordnung und Spalten kehren unter diesem Namen zurück, in diesem Browser.', yes: 'Ja',
    failedMany: { one: '{n} wurde nicht erledigt', other: '{n} wurden nicht erledigt' }, showAll: 'Alle {n} zeigen',
    doneSome: '{n} von {size} erledigt', stopHere: 'Anhalten',
    noDuration: 'Eine Zeit mit ihrer Einheit, etwa 90s, 30m, 8h oder 7d.',
  },
})
