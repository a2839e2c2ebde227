import { render } from 'preact'
import { followAddress } from './address/routes.ts'
import { openSession } from './session/sign-in.ts'
import { App } from './shell/app.tsx'
import './style/tokens.css'
import './style/base.css'
import './style/parts.css'
import './style/shell.css'
import './style/shows.css'
import './style/show.css'
import './style/forms.css'
import './style/charts.css'
import './style/access.css'

void openSession()
followAddress()
render(<App />, document.getElementById('app') as HTMLElement)
