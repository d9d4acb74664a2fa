/** What the editor itself says, in German; it speaks English. */
export const german: Record<string, string> = {
  'Control character': 'Steuerzeichen', 'Selection deleted': 'Auswahl gelöscht', 'Folded lines': 'Zeilen eingeklappt', 'Unfolded lines': 'Zeilen ausgeklappt', to: 'bis', 'folded code': 'eingeklappter Text', unfold: 'ausklappen', 'Fold line': 'Zeile einklappen', 'Unfold line': 'Zeile ausklappen',
  'Go to line': 'Zu Zeile', go: 'los', Find: 'Suchen', Replace: 'Ersetzen', next: 'nächstes', previous: 'voriges', all: 'alle', 'match case': 'Groß- und Kleinschreibung', 'by word': 'ganze Wörter', regexp: 'regulärer Ausdruck', replace: 'ersetzen', 'replace all': 'alle ersetzen', close: 'schließen',
  'current match': 'aktueller Treffer', 'replaced $ matches': '$ Treffer ersetzt', 'replaced match on line $': 'Treffer in Zeile $ ersetzt', 'on line': 'in Zeile', Completions: 'Vorschläge', Diagnostics: 'Befunde', 'No diagnostics': 'Keine Befunde',
}
