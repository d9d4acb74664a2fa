// What script adds to the server's own pages; each of them works without.
'use strict';

// The token of a setup link comes in the fragment, which no server sees and no log
// holds. It leaves the address bar and the history for the form.
const token = document.getElementById('token');
if (token) {
  if (location.hash.length > 1) {
    token.value = location.hash.slice(1);
    history.replaceState(null, '', location.pathname);
  }
  if (token.value && !token.hasAttribute('aria-invalid')) {
    token.closest('.field').hidden = true;
    if (!document.querySelector('[autofocus]')) document.querySelector('.field:not([hidden]) .input').focus();
  }
}

for (const button of document.querySelectorAll('[data-reveal]')) {
  const input = document.getElementById(button.dataset.reveal);
  button.hidden = false;
  button.addEventListener('click', () => {
    const shown = input.type === 'password';
    input.type = shown ? 'text' : 'password';
    button.setAttribute('aria-pressed', String(shown));
  });
}

// What works once is sent once: a second press would have the first answer lost.
for (const form of document.querySelectorAll('form[data-once]')) {
  form.addEventListener('submit', () => {
    setTimeout(() => {
      for (const button of form.querySelectorAll('[type=submit]')) button.disabled = true;
      const note = form.querySelector('[data-after]');
      if (note) note.textContent = note.dataset.after;
    });
  });
}
// A page that is come back to is as it was left.
addEventListener('pageshow', (event) => {
  if (event.persisted) for (const button of document.querySelectorAll('form[data-once] [type=submit]')) button.disabled = false;
});

// A page that has told others leads on by itself, once they had their time.
for (const link of document.querySelectorAll('a[data-go]')) setTimeout(() => link.click(), 2000);

// A form that only carries an answer on goes by itself.
for (const form of document.querySelectorAll('form[data-send]')) form.submit();

// Times are said as where the browser is; those in words keep them, with the time beside.
for (const at of document.querySelectorAll('time')) {
  at[at.title ? 'title' : 'textContent'] = new Date(at.dateTime).toLocaleString(document.documentElement.lang, { dateStyle: 'medium', timeStyle: 'short' });
}
