import { mount } from 'svelte'
import App from './App.svelte'
import { language } from './i18n.svelte'
import { nouns } from './noun'
import { here, match, start } from './router.svelte'
import './style/tokens.css'
import './style/reset.css'
import './style/controls.css'
import './style/surfaces.css'
import './style/frame.css'
import './style/kit.css'

document.documentElement.lang = language()
start()
// The page's own script comes while the server is asked who is signed in.
for (const [pattern, load] of nouns.flatMap((n) => Object.entries(n.routes))) if (match(pattern, here.path)) load().catch(() => {})
mount(App, { target: document.getElementById('console')! })
