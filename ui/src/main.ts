import { mount } from 'svelte'
import App from './App.svelte'
import { language } from './i18n.svelte'
import { start } from './router.svelte'
import './style/tokens.css'
import './style/reset.css'
import './style/controls.css'
import './style/surfaces.css'
import './style/frame.css'
import './style/kit.css'

document.documentElement.lang = language()
start()
mount(App, { target: document.getElementById('console')! })
