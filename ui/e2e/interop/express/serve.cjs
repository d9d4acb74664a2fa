// The smallest site that has the integration, and a page that tells what the
// integration learned from the server. It is CommonJS and a process of its own,
// as the integration demands: it asks for the main module, and keeps its forms
// in a store that all applications of a process share.

const express = require('express');
const stormpath = require('express-stormpath');

const tell = (news) => process.stdout.write(`${JSON.stringify(news)}\n`);
const app = express();

app.on('stormpath.error', (err) => {
  tell({ refused: err.message });
  process.exitCode = 1;
});
app.on('stormpath.ready', () => {
  const listener = app.listen(0, '127.0.0.1', () => tell({ port: listener.address().port }));
});
app.use(stormpath.init(app, JSON.parse(process.argv[2])));
app.get('/learned', (req, res) => {
  const { application, passwordPolicy, web } = app.get('stormpathConfig');
  const cache = app.get('stormpathClient')._dataStore.cacheHandler.cacheManager.getCache('directories').store.constructor.name;
  const enabled = Object.keys(web).filter((page) => web[page]?.enabled);
  res.json({ application: application.href, oAuthPolicy: application.oAuthPolicy, passwordPolicy, enabled, cache });
});
