import { mount } from 'svelte'
import App from './App.svelte'
import { language } from './i18n.svelte'
import { nouns, type PageModule } from './noun'
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
const load = nouns.flatMap((n) => Object.entries(n.routes)).find(([pattern]) => match(pattern, here.path))?.[1]
const page: Promise<PageModule | undefined> = load?.() ?? Promise.resolve(undefined)
page.catch(() => {}) // told where it is shown
mount(App, { target: document.getElementById('console')!, props: { page } })
