// The notes in the console: see the handbook, "Pages of the console".

const de = {
  'Notes': 'Notizen', 'Add a note': 'Notiz hinzufügen', 'New note': 'Neue Notiz', 'Delete': 'Löschen', 'Delete this note?': 'Diese Notiz löschen?',
  'No notes yet.': 'Noch keine Notizen.', 'Noted': 'Notiert', 'Deleted': 'Gelöscht', 'a program': 'ein Programm', 'Download all notes': 'Alle Notizen herunterladen',
  'Open the account': 'Konto öffnen', 'More': 'Mehr',
};

/** Makes an element with attributes, listeners (onclick) and children. */
function el(name, attributes = {}, ...children) {
  const it = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) it.addEventListener(key.slice(2), value);
    else it.setAttribute(key, value);
  }
  it.append(...children);
  return it;
}

const words = (console) => (text) => console.say({ en: text, de: de[text] ?? text });
const nameOf = (account) => account?.fullName || account?.email || '';
const mayWrite = (console) => console.may('owner', 'admin', 'support');

/** One note: what it says, who wrote it and when, and how it goes. */
function row(console, note, more, gone) {
  const t = words(console);
  const meta = el('p', { class: 'quiet' }, `${nameOf(note.author) || t('a program')} · ${console.ago(note.createdAt)}`, ...more);
  const it = el('div', { class: 'card' }, el('div', { class: 'pad stack tight' }, el('p', { class: 'pre' }, note.text), meta));
  if (gone) {
    const remove = el('button', {
      class: 'btn sm ghost', type: 'button',
      onclick: async () => {
        if (!(await console.confirm({ title: t('Delete this note?'), text: note.text, act: t('Delete'), danger: true }))) return;
        await console.remove(note.href);
        console.toast(t('Deleted'));
        gone();
      },
    }, t('Delete'));
    meta.append(' ', remove);
  }
  return it;
}

/** The tab at an account. */
function tab(root, { href, console }) {
  const t = words(console);
  const list = el('div', { class: 'stack' });
  const show = async () => {
    const { items } = await console.get(`${href}/notes?limit=100&expand=author`);
    list.replaceChildren(...items.reverse().map((n) => row(console, n, [], mayWrite(console) && show)));
    if (items.length === 0) list.append(el('p', { class: 'quiet' }, t('No notes yet.')));
  };
  const text = el('textarea', { class: 'input', id: 'note-text', rows: '3', maxlength: '4000' });
  const problem = el('p', { class: 'error', role: 'alert' });
  const form = el('form', {
    class: 'stack',
    onsubmit: async (e) => {
      e.preventDefault();
      problem.textContent = '';
      try {
        await console.post(`${href}/notes`, { text: text.value });
        text.value = '';
        console.toast(t('Noted'));
        await show();
      } catch (err) {
        problem.textContent = err.message;
        text.focus();
      }
    },
  }, el('div', { class: 'field' }, el('label', { for: 'note-text' }, t('New note')), text, problem), el('div', { class: 'btns' }, el('button', { class: 'btn primary', type: 'submit' }, t('Add a note'))));
  root.className = 'stack';
  root.append(...(mayWrite(console) ? [form] : []), list);
  const stop = console.live((change) => change.kind === 'notes' && show());
  return show().then(() => stop);
}

/** All notes, by the hundred. */
async function page(root, { console }) {
  const t = words(console);
  root.className = 'stack';
  let shown = 0;
  const more = el('button', { class: 'btn', type: 'button', onclick: () => next() }, t('More'));
  const next = async () => {
    const { items, size } = await console.get(`/v1/notes?limit=100&offset=${shown}&expand=author,account`);
    shown += items.length;
    more.remove();
    for (const n of items) {
      const to = el('a', { href: console.url(`/accounts/${console.idOf(n.account.href)}?tab=x-notes-notes`) }, nameOf(n.account) || t('Open the account'));
      root.append(row(console, n, [' · ', to]));
    }
    if (shown < size && items.length > 0) root.append(more);
    if (shown === 0) root.append(el('p', { class: 'quiet' }, t('No notes yet.')));
  };
  await next();
}

/** Saves all notes as a file of JSON. */
async function download(console) {
  const all = [];
  for (;;) {
    const { items, size } = await console.get(`/v1/notes?limit=100&offset=${all.length}&expand=author,account`);
    all.push(...items.map((n) => ({ at: n.createdAt, account: nameOf(n.account), author: nameOf(n.author), text: n.text })));
    if (items.length === 0 || all.length >= size) break;
  }
  const at = URL.createObjectURL(new Blob([JSON.stringify(all, null, 2)], { type: 'application/json' }));
  el('a', { href: at, download: 'notes.json' }).click();
  setTimeout(() => URL.revokeObjectURL(at), 10_000);
}

export default {
  pages: [{ path: '', title: { en: 'Notes', de: de.Notes }, icon: 'file', part: 'identity', place: 50, show: page }],
  tabs: [{ of: 'accounts', id: 'notes', title: { en: 'Notes', de: de.Notes }, show: tab }],
  commands: [{ title: { en: 'Download all notes', de: de['Download all notes'] }, icon: 'export', run: download }],
};
