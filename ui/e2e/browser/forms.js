// Forms of the console as a person fills them in, by their labels; and what is seen of a refusal.

import assert from 'node:assert/strict';

/** What is filled in now: the drawer or the question that is open, else the page. */
export async function front(page) {
  const open = page.locator('dialog');
  return (await open.count()) ? open.last() : page.locator('main');
}

/** The control of a label; of a list its first value, which is added where there is none. */
export async function control(at, label) {
  const words = label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const all = at.getByLabel(new RegExp(`^${words}( optional)?$`)).filter({ visible: true });
  await all.first().waitFor();
  const boxes = all.and(at.locator('input, select, textarea, [contenteditable]'));
  if ((await boxes.count()) === 0) await all.first().getByRole('button', { name: 'Add' }).click();
  return boxes.first();
}

/** Fills in what it is given by its labels: a text, a choice, a check, or a file of a name and a body. */
export async function fill(at, values) {
  const { keyboard } = at.page();
  for (const [label, value] of Object.entries(values)) {
    const box = await control(at, label);
    const kind = await box.evaluate((el) => (el.isContentEditable ? 'editor' : (el.getAttribute('role') ?? (el.localName === 'input' ? el.type : el.localName))));
    if (kind === 'checkbox' || kind === 'switch') await box.setChecked(value);
    else if (kind === 'file') await box.setInputFiles({ name: value[0], mimeType: 'application/octet-stream', buffer: Buffer.from(value[1]) });
    else if (kind === 'select') await box.selectOption(value);
    else if (kind === 'combobox') {
      await box.fill(value);
      await at.getByRole('option', { name: value }).first().click();
    } else if (kind === 'editor' || kind === 'number') {
      await box.focus(); // a browser takes half a number only from a keyboard
      await keyboard.press('Control+a');
      if (value === '') await keyboard.press('Delete');
      else await (kind === 'editor' ? keyboard.insertText(value) : keyboard.type(value));
    } else await box.fill(value);
  }
}

/** Sends the form: by the button of that name, else by the key that saves. */
export async function send(at, button) {
  if (button) await at.getByRole('button', { name: button, exact: true }).last().click();
  else await at.page().keyboard.press('Control+s');
}

/** What stands in the controls of a form. */
const typed = (at) =>
  at.evaluate((el) => [
    ...[...el.querySelectorAll('input:not([type=file]), select, textarea')].map((c) => `${c.id} ${c.type === 'checkbox' ? c.checked : c.value}`),
    ...[...el.querySelectorAll('.json')].map((host) => host.shadowRoot.querySelector('.cm-content').textContent),
  ]);

/** How a control stands: whether it is wrong, what is said of it to whoever does not see it, and whether it has the focus. */
const state = (box) =>
  box.evaluate((el) => {
    const root = el.getRootNode();
    const ids = `${el.getAttribute('aria-describedby') ?? el.closest('fieldset')?.getAttribute('aria-describedby') ?? ''}`.split(' ');
    const says = el.getAttribute('aria-description') ?? ids.map((id) => root.getElementById(id)?.textContent ?? '').join(' ');
    return { wrong: el.getAttribute('aria-invalid') === 'true', says, focused: root.activeElement === el };
  });

/** Sends a form, and sees it refused: at a field, which then has the focus, or at its top. Nothing that was typed is lost. */
export async function refused(at, button, label, says) {
  const before = await typed(at);
  await send(at, button);
  if (label) {
    const box = await control(at, label);
    for (let i = 0; ; i++) {
      const now = await state(box);
      if (now.wrong && now.focused && says.test(now.says)) break;
      assert.ok(i < 100, `${label}: ${JSON.stringify(now)}, want ${says}`);
      await at.page().waitForTimeout(50);
    }
  } else await at.getByRole('alert').filter({ hasText: says }).first().waitFor();
  assert.deepEqual(await typed(at), before, 'nothing that was typed is lost');
  if (button) assert.ok(await at.getByRole('button', { name: button, exact: true }).last().isEnabled(), `${button} can be pressed again`);
}
