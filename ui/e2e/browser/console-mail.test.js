// Mails in the console: what they say, by whom they are sent, and where they are caught;
// and the pages of an application that are somebody's own.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { fine, operated, seen } from './harness.js';

const long = { timeout: 300_000 };

/** A mail server on this machine that takes one password, and what it was sent. */
async function postOffice(t) {
  const office = { mails: [] };
  const server = createServer((socket) => {
    let data = null;
    let rest = '';
    const say = (line) => socket.write(`${line}\r\n`);
    socket.setEncoding('utf8').on('error', () => {});
    socket.on('data', (chunk) => {
      const lines = (rest + chunk).split('\r\n');
      rest = lines.pop();
      for (const line of lines) {
        if (data !== null) {
          if (line === '.') {
            office.mails.push(data);
            data = null;
            say('250 taken as number 7');
          } else data += `${line}\n`;
        } else if (/^EHLO/i.test(line)) say('250-post.example\r\n250 AUTH PLAIN');
        else if (/^AUTH PLAIN /i.test(line)) say(Buffer.from(line.slice(11), 'base64').toString() === '\0mailer\0correct horse' ? '235 come in' : '535 no');
        else if (/^DATA/i.test(line)) {
          data = '';
          say('354 go on');
        } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
        else say('250 ok');
      }
    });
    say('220 post.example');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  office.port = server.address().port;
  return office;
}

/** Writes into the editor of a page, in place of what is there. */
async function write(page, text) {
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
}

test('a mail is written, looked at, tried, and caught', long, async (t) => {
  const { page, open, call, application } = await operated(t);
  const directory = (await call(`${application.accountStoreMappings.href}?expand=accountStore`)).items[0].accountStore;
  const shown = page.frameLocator('iframe[title="Preview"]');

  await t.test('the templates of a directory', async () => {
    await open(`mail?directory=${directory.href.split('/').at(-1)}`);
    await page.getByRole('link', { name: 'Reset of a password' }).waitFor();
    await seen(page, 'console-mail');
    await page.getByRole('link', { name: 'Reset of a password' }).click();
    await shown.getByText('Jane').or(shown.getByText('jane.doe')).first().waitFor();
    await seen(page, 'console-mail-template');
  });

  await t.test('the preview follows what is typed, and a fault stands at its line', async () => {
    await write(page, '<h1 style="color:#065f46">Hello $!{account.givenName}</h1>\n<p>$!{nothing.known}</p>\n<script>alert(1)</script>');
    await page.getByText('script> has no place in a mail').first().waitFor();
    await page.getByText('is no macro that is known').first().waitFor();
    assert.ok(await page.getByText('Line 3').count());
    await page.getByText('1 change').first().waitFor();
    await seen(page, 'console-mail-wrong');
    await page.keyboard.press('Control+s');
    await page.locator('.field .error').first().waitFor();
    fine(page, 400);

    await write(page, '<h1 style="color:#065f46">Hello $!{account.givenName}</h1>\n<p><a href="$!{url}">Set it</a></p>');
    await shown.getByRole('heading', { name: 'Hello Jane' }).waitFor();
    await page.getByText('Nothing is wrong with it').waitFor();
    assert.equal(await shown.getByRole('heading').evaluate((h) => getComputedStyle(h).color), 'rgb(6, 95, 70)');
    assert.equal(await shown.locator('html').evaluate(() => self.origin), 'null');
    await page.getByLabel('Subject').fill('For ');
    await page.getByRole('button', { name: /Insert.*account.email/ }).click();
    assert.equal(await page.getByLabel('Subject').inputValue(), 'For $!{account.email}');
    await page.getByText('For jane.doe@example.com').waitFor();
    await page.getByRole('button', { name: 'Phone' }).click();
    await shown.getByRole('heading', { name: 'Hello Jane' }).waitFor();
    await page.keyboard.press('Control+s');
    await page.getByText('Saved').first().waitFor();
    fine(page);
  });

  await t.test('a language begins with the text that there is, and is dropped again', async () => {
    await page.getByRole('button', { name: 'Add a language' }).click();
    await page.getByRole('textbox', { name: 'Language' }).fill('de');
    await page.getByRole('alertdialog').or(page.getByRole('dialog')).getByRole('button', { name: 'Add a language' }).click();
    await page.waitForFunction(() => [...document.querySelectorAll('input')].some((i) => i.value === 'Neues Passwort setzen'));
    await page.keyboard.press('Control+s');
    await page.locator('.savebar').waitFor({ state: 'detached' }); // what was saved before may still be told of
    assert.equal((await call(`${directory.href}/emailTemplates?limit=1`)).items[0].translations.de.subject, 'Neues Passwort setzen');
    fine(page);
  });

  await t.test('a test arrives in the folder, and is read there', async () => {
    await page.getByRole('button', { name: 'Standard' }).click();
    await page.getByLabel('To', { exact: true }).fill('me@elsewhere.example');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('Sent to me@elsewhere.example').waitFor();
    await seen(page, 'console-mail-sent');
    await open('mail');
    await page.getByRole('link', { name: 'Caught mails' }).click();
    await page.getByRole('link', { name: 'For hannah@example.com' }).waitFor();
    await seen(page, 'console-caught');
    await page.getByRole('link', { name: 'For hannah@example.com' }).click();
    const drawer = page.getByRole('dialog');
    const mail = page.frameLocator('dialog iframe');
    await mail.getByRole('link', { name: 'Set it' }).waitFor();
    assert.match(await drawer.locator('.links a').first().getAttribute('href'), /\/passwordReset\?sptoken=x+$/);
    assert.equal(await drawer.locator('.links a').first().getAttribute('rel'), 'noopener noreferrer');
    await seen(page, 'console-caught-one');
    const opened = page.context().waitForEvent('page');
    await mail.getByRole('link', { name: 'Set it' }).click();
    assert.match((await opened).url(), /passwordReset|about:blank/);
    await (await opened).close();
    await drawer.getByRole('button', { name: 'Source' }).click();
    await drawer.getByText('MIME-Version: 1.0').waitFor();
    await drawer.getByRole('button', { name: 'Header' }).click();
    await drawer.getByText('Message-Id').waitFor();
    await drawer.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Delete all' }).click();
    await page.getByRole('alertdialog').getByRole('textbox').fill('delete');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete all' }).click();
    await page.getByText('No mails yet').waitFor();
    fine(page);
  });

  await t.test('the text goes back to what it was', async () => {
    await open(`mail/${directory.href.split('/').at(-1)}passwordReset`);
    await page.getByRole('button', { name: 'Back to the text it came with' }).click();
    await page.getByRole('alertdialog').getByRole('textbox').fill('passwordReset');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Back to the text it came with' }).click();
    await page.getByText('The text is as it came').waitFor();
    await page.getByText('Nobody has changed it').waitFor();
    assert.equal(await page.getByLabel('Subject').inputValue(), 'Reset your Password');
    fine(page);
  });
});

test('a mail server is tried before it is used', long, async (t) => {
  const office = await postOffice(t);
  const { page, open } = await operated(t, { more: ['--egress-allow', '127.0.0.0/8'] });
  await open('mail?tab=server');
  await page.getByText('Written to a folder').waitFor();
  await seen(page, 'console-smtp-none');
  await page.getByRole('button', { name: 'Use a server of your own' }).click();
  await page.getByLabel('Host').fill('127.0.0.1');
  await page.getByLabel('Port').fill('1');
  await page.getByLabel('Encryption').selectOption('');
  await page.getByRole('button', { name: 'Try and save' }).click();
  await page.locator('[aria-invalid=true]').first().waitFor(); // there is no user name
  await page.getByLabel('User name').fill('mailer');
  await page.getByLabel('Password', { exact: true }).fill('wrong');
  await page.getByRole('button', { name: 'Try and save' }).click();
  await page.getByText('cannot be reached').first().waitFor();
  await page.getByLabel('Port').fill(String(office.port));
  await page.getByRole('button', { name: 'Try and save' }).click();
  await page.getByText('did not accept').first().waitFor();
  await seen(page, 'console-smtp-wrong');
  fine(page, 400);
  await page.getByLabel('Password', { exact: true }).fill('correct horse');
  await page.getByRole('button', { name: 'Try and save' }).click();
  await page.getByText('The server was reached and is in use').waitFor();
  assert.equal(await page.getByLabel('Password', { exact: true }).inputValue(), '');

  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByText('250 taken as number 7').waitFor();
  assert.match(office.mails[0], /^To: .*hannah@example.com/m);
  await seen(page, 'console-smtp');
  await page.getByRole('link', { name: 'Sent mails' }).click();
  await page.getByText('hannah@example.com').first().waitFor();
  await seen(page, 'console-mail-list');
  await open('mail?tab=server');
  await page.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('alertdialog').getByRole('textbox').fill('127.0.0.1');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByText('No server of its own').waitFor();
  fine(page);
});

test('a page of an application is written, looked at, kept, and goes back to ours', long, async (t) => {
  const { page, open, application } = await operated(t);
  const id = application.href.split('/').at(-1);
  const shown = page.frameLocator('iframe[title="Preview"]');
  await open(`applications/${id}?tab=pages`);
  await page.getByRole('link', { name: 'Message' }).waitFor();
  await seen(page, 'console-pages');
  await page.getByRole('link', { name: 'Message' }).click();
  await shown.getByRole('heading', { name: 'Title' }).waitFor();
  await seen(page, 'console-page-template');
  await write(page, '<main>\n  <h1>{{.Data.Title}}</h1>\n  <p onclick="x">x</p>\n</main>');
  await page.getByText('Line 3').first().waitFor();
  await page.getByText('This is how it was before the last change').waitFor();
  await seen(page, 'console-page-wrong');
  await write(page, '<main>\n  <h1>Ours: {{.Data.Title}}</h1>\n  <p>{{t "secured"}}</p>\n</main>');
  await shown.getByRole('heading', { name: 'Ours: Title' }).waitFor();
  await page.getByRole('button', { name: 'Deutsch' }).click();
  await shown.locator('html[lang=de]').getByRole('heading', { name: 'Ours: Title' }).waitFor();
  await page.keyboard.press('Control+s');
  await page.getByText('Saved').first().waitFor();
  await page.getByRole('button', { name: 'Back to ours' }).click();
  await page.getByRole('alertdialog').getByRole('textbox').fill('message');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Back to ours' }).click();
  await page.getByText('The page is as it came').waitFor();
  await shown.getByRole('heading', { name: 'Title', exact: true }).waitFor();
  fine(page);
});
