/** The editor, loaded only where JSON or a template is edited. */
import { json, jsonParseLinter } from '@codemirror/lang-json'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { linter, lintGutter, setDiagnostics } from '@codemirror/lint'
import { Compartment, EditorState } from '@codemirror/state'
import { tags } from '@lezer/highlight'
import { basicSetup, EditorView } from 'codemirror'
import { language } from '../i18n.svelte'
import { german } from './phrases'
import { t } from './text'

const look = EditorView.theme({
  '&': { backgroundColor: 'var(--surface)', color: 'var(--text)', font: 'var(--t-code)', borderRadius: '8px' },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '-1px' },
  '.cm-scroller': { font: 'var(--t-code)', minHeight: '12rem', maxHeight: '32rem', overflow: 'auto' },
  '.cm-content': { caretColor: 'var(--text)', padding: '8px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { backgroundColor: 'var(--surface-2)', color: 'var(--text-3)', borderRight: '1px solid var(--line)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--surface-2)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { background: 'var(--accent-line)' },
  '.cm-tooltip': { backgroundColor: 'var(--raised)', color: 'var(--text)', border: '1px solid var(--line-2)' },
})

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--code-key)' },
  { tag: tags.string, color: 'var(--code-str)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--code-num)' },
])

const parsed = jsonParseLinter()

/** Where a text is no JSON, in the words of the field below it. */
const fault = (view: EditorView) => parsed(view).map((d) => ({ ...d, message: t('invalidJSON', { n: view.state.doc.lineAt(d.from).number }) }))

/** What is wrong with a line of a text. */
export interface Mark {
  line: number
  serious: boolean
  says: string
}

/** What a page does with an editor. */
export interface Editor {
  set(text: string): void
  /** Puts a text in place of what is selected. */
  insert(text: string): void
  /** Shows what is wrong at the lines where it stands. */
  mark(all: Mark[]): void
  writable(may: boolean): void
  /** Says of the whole text what is wrong with it, '' for nothing. */
  wrong(says: string): void
  focus(): void
  destroy(): void
}

/**
 * Makes an editor in a shadow root: there its styles are constructed sheets, which the
 * content security policy allows, and not elements, which it forbids.
 */
export function edit(host: HTMLElement, text: string, label: string, changed: (text: string) => void, plain = false): Editor {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
  const may = new Compartment()
  const faulty = new Compartment()
  let quiet = false
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        basicSetup,
        plain ? lintGutter() : [json(), linter(fault)],
        language() === 'de' ? EditorState.phrases.of(german) : [],
        look,
        syntaxHighlighting(colours),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
        may.of([]),
        faulty.of([]),
        EditorView.updateListener.of((u) => u.docChanged && !quiet && changed(u.state.doc.toString())),
      ],
    }),
  })
  return {
    set(next) {
      if (next === view.state.doc.toString()) return
      quiet = true
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } })
      quiet = false
    },
    insert(what) {
      view.dispatch(view.state.replaceSelection(what))
      view.focus()
    },
    mark(all) {
      const { doc } = view.state
      view.dispatch(
        setDiagnostics(
          view.state,
          all.filter((m) => m.line >= 1 && m.line <= doc.lines).map((m) => ({ from: doc.line(m.line).from, to: doc.line(m.line).to, severity: m.serious ? 'error' : 'warning', message: m.says })),
        ),
      )
    },
    writable(yes) {
      view.dispatch({ effects: may.reconfigure(yes ? [] : [EditorState.readOnly.of(true), EditorView.editable.of(false)]) })
    },
    // What stands outside the shadow root cannot be named by an id.
    wrong(says) {
      view.dispatch({ effects: faulty.reconfigure(says ? EditorView.contentAttributes.of({ 'aria-invalid': 'true', 'aria-description': says }) : []) })
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  }
}
