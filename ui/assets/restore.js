// What script adds to the form of a backup: the file is sent ahead of it in pieces, so that it
// may have any size. What is there need not be sent again, and what broke off goes on.
'use strict';

for (const input of document.querySelectorAll('[data-send-ahead]')) {
  const { form } = input;
  const button = form.querySelector('[type=submit]');
  const meter = form.querySelector('progress');
  const said = document.getElementById(meter.getAttribute('aria-labelledby'));
  let up; // how far it has come

  const ask = async (path, body, kind) => {
    const headers = { 'X-CSRF-TOKEN': form.elements.csrfToken.value, Accept: 'application/json', 'Content-Type': kind };
    const res = await fetch(input.dataset.sendAhead + path, { method: 'POST', headers, body });
    const answer = await res.json();
    if (!res.ok && !(res.status === 409 && answer.id)) throw new Error(answer.notice || answer.message || input.dataset.off);
    return answer;
  };
  const told = (text, wrong) => {
    said.textContent = text;
    said.className = wrong ? 'error' : 'hint';
    if (wrong) input.setAttribute('aria-invalid', 'true');
    else input.removeAttribute('aria-invalid');
  };
  const send = async (file) => {
    if (!up) up = await ask('', String(new URLSearchParams({ name: file.name, size: file.size })), 'application/x-www-form-urlencoded');
    for (let shown = -1; up.received < file.size; ) {
      meter.value = up.received / file.size;
      const part = 5 * Math.floor(20 * meter.value); // which is read aloud
      if (part !== shown) told(`${input.dataset.sending}: ${(shown = part)} %`);
      up = await ask(`/${up.id}?at=${up.received}`, file.slice(up.received, up.received + up.piece), 'application/octet-stream');
    }
    meter.value = 1;
    told(input.dataset.sent);
    form.elements.upload.value = up.id;
    input.value = '';
  };

  addEventListener('pageshow', () => (button.disabled = false));
  input.addEventListener('change', () => (up = undefined));
  form.addEventListener('input', () => input.setCustomValidity(''));
  form.addEventListener('submit', async (event) => {
    const file = input.files[0];
    if (!file) return;
    event.preventDefault();
    if (form.elements.from.value.trim()) {
      input.setCustomValidity(input.dataset.both);
      input.reportValidity();
      return;
    }
    button.disabled = true;
    meter.hidden = false;
    try {
      await send(file);
      form.submit();
    } catch (err) {
      const off = err instanceof TypeError || err instanceof SyntaxError; // no answer, or none of ours
      if (!off) up = undefined;
      told(off ? input.dataset.off : err.message, true);
      meter.hidden = true;
      button.disabled = false;
    }
  });
}
